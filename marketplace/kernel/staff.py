"""What every page of the administration leans on: rows that are read and never edited, and buttons with a reason.

Staff change states and money through the same actions as everyone else. A button says what it will do, asks why,
shows the exact outcome first where money moves, and leaves a line in the history of the row.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, cast

from allauth.account.authentication import get_authentication_records
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.money import NBSP, format_money

EMPTY = "–"
Shown = Callable[[Any], Any]


# Columns and lines


def _reach(row: Any, name: str) -> Any:
    for part in name.split("."):
        row = getattr(row, part, None)
        if row is None:
            return None
    return row() if callable(row) else row


def _column(draw: Callable[[Any], Any], name: str, label: Any, css: str, sort: str | None) -> Shown:
    def shown(row: Any) -> Any:
        value = _reach(row, name)
        return EMPTY if value in (None, "", [], {}) else draw(value)

    return _named(
        shown, f"{css}_{name.replace('.', '_')}", label, sort if sort is not None else name.replace(".", "__")
    )


def _named(shown: Any, name: str, label: Any, sort: str) -> Shown:
    """Tell Django, the templates and the style sheet what a column is called."""
    shown.__name__ = shown.css = name
    shown.do_not_call_in_templates = True
    shown.short_description = label
    if sort:
        shown.admin_order_field = sort
    found: Shown = shown
    return found


def words(name: str, label: Any, *, sort: str | None = None) -> Shown:
    """A line or a column of text. ``name`` may cross relations with dots; ``sort=""`` when it cannot be sorted."""
    return _column(
        lambda value: ", ".join(map(str, value)) if isinstance(value, list) else str(value),
        name,
        label,
        "words",
        sort,
    )


def cents(name: str, label: Any, *, sort: str | None = None) -> Shown:
    """An amount in cents, shown as money and aligned on the right."""
    return _column(lambda value: format_money(int(value), full=True), name, label, "money", sort)


def moment(name: str, label: Any, *, sort: str | None = None) -> Shown:
    """A date and time of Paris, short and the same in every language."""
    return _column(moment_words, name, label, "moment", sort)


def moment_words(value: datetime) -> str:
    day, clock = (formats.date_format(timezone.localtime(value), shape) for shape in ("j N Y", "H:i"))
    return f"{day.replace(' ', NBSP)} {clock}"


def link(name: str, label: Any, *, text: str = "", sort: str | None = None) -> Shown:
    """Another row, with the way to its own page. ``text`` names the attribute to show instead of its name."""
    shown: Any = _column(
        lambda row: row_link(row, _reach(row, text) if text else None), name, label, "link", sort
    )
    shown.leads = True
    return cast(Shown, shown)


def row_link(row: models.Model, text: Any = None) -> SafeString | str:
    """A link to the page of a row, or its name alone where it has none."""
    meta = row._meta
    try:
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[quote(row.pk)])
    except NoReverseMatch:
        return str(text or row)
    return format_html('<a href="{}">{}</a>', url, text or row)


def badge(name: str, label: Any, tones: dict[str, str], *, sort: str | None = None) -> Shown:
    """A state as a coloured word. ``name`` is a field with choices, ``tones`` its colours by value."""

    def shown(row: Any) -> Any:
        value = getattr(row, name)
        return pill(getattr(row, f"get_{name}_display")(), tones.get(value, "neutral"))

    return _named(shown, f"badge_{name}", label, sort or name)


def pill(text: Any, tone: str = "neutral") -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', tone, text)


def titled(base: type[admin.FieldListFilter], title: Any) -> type[admin.FieldListFilter]:
    """A stock filter of a list, under a title of ours."""

    class Titled(base):  # type: ignore[valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled


# Rows that are read


class ReadOnly:
    """Whatever one's rank, these rows are not added, edited or deleted by hand."""

    change_form_template = "admin/staff_change_form.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Seeing needs the view permission, or the change permission, which here means pressing the buttons."""
        meta = self.opts  # type: ignore[attr-defined]
        user: Any = request.user
        return user.has_perm(f"{meta.app_label}.view_{meta.model_name}") or user.has_perm(
            f"{meta.app_label}.change_{meta.model_name}"
        )

    def get_list_display_links(self, request: HttpRequest, list_display: Sequence[Any]) -> Sequence[Any]:
        """The first column opens the row, unless it leads elsewhere already: one link never holds another."""
        chosen = getattr(self, "list_display_links", ())
        if chosen or not list_display:
            return chosen or ()
        return [
            next((shown for shown in list_display if not getattr(shown, "leads", False)), list_display[0])
        ]


class ReadOnlyRows(ReadOnly, admin.TabularInline):
    """The rows under another row."""

    extra = 0
    max_num = 0
    can_delete = False
    template = "admin/staff_rows.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the row above sees these."""
        return True


# What waits


@dataclass(frozen=True)
class Queue:
    """One kind of thing that waits for staff. ``rows`` gives those that wait, ``since`` names the column of their age,
    ``query`` the filters of the list that show them, ``tone`` the colour of the figure while there are any."""

    label: Any
    rows: Callable[[], models.QuerySet[Any]]
    since: str
    query: str = ""
    tone: str = "warn"


