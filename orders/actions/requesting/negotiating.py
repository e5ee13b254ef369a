"""A custom request between the buyer and one expert: terms accepted, countered, declined, left alone."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from orders.actions.requesting.standing import (
    both_locked,
    current_terms,
    only_able,
    only_live,
    refuse_terms,
    tell_proposal,
)
from orders.actions.turns import await_buyer, await_expert, end, tell_if_nobody_is_left
from orders.models import (
    Invitation,
    Terms,
)
from orders.notifications.requests import tell_buyer, tell_expert


@transaction.atomic
def accept_terms(invitation: Invitation, *, actor: User, number: int) -> Terms:
    """Let the expert stand by the buyer's terms, if they are still the current ones. Twice changes nothing."""
    invitation, request = both_locked(invitation)
    if actor.pk != invitation.expert_id:
        raise Refusal(_("Only the expert invited can do this."))
    only_live(invitation, request)
    only_able(actor)
    terms = current_terms(invitation, number)
    if terms.expert_agreed_at is not None:
        return terms
    terms.expert_agreed_at = clock.now()
    terms.save(update_fields=["expert_agreed_at"])
    await_buyer(invitation)
    tell_proposal(invitation, terms)
    return terms


@transaction.atomic
def counter(
    invitation: Invitation,
    *,
    actor: User,
    number: int,
    price_cents: int,
    delivery_days: int,
    revisions: int,
    scope: str,
    note: str = "",
) -> Terms:
    """Write the next version of the terms, from either side, over the current one the writer has read.

    What an expert writes binds them; what the buyer writes waits for the expert's agreement.
    """
    invitation, request = both_locked(invitation)
    if actor.pk not in (invitation.expert_id, request.buyer_id):
        raise Refusal(_("Only the buyer and the expert can do this."))
    only_live(invitation, request)
    by_expert = actor.pk == invitation.expert_id
    if by_expert:
        only_able(actor)
    seen = current_terms(invitation, number)
    if seen.number >= rules.REQUESTS.max_versions:
        raise Refusal(_("You have exchanged many versions: accept one, or end the negotiation."))
    refuse_terms(price_cents, delivery_days, revisions, scope)
    now = clock.now()
    terms = Terms.objects.create(
        invitation=invitation,
        number=seen.number + 1,
        author=actor.hand or actor,
        price_cents=price_cents,
        delivery_days=delivery_days,
        revisions=revisions,
        scope=scope.strip(),
        note=note.strip(),
        created_at=now,
        expert_agreed_at=now if by_expert else None,
    )
    if by_expert:
        await_buyer(invitation)
        tell_proposal(invitation, terms)
    else:
        await_expert(invitation)
        invitation.save()
        tell_expert(
            invitation,
            "counter_received",
            key=f"terms:{terms.pk}",
            price_cents=terms.price_cents,
            days=terms.delivery_days,
        )
    return terms


@transaction.atomic
def decline_invitation(invitation: Invitation, *, actor: User) -> Invitation:
    """Let an expert say no, before or after a proposal, without penalty. Twice changes nothing."""
    invitation, request = both_locked(invitation)
    if actor.pk != invitation.expert_id:
        raise Refusal(_("Only the expert invited can do this."))
    if invitation.state == Invitation.State.DECLINED:
        return invitation
    only_live(invitation, request)
    had_proposed = invitation.versions.filter(expert_agreed_at__isnull=False).exists()
    end(invitation, Invitation.State.DECLINED)
    tell_if_nobody_is_left(request, invitation)
    if had_proposed:
        tell_buyer(
            request,
            "invitation_declined",
            key=f"invitation:{invitation.pk}:declined",
            expert=invitation.expert.display_name,
        )
    return invitation


@transaction.atomic
def lapse(invitation: Invitation) -> bool:
    """Close an invitation its expert left unanswered, without penalty: our team may invite someone else."""
    invitation, request = both_locked(invitation)
    due = invitation.answer_due_at
    if not invitation.is_open or due is None or due > clock.now():
        return False
    end(invitation, Invitation.State.LAPSED)
    tell_if_nobody_is_left(request, invitation)
    return True


@transaction.atomic
def remind_expert(invitation: Invitation) -> bool:
    """Remind an expert of an invitation, once for each set of terms."""
    invitation, _request = both_locked(invitation)
    if not invitation.is_open or invitation.remind_at is None:
        return False
    invitation.remind_at = None
    invitation.save(update_fields=["remind_at"])
    tell_expert(
        invitation,
        "reminder_invitation",
        key=f"invitation:{invitation.pk}:remind:{invitation.current.number}",
    )
    return True
