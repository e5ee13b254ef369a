"""The dates of a mission as a file that calendars read (RFC 5545): whole days, stable names."""

from datetime import UTC, date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.kernel import clock
from missions.models import Instalment, Mission, Report


def dates_of(mission: Mission) -> list[tuple[str, date, str]]:
    """What happens when: a name that never changes, the day, and its words, in order."""
    quote = mission.quote
    rows = [
        (
            "start",
            clock.local_day(mission.started_at) if mission.started_at else quote.starts_on,
            _("First day"),
        )
    ]
    for instalment in mission.instalments.all():
        if instalment.state == Instalment.State.ASKED and instalment.due_at:
            words = _("Instalment %(n)d to pay") % {"n": instalment.number}
            rows.append((f"instalment-{instalment.number}", clock.local_day(instalment.due_at), words))
    for report in mission.reports.filter(state=Report.State.SENT):
        words = _("Activity report to validate")
        rows.append((f"report-{report.month:%Y-%m}", clock.local_day(report.due_at), words))
    if mission.review_due_at:
        rows.append(("review", clock.local_day(mission.review_due_at), _("End review to answer")))
    if mission.closed_at:
        rows.append(("closed", clock.local_day(mission.closed_at), _("Closed")))
    else:
        rows.append(("end", mission.ends_on, _("Expected end")))
    return sorted(rows, key=lambda row: row[1])


def write(mission: Mission) -> bytes:
    """The dates of a mission, in the reader's language."""
    from icalendar import Calendar, Event  # loaded by who needs it

    page = settings.SITE_URL + mission.get_absolute_url()
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//missions//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name, day, words in dates_of(mission):
        event = Event()
        event.add("uid", f"{mission.public_id}-{name}@{settings.SITE_NAME.lower()}")
        event.add("dtstamp", clock.now().astimezone(UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", f"{words} · {mission.title}")
        event.add("url", page)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
