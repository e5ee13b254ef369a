"""A request whose chosen order came to nothing before any work: it is open again, and nobody types anything anew."""

from marketplace.kernel import clock, rules
from orders.actions.turns import await_buyer, await_expert, tell_if_nobody_is_left
from orders.models import CustomRequest, Invitation, Order
from orders.notifications.requests import tell_buyer, tell_expert

WITHOUT_ITS_EXPERT = {
    Order.CancelCause.DECLINED: Invitation.State.DECLINED,
    Order.CancelCause.NOT_STARTED: Invitation.State.LAPSED,
}


def reopen_request(order: Order) -> None:
    """Open the request of a cancelled order again, with the proposals that the choice had closed.

    The expert chosen is among them, unless they declined or never began. A buyer who was paid back changed their
    mind: their request stays closed. The order must be locked; nothing happens where it came from no request.
    """
    unpaid = order.paid_at is None and order.cancel_cause in (
        Order.CancelCause.UNPAID,
        Order.CancelCause.BUYER,
    )
    if not unpaid and order.cancel_cause not in WITHOUT_ITS_EXPERT:
        return
    found = CustomRequest.objects.filter(order=order).first()
    if found is None:
        return
    request = found.locked()
    request.state, request.order, request.closed_at = CustomRequest.State.OPEN, None, None
    request.expires_at = max(request.expires_at, clock.now() + rules.REQUESTS.reopened)
    request.save(update_fields=["state", "order", "closed_at", "expires_at"])
    ended = [Invitation.State.CLOSED, Invitation.State.CHOSEN]
    last: Invitation | None = None
    for last in (
        request.invitations.filter(state__in=ended)
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    ):
        last.request = request
        _take_up(last, order)
    if last is not None:
        tell_if_nobody_is_left(request, last)
    tell_buyer(request, "custom_request_reopened", key=f"request:{request.pk}:reopened:{order.pk}")


def _take_up(invitation: Invitation, order: Order) -> None:
    if invitation.state == Invitation.State.CHOSEN and order.cancel_cause in WITHOUT_ITS_EXPERT:
        invitation.state = WITHOUT_ITS_EXPERT[Order.CancelCause(order.cancel_cause)]
        invitation.save(update_fields=["state"])
        return
    if not invitation.expert.expert_profile.may_sell:
        return
    invitation.state, invitation.ended_at = Invitation.State.OPEN, None
    if invitation.current.expert_agreed_at is None:
        await_expert(invitation)
    else:
        await_buyer(invitation)
    invitation.save(update_fields=["state", "ended_at", "answer_due_at", "remind_at"])
    tell_expert(invitation, "invitation_reopened", key=f"invitation:{invitation.pk}:reopened:{order.pk}")
