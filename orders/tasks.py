"""The clock: each sweep finds what is due, then acts on one order a transaction, skipping those in use."""

import logging
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import timedelta
from functools import partial, wraps
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import QuerySet

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from orders import actions, notifications
from orders.actions import requesting
from orders.models import Call, CustomRequest, Invitation, Order, OrderEvent, OrderExtra, Review
from orders.outbox import write_deed
from orders.timers import note_run
from payments import escrow
from payments.models import Payment

logger = logging.getLogger(__name__)
BATCH = 200
TOGETHER = 50
"""Orders whose money moves in one transaction: their parties wait for it when they act meanwhile."""
_failed: ContextVar[int] = ContextVar("failed", default=0)


def recorded(task: Callable[..., int]) -> Callable[..., int]:
    """Keep what each run of a task of the clock did, for the staff page of timers."""

    @wraps(task)
    def run(*args: Any, **options: Any) -> int:
        began_at = clock.now()
        token = _failed.set(0)
        try:
            done = task(*args, **options)
            note_run(task.__name__, began_at=began_at, done=done, failed=_failed.get())
        finally:
            _failed.reset(token)
        return done

    return run


def sweep(due: QuerySet[Order], act: Callable[[Order], object], limit: int = 2_000) -> int:
    """Act on every due order once, oldest first, in batches; one that fails is logged and does not stop the rest."""
    done = 0
    seen: set[int] = set()
    while done < limit:
        batch = list(due.exclude(pk__in=seen).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not batch:
            break
        for pk in batch:
            seen.add(pk)
            try:
                with transaction.atomic():
                    order = (
                        due.select_for_update(no_key=True, skip_locked=True, of=("self",))
                        .filter(pk=pk)
                        .first()
                    )
                    if order is not None:
                        act(order)
                        done += 1
            except Refusal as refusal:
                logger.info("order %s left as it is: %s", pk, refusal)
            except Exception:
                _failed.set(_failed.get() + 1)
                logger.exception("order %s could not be swept", pk)
    return done


def sweep_together(
    due: QuerySet[Order],
    act: Callable[[list[Order]], object],
    one: Callable[[Order], object],
    limit: int = 2_000,
) -> int:
    """Act on due orders several at a time, each lot in one short transaction; where one is refused or fails, on each of
    its lot alone with ``one``, as ``sweep`` does. Orders in use are left for the next run.
    """
    done = last = 0
    refused: list[int] = []
    while done < limit:
        lot = list(due.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:TOGETHER])
        if not lot:
            break
        last = lot[-1]
        try:
            with transaction.atomic():
                held = due.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(pk__in=lot)
                orders = list(held.order_by("pk"))
                if orders:
                    act(orders)
            done += len(orders)
        except Exception as failure:
            logger.info("a lot of %s orders is taken one by one: %s", len(lot), failure)
            refused += lot
    return done + (sweep(due.filter(pk__in=refused), one) if refused else 0)


@shared_task
@recorded
def expire_unpaid() -> int:
    """End the orders whose time to pay has run out, unless the provider says that they were paid, or says nothing."""
    due = Order.objects.unpaid_too_long(clock.now())
    left = escrow.undecided(Payment.objects.filter(order__in=due))
    return sweep(due.exclude(payment__in=left), actions.expire_unpaid)


@shared_task
@recorded
def cancel_not_started() -> int:
    """End the orders the expert never started."""
    return sweep(Order.objects.start_overdue(clock.now()), actions.cancel_not_started)


@shared_task
@recorded
def refund_unanswered() -> int:
    """Pay back the questions that were not answered in time."""
    grace = rules.ORDER_TIMERS.late_grace
    return sweep(Order.objects.question_overdue(clock.now() - grace), actions.refund_unanswered)


@shared_task
@recorded
def end_pauses() -> int:
    """End the pauses whose time ran out: an order not begun is cancelled, one begun goes on."""
    return sweep(Order.objects.pause_overdue(clock.now()), actions.end_pause_in_time)


@shared_task
@recorded
def answer_revisions() -> int:
    """Take on the revisions the expert did not refuse in time; one beyond the limit is not granted by silence."""
    return sweep(Order.objects.revision_unanswered(clock.now()), actions.answer_revision_in_time)


@shared_task
@recorded
def accept_unanswered() -> int:
    """Accept the deliveries the buyer left unanswered."""
    return sweep_together(
        Order.objects.review_overdue(clock.now()),
        actions.accept_in_time,
        partial(actions.accept_delivery, actor=None),
    )


