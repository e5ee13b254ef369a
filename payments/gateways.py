"""The port through which money really moves. Whoever stands behind it keeps these promises.

The same key asked twice gives the same object and one movement of money. What is looked up is the present state,
whatever the messages said. Amounts are cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

SANDBOX = "payments.sandbox"


class GatewayUnavailable(Exception):
    """The gateway did not answer, or not in time: nothing is known, try again with the same key."""


class GatewayRefused(Exception):
    """The gateway said no, for good: asking the same again would give the same answer."""


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
    customer_id: str = ""


@dataclass(frozen=True)
class Checkout:
    """A payment page: its identifier and where to send the buyer."""

    gateway_id: str
    url: str


@dataclass(frozen=True)
class CheckoutStatus:
    """The state of a payment page now. ``received_cents`` is all that came in so far, ``fee_cents`` the gateway's fee."""

    gateway_id: str
    reference: str
    state: CheckoutState
    received_cents: int
    occurred_at: datetime
    method: str = ""
    failure: str = ""
    failed_at: datetime | None = None
    fee_id: str = ""
    fee_cents: int = 0
    charge_id: str = ""
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
    """A message whose signature is right. ``subject`` says what to look up (see `payments.inbox`), or is empty.

    ``account`` is the expert's account at the gateway that it concerns, if any.
    """

    event_id: str
    kind: str
    subject: str
    object_id: str
    payload: dict[str, Any]
    account: str = ""


@dataclass(frozen=True)
class Person:
    """A buyer or an expert, as the gateway must know them."""

    reference: str
    email: str
    name: str
    is_company: bool = False


class PayeeState(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    RESTRICTED = "restricted"
    REJECTED = "rejected"
    CLOSED = "closed"


@dataclass(frozen=True)
class PayeeStatus:
    """An expert's account at the gateway now. ``missing`` are the gateway's names of what it still wants to know."""

    gateway_id: str
    reference: str
    state: PayeeState
    missing: tuple[str, ...] = ()


class PayoutState(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"


@dataclass(frozen=True)
class PayoutStatus:
    """The state of a payout now. ``reference`` is our withdrawal's."""

    gateway_id: str
    reference: str
    state: PayoutState
    failure: str = ""
    arrives_on: date | None = None
    amount_cents: int = 0
    fee_cents: int = 0


class DisputeState(StrEnum):
    INQUIRY = "inquiry"
    OPEN = "open"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"
    """An inquiry that came to nothing."""


@dataclass(frozen=True)
class DisputeStatus:
    """A payment contested at the buyer's bank, now. ``withdrawn_cents`` and ``fee_cents`` left our balance for it."""

    gateway_id: str
    checkout_id: str
    state: DisputeState
    amount_cents: int
    withdrawn_cents: int = 0
    fee_cents: int = 0
    is_reinstated: bool = False
    reason: str = ""
    answer_by: datetime | None = None


@dataclass(frozen=True)
class Movement:
    """A line of our account at the gateway, in cents, fee apart: what came in is positive."""

    gateway_id: str
    kind: str
    amount_cents: int
    fee_cents: int
    source_id: str
    at: datetime


class Payees(Protocol):
    """The half of a provider that pays experts: their accounts, transfers to them, payouts to their banks."""

    needs_onboarding: bool
    """Whether experts open an account at the provider's own pages before they can be paid."""

    def create_payee(self, person: Person, *, idempotency_key: str) -> str:
        """Open an expert's account. Returns the gateway's identifier."""

    def find_payee(self, person: Person, *, idempotency_key: str) -> str | None:
        """The account opened under this key, if any."""

    def onboarding_url(self, account: str, *, refresh_url: str, return_url: str) -> str:
        """A page, good for one visit, where an expert says who they are and where to be paid."""

    def pay_by_hand_only(self, account: str) -> None:
        """Let nothing leave an expert's account until we say so. Harmless to repeat."""

    def look_up_payee(self, account: str) -> PayeeStatus:
        """Read an account. Raises ``UnknownObject``."""

    def transfer(
        self, checkout_id: str, account: str, amount_cents: int, *, reference: str, idempotency_key: str
    ) -> str:
        """Move part of what was paid on a page to an expert's account."""

    def find_transfer(self, reference: str, *, idempotency_key: str) -> str | None:
        """The transfer asked under this key, if any."""

    def reverse_transfer(self, transfer_id: str, amount_cents: int, *, idempotency_key: str) -> str:
        """Take back part of a transfer."""

    def find_reversal(self, transfer_id: str, *, idempotency_key: str) -> str | None:
        """The reversal asked under this key, if any."""

    def pay_out(
        self, account: str, amount_cents: int, *, reference: str, label: str, idempotency_key: str
    ) -> PayoutStatus:
        """Send an expert's money to their bank, or ours to our own when ``account`` is empty.

        ``label`` is what the bank statement says.
        """

    def find_payout(self, account: str, *, since: datetime, idempotency_key: str) -> PayoutStatus | None:
        """The payout asked under this key, if any."""

    def look_up_payout(self, gateway_id: str, account: str) -> PayoutStatus:
        """Read a payout's state. Raises ``UnknownObject``."""

    def look_up_dispute(self, gateway_id: str) -> DisputeStatus:
        """Read a contested payment. Raises ``UnknownObject``."""

    def send_evidence(self, gateway_id: str, evidence: Mapping[str, str]) -> None:
        """Answer the buyer's bank, once and for all."""

    def balance(self, account: str = "") -> int | None:
        """What lies on our account, or on an expert's, pending or not, in cents. ``None`` when nobody counts it."""

    def movements(self, since: datetime) -> list[Movement]:
        """Every line of our account since then."""


class Gateway(Payees, Protocol):
    """A payment provider. Every method but ``parse_webhook`` is a network call and may raise ``GatewayUnavailable``."""

    doors: tuple[str, ...]
    """The webhook addresses it knocks at: the last parts of their paths."""
    has_customers: bool
    """Whether a payment page wants the buyer to be known first."""

    def create_customer(self, person: Person, *, idempotency_key: str) -> str:
        """Make a buyer known. Returns the gateway's identifier."""

    def find_customer(self, person: Person, *, idempotency_key: str) -> str | None:
        """The buyer made known under this key, if any."""

    def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        """Prepare a page where the buyer pays."""

    def find_checkout(self, reference: str, *, since: datetime, idempotency_key: str) -> Checkout | None:
        """The page opened under this key, if any."""

    def look_up(self, gateway_id: str) -> CheckoutStatus:
        """Read a payment page's state. Raises ``UnknownObject``."""

    def expire_checkout(self, gateway_id: str) -> None:
        """Close a page that nobody should pay on any more. Harmless when it is paid or closed already."""

    def refund(
        self, gateway_id: str, amount_cents: int, *, reference: str, idempotency_key: str
    ) -> RefundStatus:
        """Send back part or all of what was paid on a page."""

    def find_refund(self, gateway_id: str, *, idempotency_key: str) -> RefundStatus | None:
        """The refund of a page asked under this key, if any."""

    def look_up_refund(self, gateway_id: str) -> RefundStatus:
        """Read a refund's state. Raises ``UnknownObject``."""

    def parse_webhook(self, body: bytes, headers: Mapping[str, str], door: str = "") -> WebhookEvent:
        """Check a message that came in by one of our doors, and read it. Raises ``BadSignature``."""


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
