"""A custom offer in place of a question too broad, or off the expert's ground, for one answer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from offers.models import Offer
from orders.actions.endings import decline
from orders.actions.requesting.standing import only_able, refuse_terms, tell_proposal
from orders.actions.turns import await_buyer
from orders.models import CustomRequest, Invitation, Order, RequestFile, RequirementFile, Terms


@transaction.atomic
def offer_instead(
    order: Order,
    *,
    actor: User,
    price_cents: int,
    delivery_days: int,
    revisions: int,
    scope: str,
    note: str,
) -> Invitation:
    """Let the expert decline a question they have not begun, and propose what it takes instead.

    The buyer is paid back in full at once, and reads ``note``. The proposal is a custom request of theirs, with this
    one expert: they choose it, negotiate it or withdraw it, and nothing is charged before. Raises ``Refusal`` for any
    other order, for terms outside the limits of an order, and to an expert who takes no new business.
    """
    order = order.locked()
    if order.kind != Offer.Kind.QUESTION:
        raise Refusal(_("A proposal takes the place of a question only."))
    only_able(order.expert)
    refuse_terms(price_cents, delivery_days, revisions, scope)
    now = clock.now()
    request = CustomRequest.objects.create(
        buyer=order.buyer,
        for_company=order.for_company,
        category=order.offer.category,
        title=order.title,
        need=order.brief or order.title,
        budget_cents=price_cents,
        wanted_on=timezone.localdate(now) + timedelta(days=delivery_days),
        state=CustomRequest.State.OPEN,
        created_at=now,
        expires_at=now + rules.REQUESTS.lasts,
    )
    sent = RequirementFile.objects.filter(requirement__order=order)
    RequestFile.objects.bulk_create(
        RequestFile(
            request=request,
            file=file.file.name,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
        )
        for file in sent
    )
    invitation = Invitation.objects.create(request=request, expert=order.expert, invited_at=now)
    terms = Terms.objects.create(
        invitation=invitation,
        number=1,
        author=order.expert,
        price_cents=price_cents,
        delivery_days=delivery_days,
        revisions=revisions,
        scope=scope.strip(),
        note=note.strip(),
        created_at=now,
        expert_agreed_at=now,
    )
    decline(order, actor=actor, reason=note, proposal=str(invitation.public_id))
    await_buyer(invitation)
    tell_proposal(invitation, terms)
    return invitation
