"""What a cancellation leaves on a profile, who may correct it, and the counts of what was kept."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders.models import CancellationRecord, Order, OrderEvent, TrackRecord
from orders.models.records import Side
from orders.outbox import record

Cause = CancellationRecord.Cause


def write_record(order: Order, *, subject: User, cause: str) -> CancellationRecord:
    """Put a cancellation on the profile of whoever caused it, with a neutral score. The caller holds the order's lock.

    ``subject`` is a party of the order. Once an order: a second call changes nothing.
    """
    side = Side.BUYER if subject.pk == order.buyer_id else Side.EXPERT
    now = clock.now()
    written, is_new = CancellationRecord.objects.get_or_create(
        order=order,
        defaults={
            "subject": subject,
            "side": side,
            "cause": cause,
            "first_cause": cause,
            "created_at": now,
            "amendable_until": now + order.timer("record_amendment"),
        },
    )
    if is_new:
        count(subject, side, cancelled=1)
    return written


@transaction.atomic
def amend_record(
    order: Order, *, actor: User, cause: str, score: int, comment: str = ""
) -> CancellationRecord:
    """Let the other party say why an order ended and how it was, once, within the time given for it.

    What stood before is kept. Raises ``Refusal`` to anyone else, and the second time.
    """
    order = order.locked()
    written = _written(order)
    if actor.pk not in (order.buyer_id, order.expert_id) or actor.pk == written.subject_id:
        raise Refusal(_("Only the other party may say how this cancellation went."))
    if written.amended_at is not None:
        raise Refusal(_("You have already said how this cancellation went."))
    if not written.is_amendable:
        raise Refusal(_("The time to say how this cancellation went has passed."))
    if cause not in Cause.values or not 1 <= score <= 5:
        raise Refusal(_("Choose a cause and a score from 1 to 5."))
    written.cause, written.score, written.comment = cause, score, comment.strip()
    written.amended_at = clock.now()
    written.save(update_fields=["cause", "score", "comment", "amended_at"])
    record(order, OrderEvent.Kind.CANCELLATION_RATED, actor=actor, rating=score)
    return written


@transaction.atomic
def answer_record(order: Order, *, actor: User, text: str) -> CancellationRecord:
    """Let the person concerned answer what the other party said, once."""
    order = order.locked()
    written = _written(order)
    if actor.pk != written.subject_id or written.amended_at is None:
        raise Refusal(_("There is nothing to answer here."))
    if written.replied_at is not None:
        raise Refusal(_("You have already answered."))
    if not text.strip():
        raise Refusal(_("Write your answer before you publish it."))
    written.reply, written.replied_at = text.strip(), clock.now()
    written.save(update_fields=["reply", "replied_at"])
    record(order, OrderEvent.Kind.CANCELLATION_ANSWERED, actor=actor)
    return written


def count(user: User, side: str, **more: int) -> None:
    """Add to what is known of a person's reliability. Part of the act it counts, so it happens once."""
    known = TrackRecord.objects.filter(user=user, side=side)
    added = {name: F(name) + number for name, number in more.items()}
    if not known.update(**added):
        TrackRecord.objects.get_or_create(user=user, side=side)
        known.update(**added)


def count_completed(side: str, more: Mapping[int, int]) -> None:
    """Add orders carried through to what is known of several people, by account. Part of the act it counts.

    Rows are locked in the order of accounts, so that two who count never wait in a circle. In SQL, because the ORM has no
    insertion that adds to the row that is there.
    """
    people = sorted(more)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_trackrecord AS known (user_id, side, completed, cancelled, due, on_time) "
            "SELECT given.who, %s, given.more, 0, 0, 0 FROM UNNEST(%s::bigint[], %s::bigint[]) AS given(who, more) "
            "ORDER BY given.who "
            "ON CONFLICT (user_id, side) DO UPDATE SET completed = known.completed + EXCLUDED.completed",
            [side, people, [more[person] for person in people]],
        )


def _written(order: Order) -> CancellationRecord:
    found = CancellationRecord.objects.filter(order=order).first()
    if found is None:
        raise Refusal(_("This order left no cancellation to judge."))
    return found
