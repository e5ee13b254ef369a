"""What is decided about money: ask for it, hold it, release it, give it back. Amounts are cents.

Locks are taken in one order: payment or hold first, then the ledger's accounts. Callers lock their own rows before
they come here. The network is never called inside a transaction, and the page a visitor returns to proves nothing:
only what the gateway answers does.
"""

from payments.escrow.asking import change_method, open_checkout, payment_of, request_payment
from payments.escrow.last_look import undecided
from payments.escrow.receiving import (
    apply,
    expire,
    mark_awaiting_transfer,
    mark_failed,
    receive,
    refresh,
    settle_discrepancy,
)
from payments.escrow.releasing import (
    clears_at,
    freeze,
    hold_back,
    refund,
    release,
    release_all,
    retry_refund,
    unfreeze,
)

__all__ = [
    "apply",
    "change_method",
    "clears_at",
    "expire",
    "freeze",
    "hold_back",
    "mark_awaiting_transfer",
    "mark_failed",
    "open_checkout",
    "payment_of",
    "receive",
    "refresh",
    "refund",
    "release",
    "release_all",
    "request_payment",
    "retry_refund",
    "settle_discrepancy",
    "undecided",
    "unfreeze",
]
