"""Every rate, delay and limit of the product, in one place.

An order freezes the ones it depends on when it is placed, so a change here never touches a running order.
Rates are in basis points (1 000 = 10 %), delays are ``timedelta``, sizes are bytes, money is cents.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

VAT_BP = 2_000
"""Standard French VAT, 20 %."""

COMMISSION_OFFER_BP = 1_000
COMMISSION_CUSTOM_BP = 2_000
COMMISSION_MISSION_BP = 1_500

MIN_PRICE_CENTS = 5_00
MAX_PRICE_CENTS = 50_000_00
MAX_ADD_ONS = 12
MAX_REQUIREMENTS = 12
MAX_OFFERS = 5
MAX_QUEUE = 50
MIN_REVISIONS = 1
"""One revision is a second deliverable, which the buyer is always entitled to."""
MAX_REVISIONS = 20
MAX_DELIVERY_DAYS = 180
MAX_EXTENSION_DAYS = 180
MAX_PAUSES = 3
"""How often an expert may stop the countdown of one order to wait for its buyer."""
MAX_TIME_OFF_DAYS = 14
"""How many days off of the expert may push one date of an order back, at most."""
MAX_ORDER_ITEMS = 40
"""Items an expert may need in one order, those named later included."""
CALL_DURATIONS = (15, 30, 45, 60, 90)
"""Minutes."""
CALL_NOTICE_HOURS = 24
CALL_BUFFER_MINUTES = 15
CALL_HORIZON_DAYS = 30
MAX_CALL_NOTICE_HOURS = 14 * 24
MAX_CALL_BUFFER_MINUTES = 240
MAX_CALL_HORIZON_DAYS = 90
"""What an expert's hours for calls begin with, and how far each may be set."""
CALL_SLOT_MINUTES = 30
"""Calls may begin every half-hour from the start of a range; every quarter when the call lasts no longer."""
CALL_MOVES = 2
"""How often a buyer may move a call alone; later by agreement."""
CALL_JOIN_BEFORE = timedelta(minutes=10)
CALL_JOIN_AFTER = timedelta(minutes=60)
"""The room opens before the call, and stays open a while after its end."""
CALL_TRANSFER_LEAD = timedelta(days=4)
"""A call paid by bank transfer is at least so far away: a bank needs days."""
CALL_UNPAID_LEAD = timedelta(hours=12)
"""A call still unpaid so shortly before it is given up, and its slot with it."""
CALL_SHORTEST_PAYMENT = timedelta(minutes=30)
"""A buyer always has at least so long to pay for the slot just chosen."""
PROVIDER_SILENCE = timedelta(hours=2)
"""What was not paid in time is not given up while the provider does not say whether it was paid, for so long at most."""

MAX_QUESTION_LENGTH = 2_000
MAX_QUESTION_FILES = 4
"""A question is one point, told in so many characters, with so many files."""
QUESTION_DAYS = 2
"""What is proposed to experts as the time to answer one (features.md 4.0: 48 hours)."""

MAX_FILE_BYTES = 25 * 1024 * 1024
MAX_FILES_AT_ONCE = 8
MAX_IMAGE_BYTES = 10 * 1024 * 1024
MAX_IMAGES = 8
MIN_IMAGE_SIZE = (800, 533)
MAX_FILM_BYTES = 60 * 1024 * 1024
MAX_FILM_SECONDS = 180
MAX_CAPTIONS_BYTES = 200 * 1024
MAX_MESSAGE_LENGTH = 5_000


@dataclass(frozen=True)
class Rate:
    """So many times within so many seconds."""

    times: int
    seconds: int


MESSAGE_RATE = Rate(times=40, seconds=300)
"""Messages, in orders and conversations, from one person."""
UPLOAD_RATE = Rate(times=60, seconds=600)
"""Forms with files: documents, pictures of offers, deliverables."""
INVITATION_RATE = Rate(times=30, seconds=3600)
"""Invitations to a company account sent by one person."""
DISPUTE_RATE = Rate(times=20, seconds=3600)
"""Disputes opened, answers and evidence."""
SUGGESTION_RATE = Rate(times=600, seconds=60)
"""Suggestions while typing, from one address: an office shares one."""
CONTACT_RATE = Rate(times=5, seconds=3600)
"""Messages to the team from one visitor."""
GUESS_RATE = Rate(times=20, seconds=3600)
"""Links and keys that open nothing, tried by one visitor."""
CHECKOUT_RATE = Rate(times=200, seconds=3600)
"""Orders placed or reckoned again, and payments begun, by one person: nobody tries cards by the hundred."""
REQUEST_RATE = Rate(times=20, seconds=3600)
"""Custom requests, and mails that one person has us send to people of their choice."""
DETAILS_RATE = Rate(times=60, seconds=3600)
"""Numbers of firms and accounts typed by one person: each is checked, some of them elsewhere."""
MAX_CONTACTS_A_DAY = 10
"""Experts whom one company may write to for the first time within a day."""
REPLY_WINDOW = timedelta(days=90)
MIN_REPLIES = 3
"""How far back the usual reply time of an expert looks, and how many answers it takes to say one."""
REFUSALS_IN_A_ROW = 4
REFUSALS_OF_LAST = 10
REFUSALS_WINDOW_DAYS = 90
"""When our team looks at an expert who refuses: so many in a row, or over 80 % of the last ones, within these days."""
SEEING = timedelta(minutes=30)
"""How long a member of the team sees the site as somebody else at most."""
MAX_REPORTS = 10
"""Reports from one person within a day."""


