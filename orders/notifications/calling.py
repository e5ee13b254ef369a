"""Calls: booked, moved, about to begin, given up, missed. Each reads the time in the zone that is theirs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from messaging.words import Words, register
from orders.models import Call, OrderEvent
from orders.notifications.telling import Told, other_side, tells

Kind = OrderEvent.Kind

register(
    "call_booked",
    Words(
        _("Your call is booked: %(call)s"),
        _(
            "“%(title)s” with %(other)s. The page of the call opens the room ten minutes before; "
            "the calendar file is attached."
        ),
        _("See the call"),
    ),
)
register(
    "call_booked_expert",
    Words(
        _("%(other)s booked a call: %(call)s"),
        _(
            "“%(title)s” is paid: %(total)s are held. Read what it is about, be there, then hand over the summary "
            "before %(due)s."
        ),
        _("Prepare the call"),
    ),
)
register(
    "call_moved",
    Words(
        _("The call is moved: %(call)s"),
        _("“%(title)s” with %(other)s has a new time. The calendar file is attached."),
        _("See the call"),
    ),
)
register(
    "call_reminder",
    Words(
        _("Your call: %(call)s"),
        _("“%(title)s” with %(other)s. The room opens ten minutes before, on the page of the call."),
        _("See the call"),
    ),
)
register(
    "call_forgone",
    Words(
        _("%(author)s gave up the call"),
        _("It was too late to be paid back, so you are paid as if “%(title)s” had been held. %(reason)s"),
        _("Open the order"),
    ),
)
register(
    "call_move_proposed",
    Words(
        _("%(author)s proposes another time: %(new)s"),
        _("“%(title)s” stays at its present time, %(call)s, unless you agree before %(answer)s. %(reason)s"),
        _("Answer the proposal"),
    ),
)
register(
    "call_move_refused",
    Words(
        _("The proposed time is refused"),
        _("“%(title)s” stays at its present time: %(call)s."),
        _("See the call"),
    ),
)
register(
    "call_move_withdrawn",
    Words(
        _("%(author)s withdrew the proposed time"),
        _("“%(title)s” stays at its present time: %(call)s."),
        _("See the call"),
    ),
)
register(
    "call_move_expired",
    Words(
        _("The proposed time was not agreed in time"),
        _("“%(title)s” stays at its present time: %(call)s."),
        _("See the call"),
    ),
)
register(
    "call_absence",
    Words(
        _("%(author)s says that you did not come to the call"),
        _(
            "If you were there, say so before %(answer)s: our team then decides. Without a word from you, "
            "what %(author)s says about “%(title)s” holds. %(reason)s"
        ),
        pgettext_lazy("button", "Answer"),
    ),
)


def _read_by(event: OrderEvent, reader: User, params: dict[str, Any]) -> dict[str, Any]:
    """The parameters with every time in the reader's own zone."""
    order = event.order
    call = order.booking
    if call is None:
        return params
    zone = call.zone_of(order.party(reader))
    other = order.expert if reader.pk == order.buyer_id else order.buyer
    # A reminder speaks of the call as it is now; the rest of what was decided then.
    starts = event.data.get("new_at") if event.kind == Kind.CALL_MOVED else None
    told = {**params, "other": other.display_name, "call_in": [starts or call.starts_at.isoformat(), zone]}
    for name in ("new", "answer"):
        moment = event.data.get("answer_due_at" if name == "answer" else "new_at")
        told[f"{name}_in"] = [moment, zone] if moment else None
    return told


def _both(event: OrderEvent) -> tuple[User, User]:
    return event.order.buyer, event.order.expert


@tells(Kind.CALL_BOOKED)
def booked(event: OrderEvent, params: dict[str, Any]) -> Told:
    buyer, expert = _both(event)
    yield buyer, "call_booked", _read_by(event, buyer, params)
    yield expert, "call_booked_expert", _read_by(event, expert, params)


@tells(Kind.CALL_MOVED)
def moved(event: OrderEvent, params: dict[str, Any]) -> Told:
    for reader in _both(event):  # whoever moved it needs the calendar file too
        yield reader, "call_moved", _read_by(event, reader, params)


@tells(Kind.CALL_REMINDED)
def reminded(event: OrderEvent, params: dict[str, Any]) -> Told:
    call = event.order.booking
    if call is not None and call.state == Call.State.BOOKED:
        for reader in _both(event):
            yield reader, "call_reminder", _read_by(event, reader, params)


@tells(Kind.CALL_FORGONE)
def forgone(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.expert, "call_forgone", _read_by(event, event.order.expert, params)


@tells(Kind.MOVE_PROPOSED)
def move_proposed(event: OrderEvent, params: dict[str, Any]) -> Told:
    reader = other_side(event)
    yield reader, "call_move_proposed", _read_by(event, reader, params)


@tells(Kind.MOVE_REFUSED)
def move_refused(event: OrderEvent, params: dict[str, Any]) -> Told:
    reader = other_side(event)
    yield reader, "call_move_refused", _read_by(event, reader, params)


@tells(Kind.MOVE_WITHDRAWN)
def move_withdrawn(event: OrderEvent, params: dict[str, Any]) -> Told:
    reader = other_side(event)
    yield reader, "call_move_withdrawn", _read_by(event, reader, params)


@tells(Kind.MOVE_EXPIRED)
def move_expired(event: OrderEvent, params: dict[str, Any]) -> Told:
    for reader in _both(event):
        yield reader, "call_move_expired", _read_by(event, reader, params)


@tells(Kind.ABSENCE_DECLARED)
def absence_declared(event: OrderEvent, params: dict[str, Any]) -> Told:
    reader = other_side(event)
    yield reader, "call_absence", _read_by(event, reader, params)
