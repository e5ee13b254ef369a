"""Every timer of an order in one place: what it does, what is due to it, and the record of its runs.

A timer is a column that the clock sweeps. Its delay stands in ``marketplace.kernel.rules`` and is frozen on the order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock, rules
from orders.models import Call, CustomRequest, Order, OrderEvent, OrderExtra, Review, TimerRun
from orders.models.changes import ChangeRequest
from orders.models.deliveries import RevisionRequest

LATE = timedelta(minutes=5)
"""The clock looks every minute: what has been due for longer is late."""
SOON = timedelta(hours=24)
KEPT = timedelta(days=30)
"""How long the record of a run is kept."""


@dataclass(frozen=True)
class Timer:
    """One thing the clock does. ``due(moment)`` are the rows due by a moment; ``column`` says since when."""

    name: str
    label: Any
    due: Callable[[datetime], QuerySet[Any]]
    column: str


TIMERS: tuple[Timer, ...] = (
    Timer(
        "expire_unpaid",
        _("Unpaid orders end"),
        lambda now: Order.objects.unpaid_too_long(now),
        "payment_due_at",
    ),
    Timer(
        "cancel_not_started",
        _("Orders never started are cancelled and paid back"),
        lambda now: Order.objects.start_overdue(now),
        "start_due_at",
    ),
    Timer(
        "refund_unanswered",
        _("Questions left unanswered are paid back"),
        lambda now: Order.objects.question_overdue(now - rules.ORDER_TIMERS.late_grace),
        "due_at",
    ),
    Timer(
        "end_pauses",
        _("Pauses end: an order not begun is cancelled, one begun goes on"),
        lambda now: Order.objects.pause_overdue(now),
        "pause_due_at",
    ),
    Timer(
        "answer_revisions",
        _("Revisions left unanswered are taken on"),
        lambda now: RevisionRequest.objects.open().filter(answer_due_at__lte=now),
        "answer_due_at",
    ),
    Timer(
        "accept_unanswered",
        _("Deliverables left unanswered are accepted"),
        lambda now: Order.objects.review_overdue(now),
        "acceptance_due_at",
    ),
    Timer(
        "expire_requests",
        _("Requests left unanswered are agreed or expire"),
        lambda now: ChangeRequest.objects.open().filter(answer_due_at__lte=now),
        "answer_due_at",
    ),
    Timer(
        "expire_extras",
        _("Extras neither answered nor paid end"),
        lambda now: OrderExtra.objects.open().filter(due_at__lte=now),
        "due_at",
    ),
    Timer(
        "write_deeds",
        _("Deeds of rights that a lost queue forgot are made"),
        lambda now: Order.objects.deed_missing().filter(ended_on__lte=now),
        "ended_on",
    ),
    Timer(
        "remind_of_calls",
        _("People are reminded of their calls"),
        lambda now: Call.objects.to_remind(now),
        "next_reminder_at",
    ),
    Timer(
        "expire_moves",
        _("Proposals of another time for a call end"),
        lambda now: Call.objects.move_unanswered(now),
        "moves__answer_due_at",
    ),
    Timer(
        "settle_absences",
        _("Absences from a call that nobody contested are settled"),
        lambda now: Call.objects.absence_uncontested(now),
        "absence_due_at",
    ),
    Timer(
        "publish_reviews",
        _("Reviews are published"),
        lambda now: Review.objects.due(now),
        "publish_due_at",
    ),
    Timer(
        "keep_requests",
        _("Custom requests without an agreement end; people are reminded of the others"),
        lambda now: CustomRequest.objects.overdue(now),
        "expires_at",
    ),
    Timer("remind", _("People are reminded"), lambda now: Order.objects.to_remind(now), "next_reminder_at"),
    Timer(
        "announce_forgotten",
        _("Events whose errand was lost are told"),
        lambda now: OrderEvent.objects.filter(announced_at=None, created_at__lte=now - timedelta(seconds=30)),
        "created_at",
    ),
)
"""In the order of an order's life."""


def note_run(name: str, *, began_at: datetime, done: int, failed: int) -> None:
    """Keep what a run did. One with nothing to do replaces the one before, so that the record stays small."""
    now = clock.now()
    if done == failed == 0:
        idle = TimerRun.objects.filter(timer=name, done=0, failed=0)
        if idle.update(began_at=began_at, ended_at=now):
            return
    TimerRun.objects.create(timer=name, began_at=began_at, ended_at=now, done=done, failed=failed)
    TimerRun.objects.filter(timer=name, ended_at__lt=now - KEPT).delete()


@dataclass(frozen=True)
class Standing:
    """A timer as it stands now. ``oldest`` is late once it is older than the clock's patience."""

    timer: Timer
    due: int
    oldest: datetime | None
    soon: int
    last: TimerRun | None

    @property
    def is_late(self) -> bool:
        return self.oldest is not None and self.oldest < clock.now() - LATE

    @property
    def is_silent(self) -> bool:
        """Whether the clock has not run it lately: it is down, or it never ran."""
        return self.last is None or self.last.ended_at < clock.now() - LATE


def standings() -> list[Standing]:
    """Every timer with what is due, what comes within a day and its last run; two queries a timer, and one for all."""
    now = clock.now()
    runs = TimerRun.objects.order_by("timer", "-ended_at", "-pk").distinct("timer")
    last = {run.timer: run for run in runs}
    found = []
    for timer in TIMERS:
        due = timer.due(now).order_by().aggregate(count=Count("pk"), oldest=Min(timer.column))
        found.append(
            Standing(
                timer=timer,
                due=due["count"],
                oldest=due["oldest"],
                soon=timer.due(now + SOON).order_by().count() - due["count"],
                last=last.get(timer.name),
            )
        )
    return found
