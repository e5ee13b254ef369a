"""Staff decide: the money moves once, with the state, in one transaction. The order is always locked first."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from disputes.models import Dispute, Ruling
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import format_money
from orders import actions as orders
from orders.models import Order
from payments.rehearsal import Movement

Decision = Dispute.Decision


@dataclass(frozen=True)
class RulingPreview:
    """What a ruling would do, to the cent: ``refund + net + commission_ht + commission_vat`` is the order's total."""

    total_cents: int
    refund_cents: int
    net_cents: int
    commission_ht_cents: int
    commission_vat_cents: int


def preview_ruling(order: Order, *, refund_cents: int) -> RulingPreview:
    """Work out a ruling without carrying it out, on the terms the order froze."""
    split = orders.preview_split(order, refund_cents=refund_cents)
    return RulingPreview(
        total_cents=order.total_cents,
        refund_cents=refund_cents,
        net_cents=split.net_cents,
        commission_ht_cents=split.commission.ht,
        commission_vat_cents=split.commission.vat,
    )


def preview_postings(order: Order, *, refund_cents: int) -> list[Movement]:
    """What carrying out would write in the ledger; nothing stays."""
    return orders.rehearse_settlement(order, refund_cents=refund_cents)


def decision_of(order: Order, refund_cents: int) -> str:
    """What an amount means: everything back, nothing back, or a share."""
    if refund_cents == 0:
        return Decision.PAYMENT
    return Decision.REFUND if refund_cents >= order.total_cents else Decision.SHARE


def needs_second(order: Order) -> bool:
    """Whether a ruling on this order waits for a second member of the team."""
    return order.total_cents >= rules.DISPUTES.four_eyes_cents


@transaction.atomic
def rule(
    dispute: Dispute,
    *,
    actor: User,
    reason: str,
    refund_cents: int = 0,
    decision: str = "",
    new_due_at: datetime | None = None,
    rights_pass: bool = True,
) -> Dispute:
    """Write a decision and, below the threshold, carry it out: so many cents to the buyer, the rest to the expert.

    However often it is asked for, the money moves once: a second ruling waits for the order's lock, then raises
    ``Refusal``. From the threshold on, it waits for ``confirm`` by somebody else. Both parties read ``reason``.
    """
    order = dispute.order.locked()
    dispute = dispute.locked()
    dispute.order = order
    decision = decision or decision_of(order, refund_cents)
    _check(dispute, actor, decision, refund_cents, reason)
    if dispute.rulings.filter(carried_out_at=None, dropped_at=None).exists():
        raise Refusal(_("A decision already waits for its confirmation. Confirm it or give it up first."))
    ruling = Ruling.objects.create(
        dispute=dispute,
        decision=decision,
        refund_cents=refund_cents,
        new_due_at=new_due_at,
        rights_pass=rights_pass,
        reason=reason.strip(),
        written_by=actor,
        written_at=clock.now(),
    )
    if needs_second(order):
        return dispute
    return _carry_out(ruling, dispute, order, actor)


@transaction.atomic
def confirm(dispute: Dispute, *, actor: User) -> Dispute:
    """Carry out the decision that waits, as a second member of the team. Raises ``Refusal`` to its own author."""
    order = dispute.order.locked()
    dispute = dispute.locked()
    dispute.order = order
    ruling = dispute.rulings.filter(carried_out_at=None, dropped_at=None).first()
    if ruling is None:
        raise Refusal(_("No decision waits for a confirmation."))
    if not actor.is_staff or actor.pk == ruling.written_by_id:
        raise Refusal(_("Another member of the team must confirm this decision."))
    ruling.confirmed_by = actor
    return _carry_out(ruling, dispute, order, ruling.written_by)


@transaction.atomic
def give_up(dispute: Dispute, *, actor: User) -> Dispute:
    """Drop the decision that waits for its confirmation, so that another can be written."""
    dispute.order.locked()
    dispute = dispute.locked()
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if not dispute.rulings.filter(carried_out_at=None, dropped_at=None).update(dropped_at=clock.now()):
        raise Refusal(_("No decision waits for a confirmation."))
    return dispute


def _check(dispute: Dispute, actor: User, decision: str, refund_cents: int, reason: str) -> None:
    order = dispute.order
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if actor.pk in (order.buyer_id, order.expert_id):
        raise Refusal(_("Nobody rules on an order of their own."))
    if not dispute.is_open:
        raise Refusal(_("This dispute has already been ruled on: nothing was done a second time."))
    if decision == Decision.RELAUNCH and dispute.is_claim:
        raise Refusal(_("This order was completed and paid out: it can be shared, not begun again."))
    if not reason.strip():
        raise Refusal(_("Give a reason: both parties will read it."))
    if not 0 <= refund_cents <= order.total_cents:
        raise Refusal(
            _("The refund must lie between 0 and %(total)s.") % {"total": format_money(order.total_cents)}
        )
    if decision != Decision.RELAUNCH and decision != decision_of(order, refund_cents):
        raise Refusal(_("The amount does not fit the decision."))


def _carry_out(ruling: Ruling, dispute: Dispute, order: Order, actor: User) -> Dispute:
    """Move the money and the state, and keep the decision on the dispute. Everything is locked."""
    if not dispute.is_open:
        raise Refusal(_("This dispute has already been ruled on: nothing was done a second time."))
    if ruling.decision == Decision.RELAUNCH:
        if ruling.new_due_at is None:
            raise Refusal(_("Choose the new date."))
        orders.relaunch(order, actor=actor, due_at=ruling.new_due_at, reason=ruling.reason)
    else:
        order = orders.settle(
            order,
            actor=actor,
            refund_cents=ruling.refund_cents,
            reason=ruling.reason,
            rights_pass=ruling.rights_pass,
        )
    now = clock.now()
    ruling.carried_out_at = now
    ruling.save(update_fields=["carried_out_at", "confirmed_by"])
    dispute.decision, dispute.new_due_at = ruling.decision, ruling.new_due_at
    dispute.ruled_by, dispute.refund_cents, dispute.reason = (
        ruling.written_by,
        ruling.refund_cents,
        ruling.reason,
    )
    dispute.ruled_at = order.resolved_at or now
    dispute.save(update_fields=["decision", "new_due_at", "ruled_by", "refund_cents", "reason", "ruled_at"])
    return dispute
