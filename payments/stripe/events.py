"""Stripe's messages: three doors, each with its own secret, and what each message is about."""

import json
from typing import Any

import stripe
from django.conf import settings

from payments.gateways import BadSignature, WebhookEvent
from payments.stripe.client import client

SUBJECTS = (
    ("checkout.session.", "checkout"),
    ("payment_intent.", "checkout"),
    ("charge.dispute.", "dispute"),
    ("charge.refund.", "refund"),
    ("charge.", "checkout"),
    ("refund.", "refund"),
    ("transfer.", "transfer"),
    ("radar.early_fraud_warning.", "fraud_warning"),
)
"""What is looked up for a kind of message of the platform's own account, by its beginning."""

OF_EXPERTS = (("payout.", "payout"), ("account.external_account.", "bank_account"))
"""The same for messages about an expert's account."""


def parse(body: bytes, signature: str | None, door: str) -> WebhookEvent:
    """Check and read a message. Raises ``BadSignature``, also when it came in by the wrong door."""
    secret = {
        "platform": settings.STRIPE_WEBHOOK_SECRET,
        "connect": settings.STRIPE_CONNECT_WEBHOOK_SECRET,
        "accounts": settings.STRIPE_ACCOUNTS_WEBHOOK_SECRET,
    }.get(door, "")
    if not secret:
        raise BadSignature("no secret is set for this door")
    try:
        return (
            _thin(body, signature, secret) if door == "accounts" else _snapshot(body, signature, secret, door)
        )
    except (ValueError, KeyError, TypeError, AttributeError, stripe.SignatureVerificationError) as error:
        raise BadSignature(str(error)) from error


def _snapshot(body: bytes, signature: str | None, secret: str, door: str) -> WebhookEvent:
    event: Any = client().construct_event(body, signature, secret)
    account = getattr(event, "account", None) or ""
    if bool(account) != (door == "connect"):
        raise ValueError("this message belongs to another door")
    thing = event.data.object
    table = OF_EXPERTS if account else SUBJECTS
    subject = next((found for start, found in table if event.type.startswith(start)), "")
    if not account and event.type.startswith("payout."):
        subject = "own_payout"
    object_id = getattr(thing, "id", "") or ""
    if subject == "fraud_warning":
        object_id = str(thing.charge)
    return WebhookEvent(
        event_id=event.id,
        kind=event.type,
        subject=subject,
        object_id=object_id,
        account=account,
        payload=json.loads(body),
    )


def _thin(body: bytes, signature: str | None, secret: str) -> WebhookEvent:
    event: Any = client().parse_event_notification(body, signature, secret)
    related: Any = getattr(event, "related_object", None)
    is_account = event.type.startswith("v2.core.account") and related is not None
    return WebhookEvent(
        event_id=event.id,
        kind=event.type,
        subject="payee" if is_account else "",
        object_id=related.id if related and is_account else "",
        payload=json.loads(body),
    )
