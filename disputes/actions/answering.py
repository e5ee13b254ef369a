"""What the other party says, what staff ask and write, and what happens when nobody answers."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from disputes.actions.opening import checked, show
from disputes.models import Dispute, StaffNote, StaffQuestion
from disputes.notifications import tell
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.workdays import add_working_days
from orders.models import Order, OrderEvent
from orders.outbox import record


def _open(dispute: Dispute) -> tuple[Order, Dispute]:
    """The order and the dispute, locked in this order. Raises ``Refusal`` when it is over."""
    order = dispute.order.locked()
    dispute = dispute.locked()
    dispute.order = order
    if not dispute.is_open:
        raise Refusal(_("This dispute is over."))
    return order, dispute


@transaction.atomic
def answer(
    dispute: Dispute, *, actor: User, statement: str, wish: str = "", files: Sequence[UploadedFile] = ()
) -> Dispute:
    """Write down the other side, once. After its time has run out it is still heard, as long as nothing is decided."""
    order, dispute = _open(dispute)
    if actor.pk != dispute.respondent_id:
        raise Refusal(_("This is for the other party of the order to do."))
    if dispute.answered_at:
        raise Refusal(_("You have answered already. Add files or write in the messages."))
    dispute.answer, dispute.answer_wish = checked(statement), wish
    dispute.answered_at = clock.now()
    dispute.save(update_fields=["answer", "answer_wish", "answered_at"])
    show(dispute, actor=actor, files=files)
    record(order, OrderEvent.Kind.DISPUTE_ANSWERED, actor=actor)
    return dispute


@transaction.atomic
def close_answer(dispute: Dispute) -> Dispute:
    """Note that the time to answer ran out in silence: staff rule on what is there. Twice changes nothing."""
    order, dispute = _open(dispute)
    now = clock.now()
    if (
        dispute.answered_at
        or dispute.answer_closed_at
        or not dispute.answer_due_at
        or dispute.answer_due_at > now
    ):
        return dispute
    dispute.answer_closed_at = now
    dispute.save(update_fields=["answer_closed_at"])
    for party in (order.buyer, order.expert):
        tell(party, "dispute_unanswered", dispute, key=f"dispute:{dispute.pk}:unanswered")
    return dispute


@transaction.atomic
def remind_to_answer(dispute: Dispute) -> Dispute:
    """Remind the other party, once, that their side is awaited."""
    order, dispute = _open(dispute)
    if dispute.answered_at or dispute.answer_reminded_at:
        return dispute
    dispute.answer_reminded_at = clock.now()
    dispute.save(update_fields=["answer_reminded_at"])
    party = order.expert if dispute.respondent_id == order.expert_id else order.buyer
    tell(
        party, "dispute_answer_due", dispute, key=f"dispute:{dispute.pk}:remind", due_at=dispute.answer_due_at
    )
    return dispute


@transaction.atomic
def ask(dispute: Dispute, *, actor: User, asked_of: User, body: str) -> StaffQuestion:
    """Let staff ask one party something, with three working days to answer."""
    order, dispute = _open(dispute)
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if asked_of.pk not in (order.buyer_id, order.expert_id):
        raise Refusal(_("Choose the buyer or the expert."))
    now = clock.now()
    question = StaffQuestion.objects.create(
        dispute=dispute,
        asked_by=actor,
        asked_of=asked_of,
        body=checked(body),
        asked_at=now,
        due_at=add_working_days(now, rules.DISPUTES.question_working_days),
    )
    tell(asked_of, "dispute_question", dispute, key=f"dispute_question:{question.pk}", due_at=question.due_at)
    return question


@transaction.atomic
def reply(question: StaffQuestion, *, actor: User, body: str) -> StaffQuestion:
    """Answer a question of staff, once; late, but before the ruling, is still heard."""
    _open(question.dispute)
    question = question.locked()
    if actor.pk != question.asked_of_id:
        raise Refusal(_("This question was not asked of you."))
    if question.answered_at:
        raise Refusal(_("You have answered already. Add files or write in the messages."))
    question.answer = checked(body)
    question.answered_at = clock.now()
    question.save(update_fields=["answer", "answered_at"])
    return question


def close_question(question: StaffQuestion) -> bool:
    """Note that a question stayed without an answer. Twice changes nothing."""
    return bool(
        StaffQuestion.objects.overdue(clock.now()).filter(pk=question.pk).update(closed_at=clock.now())
    )


@transaction.atomic
def assign(dispute: Dispute, *, actor: User, to: User) -> Dispute:
    """Hand a dispute, or its appeal, to the person of the team who carries it on. Raises ``Refusal`` for a party."""
    order = dispute.order.locked()
    dispute = dispute.locked()
    if not (actor.is_staff and to.is_staff and to.is_active):
        raise Refusal(_("Only our team can do this."))
    if to.pk in (order.buyer_id, order.expert_id):
        raise Refusal(_("Nobody rules on an order of their own."))
    dispute.assigned_to = to
    dispute.save(update_fields=["assigned_to"])
    return dispute


@transaction.atomic
def write_note(dispute: Dispute, *, actor: User, body: str, is_shared: bool) -> StaffNote:
    """Keep a note of the team, or send a word of mediation to both parties."""
    order = dispute.order
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    note = StaffNote.objects.create(
        dispute=dispute, author=actor, body=checked(body), is_shared=is_shared, created_at=clock.now()
    )
    if is_shared:
        for party in (order.buyer, order.expert):
            tell(party, "dispute_word", dispute, key=f"dispute_note:{note.pk}", excerpt=note.body[:200])
    return note


def alarm(dispute: Dispute, days: int) -> bool:
    """Tell the people who rule that a dispute is ``days`` days old. Once each step; nothing is ever decided by itself."""
    with transaction.atomic():
        dispute = dispute.locked()
        if not dispute.is_open or dispute.alarmed_days >= days:
            return False
        dispute.alarmed_days = days
        dispute.save(update_fields=["alarmed_days"])
        for person in User.objects.filter(is_staff=True, is_active=True):
            if person.has_perm("disputes.change_dispute"):
                tell(person, "dispute_alarm", dispute, key=f"dispute:{dispute.pk}:alarm:{days}", days=days)
    return True
