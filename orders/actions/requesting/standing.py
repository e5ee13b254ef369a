"""Where a request and its invitations stand: what an act may rely on, and what ends with a request."""

from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from orders.actions.placement import TermsChanged
from orders.actions.turns import end
from orders.models import (
    CustomRequest,
    Invitation,
    Terms,
)
from orders.notifications.requests import tell_buyer, tell_expert


def refuse_terms(price_cents: int, delivery_days: int, revisions: int, scope: str) -> None:
    """Raise ``Refusal`` for terms that no order could have."""
    if not (
        rules.MIN_PRICE_CENTS <= price_cents <= rules.MAX_PRICE_CENTS
        and 1 <= delivery_days <= rules.MAX_DELIVERY_DAYS
        and rules.MIN_REVISIONS <= revisions <= rules.MAX_REVISIONS
        and scope.strip()
    ):
        raise Refusal(_("These terms are outside the limits of an order."))


def both_locked(invitation: Invitation) -> tuple[Invitation, CustomRequest]:
    request = CustomRequest.objects.get(pk=invitation.request_id).locked()
    found = invitation.locked()
    found.request = request
    return found, request


def only_waiting(request: CustomRequest) -> None:
    if not request.is_waiting:
        raise Refusal(
            {
                CustomRequest.State.WITHDRAWN: _("The buyer withdrew this request: nothing was changed."),
                CustomRequest.State.EXPIRED: _("The time of this request is over: nothing was changed."),
                CustomRequest.State.AGREED: _("A proposal was already chosen: nothing was changed."),
            }[CustomRequest.State(request.state)]
        )


def only_live(invitation: Invitation, request: CustomRequest) -> None:
    only_waiting(request)
    if not invitation.is_open:
        raise Refusal(_("This negotiation is over: nothing was changed."))


def only_able(expert: User) -> None:
    if not expert.expert_profile.may_sell:
        raise Refusal(_("A missing document keeps you from new business: see your documents first."))


def current_terms(invitation: Invitation, number: int) -> Terms:
    """The current terms, if they are the version the person has read."""
    terms = invitation.current
    if terms.number != number:
        raise TermsChanged(_("The terms have changed since you read them. Read the current ones first."))
    return terms


def finish(request: CustomRequest, state: str) -> None:
    request.state, request.closed_at = state, clock.now()
    request.save(update_fields=["state", "closed_at"])


def close_others(request: CustomRequest, kind: str) -> None:
    for other in request.invitations.live().select_related("expert", "request"):  # type: ignore[attr-defined]
        end(other, Invitation.State.CLOSED)
        tell_expert(other, kind, key=f"invitation:{other.pk}:{kind}")


def tell_proposal(invitation: Invitation, terms: Terms) -> None:
    tell_buyer(
        invitation.request,
        "proposal_received",
        key=f"terms:{terms.pk}",
        expert=invitation.expert.display_name,
        price_cents=terms.price_cents,
        days=terms.delivery_days,
    )