QUEUES: list[Queue] = []
"""What the apps announced, in the order they were loaded."""


def waits_for_staff(queue: Queue) -> None:
    """Show this queue on the first page of the administration, to those who may see its rows."""
    QUEUES.append(queue)


# Buttons


class ReasonForm(forms.Form):
    """Why staff do it. Kept in the history of the row."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        error_messages={"required": gettext_lazy("Give a reason.")},
    )

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row


@dataclass(frozen=True)
class StaffAct:
    """A button of staff.

    ``consequence`` says what follows before anyone confirms. ``perform(row, actor, answers)`` calls one action,
    which locks and looks again. ``preview(row, answers)`` gives the lines of the second step: an act that has
    one is carried out only after they were shown.
    """

    name: str
    label: Any
    consequence: Any
    done: Any
    perform: Callable[[Any, Any, dict[str, Any]], Any]
    applies: Callable[[Any], bool]
    permission: str = "change"
    form: type[ReasonForm] = ReasonForm
    preview: Callable[[Any, dict[str, Any]], Sequence[tuple[Any, Any]]] | None = None
    about: Callable[[Any], Sequence[tuple[Any, Any]]] | None = None
    """What one must have read to decide: lines above the form."""
    last_word: Any = ""
    """What the button of the second step says, where "Confirm" says too little."""
    dangerous: bool = False
    moves_money: bool = False
    """Asks for the second factor again, unless it was given within the last minutes."""


def second_factor_is_due(request: HttpRequest) -> bool:
    """Whether this person gave their second factor too long ago for an act that moves money."""
    if not settings.STAFF_SECOND_FACTOR:
        return False
    given = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record["method"] == "mfa"
    ]
    return not given or time.time() - max(given) > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def second_factor_first(request: HttpRequest) -> HttpResponse | None:
    """The way to give one's second factor again before an act that moves money; ``None`` when it is recent."""
    if not second_factor_is_due(request):
        return None
    query = urlencode({"next": request.path})
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")


class StaffActs:
    """Draws the buttons of a row and the page behind each: who, whether, why, then the action and a log line."""

    acts: ClassVar[Sequence[StaffAct]] = ()

    def get_urls(self) -> list[URLPattern]:
        meta = self.opts  # type: ignore[attr-defined]
        site = self.admin_site  # type: ignore[attr-defined]
        own = [
            path(
                f"<path:object_id>/{act.name}/",
                site.admin_view(partial(self.act_view, act=act)),
                name=f"{meta.app_label}_{meta.model_name}_{act.name}",
            )
            for act in self.acts
        ]
        return own + super().get_urls()

    def _allows(self, request: HttpRequest, act: StaffAct) -> bool:
        meta = self.opts  # type: ignore[attr-defined]
        user: Any = request.user
        return user.has_perm(f"{meta.app_label}.{act.permission}_{meta.model_name}")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        buttons = [
            act for act in self.acts if row is not None and self._allows(request, act) and act.applies(row)
        ]
        context = {**(extra_context or {}), "acts": [(act, self._act_url(act, row)) for act in buttons]}
        return super().change_view(request, object_id, form_url, context)

    def _act_url(self, act: StaffAct, row: models.Model) -> str:
        meta = self.opts  # type: ignore[attr-defined]
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{act.name}", args=[quote(row.pk)])

    def act_view(self, request: HttpRequest, object_id: str, act: StaffAct) -> HttpResponse:
        """Ask why, show what would happen, then do it and log it together: one never happens without the other."""
        if not self._allows(request, act):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if row is None:
            raise Http404
        meta = self.opts  # type: ignore[attr-defined]
        home = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[quote(row.pk)])
        if act.moves_money and (asked := second_factor_first(request)):
            return asked
        if not act.applies(row):
            messages.error(request, _("This is no longer possible: nothing was changed."))
            return HttpResponseRedirect(home)
        form = act.form(request.POST if request.method == "POST" else None, row=row)
        preview = None
        if request.method == "POST" and form.is_valid():
            if act.preview is None or "confirmed" in request.POST:
                self._carry_out(request, act, row, form.cleaned_data)
                return HttpResponseRedirect(home)
            if "correct" not in request.POST:
                preview = act.preview(row, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": act.label,
            "subtitle": str(row),
            "opts": meta,
            "original": row,
            "home": home,
            "act": act,
            "form": form,
            "about": act.about(row) if act.about else (),
            "two_steps": act.preview is not None,
            "preview": preview,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/staff_act.html", context, status=422 if form.errors else 200)

    def _carry_out(self, request: HttpRequest, act: StaffAct, row: Any, answers: dict[str, Any]) -> None:
        with refusals_as_messages(request), transaction.atomic():
            act.perform(row, request.user, answers)
            self.log_change(request, row, f"{capfirst(act.label)} – {self.log_words(answers)}")  # type: ignore[attr-defined]
            messages.success(request, act.done)

    def log_words(self, answers: dict[str, Any]) -> str:
        """What the history keeps: amounts as money, then the reason."""
        amounts = [
            format_money(value, full=True) for name, value in answers.items() if name.endswith("_cents")
        ]
        return " – ".join([*amounts, str(answers.get("reason", ""))])
