"""Payments by Stripe: hosted Checkout, one page per payment; charges stay on the platform until they are released.

Each object carries our key in its metadata, so that what happened to a call can be looked up.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import stripe
from django.conf import settings

from marketplace.kernel import clock
from payments.gateways import (
    Checkout,
    CheckoutRequest,
    CheckoutState,
    CheckoutStatus,
    GatewayRefused,
    Person,
    RefundState,
    RefundStatus,
    UnknownObject,
    WebhookEvent,
)
from payments.stripe import events
from payments.stripe.client import answers, client
from payments.stripe.payees import StripePayees

SHORTEST, LONGEST = timedelta(minutes=31), timedelta(hours=23, minutes=50)
"""How long Stripe lets a page be open: 30 minutes to 24 hours. A transfer that was chosen by then has its own time."""

METHODS = {"card": "card", "paypal": "paypal", "transfer": "customer_balance"}
OURS = {stripes: ours for ours, stripes in METHODS.items()}
EXPANDED = ["payment_intent.latest_charge.balance_transaction"]


class StripeGateway(StripePayees):
    """Real money. Set ``PAYMENT_GATEWAY`` to this class and the ``STRIPE_…`` settings."""

    doors = ("platform", "connect", "accounts")
    has_customers = True

    def create_customer(self, person: Person, *, idempotency_key: str) -> str:
        with answers():
            made = client().v1.customers.create(
                {
                    "email": person.email,
                    "name": person.name,
                    "metadata": {"reference": person.reference, "key": idempotency_key},
                },
                {"idempotency_key": idempotency_key},
            )
        return made.id

    def find_customer(self, person: Person, *, idempotency_key: str) -> str | None:
        with answers():
            known = client().v1.customers.list({"email": person.email, "limit": 100})
            return next((one.id for one in known.auto_paging_iter() if _key(one) == idempotency_key), None)

    def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        if request.method == "paypal" and not settings.STRIPE_PAYPAL:
            raise GatewayRefused("PayPal is not switched on.")
        metadata = {"reference": request.reference, "order": request.label, "key": idempotency_key}
        params: dict[str, Any] = {
            "mode": "payment",
            "ui_mode": "hosted_page",
            "client_reference_id": request.reference,
            "allowed_payment_method_types": [METHODS[request.method]],
            "locale": "fr" if request.language == "fr" else "en",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": request.currency.lower(),
                        "unit_amount": request.amount_cents,
                        "tax_behavior": "inclusive",
                        "product_data": {"name": request.description or request.label},
                    },
                }
            ],
            "payment_intent_data": {
                "transfer_group": request.reference,
                "description": request.label,
                "metadata": metadata,
            },
            "metadata": metadata,
            "success_url": _with_session(request.return_url),
            "cancel_url": request.cancel_url,
            "expires_at": _expiry(request.expires_at),
        }
        if request.customer_id:
            params["customer"] = request.customer_id
        if request.method == "transfer":
            params["payment_method_options"] = {
                "customer_balance": {
                    "funding_type": "bank_transfer",
                    "bank_transfer": {
                        "type": "eu_bank_transfer",
                        "eu_bank_transfer": {"country": settings.STRIPE_TRANSFER_COUNTRY},
                    },
                }
            }
        with answers():
            session = client().v1.checkout.sessions.create(
                params,  # type: ignore[arg-type]
                {"idempotency_key": idempotency_key},
            )
        return Checkout(gateway_id=session.id, url=session.url or "")

    def find_checkout(self, reference: str, *, since: datetime, idempotency_key: str) -> Checkout | None:
        created: Any = {"gte": int(since.timestamp()) - 60}
        with answers():
            pages = client().v1.checkout.sessions.list({"created": created, "limit": 100})
            for page in pages.auto_paging_iter():
                if _key(page) == idempotency_key:
                    return Checkout(gateway_id=page.id, url=page.url or "")
        return None

    def look_up(self, gateway_id: str) -> CheckoutStatus:
        """Read a payment page, by its own identifier or by its payment's (``pi_…``) or charge's (``ch_…``, ``py_…``)."""
        with answers():
            return _status(_session(gateway_id))

    def expire_checkout(self, gateway_id: str) -> None:
        with answers():
            session = _session(gateway_id)
            if session.status == "open":
                client().v1.checkout.sessions.expire(session.id)
            elif session.status == "complete" and session.payment_status == "unpaid":
                intent: Any = session.payment_intent
                if intent.status not in ("succeeded", "canceled"):
                    client().v1.payment_intents.cancel(intent.id)

    def refund(
        self, gateway_id: str, amount_cents: int, *, reference: str, idempotency_key: str
    ) -> RefundStatus:
        with answers():
            intent: Any = _session(gateway_id).payment_intent
            if intent is None:
                raise GatewayRefused("Nothing was paid on this page.")
            sent = client().v1.refunds.create(
                {
                    "payment_intent": intent.id,
                    "amount": amount_cents,
                    "reason": "requested_by_customer",
                    "metadata": {"reference": reference, "key": idempotency_key},
                },
                {"idempotency_key": idempotency_key},
            )
        return _refund_status(sent)

    def find_refund(self, gateway_id: str, *, idempotency_key: str) -> RefundStatus | None:
        with answers():
            intent: Any = _session(gateway_id).payment_intent
            if intent is None:
                return None
            sent = client().v1.refunds.list({"payment_intent": intent.id, "limit": 100})
            found = [one for one in sent.auto_paging_iter() if _key(one) == idempotency_key]
        return _refund_status(found[0]) if found else None

    def look_up_refund(self, gateway_id: str) -> RefundStatus:
        with answers():
            return _refund_status(client().v1.refunds.retrieve(gateway_id))

    def parse_webhook(self, body: bytes, headers: Mapping[str, str], door: str = "") -> WebhookEvent:
        return events.parse(body, headers.get("Stripe-Signature"), door)


def _session(gateway_id: str) -> stripe.checkout.Session:
    """A payment page with its payment, found by any of its identifiers."""
    api = client().v1
    if gateway_id.startswith(("ch_", "py_")):
        charge = api.charges.retrieve(gateway_id)
        gateway_id = str(charge.payment_intent or "")
    if gateway_id.startswith("pi_"):
        pages = api.checkout.sessions.list({"payment_intent": gateway_id, "limit": 1}).data
        if not pages:
            raise UnknownObject(gateway_id)
        gateway_id = pages[0].id
    if not gateway_id:
        raise UnknownObject("no payment page")
    return api.checkout.sessions.retrieve(gateway_id, {"expand": EXPANDED})


def _status(session: stripe.checkout.Session) -> CheckoutStatus:
    intent: Any = session.payment_intent
    charge: Any = getattr(intent, "latest_charge", None) if intent else None
    total = session.amount_total or 0
    fields: dict[str, Any] = {
        "gateway_id": session.id,
        "reference": session.client_reference_id or "",
        "received_cents": 0,
        "occurred_at": clock.now(),
        "state": CheckoutState.OPEN,
    }
    if charge:
        fields["occurred_at"] = _moment(charge.created)
        details = getattr(charge, "payment_method_details", None)
        fields["method"] = OURS.get(getattr(details, "type", ""), "")
    if session.payment_status == "paid":
        fee = getattr(charge, "balance_transaction", None)
        fields |= {
            "state": CheckoutState.PAID,
            "received_cents": total,
            "charge_id": charge.id if charge else "",
            "fee_id": fee.id if fee else "",
            "fee_cents": fee.fee if fee else 0,
        }
    elif session.status == "expired" or (intent and intent.status == "canceled"):
        fields["state"] = CheckoutState.EXPIRED
    elif session.status == "complete":
        instructions = _instructions(intent, total)
        fields |= {
            "state": CheckoutState.AWAITING_TRANSFER,
            "received_cents": instructions.get("received", 0),
            "transfer_instructions": instructions,
        }
    elif intent and getattr(intent, "last_payment_error", None):
        error = intent.last_payment_error
        fields |= {
            "failure": (getattr(error, "message", None) or getattr(error, "code", None) or "declined")[:200],
            "failed_at": fields["occurred_at"],
        }
    return CheckoutStatus(**fields)


def _instructions(intent: Any, total: int) -> dict[str, Any]:
    """Where to send a transfer, in the port's words."""
    action = getattr(intent, "next_action", None)
    shown = getattr(action, "display_bank_transfer_instructions", None)
    if not shown:
        return {}
    account = next((one.iban for one in shown.financial_addresses if getattr(one, "iban", None)), None)
    remaining = shown.amount_remaining or 0
    found: dict[str, Any] = {
        "iban": getattr(account, "iban", ""),
        "bic": getattr(account, "bic", ""),
        "holder": getattr(account, "account_holder_name", ""),
        "reference": shown.reference or "",
        "amount": total,
    }
    if remaining < total:
        found |= {"received": total - remaining, "missing": remaining}
    return found


def _refund_status(refund: stripe.Refund) -> RefundStatus:
    state = {"succeeded": RefundState.SUCCEEDED, "failed": RefundState.FAILED, "canceled": RefundState.FAILED}
    return RefundStatus(
        gateway_id=refund.id,
        reference=_meta(refund, "reference"),
        state=state.get(refund.status or "", RefundState.PENDING),
        failure=getattr(refund, "failure_reason", None) or "",
    )


def _meta(row: Any, name: str) -> str:
    metadata = getattr(row, "metadata", None)
    return str(metadata[name]) if metadata and name in metadata else ""


def _key(row: Any) -> str:
    return _meta(row, "key")


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _expiry(wanted: datetime) -> int:
    now = clock.now()
    return int(min(max(wanted, now + SHORTEST), now + LONGEST).timestamp())


def _with_session(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}session={{CHECKOUT_SESSION_ID}}"
