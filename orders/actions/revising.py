"""Between two versions: a revision asked for, taken on or refused, a version flagged as incomplete, a question, more time.

A revision is taken on by silence: the expert may refuse it, with a reason, within its time. One beyond the rounds
of the order is the other way round: only the expert's word grants it. Either way the buyer is never left without
an answer: they accept, pay the price that the expert sets for it, or open a dispute.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from messaging.models import Message
from orders.actions.extras import close_extras, price_revision
from orders.actions.parties import only
from orders.models import Order, OrderEvent, RevisionRequest
from orders.outbox import record

State = RevisionRequest.State


@transaction.atomic
def request_revision(
    order: Order, *, actor: User, wrong: str, expected: str, good: str = "", incomplete: bool = False
) -> Order:
    """Send a deliverable back with more precise instructions. The countdown does not run again.

    ``incomplete``: files are missing or cannot be opened; it uses up no round.
    """
    order = order.locked()
    only(order.buyer, actor)
    if order.state == Order.State.DELIVERED:
        _refuse_if_refused(order)
        if order.revisions_left == 0 and not incomplete:
            raise Refusal(
                _("The revisions included in this order are used up. Ask the expert for one more, or accept.")
            )
    order.ask_revision(counts=not incomplete)
    order.schedule_reminders()
    order.save()
    order.revision_requests.close()  # type: ignore[attr-defined]
    asked = _write(order, good, wrong, expected, is_incomplete=incomplete)
    record(
        order,
        OrderEvent.Kind.REVISION_REQUESTED,
        actor=actor,
        round=asked.round,
        incomplete=incomplete,
        answer_due_at=asked.answer_due_at.isoformat() if asked.answer_due_at else "",
    )
    return order


@transaction.atomic
def ask_one_more(order: Order, *, actor: User, wrong: str, expected: str, good: str = "") -> RevisionRequest:
    """Ask the expert for a revision beyond those of the order. It begins only if they agree.

    The buyer keeps a day to decide after the expert's answer, whatever was left to them.
    """
    order = order.locked()
    only(order.buyer, actor)
    if order.state != Order.State.DELIVERED or order.revisions_left:
        raise Refusal(_("One more revision can be asked for once those of the order are used up."))
    _refuse_if_refused(order)
    if order.revision_requests.open().exists():  # type: ignore[attr-defined]
        raise Refusal(_("You have already asked: the expert has not answered yet."))
    asked = _write(order, good, wrong, expected, is_extra=True)
    if asked.answer_due_at and order.acceptance_due_at:
        order.acceptance_due_at = max(order.acceptance_due_at, asked.answer_due_at + order.timer("due_soon"))
    order.schedule_reminders()
    order.save()
    record(
        order,
        OrderEvent.Kind.ROUND_REQUESTED,
        actor=actor,
        round=asked.round,
        answer_due_at=asked.answer_due_at.isoformat() if asked.answer_due_at else "",
    )
    return asked


@transaction.atomic
def accept_revision(order: Order, *, actor: User) -> Order:
    """Take on a revision without waiting; one beyond the limit begins, free of charge."""
    order = order.locked()
    only(order.expert, actor)
    return _take_on(order, _open(order), actor)


@transaction.atomic
def refuse_revision(order: Order, *, actor: User, reason: str, price_cents: int | None = None) -> Order:
    """Refuse a revision within its time, with a reason: the buyer then accepts the version they have, or disputes it.

    It gives its round back. A version is refused once: no other revision of it can be asked for. With
    ``price_cents``, the expert makes it at that price: it begins once the buyer has paid it.
    """
    order = order.locked()
    only(order.expert, actor)
    asked = _open(order)
    if not reason.strip():
        raise Refusal(_("Say why you refuse: the buyer reads it."))
    order = _refuse(order, asked, actor, reason.strip(), price_cents)
    if price_cents is not None:
        price_revision(order, asked, price_cents=price_cents, message=reason.strip())
    return order


@transaction.atomic
def answer_revision_in_time(order: Order) -> Order:
    """Answer for an expert who stayed silent: a revision is taken on, one beyond the limit is not. Safe to run twice."""
    order = order.locked()
    asked: RevisionRequest | None = order.revision_requests.open().first()  # type: ignore[attr-defined]
    if asked is None or asked.answer_due_at is None or asked.answer_due_at > clock.now():
        return order
    if asked.is_extra:
        return _refuse(order, asked, None, "")
    return _take_on(order, asked, None)


@transaction.atomic
def extend_acceptance(order: Order, *, actor: User) -> Order:
    """Give the buyer more time to check, once in the life of an order."""
    order = order.locked()
    only(order.buyer, actor)
    if order.state != Order.State.DELIVERED or order.acceptance_due_at is None:
        raise Refusal(_("More time can be taken while a deliverable waits for your answer."))
    if order.acceptance_extended_at is not None:
        raise Refusal(_("You have already taken more time on this order."))
    order.acceptance_extended_at = clock.now()
    order.acceptance_due_at += order.timer("acceptance_extension")
    order.schedule_reminders()
    order.save()
    record(order, OrderEvent.Kind.ACCEPTANCE_EXTENDED, actor=actor)
    return order


@transaction.atomic
def ask_about(order: Order, *, actor: User, text: str) -> Message:
    """Ask a question about a deliverable. It uses up no round and stops no date; the expert answers in the messages."""
    order = order.locked()
    only(order.buyer, actor)
    if order.state != Order.State.DELIVERED:
        raise Refusal(_("A question can be asked while a deliverable waits for your answer."))
    if not text.strip():
        raise Refusal(_("Write your question."))
    order.question_at = order.question_at or clock.now()
    order.save()
    message = messaging.send_message(order.conversation, author=actor, body=text.strip())
    record(
        order,
        OrderEvent.Kind.QUESTION_ASKED,
        actor=actor,
        message_id=message.pk,
        excerpt=text.strip()[:140],
    )
    return message


def _refuse_if_refused(order: Order) -> None:
    if order.revision_refused_at is not None:
        raise Refusal(_("The expert has refused to revise this version. Accept it or open a dispute."))


def _open(order: Order) -> RevisionRequest:
    found: RevisionRequest | None = order.revision_requests.open().first()  # type: ignore[attr-defined]
    if found is None:
        raise Refusal(_("No revision waits for your answer: its time is over, or it was answered."))
    return found


def _write(
    order: Order,
    good: str,
    wrong: str,
    expected: str,
    *,
    is_incomplete: bool = False,
    is_extra: bool = False,
) -> RevisionRequest:
    now = clock.now()
    return RevisionRequest.objects.create(
        order=order,
        round=order.revision_requests.count() + 1,
        good=good.strip(),
        wrong=wrong.strip(),
        expected=expected.strip(),
        is_incomplete=is_incomplete,
        is_extra=is_extra,
        state=State.OPEN,
        created_at=now,
        answer_due_at=now + order.timer("revision_answer"),
        due_at=None if is_extra else order.revision_due_at,
    )


def _answer(asked: RevisionRequest, state: str, refusal: str = "") -> None:
    asked.state, asked.refusal, asked.answered_at = state, refusal, clock.now()
    asked.save(update_fields=["state", "refusal", "answered_at", "due_at"])


def _take_on(order: Order, asked: RevisionRequest, actor: User | None) -> Order:
    if asked.is_extra:
        order.extra_rounds += 1
        order.ask_revision()
        order.schedule_reminders()
        order.save()
        asked.due_at = order.revision_due_at
    _answer(asked, State.ACCEPTED)
    record(order, OrderEvent.Kind.REVISION_ACCEPTED, actor=actor, round=asked.round, extra=asked.is_extra)
    return order


def _refuse(
    order: Order, asked: RevisionRequest, actor: User | None, reason: str, price_cents: int | None = None
) -> Order:
    """Put the version back before the buyer. One beyond the limit never left them."""
    if asked.is_extra:
        order.revision_refused_at = clock.now()
    else:
        order.refuse_revision(counted=asked.uses_a_round)
        close_extras(order)
    order.schedule_reminders()
    order.save()
    _answer(asked, State.REFUSED, reason)
    record(
        order,
        OrderEvent.Kind.REVISION_REFUSED,
        actor=actor,
        round=asked.round,
        extra=asked.is_extra,
        silent=actor is None,
        priced=price_cents is not None,
        reason="" if price_cents is not None else reason,
    )
    return order
