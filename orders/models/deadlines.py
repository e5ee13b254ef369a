"""The dates of an order: what the clock must do and when, what pauses it, and whom it reminds."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from marketplace.kernel import clock, rules


class Deadlines(models.Model):
    """The dates an order keeps. Each is a column that the clock sweeps; delays are frozen at the placement.

    A pause stops the dates of the expert: they stay as they were, and move by the paused time when it ends.
    """

    timers = models.JSONField()
    delivery_seconds = models.PositiveIntegerField()

    placed_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    first_delivered_at = models.DateTimeField(null=True, editable=False)
    delivered_at = models.DateTimeField(null=True, editable=False)
    revision_due_at = models.DateTimeField(null=True, editable=False)
    """When the revision under way should come."""
    revision_refused_at = models.DateTimeField(null=True, editable=False)
    """When the expert refused to revise the version the buyer has now."""
    acceptance_extended_at = models.DateTimeField(null=True, editable=False)
    question_at = models.DateTimeField(null=True, editable=False)
    """Since when a question about the deliverable waits for its answer."""
    paused_at = models.DateTimeField(null=True, editable=False)
    paused_seconds = models.PositiveIntegerField(default=0, editable=False)
    """How long the pauses that are over lasted, in all."""
    disputed_at = models.DateTimeField(null=True, editable=False)
    disputed_seconds = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    """How long the disputes lasted after which the first deliverable was still to come, in all."""

    work_from = models.DateTimeField(null=True, editable=False)
    """Before which the work may not begin, because the buyer keeps their fourteen days; empty when it may at once."""
    withdraw_until = models.DateTimeField(null=True, editable=False)
    """Until when the buyer may withdraw from the contract by law; empty for a firm, and before the payment."""

    # What the clock must do, and when
    payment_due_at = models.DateTimeField(null=True, editable=False)
    start_due_at = models.DateTimeField(null=True, editable=False)
    acceptance_due_at = models.DateTimeField(null=True, editable=False)
    pause_due_at = models.DateTimeField(null=True, editable=False)
    next_reminder_at = models.DateTimeField(null=True, editable=False)
    reminders_sent = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        state: Any
        payment: Any
        completed_at: datetime | None

        @property
        def ended_at(self) -> datetime | None: ...

    # Reading

    @property
    def is_started(self) -> bool:
        return self.started_at is not None

    @property
    def is_kept_waiting(self) -> bool:
        """The work may not begin yet: the buyer's fourteen days are not over."""
        return self.work_from is not None and self.work_from > clock.now()

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    @property
    def is_being_revised(self) -> bool:
        return bool(self.state == "active" and self.first_delivered_at)

    @property
    def takes_items(self) -> bool:
        """What the expert needs may still be sent: the first deliverable is to come."""
        return self.state in ("pending_payment", "active") and self.first_delivered_at is None

    @property
    def countdown_binds(self) -> bool:
        """The delivery time binds the first deliverable only; it may be paused."""
        return bool(self.state == "active" and self.is_started and self.first_delivered_at is None)

    @property
    def countdown_runs(self) -> bool:
        """The delivery time is running: the first deliverable is awaited, and nothing pauses it."""
        return self.countdown_binds and not self.is_paused

    @property
    def is_late(self) -> bool:
        return self.countdown_runs and self.due_at is not None and self.due_at < clock.now()

    @property
    def is_revision_late(self) -> bool:
        """The revision under way is past its date. No date binds it, yet a dispute may rest on that."""
        return (
            self.is_being_revised and self.revision_due_at is not None and self.revision_due_at < clock.now()
        )

    @property
    def late_cancel_at(self) -> datetime | None:
        """When the buyer may cancel alone because nothing came; nothing while the countdown does not run."""
        return self.due_at + self.timer("late_grace") if self.countdown_runs and self.due_at else None

    @property
    def may_cancel_late(self) -> bool:
        return self.late_cancel_at is not None and self.late_cancel_at <= clock.now()

    @property
    def silent_cancel_at(self) -> datetime | None:
        """When the expert may cancel without fault, because the buyer did not send what is missing."""
        return self.paused_at + self.timer("buyer_item") if self.paused_at and self.is_started else None

    @property
    def may_cancel_silent(self) -> bool:
        return self.silent_cancel_at is not None and self.silent_cancel_at <= clock.now()

    @property
    def relaunchable_from(self) -> datetime | None:
        """The earliest new date a ruling may give: no time the order gave for the first deliverable is taken away."""
        return self.due_at if self.first_delivered_at is None else None

    @property
    def stopped_at(self) -> datetime | None:
        """Since when the work stands still: paused, or disputed."""
        return self.paused_at or (self.disputed_at if self.state == "disputed" else None)

    @property
    def work_time(self) -> tuple[timedelta, timedelta]:
        """How much of the delivery time has gone by, and how much there is. Nothing before the start."""
        if not self.started_at or not self.due_at:
            return timedelta(0), timedelta(0)
        still = timedelta(seconds=self.paused_seconds + self.disputed_seconds)
        return (
            self.stopped_at or clock.now()
        ) - self.started_at - still, self.due_at - self.started_at - still

    @property
    def progress_percent(self) -> int:
        """How much of the delivery time has gone by, 0 to 100. Neither a pause nor a dispute counts."""
        gone, whole = self.work_time
        return max(0, min(100, round(100 * gone / max(whole, timedelta(seconds=1)))))

    @property
    def time_left(self) -> timedelta | None:
        """What is left of the delivery time while it is paused."""
        return self.due_at - self.paused_at if self.due_at and self.paused_at else None

    @property
    def paused_in_all(self) -> timedelta:
        """How long the work was paused, the present pause included."""
        running = clock.now() - self.paused_at if self.paused_at else timedelta(0)
        return timedelta(seconds=self.paused_seconds) + running

    def timer(self, name: str) -> timedelta:
        """A delay as it stood when the order was placed. An order older than the delay follows today's rule."""
        seconds = self.timers.get(name)
        delay: timedelta = getattr(rules.ORDER_TIMERS, name)
        return delay if seconds is None else timedelta(seconds=seconds)

    def moments(self, name: str) -> tuple[timedelta, ...]:
        """Several delays under one name, as they stood when the order was placed."""
        seconds = self.timers.get(name)
        delays: tuple[timedelta, ...] = getattr(rules.ORDER_TIMERS, name)
        return delays if seconds is None else tuple(timedelta(seconds=each) for each in seconds)

    @property
    def revision_time(self) -> timedelta:
        """What a revision is given: half the time of the first deliverable, and never less than some days."""
        return max(timedelta(seconds=self.delivery_seconds // 2), self.timer("revision_minimum"))

    # Reminders

    def reminders(self) -> list[tuple[datetime, str]]:
        """Whom this order waits for is reminded then, and of what, in order."""
        if self.state == "pending_payment":
            if self.payment.method != "transfer":
                return []
            return [(self.placed_at + self.timer("transfer_reminder"), "transfer")]
        if self.state == "delivered" and self.acceptance_due_at:
            given = self.acceptance_due_at - self.timer("acceptance")
            return [(given + after, "acceptance") for after in self.moments("acceptance_reminders")]
        if self.state != "active":
            return []
        if self.paused_at:
            waited = [
                (self.paused_at + after, "buyer_item") for after in self.moments("buyer_item_reminders")
            ]
            return [*waited, (self.silent_cancel_at, "buyer_silent")] if self.silent_cancel_at else waited
        if self.start_due_at:
            given = self.start_due_at - self.timer("start")
            return [(given + after, "start") for after in self.moments("start_reminders")]
        soon = self.timer("due_soon")
        if self.first_delivered_at is None and self.due_at:
            return [
                (self.due_at - soon, "due_soon"),
                (self.due_at, "late"),
                (self.due_at + self.timer("late_grace"), "late_cancel"),
            ]
        if self.revision_due_at:
            asked = self.revision_due_at - self.revision_time
            return [
                (asked + self.timer("revision_answer_reminder"), "revision_answer"),
                (self.revision_due_at - soon, "revision_soon"),
                (self.revision_due_at, "revision_late"),
            ]
        return []

    def schedule_reminders(self) -> None:
        """Plan the reminders of the state just entered, and forget those of the one just left."""
        now = clock.now()
        times = [moment for moment, _what in self.reminders()]
        self.reminders_sent = sum(1 for moment in times if moment <= now)
        self.next_reminder_at = next((moment for moment in times if moment > now), None)

    # After the end

    @property
    def reviewable_until(self) -> datetime | None:
        """When the time to review closes for both; ``None`` when there is nothing to review."""
        return self.ended_at + self.timer("review_window") if self.ended_at else None

    @property
    def claimable_until(self) -> datetime | None:
        """Until when the buyer of a completed order may claim; ``None`` when it is not completed.

        After an acceptance by silence on all that was promised, after their own on missing or unreadable files.
        """
        if self.state != "completed" or self.completed_at is None:
            return None
        return self.completed_at + self.timer("claim")

    @property
    def is_claimable(self) -> bool:
        until = self.claimable_until
        return until is not None and clock.now() < until

    @property
    def is_claimed(self) -> bool:
        """Whether it was completed, and its buyer's claim waits for a decision."""
        return self.state == "disputed" and self.completed_at is not None

    # Pausing

    def begin_pause(self) -> None:
        """Stop the dates. A pause before the start ends the order when nobody ends it; one of work ends by itself."""
        now = clock.now()
        self.paused_at = now
        self.pause_due_at = now + self.timer("pause_limit" if self.is_started else "buyer_item")

    def end_pause(self) -> None:
        """Let the dates run again, moved by the time of the pause. Nothing happens when there is none."""
        if self.paused_at is None:
            return
        lasted = max(clock.now() - self.paused_at, timedelta(0))
        if self.start_due_at:
            self.start_due_at += lasted
        if self.started_at and self.due_at:
            self.due_at += lasted
        if self.started_at:
            self.paused_seconds += clock.in_seconds(lasted)
        self.paused_at = self.pause_due_at = None


def frozen(timers: rules.OrderTimers) -> dict[str, Any]:
    """Delays as whole seconds, as ``timers`` of an order keeps them."""
    return {
        name: [clock.in_seconds(item) for item in value]
        if isinstance(value, tuple)
        else clock.in_seconds(value)
        for name, value in asdict(timers).items()
    }
