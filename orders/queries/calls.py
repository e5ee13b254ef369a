"""A call as its two people see it: what comes next, what they may do, and the time where they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from marketplace.kernel import clock, zones
from offers.models import Offer
from orders.models import Call, CallMove, Order, OrderEvent
from orders.queries.steps import NextStep, Words, acts_of, first_name, step_of

Kind = OrderEvent.Kind
State = Order.State


@dataclass(frozen=True)
class Moment:
    """A time in the zone of whoever looks: ``lundi 23 novembre 2026 à 14 h 20, Paris (UTC+1)``."""

    at: datetime
    zone: str

    @property
    def words(self) -> str:
        return clock.in_words(self.at, self.zone)

    @property
    def zone_name(self) -> str:
        return zones.named(self.zone, self.at)


@dataclass(frozen=True)
class Move:
    """Another time that was proposed. ``yours``: whoever looks has to answer; ``mine``: they may withdraw it."""

    move: CallMove
    when: Moment
    author: str
    yours: bool
    mine: bool


@dataclass(frozen=True)
class CallSeen:
    """The call of an order for one person."""

    call: Call
    side: str
    starts: Moment
    ends: Moment
    free_until: Moment
    opens: Moment
    answer_until: Moment | None
    other: User
    move: Move | None
    may_move_alone: bool
    acts: frozenset[str]

    @property
    def is_declared_absent(self) -> bool:
        """Whether it is the person who looks who is said not to have come."""
        return self.call.absent == self.side

    @property
    def time_words(self) -> str:
        """``10:00–10:30``, in the reader's zone."""
        where = ZoneInfo(self.starts.zone)
        return f"{self.call.starts_at.astimezone(where):%H:%M}–{self.call.ends_at.astimezone(where):%H:%M}"

    @property
    def minutes_words(self) -> str:
        return ngettext("%(n)s minute", "%(n)s minutes", self.call.minutes) % {"n": self.call.minutes}


def seen(order: Order, viewer: User) -> CallSeen | None:
    """The call as one person sees it, with the time that is proposed; nothing for other orders. One query."""
    call = order.booking
    if call is None:
        return None
    call.order = order
    side = order.party(viewer)
    zone = call.zone_of(side)
    move = call.moves.filter(state=CallMove.State.OPEN).first() if call.is_booked else None
    return CallSeen(
        call=call,
        side=side,
        starts=Moment(call.starts_at, zone),
        ends=Moment(call.ends_at, zone),
        free_until=Moment(call.free_until, zone),
        opens=Moment(call.opens_at, zone),
        answer_until=Moment(call.absence_due_at, zone) if call.absence_due_at else None,
        other=order.expert if side == "buyer" else order.buyer,
        move=_proposed(order, move, viewer, zone) if move else None,
        may_move_alone=side == "buyer" and call.may_change_freely and call.moves_left > 0,
        acts=allowed(order, side),
    )


def _proposed(order: Order, move: CallMove, viewer: User, zone: str) -> Move:
    mine = move.proposed_by_id == viewer.pk
    return Move(
        move=move,
        when=Moment(move.starts_at, zone),
        author=first_name(order.buyer if move.proposed_by_id == order.buyer_id else order.expert),
        yours=not mine and order.party(viewer) != "staff",
        mine=mine,
    )


def allowed(order: Order, side: str) -> frozenset[str]:
    """The acts a call adds for a side now."""
    call = order.booking
    if call is None or side == "staff" or order.state != State.ACTIVE or not call.is_booked:
        return frozenset()
    call.order = order
    if not call.has_begun:
        return frozenset({"move_call", "cancel_call"})
    if call.absent:
        return frozenset({"contest_absence"} if call.absent == side else set())
    return frozenset({"declare_absence"} if clock.now() >= call.absence_from else set())


@acts_of(Offer.Kind.CALL)
def _acts(order: Order, side: str, acts: set[str]) -> set[str]:
    """A call has its own ways out before it begins, and no summary before it was held."""
    call = order.booking
    if call is None or not call.is_booked:
        return acts
    if not call.has_begun:
        acts -= {"deliver", "extend", "ask_cancel", "cancel"}
    if call.absent:
        acts -= {"deliver", "extend", "cancel_late"}
    return acts | allowed(order, side)


@step_of(Offer.Kind.CALL)
def _step(order: Order, side: str) -> NextStep | None:
    """What comes next in a booked call; nothing once it is handed over, late, or over: other words serve then."""
    call = order.booking
    if call is None or order.state != State.ACTIVE or not call.is_booked:
        return None
    call.order = order
    names = {"buyer": first_name(order.buyer), "expert": first_name(order.expert)}
    names["other"] = names["expert"] if side == "buyer" else names["buyer"]
    zone = call.zone_of(side)
    if call.absent:
        return _missed(call, side, names)
    if not call.has_begun:
        return _coming(call, side, names, zone)
    if order.is_late:
        return None
    if clock.now() < call.ends_at:
        return NextStep(
            _("The call is on") if side == "staff" else _("Your call is on"),
            Words(
                _("It began at %(when)s.") % {"when": clock.in_words(call.starts_at, zone)}
                + " "
                + (_("Join it now.") if side != "staff" else "")
            ),
            tone="ok",
            icon="phone-call",
            due_at=call.ends_at,
            yours=side != "staff",
            act="join",
        )
    due: dict[str, Any] = {"due": order.due_at}
    if side == "expert":
        return NextStep(
            _("Hand over the summary of the call"),
            Words(_("Due on {due}: what was said, what was decided, what to do next."), due),
            tone="info",
            icon="file-pen",
            due_at=order.due_at,
            yours=True,
            act="deliver",
        )
    return NextStep(
        _("%(expert)s is writing the summary") % names,
        Words(_("The call is over. Its summary is expected on {due} at the latest."), due),
        tone="info",
        icon="file-pen",
        due_at=order.due_at,
    )


