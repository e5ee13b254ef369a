"""Orders as phrases: whose they are, whom they wait for, what is due."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from accounts.companies import BOOKS, held_by
from accounts.models import User
from accounts.rules import ARCHIVED_AFTER
from marketplace.kernel import clock

if TYPE_CHECKING:
    from orders.models.order import Order as Order


class OrderQuerySet(models.QuerySet["Order"]):
    BUYERS_TURN = (
        Q(state="pending_payment")
        | Q(state="delivered")
        | Q(state="active", started_at__isnull=True, brief="")
        | Q(state="active", started_at__isnull=True, items_missing__gt=0)
        | Q(state="active", paused_at__isnull=False)
    )

    def visible_to(self, user: User) -> "OrderQuerySet":
        """Both parties, and staff until the archive. Anyone else gets a 404, not a hint. An expert sees an order once it is paid."""
        if not user.is_staff:
            return self.with_party(user)
        if user.may_open_archive:
            return self
        return self.exclude(self._in_archive())

    def in_archive(self) -> "OrderQuerySet":
        """Those that ended so long ago that they are kept only as a proof."""
        return self.filter(self._in_archive())

    def _in_archive(self) -> Q:
        ended = Coalesce("resolved_at", "completed_at", "cancelled_at")
        return Q(LessThan(ended, clock.now() - ARCHIVED_AFTER), state__in=self.model.CLOSED)

    def with_party(self, user: User) -> "OrderQuerySet":
        """Those a person takes part in and may act on: staff who only look are no party."""
        return self.filter(held_by(user) | Q(expert=user, paid_at__isnull=False))

    def bought_by(self, user: User) -> "OrderQuerySet":
        """What they bought, and what their company did where their role lets them act on it."""
        return self.filter(held_by(user))

    def in_books_of(self, user: User) -> "OrderQuerySet":
        """Those whose amounts and papers a person reads, an accountant included."""
        return self.filter(held_by(user, roles=BOOKS))

    def with_papers_for(self, user: User) -> "OrderQuerySet":
        """Those whose papers a person may open: parties, staff, and who keeps the books of the buying side."""
        if user.is_staff:
            return self.visible_to(user)
        return self.filter(held_by(user, roles=BOOKS) | Q(expert=user, paid_at__isnull=False))

    def sold_by(self, user: User) -> "OrderQuerySet":
        """Those an expert has to know of: the paid ones."""
        return self.filter(expert=user, paid_at__isnull=False)

    def unpaid_too_long(self, now: datetime) -> "OrderQuerySet":
        """Placed, and the time to pay has run out."""
        return self.filter(state="pending_payment", payment_due_at__lte=now)

    def start_overdue(self, now: datetime) -> "OrderQuerySet":
        """Paid, never started, and the time to start has run out."""
        return self.filter(state="active", started_at=None, paused_at=None, start_due_at__lte=now)

    def pause_overdue(self, now: datetime) -> "OrderQuerySet":
        """Paused, and the time of the pause has run out."""
        return self.filter(pause_due_at__lte=now)

    def late(self, now: datetime) -> "OrderQuerySet":
        """The first deliverable is late, and nothing pauses its date."""
        return self.filter(
            state="active", started_at__isnull=False, first_delivered_at=None, paused_at=None, due_at__lte=now
        )

    def revision_late(self, now: datetime) -> "OrderQuerySet":
        """A revision is past its date."""
        return self.filter(state="active", first_delivered_at__isnull=False, revision_due_at__lte=now)

    def revision_unanswered(self, now: datetime) -> "OrderQuerySet":
        """A revision was asked for, and the expert's time to say no, or yes to one too many, has run out."""
        return self.filter(revision_requests__state="open", revision_requests__answer_due_at__lte=now)

    def question_overdue(self, now: datetime) -> "OrderQuerySet":
        """A question begun whose answer is past its date; the grace is judged on each, as it froze it."""
        return self.filter(
            kind="question",
            state="active",
            started_at__isnull=False,
            first_delivered_at=None,
            paused_at=None,
            due_at__lte=now,
        )

    def review_overdue(self, now: datetime) -> "OrderQuerySet":
        """Delivered, and the buyer's time to answer has run out."""
        return self.filter(state="delivered", acceptance_due_at__lte=now)

    def request_unanswered(self, now: datetime) -> "OrderQuerySet":
        """One party asked for a change, and the other's time to answer has run out."""
        return self.filter(changes__state="open", changes__answer_due_at__lte=now)

    def deed_missing(self) -> "OrderQuerySet":
        """Ended with rights that pass to the buyer, and the deed is not made yet."""
        return self.filter(rights_pass=True, deed=None).annotate(
            ended_on=Coalesce("completed_at", "resolved_at", "cancelled_at")
        )

    def extra_overdue(self, now: datetime) -> "OrderQuerySet":
        """Something more was proposed or chosen, and the time to pay for it has run out."""
        return self.filter(extras__state__in=["proposed", "unpaid"], extras__due_at__lte=now)

    def to_remind(self, now: datetime) -> "OrderQuerySet":
        """Waiting for someone who has not been reminded yet."""
        return self.filter(next_reminder_at__lte=now)

    def waiting_for_expert(self) -> "OrderQuerySet":
        return self.filter(state="active", paused_at=None)

    def waiting_for_buyer(self) -> "OrderQuerySet":
        """To be paid, to be checked, or to be told what is needed before work begins."""
        return self.filter(OrderQuerySet.BUYERS_TURN)

    def in_queue(self) -> "OrderQuerySet":
        """Those that wait for their expert's work, or for the payment that begins it."""
        return self.filter(state__in=["pending_payment", "active"])

    def ongoing(self) -> "OrderQuerySet":
        return self.filter(state__in=self.model.ONGOING)

    def for_lists(self) -> "OrderQuerySet":
        """With all that a row shows, in one query."""
        return self.select_related(
            "buyer", "expert", "expert__expert_profile", "buyer__buyer_profile", "offer", "call"
        )
