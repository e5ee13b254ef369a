"""A party opens a dispute, shows its proofs, and may take it back. The order is always locked first."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from accounts.models import User
from disputes.models import Appeal, Dispute, Evidence
from marketplace.kernel import clock, rules, uploads
from marketplace.kernel.errors import Refusal
from marketplace.kernel.workdays import add_working_days
from orders import actions as orders
from orders.models import Order


def is_disputable(order: Order, side: str = "buyer") -> bool:
    """Whether a party may open a dispute now: work has begun and nobody closed it, or the buyer may still claim."""
    if order.state == Order.State.COMPLETED:
        return side == "buyer" and order.is_claimable
    return order.state == Order.State.DELIVERED or (order.state == Order.State.ACTIVE and order.is_started)


@transaction.atomic
def open_dispute(
    order: Order,
    *,
    actor: User,
    ground: str,
    statement: str,
    wish: str = "",
    files: Sequence[UploadedFile] = (),
) -> Dispute:
    """Freeze an order and its money, and write down why. Raises ``Refusal`` to whoever comes second.

    On a completed order it is a claim of its buyer, in its time and on its grounds.
    """
    if ground not in Dispute.Ground.values:
        raise Refusal(_("Choose the ground of the dispute."))
    statement = checked(statement)
    order = order.locked()
    before = orders.standing(order)
    try:
        if order.state == Order.State.COMPLETED:
            if ground not in Dispute.grounds_of_claim(order):
                raise Refusal(_("This ground does not fit an order that was accepted."))
            order = orders.open_claim(order, actor=actor, held=before["held"])
        else:
            if ground in Dispute.GROUNDS_OF_CLAIMS:
                raise Refusal(_("This ground is for orders that were accepted."))
            order = orders.open_dispute(order, actor=actor)  # of two at once, one comes second
    except TransitionNotAllowed:
        if Dispute.objects.filter(order=order).waiting().exists():
            raise Refusal(_("A dispute is already open on this order. Answer it instead.")) from None
        raise
    now = clock.now()
    dispute = Dispute.objects.create(
        order=order,
        opened_by=actor,
        ground=ground,
        statement=statement,
        wish=wish,
        opened_at=now,
        before=before,
        answer_due_at=add_working_days(now, rules.DISPUTES.answer_working_days),
        answer_remind_at=add_working_days(now, rules.DISPUTES.answer_reminder_working_days),
    )
    show(dispute, actor=actor, files=files)
    return dispute


def checked(statement: str) -> str:
    """The words of a party, trimmed. Raises ``Refusal`` when there are none, or too many."""
    statement = statement.strip()
    if not statement:
        raise Refusal(_("Say what happened, in a few sentences."))
    if len(statement) > rules.MAX_MESSAGE_LENGTH:
        raise Refusal(_("This statement is too long."))
    return statement


@transaction.atomic
def show(dispute: Dispute, *, actor: User, files: Sequence[UploadedFile]) -> list[Evidence]:
    """Add files of one party, each checked for size, type and content. Raises ``Refusal`` past the limit of a party."""
    if not files:
        return []
    order = dispute.order.locked()
    dispute = dispute.locked()
    if actor.pk not in (order.buyer_id, order.expert_id):
        raise Refusal(_("Only the buyer or the expert can do this."))
    if not dispute.is_open:
        raise Refusal(_("This dispute is over."))
    if dispute.evidence.filter(shown_by=actor).count() + len(files) > rules.DISPUTES.max_evidence:
        raise Refusal(_("At most %(n)s files for each party.") % {"n": rules.DISPUTES.max_evidence})
    shown = []
    for file in files:
        seen = uploads.inspect(file)
        shown.append(
            Evidence.objects.create(
                dispute=dispute,
                shown_by=actor,
                file=file,
                name=seen.name,
                content_type=seen.content_type,
                size=seen.size,
                created_at=clock.now(),
            )
        )
    return shown


@transaction.atomic
def withdraw(dispute: Dispute, *, actor: User) -> Dispute:
    """Let its opener end a dispute before it is ruled: the order goes on with the time it had left."""
    order = dispute.order.locked()
    dispute = dispute.locked()
    if actor.pk != dispute.opened_by_id:
        raise Refusal(_("Only the party who opened it can withdraw a dispute."))
    if order.state != Order.State.DISPUTED or dispute.withdrawn_at or dispute.ruled_at:
        raise Refusal(_("This dispute is over."))
    if dispute.is_claim:
        orders.withdraw_claim(order, actor=actor, held=dispute.before["held"])
    else:
        orders.withdraw_dispute(order, actor=actor, before=dispute.before)
    dispute.withdrawn_at = clock.now()
    dispute.save(update_fields=["withdrawn_at"])
    dispute.rulings.filter(carried_out_at=None, dropped_at=None).update(dropped_at=clock.now())
    return dispute


@transaction.atomic
def keep_held(dispute: Dispute) -> bool:
    """Keep what a claim or an appeal holds out of reach for as long as nobody has decided. Twice changes nothing."""
    order = dispute.order.locked()
    dispute = dispute.locked()
    dispute.order = order
    waits = dispute.is_open or Appeal.objects.filter(dispute=dispute, decided_at=None).exists()
    return waits and orders.hold_back(order)
