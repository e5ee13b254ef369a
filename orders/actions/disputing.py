"""Freeze an order that two people disagree on, and settle it: the one door to its money in a dispute."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import format_money
from messaging import actions as messaging
from orders.actions import money
from orders.actions.work import close_waiting
from orders.models import Order, OrderEvent
from orders.outbox import record


@transaction.atomic
def open_dispute(order: Order, *, actor: User) -> Order:
    """Freeze an order and its money until staff rule. Either party may."""
    order = order.locked()
    if actor.pk not in (order.buyer_id, order.expert_id):
        raise Refusal(_("Only the buyer or the expert can open a dispute."))
    if order.state == Order.State.ACTIVE and not order.is_started:
        raise Refusal(_("Work has not begun: this order can simply be cancelled or declined."))
    order.begin_dispute()
    order.schedule_reminders()
    order.save()
    close_waiting(order)
    money.freeze(order)
    record(order, OrderEvent.Kind.DISPUTED, actor=actor)
    return order


@transaction.atomic
def settle(order: Order, *, actor: User, refund_cents: int, reason: str) -> Order:
    """Carry out a ruling: so many cents go back to the buyer, the rest to the expert less the commission."""
    order = order.locked()
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if not 0 <= refund_cents <= order.total_cents:
        raise Refusal(
            _("The refund must lie between 0 and %(total)s.") % {"total": format_money(order.total_cents)}
        )
    if not reason.strip():
        raise Refusal(_("Give a reason: both parties will read it."))
    order.resolve()
    order.schedule_reminders()
    money.unfreeze(order)
    outcome = money.pay_out(
        order, refund_cents=refund_cents, reason="ruling", clearing=order.timer("clearing_manual")
    )
    order.save()
    messaging.close(order.conversation)
    record(
        order,
        OrderEvent.Kind.RESOLVED,
        actor=actor,
        refund_cents=refund_cents,
        net_cents=outcome.net_cents,
        reason=reason.strip(),
    )
    return order