def _coming(call: Call, side: str, names: dict[str, str], zone: str) -> NextStep:
    when = clock.in_words(call.starts_at, zone)
    title = _("Call with %(other)s") % names if side != "staff" else _("Call booked")
    text = when + "."
    if side != "staff":
        text += " " + _("The room opens ten minutes before, on the page of the call.")
    if side == "buyer":
        text += " " + (
            _("Until {free} you can move it or cancel it and be paid back.")
            if call.may_change_freely
            else _("It is now too late to cancel it and be paid back.")
        )
    return NextStep(
        title,
        Words(text, {"free": call.free_until}),
        tone="ok" if call.is_open else "info",
        icon="phone-call" if call.is_open else "calendar-check",
        due_at=call.starts_at,
        clock=call.starts_at,
        yours=call.is_open,
        act="join",
    )


def _missed(call: Call, side: str, names: dict[str, str]) -> NextStep:
    until = {"answer": call.absence_due_at}
    about_me = call.absent == side
    if about_me:
        text = (
            _("Without a word from you before {answer}, the call counts as held and %(expert)s is paid.")
            if side == "buyer"
            else _("Without a word from you before {answer}, %(buyer)s is paid back in full.")
        ) % names
        return NextStep(
            _("%(other)s says that you did not come") % names,
            Words(text, until),
            tone="bad",
            icon="triangle-alert",
            due_at=call.absence_due_at,
            clock=call.absence_due_at,
            yours=True,
            act="contest",
        )
    absent = names["buyer"] if call.absent == Call.Side.BUYER else names["expert"]
    text = (
        _("If nobody contests it before {answer}, the call counts as held and the expert is paid.")
        if call.absent == Call.Side.BUYER
        else _("If nobody contests it before {answer}, the buyer is paid back in full.")
    )
    return NextStep(
        _("%(name)s was declared absent") % {"name": absent},
        Words(text, until),
        tone="warn",
        icon="hourglass",
        due_at=call.absence_due_at,
    )


# Events, for the thread of the order

SAID = frozenset(
    {
        Kind.CALL_BOOKED,
        Kind.CALL_MOVED,
        Kind.CALL_FORGONE,
        Kind.MOVE_PROPOSED,
        Kind.MOVE_REFUSED,
        Kind.MOVE_WITHDRAWN,
        Kind.MOVE_EXPIRED,
        Kind.ABSENCE_DECLARED,
    }
)


def said(event: OrderEvent, order: Order, side: str, *, own: bool) -> tuple[str, str, str, str]:
    """Title, text, icon and tone of an event of a call."""
    call = order.booking
    zone = call.zone_of(side) if call else zones.PARIS
    who = {"who": first_name(order.buyer if event.actor_id == order.buyer_id else order.expert)}
    new = event.data.get("new_at")
    when = clock.in_words(datetime.fromisoformat(new), zone) if new else ""
    match event.kind:
        case Kind.CALL_BOOKED:
            return _("The call is booked."), "", "calendar-check", "ok"
        case Kind.CALL_MOVED:
            title = _("You moved the call.") if own else _("%(who)s moved the call.") % who
            return title, _("New time: %(when)s.") % {"when": when}, "calendar-clock", "info"
        case Kind.CALL_FORGONE:
            title = _("You gave up the call.") if own else _("%(who)s gave up the call.") % who
            return title, _("It was too late to be paid back."), "ban", "neutral"
        case Kind.MOVE_PROPOSED:
            title = _("You proposed another time.") if own else _("%(who)s proposed another time.") % who
            return title, _("Proposed time: %(when)s.") % {"when": when}, "calendar-clock", "accent"
        case Kind.MOVE_REFUSED:
            title = (
                _("You refused the proposed time.") if own else _("%(who)s refused the proposed time.") % who
            )
            return title, _("The call stays where it is."), "circle-x", "neutral"
        case Kind.MOVE_WITHDRAWN:
            title = (
                _("You withdrew the proposed time.")
                if own
                else _("%(who)s withdrew the proposed time.") % who
            )
            return title, _("The call stays where it is."), "undo-2", "neutral"
        case Kind.MOVE_EXPIRED:
            return (
                _("The proposed time was left unanswered."),
                _("The call stays where it is."),
                "clock",
                "neutral",
            )
    absent = first_name(order.buyer if event.data.get("absent") == Call.Side.BUYER else order.expert)
    return (
        _("%(name)s was declared absent.") % {"name": absent},
        _("Without an answer in time, this holds."),
        "triangle-alert",
        "bad",
    )
