"""Everything that may be done to an order: one verb a function, the only doors to its state and its money.

Each locks the order first, then the hold, then the ledger's accounts, always in that order.
"""

from orders.actions.conversation import complete_brief, say
from orders.actions.disputing import open_dispute, settle
from orders.actions.endings import (
    accept_delivery,
    cancel_as_staff,
    cancel_before_start,
    cancel_not_started,
    decline,
    expire_unpaid,
    leave_review,
)
from orders.actions.placement import (
    TermsChanged,
    await_transfer,
    change_method,
    confirm_payment,
    note_declined_payment,
    note_refund,
    place_order,
    preview,
)
from orders.actions.work import deliver, remind, request_revision, start

__all__ = [
    "TermsChanged",
    "accept_delivery",
    "await_transfer",
    "cancel_as_staff",
    "cancel_before_start",
    "cancel_not_started",
    "change_method",
    "complete_brief",
    "confirm_payment",
    "decline",
    "deliver",
    "expire_unpaid",
    "leave_review",
    "note_declined_payment",
    "note_refund",
    "open_dispute",
    "place_order",
    "preview",
    "remind",
    "request_revision",
    "say",
    "settle",
    "start",
]
