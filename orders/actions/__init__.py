"""Everything that may be done to an order: one verb a function, the only doors to its state and its money.

Each locks the order first, then the hold, then the ledger's accounts, always in that order.
"""

from orders.actions.changing import (
    accept_change,
    expire_request,
    propose_extension,
    propose_settlement,
    refuse_change,
    request_cancellation,
    withdraw_change,
)
from orders.actions.checklist import supply
from orders.actions.conversation import complete_brief, say
from orders.actions.disputing import open_dispute, settle
from orders.actions.endings import (
    accept_delivery,
    cancel_as_staff,
    cancel_before_start,
    cancel_late,
    cancel_not_started,
    decline,
    expire_unpaid,
)
from orders.actions.extras import (
    accept_extra,
    await_extra_transfer,
    change_extra_method,
    choose_add_on,
    confirm_extra,
    expire_extra,
    pay_back_extra,
    propose_extra,
    refuse_extra,
    withdraw_extra,
)
from orders.actions.pausing import (
    ask_for_item,
    cancel_silent,
    contest_pause,
    end_pause_in_time,
    pause,
    resume,
    wait_for_item,
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
from orders.actions.reviews import answer_review, change_review, leave_review, publish_reviews
from orders.actions.revising import (
    accept_revision,
    answer_revision_in_time,
    ask_about,
    ask_one_more,
    extend_acceptance,
    refuse_revision,
    request_revision,
)
from orders.actions.work import deliver, remind, start
from orders.models.money import Split, preview_split

__all__ = [
    "Split",
    "TermsChanged",
    "accept_change",
    "accept_delivery",
    "accept_extra",
    "accept_revision",
    "answer_review",
    "answer_revision_in_time",
    "ask_about",
    "ask_for_item",
    "ask_one_more",
    "await_extra_transfer",
    "await_transfer",
    "cancel_as_staff",
    "cancel_before_start",
    "cancel_late",
    "cancel_not_started",
    "cancel_silent",
    "change_extra_method",
    "change_method",
    "change_review",
    "choose_add_on",
    "complete_brief",
    "confirm_extra",
    "confirm_payment",
    "contest_pause",
    "decline",
    "deliver",
    "end_pause_in_time",
    "expire_extra",
    "expire_request",
    "expire_unpaid",
    "extend_acceptance",
    "leave_review",
    "note_declined_payment",
    "note_refund",
    "open_dispute",
    "pause",
    "pay_back_extra",
    "place_order",
    "preview",
    "preview_split",
    "propose_extension",
    "propose_extra",
    "propose_settlement",
    "publish_reviews",
    "refuse_change",
    "refuse_extra",
    "refuse_revision",
    "remind",
    "request_cancellation",
    "request_revision",
    "resume",
    "say",
    "settle",
    "start",
    "supply",
    "wait_for_item",
    "withdraw_change",
    "withdraw_extra",
]
