"""The dashboard page where experts say when they take calls."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import experts_only, person
from accounts.models import TimeOff, User
from marketplace.kernel import clock
from marketplace.kernel.errors import refusals_as_messages
from offers import calendar_actions as actions
from offers import openings
from offers.forms.calendar import DayForm, WeekForm
from offers.models import CalendarDay, Offer

SHOWN_CALL = 30
"""Minutes: the call the preview speaks of, when the expert sells none yet."""


@experts_only
def hours(request: HttpRequest) -> HttpResponse:
    """The week, the days that differ, the rules, and what buyers would be offered now."""
    expert = person(request)
    calendar = actions.calendar_of(expert)
    form = WeekForm(request.POST if request.method == "POST" else None, calendar=calendar)
    if request.method == "POST" and form.is_valid():
        actions.set_hours(expert, week=form.week, **form.terms)
        messages.success(request, _("Your hours are saved. Calls already booked stay where they are."))
        return redirect("call_hours")
    return _page(request, expert, form, None)


@experts_only
def day(request: HttpRequest) -> HttpResponse:
    """Close a day, or open it at other hours."""
    expert = person(request)
    calendar = actions.calendar_of(expert)
    if request.method != "POST":
        return redirect("call_hours")
    form = DayForm(request.POST, calendar=calendar)
    if not form.is_valid():
        return _page(request, expert, WeekForm(calendar=calendar), form)
    with refusals_as_messages(request):
        actions.add_day(
            expert,
            day=form.cleaned_data["date"],
            ranges=form.cleaned_data["hours"],
            closes=form.cleaned_data["kind"] != "besides",
        )
        messages.success(request, _("This day is saved."))
    return redirect("call_hours")


@experts_only
@require_POST
def day_removal(request: HttpRequest) -> HttpResponse:
    """Let a day be like its week again."""
    form = DayForm(request.POST, calendar=actions.calendar_of(person(request)))
    form.is_valid()
    if "date" in form.cleaned_data:
        actions.remove_day(person(request), day=form.cleaned_data["date"])
        messages.success(request, _("This day is as usual again."))
    return redirect("call_hours")


def _page(request: HttpRequest, expert: User, form: WeekForm, day_form: DayForm | None) -> HttpResponse:
    now = clock.now()
    calendar = form.calendar
    today = calendar.today(now)
    offers = list(Offer.objects.of(expert).kept().filter(kind=Offer.Kind.CALL).order_by("call_minutes"))
    minutes = (offers[0].call_minutes if offers else None) or SHOWN_CALL
    bound = form if form.is_bound else day_form
    context: dict[str, Any] = {
        "section": "hours",
        "week_form": form,
        "day_form": day_form or DayForm(calendar=calendar),
        "form": bound,
        "calendar": calendar,
        "days": _differing(calendar.days.filter(date__gte=today)) if calendar.pk else [],
        "time_off": TimeOff.objects.of(expert).not_over(today),
        "call_offers": offers,
        "minutes": minutes,
        "strip": openings.strip(expert, minutes=minutes, zone=calendar.time_zone, days=5),
        "is_new": calendar.pk is None,
    }
    return render(request, "offers/hours.html", context, status=422 if bound and bound.errors else 200)


def _differing(rows: Any) -> list[dict[str, Any]]:
    """One line a day: its date, and its hours in words; none when it is closed."""
    days: dict[Any, dict[str, Any]] = {}
    row: CalendarDay
    for row in rows:
        line = days.setdefault(row.date, {"date": row.date, "hours": [], "instead": False})
        if row.is_closed:
            line["instead"] = True
        else:
            line["hours"].append(row.said)
    return list(days.values())
