"""Whose turn it is in a negotiation, and its end. The invitation and its request must be locked."""

from marketplace.kernel import clock, rules
from orders.models import CustomRequest, Invitation
from orders.notifications.requests import tell_staff


def await_expert(invitation: Invitation) -> None:
    """The terms before the expert are theirs to answer. The caller saves."""
    now = clock.now()
    invitation.answer_due_at = min(now + rules.REQUESTS.answer, invitation.request.expires_at)
    invitation.remind_at = now + rules.REQUESTS.answer_reminder


def await_buyer(invitation: Invitation) -> None:
    """The expert has answered: nothing is awaited of them."""
    invitation.answer_due_at = invitation.remind_at = None
    invitation.save(update_fields=["answer_due_at", "remind_at"])


def end(invitation: Invitation, state: str) -> None:
    """The negotiation is over."""
    invitation.state, invitation.ended_at = state, clock.now()
    invitation.answer_due_at = invitation.remind_at = None
    invitation.save(update_fields=["state", "ended_at", "answer_due_at", "remind_at"])


def tell_if_nobody_is_left(request: CustomRequest, last: Invitation) -> None:
    """The last expert invited is gone: our team finds others, rather than wait for an alarm."""
    if request.is_waiting and not request.invitations.live().exists():  # type: ignore[attr-defined]
        tell_staff(request, "custom_request_unserved", key=f"request:{request.pk}:unserved:{last.pk}")