@shared_task
@recorded
def publish_reviews() -> int:
    """Publish the reviews the other side left without its own until the time to write was over."""
    return sweep(
        Order.objects.filter(pk__in=Review.objects.due(clock.now()).order_by().values("order")),
        actions.publish_reviews,
    )


@shared_task
@recorded
def expire_requests() -> int:
    """Answer the requests left unanswered: a cancellation is agreed if nothing was delivered, all else expires."""
    return sweep(Order.objects.request_unanswered(clock.now()), actions.expire_request)


@shared_task
@recorded
def expire_extras() -> int:
    """End the extras that were neither answered nor paid in time, as far as the provider knows."""
    due = Order.objects.extra_overdue(clock.now())
    open_extras = OrderExtra.objects.open().filter(order__in=due)
    left = escrow.undecided(Payment.objects.filter(extra__in=open_extras))
    return sweep(due.exclude(extras__in=open_extras.filter(payment__in=left)), actions.expire_extra)


@shared_task
@recorded
def write_deeds(limit: int = 100) -> int:
    """Make the deeds whose errand was lost."""
    missing = list(Order.objects.deed_missing().order_by("pk").values_list("pk", flat=True)[:limit])
    for pk in missing:
        try:
            write_deed(pk)
        except Exception:
            logger.exception("the deed of order %s could not be made", pk)
    return len(missing)


@shared_task
@recorded
def remind() -> int:
    """Remind the people that orders wait for."""
    return sweep(Order.objects.to_remind(clock.now()), actions.remind)


@shared_task
@recorded
def remind_of_calls() -> int:
    """Remind both parties of the calls that come."""
    due = Call.objects.to_remind(clock.now()).order_by().values("order")
    return sweep(Order.objects.filter(pk__in=due), actions.remind_of_call)


@shared_task
@recorded
def expire_moves() -> int:
    """End the proposals of another time that nobody answered."""
    due = Call.objects.move_unanswered(clock.now()).order_by().values("order")
    return sweep(Order.objects.filter(pk__in=due), actions.expire_move)


@shared_task
@recorded
def settle_absences() -> int:
    """Draw the conclusions of the absences nobody contested in time."""
    due = Call.objects.absence_uncontested(clock.now()).order_by().values("order")
    return sweep(Order.objects.filter(pk__in=due), actions.settle_absence)


@shared_task
@recorded
def announce_forgotten(limit: int = 500) -> int:
    """Tell of the events whose errand was lost."""
    old = clock.now() - timedelta(seconds=30)
    forgotten = OrderEvent.objects.filter(announced_at=None, created_at__lt=old).order_by("created_at")
    pks = list(forgotten.values_list("pk", flat=True)[:limit])
    for pk in pks:
        notifications.announce(pk)
    return len(pks)


@shared_task
@recorded
def keep_requests(limit: int = 500) -> int:
    """Let a moment pass over custom requests: remind, alarm our team, close what nobody answered, end what is over."""
    now = clock.now()
    requests, invitations = CustomRequest.objects, Invitation.objects
    done = _each(requests.overdue(now)[:limit], requesting.expire_request_for_good)
    done += _each(invitations.unanswered(now)[:limit], requesting.lapse)
    done += _each(invitations.to_remind(now)[:limit], requesting.remind_expert)
    for days in rules.REQUESTS.alarms:
        old = requests.waiting().filter(created_at__lte=now - timedelta(days=days), alarmed_days__lt=days)
        done += _each(old[:limit], partial(requesting.alarm_request, days=days))
    for days in rules.REQUESTS.reminders:
        old = requests.waiting().filter(
            reminded_days__lt=days,
            invitations__state=Invitation.State.OPEN,
            invitations__versions__expert_agreed_at__lte=now - timedelta(days=days),
        )
        done += _each(old.distinct()[:limit], partial(requesting.remind_buyer, days=days))
    return done


def _each(rows: Iterable[Any], act: Callable[[Any], bool]) -> int:
    """Act on each row; one that fails is logged and does not stop the rest."""
    done = 0
    for row in rows:
        try:
            done += act(row)
        except Refusal as refusal:
            logger.info("%s left as it is: %s", row, refusal)
        except Exception:
            logger.exception("%s could not be swept", row)
            _failed.set(_failed.get() + 1)
    return done
