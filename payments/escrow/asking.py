"""Asking a buyer for money."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.writing import write
from payments import calls, checkouts, own_transfers
from payments.escrow.receiving import mark_awaiting_transfer
from payments.gateways import gateway
from payments.models import GatewayCall, Payment
from payments.outbox import close_checkout
from payments.terms import CommissionTerms


def request_payment(**asked: Any) -> Payment:
    """Ask a buyer for an amount, in one row: see ``payment_of``."""
    payment = payment_of(**asked)
    write([payment])
    return payment


def payment_of(
    *,
    payer: User,
    payee: User,
    amount_cents: int,
    terms: CommissionTerms,
    description: str,
    reference: str,
    method: str,
    expires_at: datetime,
    key: int | None = None,
) -> Payment:
    """What a buyer is asked to pay, tax included, that an expert will earn under these terms: a row not saved yet.

    ``reference`` is what people call it, on the payment page and on the transfer. ``key`` was drawn for it.
    """
    return Payment(
        pk=key,
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
    if gateway().has_customers:
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
    if hasattr(payer, "gateway_customer"):
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
