"""Hours as people write them: « 9 h – 12 h 30, 14 h – 18 h », one line a day."""

import datetime
import itertools
import re
from datetime import time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marketplace.kernel import clock, zones
from offers.models import WEEKDAYS, CallCalendar
from offers.models.calendars import said
from offers.slots import exists

CLOCK = r"(\d{1,2})(?:\s*(?:h|:|\.)\s*(\d{2})?)?"
RANGE = re.compile(rf"^{CLOCK}\s*(?:-|–|—|to)\s*{CLOCK}$", re.IGNORECASE)
SHORTEST = timedelta(minutes=15)
NOTICES = (2, 4, 12, 24, 48, 72, 168)
PAUSES = (0, 5, 10, 15, 30, 60)
HORIZONS = (7, 14, 30, 60, 90)


class HoursField(forms.CharField):
    """Ranges of a day, separated by commas; cleans to a list of (from, to), in order and without overlap."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", 120)
        widget = forms.TextInput({"autocomplete": "off", "placeholder": "09:00–12:00, 14:00–18:00"})
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> list[tuple[time, time]]:
        text = super().clean(value)
        ranges = sorted(_range(part.strip()) for part in re.split(r"[,;]", text) if part.strip())
        for (_start, end), (start, _end) in itertools.pairwise(ranges):
            if start < end:
                raise ValidationError(_("These hours overlap."), code="overlap")
        return ranges


def _range(text: str) -> tuple[time, time]:
    match = RANGE.match(text)
    if match is None:
        raise ValidationError(
            _("Write hours like 09:00–12:30, with a comma between two ranges."), code="hours"
        )
    first, first_minute, last, last_minute = match.groups()
    try:
        start = time(int(first), int(first_minute or 0))
        end = (
            time(23, 59)
            if int(last) == 24 and not int(last_minute or 0)
            else time(int(last), int(last_minute or 0))
        )
    except ValueError:
        raise ValidationError(
            _("“%(text)s” is not a time of the day."), code="time", params={"text": text}
        ) from None
    if _minutes(end) - _minutes(start) < SHORTEST.seconds // 60:
        raise ValidationError(
            _("“%(text)s”: the end comes at least a quarter of an hour after the start."),
            code="order",
            params={"text": text},
        )
    return start, end


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def written(ranges: list[tuple[time, time]]) -> str:
    """Ranges as the field takes them."""
    return ", ".join(said(start, end) for start, end in ranges)


class WeekForm(forms.Form):
    """The hours of a week and the rules of booking."""

    time_zone = forms.ChoiceField(label=_("Your time zone"))
    notice_hours = forms.TypedChoiceField(label=_("Minimum notice"), coerce=int)
    buffer_minutes = forms.TypedChoiceField(label=_("Pause after each call"), coerce=int)
    horizon_days = forms.TypedChoiceField(label=_("How far ahead"), coerce=int)

    def __init__(self, *args: Any, calendar: CallCalendar, **options: Any) -> None:
        super().__init__(*args, **options)
        self.calendar = calendar
        week: dict[int, list[tuple[time, time]]] = {}
        for hours in calendar.hours.all() if calendar.pk else []:
            week.setdefault(hours.weekday, []).append((hours.start, hours.end))
        for weekday, label in WEEKDAYS:
            self.fields[f"day_{weekday}"] = HoursField(label=label, initial=written(week.get(weekday, [])))
        for name, options_, words in (
            ("notice_hours", NOTICES, ngettext_lazy("%(n)s hour", "%(n)s hours", "n")),
            ("buffer_minutes", PAUSES, ngettext_lazy("%(n)s minute", "%(n)s minutes", "n")),
            ("horizon_days", HORIZONS, ngettext_lazy("%(n)s day", "%(n)s days", "n")),
        ):
            value = getattr(calendar, name)
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (n, words % {"n": n}) for n in sorted({*options_, value})
            ]
            self.fields[name].initial = value
        zone = self.fields["time_zone"]
        zone.choices = zones.choices(clock.now(), calendar.time_zone)  # type: ignore[attr-defined]
        zone.initial = calendar.time_zone

    @property
    def days(self) -> list[Any]:
        """The line of each day, Monday first."""
        return [self[f"day_{weekday}"] for weekday, _label in WEEKDAYS]

    @property
    def week(self) -> dict[int, list[tuple[time, time]]]:
        return {weekday: self.cleaned_data[f"day_{weekday}"] for weekday, _label in WEEKDAYS}

    @property
    def terms(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name]
            for name in ("time_zone", "notice_hours", "buffer_minutes", "horizon_days")
        }


class DayForm(forms.Form):
    """A day that differs from its week: closed, or open at hours of its own."""

    date = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day that differs."),
            "invalid": _("Choose the day that differs."),
        },
    )
    kind = forms.ChoiceField(
        label=_("What changes"),
        choices=[
            ("closed", _("No call on that day")),
            ("instead", _("Other hours than usual")),
            ("besides", _("More hours than usual")),
        ],
    )
    hours = HoursField(label=_("Hours"), help_text=_("Leave empty when you take no call on that day."))

    def __init__(self, *args: Any, calendar: CallCalendar, **options: Any) -> None:
        super().__init__(*args, **options)
        self.calendar = calendar

    def clean_date(self) -> "datetime.date":
        day: datetime.date = self.cleaned_data["date"]
        today = self.calendar.today(clock.now())
        if day < today:
            raise ValidationError(_("This day has passed."), code="past")
        if day > today + timedelta(days=366):
            raise ValidationError(_("Choose a day within a year."), code="far")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if cleaned["kind"] == "closed":
            cleaned["hours"] = []
        elif not cleaned["hours"]:
            self.add_error("hours", _("Say when you take calls on that day."))
        for start, end in cleaned.get("hours", []):
            zone = self.calendar.zone
            if not exists(cleaned["date"], start, zone) or not exists(cleaned["date"], end, zone):
                self.add_error(
                    "hours", _("Clocks skip this hour on that day: summer time begins. Choose another one.")
                )
                break
        return cleaned
