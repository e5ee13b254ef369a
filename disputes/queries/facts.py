"""Which grounds fit an order, and what the order itself says about each."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disputes.models import Dispute
from marketplace.kernel import clock
from orders.models import Order

Ground = Dispute.Ground


@dataclass(frozen=True)
class Fact:
    """A ground that may be chosen, with what we know in its favour; ``weighs`` when the order bears it out."""

    ground: str
    label: str
    words: str
    weighs: bool


def facts(order: Order, side: str) -> list[Fact]:
    """The grounds of a party, those the order bears out first."""
    if order.state == Order.State.COMPLETED:
        return [_claim(order, Ground(ground)) for ground in Dispute.grounds_of_claim(order)]
    grounds = Dispute.GROUNDS_OF_EXPERT if side == "expert" else tuple(Ground)
    found = []
    for ground in grounds:
        if ground in (*Dispute.GROUNDS_OF_CALLS, *Dispute.GROUNDS_OF_CLAIMS):
            continue
        words = _words(order, ground)
        if words is None:
            continue
        found.append(Fact(ground.value, str(ground.label), words, bool(words)))
    return sorted(found, key=lambda fact: not fact.weighs)


def _claim(order: Order, ground: "Dispute.Ground") -> Fact:
    """A ground of a claim, with what it is weighed against: the promise and not taste."""
    words = ""
    if ground == Ground.NOT_PROMISED:
        words = _("We compare the files with the offer, the options and the brief; taste alone is no ground.")
    return Fact(ground.value, str(ground.label), words, weighs=False)


def suggested(order: Order, side: str) -> str:
    """The ground to choose beforehand: the first that the order bears out; empty when none does."""
    return next((fact.ground for fact in facts(order, side) if fact.weighs), "")


def _words(order: Order, ground: str) -> str | None:
    """What the order says for a ground: a sentence, nothing in particular (empty), or that it cannot be (``None``)."""
    now = clock.now()
    match ground:
        case Ground.LATE:
            if order.first_delivered_at is not None or order.due_at is None:
                return None
            if order.due_at >= now:
                return None
            return _("Late by %(time)s: it was due on %(date)s.") % {
                "time": timesince(order.due_at, now, depth=2),
                "date": _day(order.due_at),
            }
        case Ground.TOO_SLOW:
            if order.is_revision_late and order.revision_due_at:
                return _("The revision was due on %(date)s.") % {"date": _day(order.revision_due_at)}
            return "" if order.state == Order.State.ACTIVE else None
        case Ground.REWORK_REFUSED:
            if order.revision_refused_at:
                return _("The expert refused a revision on %(date)s.") % {
                    "date": _day(order.revision_refused_at)
                }
            return "" if order.first_delivered_at else None
        case Ground.UNSUITABLE:
            if order.first_delivered_at is None:
                return None
            if not order.revision_round:
                return ""
            return ngettext(
                "%(n)s revision was asked for so far.",
                "%(n)s revisions were asked for so far.",
                order.revision_round,
            ) % {"n": order.revision_round}
        case Ground.CANCELLATION_REFUSED:
            refused = (
                order.changes.filter(kind="cancellation", state__in=["refused", "expired"])
                .order_by("-pk")
                .first()
            )
            return (
                _("A cancellation was refused on %(date)s.") % {"date": _day(refused.answered_at)}
                if refused
                else None
            )
    return ""


def _day(moment: object) -> str:
    return str(date_format(timezone.localtime(moment), "DATE_FORMAT"))  # type: ignore[arg-type]
