"""A call as a file that calendars read (RFC 5545): stable in its name, newer by its sequence, cancelled by its method.

The file names no address of the other party and no room: it leads to the page of the call on this site, which opens
the room to its two people alone.
"""

from datetime import UTC, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from orders.models import Call, OrderEvent

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
ALARM_BEFORE = timedelta(minutes=15)


def uid(call: Call) -> str:
    """The same for as long as the call exists, wherever it is moved."""
    return f"{call.public_id}@{_domain()}"


def write(call: Call, reader: User, *, method: str = PUBLISH) -> str:
    """The file for one of the two parties, in their language. ``method``: ``PUBLISH`` to keep, else sent by mail."""
    from icalendar import Alarm, Calendar, Event, vCalAddress, vText  # loaded by who needs it

    order = call.order
    other = order.expert if reader.pk == order.buyer_id else order.buyer
    gone = call.state == Call.State.GIVEN_UP
    with translation.override(reader.language):
        page = settings.SITE_URL + reverse("order_call", args=[order.public_id])
        calendar = Calendar()
        calendar.add("prodid", f"-//{settings.SITE_NAME}//calls//{reader.language.upper()}")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", CANCEL if gone else method)
        event = Event()
        event.add("uid", uid(call))
        event.add("sequence", call.sequence)
        event.add("dtstamp", clock.now().astimezone(UTC))
        event.add("dtstart", call.starts_at.astimezone(UTC))
        event.add("dtend", call.ends_at.astimezone(UTC))
        event.add(
            "summary", _("Call with %(name)s: %(title)s") % {"name": other.display_name, "title": order.title}
        )
        event.add("description", _("Join, move or cancel the call on its page: %(url)s") % {"url": page})
        event.add("location", vText(page))
        event.add("url", page)
        event.add("status", "CANCELLED" if gone else "CONFIRMED")
        if method != PUBLISH:
            organizer = vCalAddress(f"mailto:{_sender()}")
            organizer.params["cn"] = vText(settings.SITE_NAME)
            event.add("organizer", organizer)
            attendee = vCalAddress(f"mailto:{reader.email}")
            attendee.params["cn"] = vText(reader.display_name)
            attendee.params["partstat"] = vText("ACCEPTED")
            event.add("attendee", attendee, encode=False)
        if not gone:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", order.title)
            alarm.add("trigger", -ALARM_BEFORE)
            event.add_component(alarm)
        calendar.add_component(event)
        return calendar.to_ical().decode()


def enclosed(event: OrderEvent, reader: User) -> str:
    """What the mail about an event brings to the calendar of whoever reads it; empty when nothing moved there."""
    kinds = {
        OrderEvent.Kind.CALL_BOOKED,
        OrderEvent.Kind.CALL_MOVED,
        OrderEvent.Kind.CANCELLED,
        OrderEvent.Kind.CALL_FORGONE,
    }
    if event.kind not in kinds:
        return ""
    call = event.order.booking
    if call is None or call.booked_at is None:
        return ""
    if (
        event.kind in (OrderEvent.Kind.CANCELLED, OrderEvent.Kind.CALL_FORGONE)
        and call.state != Call.State.GIVEN_UP
    ):
        return ""
    return write(call, reader, method=REQUEST)


def _sender() -> str:
    return settings.DEFAULT_FROM_EMAIL.rsplit("<", 1)[-1].rstrip(">")


def _domain() -> str:
    return _sender().rsplit("@", 1)[-1]
