"""What is decided about money: ask for it, hold it, release it, give it back. Amounts are cents.

Locks are taken in one order: payment or hold first, then the ledger's accounts. Callers lock their own rows before
they come here. The network is never called inside a transaction, and the page a visitor returns to proves nothing:
only what the gateway answers does.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import calls, checkouts, ledger, own_transfers, rails, refunds
from payments.gateways import CheckoutState, CheckoutStatus, gateway
from payments.invoices import issuing
from payments.models import (
    Discrepancy,
    Earning,
    EscrowHold,
    GatewayCall,
    LedgerBalance,
    Payment,
    Refund,
    Withdrawal,
)
from payments.models.payment import next_attempt
from payments.outbox import after_commit, close_checkout, send_refund, tell_payment
from payments.payout_outbox import level_transfer
from payments.terms import CommissionTerms

__all__ = [
    "apply",
    "change_method",
    "expire",
    "freeze",
    "mark_awaiting_transfer",
    "mark_failed",
    "open_checkout",
    "receive",
    "refresh",
    "refund",
    "release",
    "request_payment",
    "retry_refund",
    "settle_discrepancy",
    "unfreeze",
]


LATE = gettext_noop("It arrived after the time to pay was over.")


# --- Asking ---------------------------------------------------------------------------------------------------


@transaction.atomic
def request_payment(
    *,
    payer: User,
    payee: User,
    amount_cents: int,
    terms: CommissionTerms,
    description: str,
    reference: str,
    method: str,
    expires_at: datetime,
) -> Payment:
    """Ask a buyer for an amount, tax included, that an expert will earn under these terms.

    ``reference`` is what people call it, on the payment page and on the transfer.
    """
    return Payment.objects.create(
        payer=payer,
        payee=payee,
        amount_cents=amount_cents,
        commission_bp=terms.rate_bp,
        commission_base=terms.base,
        vat_bp=terms.vat_bp,
        seller_vat_bp=terms.seller_vat_bp,
        commission_ht_cents=terms.fixed_ht_cents,
        description=description[:200],
        reference=reference,
        method=Payment.Method(method),
        expires_at=expires_at,
    )


@transaction.atomic
def change_method(payment: Payment, method: str) -> Payment:
    """Let the buyer pay in another way: the page opened for the former one closes after the commit.

    Raises ``Refusal`` when the money is there, the time to pay is over, or a transfer is already expected.
    """
    payment = payment.locked()
    _refuse_unless_payable(payment)
    if payment.state == Payment.State.AWAITING_TRANSFER:
        raise Refusal(_("Your transfer is already expected. Cancel the order to pay in another way."))
    if payment.method == method:
        return payment
    payment.method = Payment.Method(method)
    if payment.checkout_url:
        payment.checkout_url = ""
        payment.checkout_attempt += 1
        close_checkout(payment.gateway_id)
    payment.save(update_fields=["method", "checkout_url", "checkout_attempt"])
    return payment


def open_checkout(payment: Payment, *, return_url: str, cancel_url: str) -> str:
    """Return the address of the page where the buyer pays. Calls the network, so never inside a transaction.

    Two clicks get the same page; a page that ran out is followed by a new one. Raises ``Refusal`` when the money
    is there already or the time to pay is over, ``GatewayUnavailable``, and ``RuntimeError`` in a transaction.
    """
    with transaction.atomic(durable=True):
        payment = payment.locked()
        _refuse_unless_payable(payment)
        if payment.state == Payment.State.FAILED:
            payment.retry()
            payment.save()
        if payment.checkout_url:
            return payment.checkout_url
        if payment.method == Payment.Method.TRANSFER and own_transfers.are_offered():
            mark_awaiting_transfer(payment, own_transfers.instructions_for(payment))
            return return_url
    _make_known(payment.payer)
    with transaction.atomic(durable=True):
        payload = checkouts.payload_for(
            payment, language=(get_language() or "fr")[:2], return_url=return_url, cancel_url=cancel_url
        )
        key = f"payment:{payment.public_id}:checkout:{payment.checkout_attempt}"
        call = calls.ask(GatewayCall.Kind.CHECKOUT, key, payload, subject=f"payment:{payment.pk}")
    call = calls.carry_out(call)
    if call.state == GatewayCall.State.FAILED:
        raise Refusal(_("This means of payment is not available at the moment. Choose another one."))
    _refuse_unless_payable(Payment.objects.get(pk=payment.pk))
    return str(call.answer["url"])


def _make_known(payer: User) -> None:
    """A provider that wants to know who pays is told once. Calls the network."""
    if not gateway().has_customers or hasattr(payer, "gateway_customer"):
        return
    payload = {
        "user": payer.pk,
        "reference": str(payer.public_id),
        "email": payer.email,
        "name": payer.get_full_name(),
    }
    call = calls.ask(
        GatewayCall.Kind.CUSTOMER, f"user:{payer.pk}:customer", payload, subject=f"user:{payer.pk}"
    )
    calls.carry_out(call)


def _refuse_unless_payable(payment: Payment) -> None:
    if payment.state == Payment.State.RECEIVED:
        raise Refusal(_("This payment has already been received. There is nothing more to pay."))
    if payment.state == Payment.State.EXPIRED or payment.expires_at <= clock.now():
        raise Refusal(_("The time to pay is over. Nothing was charged."))


# --- Hearing from the gateway ---------------------------------------------------------------------------------


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
    hold = EscrowHold.objects.create(
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
        payment.save()  # the refund reads which way the money came
        refund(hold, reason=LATE)
    else:
        payment.receive(occurred_at)
        after_commit(tell_payment, payment.pk)
    payment.save()
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


# --- Letting go -----------------------------------------------------------------------------------------------


@transaction.atomic
def release(hold: EscrowHold, *, clearing: timedelta) -> Earning:
    """Pay the expert what is left of a hold, less the commission frozen with the payment, and less what they owe.

    It may be withdrawn once ``clearing`` has passed. Raises ``Refusal`` when the money is frozen or gone.
    """
    hold = _movable(hold)
    now = clock.now()
    payment = hold.payment
    gross = hold.remaining_cents
    commission = payment.terms.commission_on(gross)
    net = gross - commission.ttc
    owed = min(_locked_debt(hold.payee_id), net)
    ledger.post(
        f"payment:{payment.pk}:release",
        ledger.Kind.RELEASE,
        [
            ledger.debit(ledger.escrow(payment), gross),
            ledger.credit(ledger.payable(hold.payee_id), net - owed),
            ledger.credit(ledger.receivable(hold.payee_id), owed),
            ledger.credit(ledger.COMMISSION, commission.ht),
            ledger.credit(ledger.VAT_COLLECTED, commission.vat),
        ],
        subject=f"payment:{payment.pk}",
        occurred_at=now,
    )
    if hold.refunded_cents:
        hold.release_rest(now)
    else:
        hold.release_whole(now)
    hold.net_cents, hold.commission_cents = net, commission.ttc
    hold.save()
    earning = Earning.objects.create(
        hold=hold,
        expert_id=hold.payee_id,
        gross_cents=gross,
        commission_cents=commission.ttc,
        commission_vat_cents=commission.vat,
        net_cents=net,
        recouped_cents=owed,
        transfer_due_at=now
        if net > owed and rails.rail_of(payment.payee) == Withdrawal.Rail.CONNECT
        else None,
        released_at=now,
        available_at=now + clearing,
    )
    if earning.transfer_due_at is not None:
        after_commit(level_transfer, earning.pk)
    issuing.issue_for(earning)
    return earning


def _locked_debt(expert_id: int) -> int:
    """What an expert owes us. Locked, because two releases at once must not both pay it."""
    code = ledger.receivable(expert_id).code
    row = LedgerBalance.objects.select_for_update().filter(account__code=code).first()
    return row.balance_cents if row else 0


@transaction.atomic
def refund(hold: EscrowHold, amount_cents: int | None = None, *, reason: str) -> Refund:
    """Decide to give the buyer back all or part of what is held; the gateway is asked after the commit.

    After a part, ``release`` pays the expert the rest, with the commission on that rest. Raises ``Refusal`` when
    the money is frozen or gone, or the amount is not between one cent and what is left.
    """
    hold = _movable(hold)
    payment = hold.payment
    remaining = hold.remaining_cents
    amount = remaining if amount_cents is None else amount_cents
    if not 0 < amount <= remaining:
        raise Refusal(
            _("This amount cannot be refunded: it must be more than zero and at most what is still held.")
        )
    if amount == remaining:
        hold.refund_rest()
    else:
        hold.refunded_cents += amount
        hold.commission_cents = payment.terms.commission_on(remaining - amount).ttc
        hold.net_cents = remaining - amount - hold.commission_cents
    hold.save()
    decided = Refund.objects.create(
        hold=hold,
        amount_cents=amount,
        reason=reason[:200],
        route=refunds.route_of(payment),
        next_attempt_at=next_attempt(1, clock.now()),
    )
    ledger.post(
        f"refund:{decided.pk}:decided",
        ledger.Kind.REFUND_DECIDED,
        [ledger.debit(ledger.escrow(payment), amount), ledger.credit(ledger.refund_due(payment), amount)],
        subject=f"payment:{payment.pk}",
    )
    after_commit(send_refund, decided.pk)
    return decided


@transaction.atomic
def retry_refund(failed: Refund) -> Refund:
    """Ask the gateway again for a refund that the bank refused. Raises ``Refusal`` for any other."""
    failed = failed.locked()
    if failed.state != Refund.State.FAILED:
        raise Refusal(_("Only a refund that the bank refused can be sent again."))
    refunds.refuse_while_contested(failed.hold.payment)
    failed.decide_again(next_attempt(1, clock.now()))
    failed.save()
    after_commit(send_refund, failed.pk)
    return failed


def settle_discrepancy(discrepancy: Discrepancy) -> None:
    """Staff put it right at the payment provider: no money of ours moves. Twice changes nothing."""
    Discrepancy.objects.filter(pk=discrepancy.pk, settled_at=None).update(settled_at=clock.now())


@transaction.atomic
def freeze(hold: EscrowHold) -> EscrowHold:
    """Let nothing leave a hold until ``unfreeze``. Twice changes nothing. Raises ``Refusal`` when the money is gone.

    What a bank's examination had frozen before stays frozen when that ends.
    """
    hold = _locked(hold)
    hold.payment.chargebacks.running().update(froze_hold=False)
    if hold.state != EscrowHold.State.FROZEN:
        _refuse_if_gone(hold)
        hold.freeze()
        hold.save()
    return hold


@transaction.atomic
def unfreeze(hold: EscrowHold) -> EscrowHold:
    """Let the money move again. Twice changes nothing. Raises ``Refusal`` when it is gone, or a bank examines it."""
    hold = _locked(hold)
    if hold.state != EscrowHold.State.HELD:
        _refuse_if_gone(hold)
        refunds.refuse_while_contested(hold.payment)
        hold.unfreeze()
        hold.save()
    return hold


@transaction.atomic
def hold_back(hold: EscrowHold, *, until: datetime) -> None:
    """Move the day on which what was released can be withdrawn; nothing happens where nothing was released."""
    Earning.objects.filter(hold=hold).update(available_at=until)


def clears_at(hold: EscrowHold) -> datetime | None:
    """When what was released of it can be withdrawn; ``None`` when nothing was released."""
    found: datetime | None = Earning.objects.filter(hold=hold).values_list("available_at", flat=True).first()
    return found


def _locked(hold: EscrowHold) -> EscrowHold:
    """The hold, fresh and locked, with what its release needs, in one query."""
    return EscrowHold.objects.select_for_update(of=("self",)).select_related("payment__payee").get(pk=hold.pk)


def _movable(hold: EscrowHold) -> EscrowHold:
    hold = _locked(hold)
    if hold.state == EscrowHold.State.FROZEN:
        raise Refusal(_("This payment is frozen while our team examines the order."))
    _refuse_if_gone(hold)
    return hold


def _refuse_if_gone(hold: EscrowHold) -> None:
    if not hold.is_open:
        raise Refusal(_("This payment has already been paid out or refunded."))
