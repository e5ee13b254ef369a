"""While the expert works: start, deliver, and the reminders in between."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, days_off
from accounts.queries.vigilance import pack_of
from marketplace.kernel import clock, rules, uploads
from marketplace.kernel.errors import Refusal
from orders.actions.extras import close_extras
from orders.actions.parties import only
from orders.actions.records import count
from orders.actions.slots import leave_slot, refuse_before_call
from orders.models import Deliverable, DeliverableFile, Order, OrderEvent, RevisionRequest
from orders.models.changes import ChangeRequest
from orders.models.records import Side
from orders.outbox import record
from orders.queries.certificates import asks_for_certificates


@transaction.atomic
def start(order: Order, *, actor: User) -> Order:
    """Accept the order and let the delivery time run.

    Raises ``Refusal`` when it is large enough for the buyer to owe the duty of vigilance (Code du travail, D8222-5)
    and a certificate is missing: such work does not begin without one.
    """
    order = order.locked()
    only(order.expert, actor)
    if order.is_kept_waiting and order.work_from is not None:
        raise Refusal(
            _("The buyer may withdraw for 14 days and asked that work begin after: start from %(date)s.")
            % {"date": clock.in_words(order.work_from)}
        )
    if asks_for_certificates(order) and not pack_of(order.expert).is_complete:
        raise Refusal(
            _(
                "From 5,000 € excluding VAT, work begins with a certificate of vigilance and a proof of registration "
                "that are valid. Send the missing one, then start."
            )
        )
    order.start()
    added = timedelta(0)
    if order.started_at and order.due_at:
        moved = stretched(order.expert_id, order.started_at, order.due_at)
        added, order.due_at = moved - order.due_at, moved
    order.schedule_reminders()
    order.save()
    order.pauses.close()  # type: ignore[attr-defined]
    count(order.expert, Side.EXPERT, asked=1, answered=1)
    record(order, OrderEvent.Kind.STARTED, actor=actor, days_off=added.days)
    return order


@transaction.atomic
def deliver(order: Order, *, actor: User, note: str, files: Sequence[UploadedFile] = ()) -> Deliverable:
    """Hand over a version of the work: files that passed ``uploads.inspect``, a written answer, or both."""
    order = order.locked()
    only(order.expert, actor)
    if not note.strip() and not files:
        raise Refusal(_("Add at least a file or a written answer."))
    refuse_before_call(order)
    is_first = order.first_delivered_at is None
    order.deliver()
    order.schedule_reminders()
    order.save()
    if is_first:
        in_time = order.due_at is None or order.delivered_at is None or order.delivered_at <= order.due_at
        count(order.expert, Side.EXPERT, due=1, on_time=int(in_time))
    close_extras(order)
    leave_slot(order)
    order.changes.filter(kind=ChangeRequest.Kind.EXTENSION).close()  # type: ignore[attr-defined]
    order.pauses.close()  # type: ignore[attr-defined]
    order.revision_requests.open().update(  # type: ignore[attr-defined]
        state=RevisionRequest.State.ACCEPTED, answered_at=clock.now()
    )
    deliverable = Deliverable.objects.create(
        order=order, version=order.delivered_count, note=note.strip(), created_at=clock.now()
    )
    for upload in files:
        seen = uploads.inspect(upload)
        DeliverableFile.objects.create(
            deliverable=deliverable,
            file=upload,
            name=seen.name,
            content_type=seen.content_type,
            size=seen.size,
        )
    record(
        order,
        OrderEvent.Kind.DELIVERED,
        actor=actor,
        version=deliverable.version,
        acceptance_due_at=order.acceptance_due_at.isoformat() if order.acceptance_due_at else "",
    )
    return deliverable


@transaction.atomic
def remind(order: Order) -> bool:
    """Remind the person an order waits for, if a reminder is due. Returns whether one was recorded."""
    order = order.locked()
    times = order.reminders()
    now = clock.now()
    passed = sum(1 for moment, _what in times if moment <= now)
    due = passed > order.reminders_sent and order.next_reminder_at is not None
    if due and times[passed - 1][1] == "revision_answer":
        due = order.revision_requests.open().exists()  # type: ignore[attr-defined]
    order.reminders_sent = passed
    order.next_reminder_at = times[passed][0] if passed < len(times) else None
    order.save()
    if due:
        record(order, OrderEvent.Kind.REMINDED, number=passed, what=times[passed - 1][1])
    return due


def stretched(expert_id: int, since: datetime, until: datetime) -> datetime:
    """A date moved by the days off its expert had declared before, within a limit. Days declared later move nothing."""
    first = timezone.localtime(since).date() + timedelta(days=1)
    last = timezone.localtime(until).date() + timedelta(days=rules.MAX_TIME_OFF_DAYS)
    moved, days = until, 0
    for day in sorted(days_off(expert_id, first, last)):
        if day <= timezone.localtime(moved).date() and days < rules.MAX_TIME_OFF_DAYS:
            moved, days = moved + timedelta(days=1), days + 1
    return moved


def close_waiting(order: Order) -> None:
    """End whatever waits on a locked order that has just gone another way: requests, extras, pauses, revisions, a slot."""
    close_extras(order)
    order.changes.close()  # type: ignore[attr-defined]
    order.pauses.close()  # type: ignore[attr-defined]
    order.revision_requests.close()  # type: ignore[attr-defined]
    leave_slot(order)