@dataclass(frozen=True)
class OrderTimers:
    """The delays that an order keeps from its placement to its end."""

    card_payment: timedelta = timedelta(hours=1)
    transfer_payment: timedelta = timedelta(days=7)
    transfer_reminder: timedelta = timedelta(days=4)
    start: timedelta = timedelta(hours=72)
    start_reminders: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=48))
    acceptance: timedelta = timedelta(days=7)
    acceptance_reminders: tuple[timedelta, ...] = (
        timedelta(days=3, hours=12),
        timedelta(days=5),
        timedelta(days=6),
    )
    """Counted from the delivery: half-time, 48 hours and 24 hours before the end."""
    acceptance_extension: timedelta = timedelta(days=7)
    """Added once to the time to answer, when the buyer asks for it."""
    buyer_item: timedelta = timedelta(days=7)
    """Time for the buyer to send what the expert says is missing."""
    buyer_item_reminders: tuple[timedelta, ...] = (timedelta(days=2), timedelta(days=5), timedelta(days=6))
    pause_limit: timedelta = timedelta(days=14)
    """A pause of work that nobody ends is over after this: the countdown runs again."""
    due_soon: timedelta = timedelta(hours=24)
    """How long before a date the expert is reminded of it."""
    late_grace: timedelta = timedelta(hours=24)
    revision_answer: timedelta = timedelta(hours=48)
    revision_answer_reminder: timedelta = timedelta(hours=24)
    revision_minimum: timedelta = timedelta(days=3)
    """The least time a revision is given; otherwise half the time of the first deliverable."""
    call_free_change: timedelta = timedelta(hours=24)
    """Until so long before a call, the buyer moves it or cancels it alone; later by agreement, or it is due."""
    call_reminders: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=1))
    """Counted back from the call."""
    call_lateness: timedelta = timedelta(minutes=5)
    call_summary: timedelta = timedelta(hours=48)
    """Counted from the end of the call: the time the expert has to hand over the summary."""
    absence_contest: timedelta = timedelta(hours=48)
    change_answer: timedelta = timedelta(hours=48)
    extra_answer: timedelta = timedelta(days=3)
    record_amendment: timedelta = timedelta(days=14)
    review_window: timedelta = timedelta(days=30)
    review_edit: timedelta = timedelta(days=14)
    claim: timedelta = timedelta(days=14)
    """After the acceptance: for a buyer who finds something wrong after one by silence, or files missing after any."""
    clearing_manual: timedelta = timedelta(days=3)
    clearing_automatic: timedelta = timedelta(days=7)


ORDER_TIMERS = OrderTimers()
CUSTOM_TIMERS = replace(
    ORDER_TIMERS,
    acceptance=timedelta(days=14),
    acceptance_reminders=(timedelta(days=7), timedelta(days=12), timedelta(days=13)),
)
"""Those of an order agreed upon in a custom request: larger work, so more time to check it."""


@dataclass(frozen=True)
class DisputeRules:
    """What a dispute leaves people time for. Working days are those of France."""

    answer_working_days: int = 5
    answer_reminder_working_days: int = 3
    question_working_days: int = 3
    alarms: tuple[int, ...] = (7, 15, 30)
    """Days after the opening at which staff are alarmed. Nothing is ever paid out because nobody looked."""
    appeal: timedelta = timedelta(days=3)
    """Within the time the expert's share takes to clear, so that nothing has left yet."""
    four_eyes_cents: int = 1_000_00
    """From this total on, a second member of the team confirms a ruling."""
    max_evidence: int = 12


DISPUTES = DisputeRules()


@dataclass(frozen=True)
class RequestRules:
    """How long a custom request and its negotiations wait."""

    lasts: timedelta = timedelta(days=30)
    alarms: tuple[int, ...] = (3, 7)
    """Days without any expert's agreement after which staff are alarmed."""
    reminders: tuple[int, ...] = (3, 7, 14)
    """Days a proposal has waited after which its buyer is reminded to choose."""
    answer: timedelta = timedelta(days=7)
    answer_reminder: timedelta = timedelta(days=3)
    reopened: timedelta = timedelta(days=7)
    """What is left at least to a request whose chosen order came to nothing."""
    max_waiting: int = 5
    """Requests one buyer may keep waiting at once."""
    max_files: int = 8
    max_versions: int = 20
    suggestions: int = 12


REQUESTS = RequestRules()
