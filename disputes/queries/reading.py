"""A dispute as its page shows it to one person."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from disputes.models import Appeal, Dispute, Evidence, Ruling, StaffNote, StaffQuestion
from marketplace.kernel import clock, rules
from marketplace.kernel.money import from_ttc
from orders.models import ChangeRequest, Order
from orders.models.money import Split, preview_split


def evidence_of(user: User) -> Any:
    """The pieces a person may open: those of the orders they may see."""
    return Evidence.objects.filter(dispute__order__in=Order.objects.visible_to(user))


@dataclass(frozen=True)
class Side:
    """What one party says and shows."""

    person: User
    is_you: bool
    title_key: str
    statement: str
    wish: str
    at: Any
    evidence: list[Evidence]


@dataclass
class Reading:
    """Everything on the page of a dispute, and what its reader may do there."""

    dispute: Dispute
    order: Order
    side: str
    sides: list[Side]
    questions: list[StaffQuestion]
    notes: list[StaffNote]
    change: ChangeRequest | None
    split: Split | None
    appeal: Appeal | None
    ruled_split: Split | None
    earlier: list[Ruling]
    """The decisions that the one in force put right, the first of them first."""
    may: dict[str, bool] = field(default_factory=dict)


def read(dispute: Dispute, viewer: User) -> Reading:
    """Gather a dispute for a party or for staff, in a constant number of queries."""
    order = dispute.order
    viewer = order.acting(viewer)
    side = order.party(viewer)
    evidence = list(dispute.evidence.all())
    opener = order.buyer if dispute.opened_by_id == order.buyer_id else order.expert
    respondent = order.expert if opener is order.buyer else order.buyer

    def shown(person: User, key: str, statement: str, wish: str, at: Any) -> Side:
        pieces = [piece for piece in evidence if piece.shown_by_id == person.pk]
        return Side(person, person.pk == viewer.pk, key, statement, wish, at, pieces)

    sides = [
        shown(opener, "opener", dispute.statement, dispute.get_wish_display(), dispute.opened_at),
        shown(
            respondent, "respondent", dispute.answer, dispute.get_answer_wish_display(), dispute.answered_at
        ),
    ]
    change = order.changes.open().filter(kind="settlement").select_related("proposed_by").first()  # type: ignore[attr-defined]
    notes = dispute.notes.select_related("author")
    reading = Reading(
        dispute=dispute,
        order=order,
        side=side,
        sides=sides,
        questions=list(dispute.questions.select_related("asked_of")),
        notes=list(notes if side == "staff" else notes.filter(is_shared=True)),
        change=change,
        split=preview_split(order, refund_cents=change.refund_cents)
        if change and change.refund_cents
        else None,
        appeal=Appeal.objects.filter(dispute=dispute).first(),
        ruled_split=_ruled(order) if _moved(dispute) else None,
        earlier=_earlier(dispute),
    )
    party = side in ("buyer", "expert")
    reading.may = {
        "answer": party
        and dispute.is_open
        and viewer.pk == dispute.respondent_id
        and not dispute.answered_at,
        "show": party and dispute.is_open,
        "withdraw": party and dispute.is_open and viewer.pk == dispute.opened_by_id,
        "settle": party and dispute.is_open and change is None,
        "agree": party and change is not None and change.proposed_by_id != viewer.pk,
        "take_back": party and change is not None and change.proposed_by_id == viewer.pk,
        "appeal": party and may_appeal(dispute) and reading.appeal is None,
    }
    return reading


def _ruled(order: Order) -> Split:
    """What the end of an order gave to whom, as it was booked."""
    refund, net = order.refunded_cents or 0, order.earned_cents or 0
    return Split(refund, net, from_ttc(max(0, order.total_cents - refund - net), rules.VAT_BP))


def _earlier(dispute: Dispute) -> list[Ruling]:
    if not dispute.ruled_at:
        return []
    carried_out = list(dispute.rulings.filter(carried_out_at__isnull=False))
    return [before for before, after in pairwise(carried_out) if before.refund_cents != after.refund_cents]


def _moved(dispute: Dispute) -> bool:
    return bool(dispute.ruled_at and dispute.decision != Dispute.Decision.RELAUNCH)


def may_appeal(dispute: Dispute) -> bool:
    """Whether the time to appeal runs: a ruling moved money, and what the expert was given has not cleared."""
    return bool(
        dispute.ruled_at
        and dispute.decision != Dispute.Decision.RELAUNCH
        and clock.now() < dispute.ruled_at + rules.DISPUTES.appeal
    )


def both_sides(dispute: Dispute) -> list[tuple[Any, Any]]:
    """What each side says and wishes for, and what was appealed: read before deciding."""
    order = dispute.order
    other = order.expert if dispute.opened_by_id == order.buyer_id else order.buyer
    lines: list[tuple[Any, Any]] = [(dispute.opened_by, dispute.statement)]
    lines += [(_("Wishes for:"), dispute.get_wish_display())] if dispute.wish else []
    lines += [(other, dispute.answer or _("Nothing was said."))]
    lines += [(_("Wishes for:"), dispute.get_answer_wish_display())] if dispute.answer_wish else []
    if dispute.is_ruled:
        lines.append((_("The decision"), f"{dispute.outcome} – {dispute.reason}"))
    appeal = Appeal.objects.filter(dispute=dispute).select_related("asked_by").first()
    if appeal is not None:
        lines.append((_("Appeal of %(name)s") % {"name": appeal.asked_by}, appeal.statement))
    return lines
