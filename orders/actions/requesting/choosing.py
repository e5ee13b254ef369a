"""The end of a negotiation: an order on the terms the buyer has just read."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ClosureRequest, User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from offers.models import Offer
from orders.actions.placement import Line, Preview, draw_up
from orders.actions.requesting.standing import both_locked, close_others, current_terms, only_live
from orders.actions.turns import end
from orders.models import (
    CustomRequest,
    Declared,
    Invitation,
    Order,
    OrderRequirement,
    RequirementFile,
    Terms,
)
from orders.notifications.requests import tell_expert


@transaction.atomic
def choose(
    invitation: Invitation,
    *,
    buyer: User,
    number: int,
    token: UUID,
    billing: dict[str, Any],
    method: str,
    declared: Declared | None = None,
) -> Order:
    """Place the order on the terms the buyer has just read; the other experts are told in the same transaction.

    The same token gives the same order. Raises ``TermsChanged`` when newer terms exist, ``Refusal`` when the expert
    does not stand by these, or when the request is over.
    """
    invitation, request = both_locked(invitation)
    if not request.holds(buyer):
        raise Refusal(_("Only the buyer can do this."))
    if request.order is not None and request.order.placement_token == token:
        return request.order
    only_live(invitation, request)
    if ClosureRequest.objects.open().filter(user=buyer).exists():
        raise Refusal(_("You asked us to close your account: keep it first, then order."))
    terms = current_terms(invitation, number)
    if not terms.may_be_chosen:
        raise Refusal(_("The expert has not accepted these terms yet. Nothing was charged."))
    if not invitation.expert.expert_profile.may_sell:
        raise Refusal(_("This expert takes no new business at the moment. Nothing was charged."))
    order = _order(request, invitation, terms, buyer, token, billing, method, declared)
    request.state, request.order, request.closed_at = CustomRequest.State.AGREED, order, clock.now()
    request.save(update_fields=["state", "order", "closed_at"])
    end(invitation, Invitation.State.CHOSEN)
    tell_expert(invitation, "proposal_chosen", key=f"invitation:{invitation.pk}:chosen")
    close_others(request, "proposal_not_chosen")
    return order


def _order(
    request: CustomRequest,
    invitation: Invitation,
    terms: Terms,
    buyer: User,
    token: UUID,
    billing: dict[str, Any],
    method: str,
    declared: Declared | None,
) -> Order:
    """The order of an agreement: an offer made for one buyer, which nobody else ever sees, at 20 %."""
    offer = Offer.objects.create(
        expert=invitation.expert,
        category=request.category,
        kind=Offer.Kind.JOB,
        status=Offer.Status.DELETED,
        title=request.title,
        description=terms.scope,
        price_cents=terms.price_cents,
        delivery_days=terms.delivery_days,
        revisions=terms.revisions,
        opening_message="",
    )
    order = draw_up(
        buyer=buyer,
        offer=offer,
        seen=Preview(
            lines=[Line(title=request.title, price_cents=terms.price_cents, days=terms.delivery_days)],
            total_cents=terms.price_cents,
            delivery_days=terms.delivery_days,
        ),
        commission_bp=rules.COMMISSION_CUSTOM_BP,
        token=token,
        brief=request.need,
        billing=billing,
        method=method,
        timers=rules.CUSTOM_TIMERS,
        declared=declared,
    )
    _pass_files(request, order)
    return order


def _pass_files(request: CustomRequest, order: Order) -> None:
    """Give the files of the need to the order, on the list of what the expert received."""
    files = list(request.files.all())
    if not files:
        return
    item = OrderRequirement.objects.create(
        order=order,
        label=str(_("Files of the request")),
        kind=OrderRequirement.Kind.FILE,
        is_required=False,
        position=order.checklist.count(),
        asked_at=order.placed_at,
        supplied_at=order.placed_at,
    )
    RequirementFile.objects.bulk_create(
        [
            RequirementFile(
                requirement=item,
                file=file.file.name,
                name=file.name,
                content_type=file.content_type,
                size=file.size,
                sent_at=order.placed_at,
            )
            for file in files
        ]
    )
