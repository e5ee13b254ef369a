"""The buyer withdraws from the contract within fourteen days, as the law lets consumers and very small firms.

See `orders.models.declarations` for who may, and what it comes to.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from orders.actions import money
from orders.actions.parties import only
from orders.actions.work import close_waiting
from orders.models import BuyerDeclaration, Order, OrderEvent
from orders.models.declarations import due_now, last_moment
from orders.outbox import record, write_deed

REASON = "withdrawal"


def open_withdrawal(order: Order) -> None:
    """Let the fourteen days run from the payment of a locked order, and the work wait for them if the buyer wants it."""
    declaration: BuyerDeclaration | None = getattr(order, "declaration", None)
    if declaration is None or not declaration.may_withdraw or order.paid_at is None:
        return
    order.withdraw_until = last_moment(order.paid_at)
    if declaration.waits and order.booking is None:
        order.work_from = order.withdraw_until
        order.start_due_at = order.work_from + order.timer("start")


@transaction.atomic
def withdraw(order: Order, *, actor: User, statement: str = "") -> Order:
    """End an order because its buyer withdraws: everything goes back, less what the part done is worth.

    No reason is asked, and it leaves no mark on anybody's profile. Raises ``Refusal`` when the law gives no such right
    here, the fourteen days are over, the work was done in full, or a bank examines the payment.
    """
    order = order.locked()
    only(order.buyer, actor)
    declaration = BuyerDeclaration.objects.select_for_update(no_key=True).filter(order=order).first()
    if declaration is None or not declaration.may_withdraw or order.withdraw_until is None:
        raise Refusal(_("The right to withdraw within 14 days does not apply to this order."))
    if order.withdraw_until <= clock.now():
        raise Refusal(_("The 14 days to withdraw are over."))
    if order.state not in (Order.State.ACTIVE, Order.State.DELIVERED, Order.State.DISPUTED):
        raise Refusal(_("This order is over: there is nothing left to withdraw from."))
    due = due_now(order, declaration)
    if due.lost:
        raise Refusal(
            _(
                "The work was done in full, as you asked: the right to withdraw ended with it. You can still ask for a revision or open a dispute."
            )
        )
    if order.state == Order.State.DISPUTED:
        money.unfreeze(order)
    if order.is_started:
        order.end_by_agreement(Order.CancelCause.WITHDRAWN)
    else:
        order.cancel(Order.CancelCause.WITHDRAWN)
    order.schedule_reminders()
    outcome = money.pay_out(
        order, refund_cents=due.refund_cents, reason=REASON, clearing=order.timer("clearing_manual")
    )
    order.rights_pass = due.refund_cents == 0 and order.first_delivered_at is not None
    order.save()
    declaration.withdrawn_at = clock.now()
    declaration.statement = statement.strip()
    declaration.refund_cents, declaration.kept_cents = due.refund_cents, due.kept_cents
    declaration.save()
    close_waiting(order)
    messaging.close(order.conversation)
    record(
        order,
        OrderEvent.Kind.CANCELLED,
        actor=actor,
        cause=Order.CancelCause.WITHDRAWN,
        reason="",
        refund_cents=due.refund_cents,
        kept_cents=due.kept_cents,
        net_cents=outcome.net_cents,
        withdrawn_at=declaration.withdrawn_at.isoformat(),
    )
    if order.rights_pass:
        write_deed.delay_on_commit(order.pk)
    return order
