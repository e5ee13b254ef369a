"""What an expert has under way before an order: invitations, conversations, quotes, missions, and what waits for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from messaging.models import Contact, Message
from missions.models import Instalment, Mission, Quote
from orders.queries.requests import buyer_name, received_by

SHOWN = 30


@dataclass(frozen=True)
class Card:
    """One thing of a column: what it is, with whom, what it is worth, and what it waits for."""

    title: str
    who: str
    url: str
    cents: int
    words: str
    """What it waits for."""
    yours: bool
    """Whether the expert is the one it waits for."""
    due_at: datetime | None = None


@dataclass(frozen=True)
class Column:
    """One stage, those that wait for the expert first, then by date."""

    name: str
    label: str
    cards: list[Card]

    @property
    def yours(self) -> int:
        return sum(card.yours for card in self.cards)

    @property
    def cents(self) -> int:
        return sum(card.cents for card in self.cards)


def pipeline(expert: User) -> list[Column]:
    """The four stages, in five queries."""
    return [
        _column("invitations", _("Invitations"), _invitations(expert)),
        _column("talks", _("Conversations"), _talks(expert)),
        _column("quotes", _("Quotes"), _quotes(expert)),
        _column("missions", _("Missions"), _missions(expert)),
    ]


def _column(name: str, label: str, cards: Iterator[Card]) -> Column:
    return Column(
        name,
        label,
        sorted(cards, key=lambda c: (not c.yours, c.due_at is None, c.due_at.timestamp() if c.due_at else 0)),
    )


def _invitations(expert: User) -> Iterator[Card]:
    for row in received_by(expert).live()[:SHOWN]:  # type: ignore[attr-defined]
        terms = row.current
        yours = not terms.may_be_chosen
        yield Card(
            row.request.title,
            buyer_name(row.request) or _("Confidential buyer"),
            row.get_absolute_url(),
            terms.price_cents,
            _("Accept, propose other terms or decline") if yours else _("The buyer compares the proposals"),
            yours,
            row.answer_due_at if yours else row.request.expires_at,
        )


def _open_talks(expert: User) -> QuerySet[Contact]:
    """Conversations without a quote that waits or was accepted: they would be shown twice."""
    last = Message.objects.filter(conversation=OuterRef("conversation")).order_by("-created_at", "-pk")
    quoted = Quote.objects.filter(expert=expert, state__in=[Quote.State.SENT, Quote.State.ACCEPTED])
    return (
        Contact.objects.filter(expert=expert, conversation__closed_at=None)
        .exclude(conversation__in=quoted.values("conversation"))
        .annotate(last_author=Subquery(last.values("author")[:1]))
        .select_related("company", "for_company", "conversation")
        .order_by(F("conversation__last_message_at").desc(nulls_last=True))
    )


def _talks(expert: User) -> Iterator[Card]:
    for talk in _open_talks(expert)[:SHOWN]:
        yours = talk.last_author != expert.pk  # type: ignore[attr-defined]  # an annotation
        yield Card(
            talk.conversation.subject,
            talk.for_company.name if talk.for_company else talk.company.display_name,
            talk.get_absolute_url(),
            0,
            _("Reply") if yours else _("The company reads your answer"),
            yours,
        )


def _quotes(expert: User) -> Iterator[Card]:
    for quote in Quote.objects.filter(expert=expert).open().select_related("client")[:SHOWN]:
        yield Card(
            quote.title,
            quote.client.display_name,
            quote.get_absolute_url(),
            quote.total_ht_cents,
            _("The client reads it"),
            False,
            quote.expires_at,
        )


def _missions(expert: User) -> Iterator[Card]:
    State = Mission.State  # noqa: N806
    rows = (
        Mission.objects.filter(expert=expert)
        .exclude(state__in=Mission.OVER)
        .select_related("quote", "client")
        .prefetch_related("instalments")
    )
    for mission in rows[:SHOWN]:
        asked = [part for part in mission.instalments.all() if part.state == Instalment.State.ASKED]
        second = next((part for part in mission.instalments.all() if part.number == 2), None)
        due = asked[0].due_at if asked else None
        match mission.state:
            case State.READY:
                words, yours = _("Start the mission"), True
            case State.RUNNING if second is not None and second.state == Instalment.State.PLANNED:
                words, yours = _("Work, then ask for the second instalment"), True
            case State.RUNNING if not asked:
                words, yours = _("Work, then hand over the end review"), True
            case State.REVIEW if not asked:
                words, yours, due = _("The client reads the end review"), False, mission.review_due_at
            case State.CONTESTED:
                words, yours = _("Our team examines it"), False
            case _:
                words, yours = _("The client pays an instalment"), False
        yield Card(
            mission.title,
            mission.client.display_name,
            mission.get_absolute_url(),
            mission.total_ht_cents,
            words,
            yours,
            due,
        )
