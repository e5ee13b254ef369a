"""What the gateway says of a payment: the money came, was refused, or did not come in time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.writing import write
from payments import ledger
from payments.escrow.releasing import refund
from payments.gateways import CheckoutState, CheckoutStatus, gateway
from payments.models import Discrepancy, EscrowHold, Payment
from payments.outbox import after_commit, close_checkout, tell_payment

LATE = gettext_noop("It arrived after the time to pay was over.")

RECEIVED = ("gateway_id", "method", "state", "received_at", "told_at", "tell_due_at")
"""What changes on a payment when its money is there."""


def refresh(payment: Payment) -> Payment:
    """Ask the gateway how a payment stands and act on the answer. Calls the network, so never inside a transaction.

    Raises ``GatewayUnavailable``, and ``RuntimeError`` in a transaction.
    """
    with transaction.atomic(durable=True):
        payment = Payment.objects.get(pk=payment.pk)
    if not payment.gateway_id or payment.gateway_id.startswith("bank:"):
        return payment
    return apply(payment, gateway().look_up(payment.gateway_id))


def apply(payment: Payment, status: CheckoutStatus) -> Payment:
    """Act on what the gateway answered: one handler for its messages and for our questions. Repeating is harmless."""
    _book_fee(payment, status)
    if status.state == CheckoutState.PAID:
        return receive(
            payment,
            amount_cents=status.received_cents,
            gateway_id=status.gateway_id,
            occurred_at=status.occurred_at,
            method=status.method,
        )
    if status.state == CheckoutState.AWAITING_TRANSFER:
        if status.received_cents:
            _note_discrepancy(
                payment, Discrepancy.Kind.WRONG_AMOUNT, status.received_cents, status.gateway_id
            )
        return mark_awaiting_transfer(payment, status.transfer_instructions)
    if status.state == CheckoutState.EXPIRED:
        return _forget_checkout(payment, status.gateway_id)
    if status.failure:
        return mark_failed(payment, status.failure, occurred_at=status.failed_at)
    return payment


def _book_fee(payment: Payment, status: CheckoutStatus) -> None:
    """What the provider kept for itself, once it says so."""
    if status.fee_id and status.fee_cents:
        ledger.post(
            f"bt:{status.fee_id}:fee",
            ledger.Kind.PSP_FEE,
            [ledger.debit(ledger.PSP_FEES, status.fee_cents), ledger.credit(ledger.PSP, status.fee_cents)],
            subject=f"payment:{payment.pk}",
            source={"balance_transaction": status.fee_id},
        )


@transaction.atomic
def receive(
    payment: Payment,
    *,
    amount_cents: int,
    gateway_id: str,
    occurred_at: datetime,
    method: str = "",
    source: ledger.Account = ledger.PSP,
) -> Payment:
    """Record that the money came in, and hold it. A second call changes nothing.

    Another amount than asked is not a payment: it is noted for staff and the state stays. Money that comes after
    the payment expired goes straight back to the buyer.
    """
    payment = payment.locked()
    if payment.received_at is not None:
        if payment.gateway_id != gateway_id:
            _note_discrepancy(payment, Discrepancy.Kind.PAID_TWICE, amount_cents, gateway_id)
        return payment
    if amount_cents != payment.amount_cents:
        _note_discrepancy(payment, Discrepancy.Kind.WRONG_AMOUNT, amount_cents, gateway_id)
        return payment
    ledger.post(
        f"payment:{payment.pk}:received",
        ledger.Kind.PAYMENT_RECEIVED,
        [ledger.debit(source, amount_cents), ledger.credit(ledger.escrow(payment), amount_cents)],
        subject=f"payment:{payment.pk}",
        occurred_at=occurred_at,
        source={"checkout": gateway_id},
    )
    commission = payment.terms.commission_on(amount_cents).ttc
    hold = EscrowHold(
        payment=payment,
        payee_id=payment.payee_id,
        amount_cents=amount_cents,
        net_cents=amount_cents - commission,
        commission_cents=commission,
    )
    payment.gateway_id = gateway_id
    payment.method = method or payment.method
    if payment.state == Payment.State.EXPIRED:
        payment.received_at = occurred_at
        write([hold], [(payment, RECEIVED)])  # the refund reads which way the money came
        refund(hold, reason=LATE)
        payment.save()
    else:
        payment.receive(occurred_at)
        write([hold], [(payment, RECEIVED)])
        after_commit(tell_payment, payment.pk)
    if payment.method == Payment.Method.TRANSFER:
        payment.discrepancies.filter(settled_at=None).update(settled_at=clock.now())
    return payment


@transaction.atomic
def mark_awaiting_transfer(payment: Payment, instructions: Mapping[str, Any]) -> Payment:
    """Keep where to send the transfer. News of a payment that is received or expired changes nothing."""
    payment = payment.locked()
    known = payment.state == Payment.State.AWAITING_TRANSFER and payment.transfer_instructions == instructions
    if payment.is_payable and not known:
        payment.await_transfer(dict(instructions))
        payment.save()
        after_commit(tell_payment, payment.pk)
    return payment


@transaction.atomic
def mark_failed(payment: Payment, reason: str, *, occurred_at: datetime | None = None) -> Payment:
    """Keep that the bank declined; the buyer may try again. A refusal already known, or overtaken, changes nothing."""
    payment = payment.locked()
    moment = occurred_at or clock.now()
    is_news = payment.failed_at is None or moment > payment.failed_at
    if payment.is_payable and is_news:
        payment.fail(reason, moment)
        payment.save()
        after_commit(tell_payment, payment.pk)
    return payment


@transaction.atomic
def expire(payment: Payment) -> Payment:
    """Give up waiting; the payment page closes after the commit. Twice changes nothing.

    Raises ``Refusal`` when the money is there.
    """
    payment = payment.locked()
    if payment.state == Payment.State.RECEIVED:
        raise Refusal(_("This payment has already been received."))
    if payment.state != Payment.State.EXPIRED:
        payment.expire()
        payment.save()
        if payment.gateway_id:
            close_checkout(payment.gateway_id)
    return payment


@transaction.atomic
def _forget_checkout(payment: Payment, gateway_id: str) -> Payment:
    """The page ran out unpaid: the next click opens another."""
    payment = payment.locked()
    if payment.is_payable and payment.checkout_url and payment.gateway_id == gateway_id:
        payment.checkout_url = ""
        payment.checkout_attempt += 1
        payment.save(update_fields=["checkout_url", "checkout_attempt"])
    return payment


def _note_discrepancy(payment: Payment, kind: str, received_cents: int, gateway_id: str) -> None:
    Discrepancy.objects.get_or_create(
        payment=payment,
        gateway_id=gateway_id,
        received_cents=received_cents,
        defaults={"kind": kind, "expected_cents": payment.amount_cents},
    )


def settle_discrepancy(discrepancy: Discrepancy) -> None:
    """Staff put it right at the payment provider: no money of ours moves. Twice changes nothing."""
    Discrepancy.objects.filter(pk=discrepancy.pk, settled_at=None).update(settled_at=clock.now())
