"""Say when one takes calls. Calls already booked stay where they are, whatever changes here."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel.errors import Refusal
from offers.models import CalendarDay, CallCalendar, WeeklyHours

Ranges = Sequence[tuple[time, time]]


def calendar_of(expert: User) -> CallCalendar:
    """An expert's hours, as they stand or as they would begin: nothing is written."""
    return CallCalendar.objects.filter(expert=expert).first() or CallCalendar(expert=expert)


def _locked(expert: User) -> CallCalendar:
    CallCalendar.objects.get_or_create(expert=expert)
    return CallCalendar.objects.select_for_update(no_key=True).get(expert=expert)


@transaction.atomic
def set_hours(expert: User, *, week: Mapping[int, Ranges], **terms: Any) -> CallCalendar:
    """Replace the hours of the week (0 is Monday), and the zone, notice, pause and horizon that are given."""
    calendar = _locked(expert)
    for name, value in terms.items():
        setattr(calendar, name, value)
    calendar.save()
    calendar.hours.all().delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(calendar=calendar, weekday=weekday, start=start, end=end)
        for weekday, ranges in week.items()
        for start, end in ranges
    )
    return calendar


@transaction.atomic
def add_day(expert: User, *, day: date, ranges: Ranges = (), closes: bool = False) -> CallCalendar:
    """Close a day, or open it at times of its own besides (or, closed too, instead of) its usual ones.

    Saying it again replaces what was said of that day.
    """
    if not ranges and not closes:
        raise Refusal(_("Say when you take calls on that day, or close it."))
    calendar = _locked(expert)
    calendar.days.filter(date=day).delete()
    rows = [CalendarDay(calendar=calendar, date=day, start=start, end=end) for start, end in ranges]
    if closes:
        rows.append(CalendarDay(calendar=calendar, date=day))
    try:
        with transaction.atomic():
            CalendarDay.objects.bulk_create(rows)
    except IntegrityError:
        raise Refusal(_("These hours overlap. Nothing was changed.")) from None
    return calendar


@transaction.atomic
def remove_day(expert: User, *, day: date) -> None:
    """Let a day be like its week again. Doing it twice changes nothing."""
    CalendarDay.objects.filter(calendar__expert=expert, date=day).delete()
