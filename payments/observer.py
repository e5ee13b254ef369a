"""The one listener above: payments tells it facts, after the commit, at least once, and asks nothing.

It may hear a fact twice, and late: it looks at the row before it acts.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class PaymentObserver(Protocol):
    """Who wants to know. Arguments are primary keys; an exception means "tell me again later"."""

    def payment_received(self, payment_id: int) -> None:
        """The whole amount came in and is held."""

    def payment_failed(self, payment_id: int) -> None:
        """The buyer's bank declined; they may try again until the payment expires."""

    def transfer_awaited(self, payment_id: int) -> None:
        """The buyer chose a bank transfer: the instructions are known and ``expires_at`` may have moved.

        Also told when only part of the amount came in (``transfer_instructions["missing"]``).
        """

    def refund_settled(self, refund_id: int) -> None:
        """A refund reached the buyer, or the bank refused it: the refund's state says which."""

    def charged_back(self, chargeback_id: int) -> None:
        """The buyer's bank contests a payment, or has decided: the chargeback's state says which."""

    def evidence(self, payment_id: int) -> dict[str, str]:
        """What proves that a payment was due, under the names Stripe gives to evidence. Asked, not told."""

    def invoicing(self, payment_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """What the invoices of these payments say, by payment, asked when money is released, inside that transaction.

        ``buyer``: the billing details of the order (``company``, ``name``, ``address``, ``postal_code``, ``city``,
        ``country``, ``vat_number``). ``lines``: ``(title, cents with VAT)`` that add up to the payment. ``kind``:
        ``invoice`` unless told, ``deposit`` or ``final`` for an instalment; a final one tells in ``deposits`` the
        payments of the instalments before it. ``for_company``: the company account that bought. Every key may be
        absent, and a payment too.
        """


class Nobody:
    """Listens to nothing: payments on their own."""

    def payment_received(self, payment_id: int) -> None: ...

    def payment_failed(self, payment_id: int) -> None: ...

    def transfer_awaited(self, payment_id: int) -> None: ...

    def refund_settled(self, refund_id: int) -> None: ...

    def charged_back(self, chargeback_id: int) -> None: ...

    def evidence(self, payment_id: int) -> dict[str, str]:
        return {}

    def invoicing(self, payment_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        return {}


def observer() -> PaymentObserver:
    """The listener that `settings.PAYMENT_OBSERVER` names."""
    if not settings.PAYMENT_OBSERVER:
        return Nobody()
    listener: PaymentObserver = import_string(settings.PAYMENT_OBSERVER)()
    return listener
