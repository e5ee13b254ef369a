"""What a payment page is opened with, and what its opening changes on the payment."""

from datetime import datetime
from typing import Any

from payments.gateways import CheckoutRequest, Person, gateway
from payments.models import GatewayCustomer, Payment


def payload_for(payment: Payment, *, language: str, return_url: str, cancel_url: str) -> dict[str, Any]:
    """The content of the call that opens a page."""
    known = GatewayCustomer.objects.filter(user_id=payment.payer_id)
    customer = known.first() if gateway().has_customers else None
    return {
        "reference": str(payment.public_id),
        "label": payment.reference,
        "description": payment.description,
        "amount_cents": payment.amount_cents,
        "currency": payment.currency,
        "method": payment.method,
        "language": language,
        "return_url": return_url,
        "cancel_url": cancel_url,
        "expires_at": payment.expires_at.isoformat(),
        "customer_id": customer.gateway_id if customer else "",
    }


def request_of(payload: dict[str, Any]) -> CheckoutRequest:
    return CheckoutRequest(**{**payload, "expires_at": datetime.fromisoformat(payload["expires_at"])})


def person_of(payload: dict[str, Any]) -> Person:
    return Person(
        reference=payload["reference"],
        email=payload["email"],
        name=payload["name"],
        is_company=payload.get("is_company", False),
    )


def book(reference: str, gateway_id: str, url: str) -> Payment | None:
    """Keep a page with its payment. ``None`` when the payment waits no longer: the page must close."""
    payment = Payment.objects.select_for_update(no_key=True).get(public_id=reference)
    if payment.state == Payment.State.EXPIRED:
        return None
    if not payment.checkout_url and payment.received_at is None:
        payment.gateway_id, payment.checkout_url = gateway_id, url
        payment.save(update_fields=["gateway_id", "checkout_url"])
    return payment


def refuse(reference: str) -> None:
    """The gateway opens no such page: the next click asks anew."""
    payment = Payment.objects.select_for_update(no_key=True).get(public_id=reference)
    payment.checkout_attempt += 1
    payment.save(update_fields=["checkout_attempt"])
