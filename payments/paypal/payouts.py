"""One withdrawal is one batch of one item, and its public identifier is the batch's name at PayPal.

PayPal makes one payment for a name within 30 days, and refuses a second request with the way to the first: that
is how the fate of a request without an answer is found out. It is the only key; the header alone is not one.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext_noop

from payments.gateways import GatewayUnavailable, PayoutState, PayoutStatus
from payments.paypal.client import PayPalRefused, call

logger = logging.getLogger(__name__)

NAME_IS_KEPT_FOR = timedelta(days=29)
"""PayPal knows a batch by our name for 30 days. After that nothing may be asked again."""

NO_ACCOUNT = gettext_noop("No PayPal account takes money at this address.")
CANNOT_RECEIVE = gettext_noop("PayPal says that this account cannot receive the money.")
NOT_CARRIED_OUT = gettext_noop("PayPal did not carry out this payout. Ask for it again, or write to us.")

OVER = {"FAILED", "RETURNED", "BLOCKED", "REFUNDED", "REVERSED"}
"""States of an item whose money is with us, or with us again."""
NEVER_LEFT = {"DENIED", "CANCELED"}
REASONS = {"RETURNED": NO_ACCOUNT, "RECEIVER_UNREGISTERED": NO_ACCOUNT, "RECEIVER_UNCONFIRMED": NO_ACCOUNT}
OURS = {"INSUFFICIENT_FUNDS", "SENDER_ACCOUNT_LOCKED", "SENDER_RESTRICTED", "SENDER_ACCOUNT_UNVERIFIED"}
"""Errors that are none of the expert's making."""
SAME_FOR_EVERY_REQUEST = {"VALIDATION_ERROR", "INVALID_REQUEST", "MALFORMED_REQUEST"}
"""Refusals of what was asked, not of when: if a request gets one now, so did the one before."""


@dataclass(frozen=True)
class PayPalPayout:
    """A payout now. ``unclaimed_item`` is set while it waits for somebody to open an account for it."""

    status: PayoutStatus
    unclaimed_item: str = ""


def pay_out(
    *, reference: str, receiver: str, amount_cents: int, label: str, subject: str, again: bool
) -> PayoutStatus:
    """Send an amount to a PayPal address, once per reference. ``again`` when it may have been asked before.

    Raises ``GatewayRefused`` when nothing was sent for certain, and ``GatewayUnavailable`` when nothing is known.
    """
    asked = {
        "sender_batch_header": {"sender_batch_id": reference, "email_subject": subject},
        "items": [
            {
                "recipient_type": "EMAIL",
                "receiver": receiver,
                "amount": {
                    "value": f"{amount_cents // 100}.{amount_cents % 100:02d}",
                    "currency": "EUR",
                },
                "note": label,
                "sender_item_id": label,
            }
        ],
    }
    try:
        made = call("POST", "/v1/payments/payouts", asked, request_id=reference)
    except PayPalRefused as refusal:
        former = _former(refusal)
        if former is not None:
            return look_up(former, reference=reference).status
        if again and refusal.name not in SAME_FOR_EVERY_REQUEST:
            # A no to this request says nothing of the one that got no answer.
            raise GatewayUnavailable(str(refusal)) from refusal
        raise
    return PayoutStatus(_batch_id(made), reference, PayoutState.PENDING, amount_cents=amount_cents)


def look_up(batch_id: str, *, reference: str) -> PayPalPayout:
    """Read a payout. Raises ``UnknownObject``, and ``GatewayUnavailable`` when it is not the one of this reference."""
    found = call("GET", f"/v1/payments/payouts/{quote(batch_id, safe='')}")
    header = found.get("batch_header") or {}
    if (header.get("sender_batch_header") or {}).get("sender_batch_id") != reference:
        raise GatewayUnavailable(f"the batch {batch_id} of PayPal is not {reference}")
    item: dict[str, Any] = next(iter(found.get("items") or []), {})
    if header.get("batch_status") in NEVER_LEFT:
        error = str((header.get("errors") or {}).get("name", ""))
        logger.error("PayPal did not carry out %s: %s %s", reference, header["batch_status"], error)
        return PayPalPayout(PayoutStatus(batch_id, reference, PayoutState.FAILED, NOT_CARRIED_OUT))
    status = _status(item, batch_id, reference)
    is_unclaimed = item.get("transaction_status") == "UNCLAIMED"
    return PayPalPayout(status, str(item.get("payout_item_id", "")) if is_unclaimed else "")


def take_back(item_id: str, *, batch_id: str, reference: str) -> PayoutStatus:
    """Take back a payout that nobody has claimed. Raises ``GatewayRefused`` when somebody has."""
    item = call("POST", f"/v1/payments/payouts-item/{quote(item_id, safe='')}/cancel", {})
    return _status(item, batch_id, reference)


def _status(item: dict[str, Any], batch_id: str, reference: str) -> PayoutStatus:
    said = str(item.get("transaction_status", ""))
    if said == "SUCCESS":
        fee = _cents(item.get("payout_item_fee"))
        return PayoutStatus(batch_id, reference, PayoutState.PAID, fee_cents=fee)
    if said not in OVER:
        return PayoutStatus(batch_id, reference, PayoutState.PENDING)
    error = str((item.get("errors") or {}).get("name", ""))
    logger.warning("the PayPal payout %s came back: %s %s", reference, said, error)
    reason = NOT_CARRIED_OUT if error in OURS else REASONS.get(error) or REASONS.get(said) or CANNOT_RECEIVE
    return PayoutStatus(batch_id, reference, PayoutState.FAILED, reason)


def _former(refusal: PayPalRefused) -> str | None:
    """The batch that has the name already, when that is why PayPal refused."""
    for detail in refusal.details:
        if str(detail.get("field", "")).upper().endswith("SENDER_BATCH_ID"):
            links = detail.get("link") or detail.get("links") or []
            for link in links if isinstance(links, list) else [links]:
                batch = urlsplit(str(link.get("href", ""))).path.rstrip("/").rpartition("/")[2]
                if batch:
                    return batch
            raise GatewayUnavailable(f"{refusal}: PayPal has this payout, and does not say where")
    return None


def _batch_id(made: dict[str, Any]) -> str:
    batch = (made.get("batch_header") or {}).get("payout_batch_id")
    if not batch:
        raise GatewayUnavailable("PayPal's answer names no batch")
    return str(batch)


def _cents(amount: Any) -> int:
    """Cents of an amount in euros; nothing when it is in another currency or unreadable."""
    try:
        return int(Decimal(amount["value"]) * 100) if amount["currency"] == "EUR" else 0
    except (TypeError, KeyError, InvalidOperation):
        return 0
