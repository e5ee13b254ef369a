"""The port through which money really moves. Whoever stands behind it keeps these promises.

The same key asked twice gives the same object and one movement of money. What is looked up is the present state,
whatever the messages said. Amounts are cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

SANDBOX = "payments.sandbox"


class GatewayUnavailable(Exception):
    """The gateway did not answer, or not in time: nothing is known, try again with the same key."""


class BadSignature(Exception):
    """A message that does not prove it comes from the gateway, or is too old to be believed."""


class UnknownObject(Exception):
    """The gateway has no such object, or not yet."""


class CheckoutState(StrEnum):
    OPEN = "open"
    AWAITING_TRANSFER = "awaiting_transfer"
    PAID = "paid"
    EXPIRED = "expired"


class RefundState(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True)
class CheckoutRequest:
    """What a payment page is opened for. ``reference`` is ours, ``label`` is the one people read."""

    reference: str
    label: str
    description: str
    amount_cents: int
    currency: str
    method: str
    language: str
    return_url: str
    cancel_url: str
    expires_at: datetime


@dataclass(frozen=True)
class Checkout:
    """A payment page: its identifier and where to send the buyer."""

    gateway_id: str
    url: str


@dataclass(frozen=True)
class CheckoutStatus:
    """The state of a payment page now. ``received_cents`` is all that came in so far."""

    gateway_id: str
    reference: str
    state: CheckoutState
    received_cents: int
    occurred_at: datetime
    method: str = ""
    failure: str = ""
    failed_at: datetime | None = None
    transfer_instructions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RefundStatus:
    """The state of a refund now. ``reference`` is our refund's."""

    gateway_id: str
    reference: str
    state: RefundState
    failure: str = ""


@dataclass(frozen=True)
class WebhookEvent:
    """A message whose signature is right. ``subject`` is ``checkout``, ``refund`` or empty."""

    event_id: str
    kind: str
    subject: str
    object_id: str
    payload: dict[str, Any]


class Gateway(Protocol):
    """A payment provider. Every method but ``parse_webhook`` is a network call and may raise ``GatewayUnavailable``."""

    def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        """Prepare a page where the buyer pays."""

    def look_up(self, gateway_id: str) -> CheckoutStatus:
        """Read a payment page's state. Raises ``UnknownObject``."""

    def expire_checkout(self, gateway_id: str) -> None:
        """Close a page that nobody should pay on any more. Harmless when it is paid or closed already."""

    def refund(
        self, gateway_id: str, amount_cents: int, *, reference: str, idempotency_key: str
    ) -> RefundStatus:
        """Send back part or all of what was paid on a page."""

    def look_up_refund(self, gateway_id: str) -> RefundStatus:
        """Read a refund's state. Raises ``UnknownObject``."""

    def parse_webhook(self, body: bytes, headers: Mapping[str, str]) -> WebhookEvent:
        """Check a message and read it. Raises ``BadSignature``."""


def is_sandbox(path: str) -> bool:
    """Whether a dotted path leads into the payment sandbox."""
    return path == SANDBOX or path.startswith(f"{SANDBOX}.")


def gateway() -> Gateway:
    """The provider of this installation.

    Raises ``ImproperlyConfigured`` when none is set, or when the sandbox, where money is not real, is set
    anywhere but on a developer's machine.
    """
    path = settings.PAYMENT_GATEWAY
    if not path:
        raise ImproperlyConfigured("Set PAYMENT_GATEWAY to the class of a payment gateway.")
    if is_sandbox(path) and not settings.LOCAL_MODE:
        raise ImproperlyConfigured(
            "The payment sandbox takes no real money: it only runs on a developer's machine."
        )
    provider: Gateway = import_string(path)()
    return provider
