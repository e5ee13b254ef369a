"""The money of each day: a table, a small picture, and the total. Read from the ledger, for those who may see it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel import clock
from payments.models import DailyFigures
from payments.reporting import days, periods
from payments.staff.base import MoneyAdmin

DEFAULT_DAYS = 30
WIDTH, HEIGHT, GAP = 720, 120, 2


class DaysForm(forms.Form):
    """From which day to which."""

    first = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        elif first and last and (last - first).days >= days.MAX_DAYS:
            self.add_error("first", _("Choose a year at most."))
        return cleaned


@dataclass(frozen=True)
class Bar:
    """One day in the picture, in its own units, written as the picture wants them in every language."""

    x: str
    y: str
    width: str
    height: str
    day: days.Day


@admin.register(DailyFigures)
class DailyFiguresAdmin(MoneyAdmin):
    """One page, no rows of its own."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.view_dailyfigures")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        last = clock.today()
        chosen = {"first": last - timedelta(days=DEFAULT_DAYS - 1), "last": last}
        form = DaysForm(request.GET if "first" in request.GET else None, initial=chosen)
        if form.is_bound and form.is_valid():
            chosen = form.cleaned_data
        rows, total = days.figures(periods.Period(**chosen))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Daily figures"),
            "opts": self.opts,
            "form": form,
            "rows": list(reversed(rows)),
            "total": total,
            "bars": bars(rows),
            "width": WIDTH,
            "height": HEIGHT,
            "months": _months(last),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/payments/figures.html", context)


def bars(rows: list[days.Day]) -> list[Bar]:
    """The volume of each day as a bar: the highest fills the picture, a day with something shows at least a line."""
    highest = max((row.received_cents for row in rows), default=0) or 1
    step = WIDTH / max(1, len(rows))
    found = []
    for number, row in enumerate(rows):
        height = max(1 if row.received_cents else 0, row.received_cents * HEIGHT // highest)
        x = round(number * step)
        width = max(1, round((number + 1) * step) - x - GAP)
        found.append(Bar(str(x), str(HEIGHT - height), str(width), str(height), row))
    return found


def _months(today: date) -> list[periods.Period]:
    """This month and the five before it, to choose with one click."""
    found = [periods.month(today)]
    while len(found) < 6:
        found.append(periods.month(found[-1].first - timedelta(days=1)))
    return found
