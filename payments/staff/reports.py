"""Exports of the books, the declaration of sellers, experts' statements and electronic invoices, for finance."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.staff import (
    EMPTY,
    Queue,
    StaffAct,
    StaffActs,
    badge,
    link,
    moment,
    moment_words,
    titled,
    waits_for_staff,
    words,
)
from payments.models import BooksExport, InvoiceDispatch, LedgerTransaction, Statement
from payments.reporting import einvoicing, exports, periods
from payments.reporting.dac7.sellers import sellers_of
from payments.staff.base import MoneyAdmin

EXPORT_TONES = {"asked": "info", "ready": "ok", "failed": "bad"}
DISPATCH_TONES = {"waiting": "info", "200": "info", "212": "ok", "210": "bad", "213": "bad"}
STATE = gettext_lazy("state")
MONTHS = 36


def _first_day() -> date:
    first = LedgerTransaction.objects.aggregate(first=Min("occurred_at"))["first"]
    return timezone.localtime(first).date() if first else clock.today()


def entry_periods() -> list[tuple[str, str]]:
    """The accounting years and months that are over, the latest first."""
    first, today = _first_day(), clock.today()
    found: list[tuple[str, str]] = []
    fiscal = periods.fiscal_year_of(today)
    while (fiscal := periods.fiscal_year_of(fiscal.first - timedelta(days=1))).last >= first:
        found.append((str(fiscal.last.year), _("Accounting year %(period)s") % {"period": fiscal.words}))
    month = periods.month(periods.month(today).first - timedelta(days=1))
    for _number in range(MONTHS):
        if month.last < first:
            break
        found.append((f"{month.first:%Y-%m}", month.words))
        month = periods.month(month.first - timedelta(days=1))
    return found


class EntriesForm(forms.ModelForm):
    """Which part of the books."""

    period = forms.ChoiceField(
        label=gettext_lazy("Period"),
        help_text=gettext_lazy(
            "Wait until the fifth of the month: payments of the last days may still be told by the provider."
        ),
    )

    class Meta:
        model = BooksExport
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, actor: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["period"].choices = entry_periods()  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        chosen: str = self.cleaned_data["period"]
        whole = (
            periods.fiscal_year(int(chosen))
            if chosen.isdigit()
            else periods.month(date.fromisoformat(f"{chosen}-01"))
        )
        try:
            self.instance = exports.ask_for_entries(whole, actor=self.actor)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return chosen


@admin.register(BooksExport)
class BooksExportAdmin(StaffActs, MoneyAdmin):
    """Files for the accountant and the tax office: asked for here, made by a worker, downloaded from their page."""

    form = EntriesForm
    change_list_template = "admin/payments/exports.html"
    list_display = (
        "__str__",
        words("get_kind_display", gettext_lazy("kind"), sort="kind"),
        words("first_day", gettext_lazy("from")),
        words("last_day", gettext_lazy("to")),
        badge("state", STATE, EXPORT_TONES),
        words("lines", gettext_lazy("lines")),
        moment("made_at", gettext_lazy("made on")),
        moment("sent_at", gettext_lazy("sent on")),
        "download",
    )
    list_filter = (
        ("kind", titled(ChoicesFieldListFilter, gettext_lazy("kind"))),
        ("state", titled(ChoicesFieldListFilter, STATE)),
    )
    ordering = ("-pk",)
    shown = (
        badge("state", STATE, EXPORT_TONES),
        words("get_kind_display", gettext_lazy("kind")),
        words("first_day", gettext_lazy("from")),
        words("last_day", gettext_lazy("to")),
        "download",
        words("problem", gettext_lazy("problem")),
        words("lines", gettext_lazy("lines")),
        "later",
        words("digest", gettext_lazy("SHA-256")),
        link("asked_by", gettext_lazy("asked by")),
        moment("asked_at", gettext_lazy("asked on")),
        moment("made_at", gettext_lazy("made on")),
        moment("sent_at", gettext_lazy("sent on")),
    )
    acts = (
        StaffAct(
            name="sent",
            label=gettext_lazy("Mark as sent to the tax office"),
            consequence=gettext_lazy(
                "Do this once the tax office has taken the file. Every seller in it gets a copy of their part and is told; what you send later corrects this file."
            ),
            done=gettext_lazy("The file is marked as sent. Sellers get their copies."),
            perform=lambda export, actor, answers: exports.mark_sent(export),
            applies=lambda export: export.kind == "dac7" and export.is_ready and export.sent_at is None,
        ),
    )

    @admin.display(description=gettext_lazy("file"))
    def download(self, export: BooksExport) -> SafeString | str:
        if not export.is_ready:
            return EMPTY
        address = reverse("books_export_file", args=(export.public_id,))
        return format_html('<a href="{}" download>{}</a>', address, export.name)

    @admin.display(description=gettext_lazy("recorded since"))
    def later(self, export: BooksExport) -> str:
        count = exports.came_later(export)
        if not count:
            return _("Nothing: the file is complete")
        return _("Movements of this period: %(count)s. Make the file again") % {"count": count}

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.add_booksexport")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("period",) if obj is None else self.shown

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else self.shown

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is not None:
            return form

        class Signed(form):  # type: ignore[valid-type]
            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(*args, actor=request.user, **options)

        return Signed

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Asking has written the row."""

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "declaration/",
            self.admin_site.admin_view(self.declaration_view),
            name="payments_booksexport_declaration",
        )
        return [own, *super().get_urls()]

    def declaration_view(self, request: HttpRequest) -> HttpResponse:
        """The sellers of a year as they would be declared, what is missing of each, and the button that makes the file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        this_year = clock.today().year
        years = list(range(this_year, _first_day().year - 1, -1))
        typed = request.POST.get("year") or request.GET.get("year", "")
        year = int(typed) if typed.isdigit() and int(typed) in years else max(this_year - 1, years[-1])
        if request.method == "POST":
            return self._ask(request, year)
        sellers = sellers_of(year)
        known = exports.declared_in(year)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Declaration of sellers (DAC7)"),
            "opts": self.opts,
            "year": str(year),
            "years": [str(number) for number in years],
            "is_over": year < this_year,
            "rows": [(seller, _standing(seller, known)) for seller in sellers],
            "total_cents": sum(seller.consideration_cents for seller in sellers if seller.is_declared),
            "fees_cents": sum(seller.fees_cents for seller in sellers if seller.is_declared),
            "incomplete": sum(bool(seller.missing) for seller in sellers if seller.is_declared),
            "known": known,
            "may_ask": self.has_add_permission(request),
            "files": BooksExport.objects.filter(kind="dac7", last_day=date(year, 12, 31)),
            "due": date(year + 1, 1, 31),
        }
        return TemplateResponse(request, "admin/payments/declaration.html", context)

    def _ask(self, request: HttpRequest, year: int) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        try:
            export = exports.ask_for_declaration(
                year,
                actor=request.user,  # type: ignore[arg-type]
                corrects="corrects" in request.POST,
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(f"{request.path}?year={year}")
        self.log_addition(request, export, [{"added": {}}])
        messages.success(request, _("The file is being made: load this page again in a moment."))
        return HttpResponseRedirect(reverse("admin:payments_booksexport_change", args=[export.pk]))


def _standing(seller: Any, known: dict[str, str]) -> tuple[str, str]:
    """A word and its colour: whether a seller is declared, would be, or is kept out."""
    if seller.key in known:
        return _("declared"), "ok"
    if not seller.is_declared:
        return _("not to be declared"), "neutral"
    if not seller.can_be_written:
        return _("cannot be written"), "bad"
    return (_("incomplete"), "warn") if seller.missing else (_("complete"), "ok")


@admin.register(Statement)
class StatementAdmin(MoneyAdmin):
    """Statements that experts have, as they were made."""

    list_display = (
        words("name", gettext_lazy("file")),
        link("expert", gettext_lazy("expert"), sort="expert__last_name"),
        words("get_kind_display", gettext_lazy("kind"), sort="kind"),
        words("first_day", gettext_lazy("from")),
        moment("made_at", gettext_lazy("made on")),
        "download",
    )
    list_filter = (("kind", titled(ChoicesFieldListFilter, gettext_lazy("kind"))),)
    list_select_related = ("expert",)
    search_fields = ("expert__email", "name")
    ordering = ("-pk",)
    fields = (
        words("name", gettext_lazy("file")),
        link("expert", gettext_lazy("expert")),
        words("get_kind_display", gettext_lazy("kind")),
        words("first_day", gettext_lazy("from")),
        "download",
        words("digest", gettext_lazy("SHA-256")),
        moment("made_at", gettext_lazy("made on")),
    )

    @admin.display(description=gettext_lazy("file"))
    def download(self, statement: Statement) -> SafeString:
        address = reverse("statement_file", args=(statement.public_id,))
        return format_html('<a href="{}" download>{}</a>', address, _("Download"))


@admin.register(InvoiceDispatch)
class InvoiceDispatchAdmin(StaffActs, MoneyAdmin):
    """Invoices on their way to the approved platform."""

    list_display = (
        words("invoice.number", gettext_lazy("number"), sort="invoice__number"),
        link("invoice", gettext_lazy("invoice"), sort=""),
        badge("status", gettext_lazy("status"), DISPATCH_TONES),
        words("reference", gettext_lazy("reference of the platform")),
        words("attempts", gettext_lazy("attempts")),
        words("problem", gettext_lazy("problem")),
        moment("created_at", gettext_lazy("created on")),
    )
    list_filter = (("status", titled(ChoicesFieldListFilter, gettext_lazy("status"))),)
    list_select_related = ("invoice",)
    search_fields = ("invoice__number", "invoice__reference", "reference")
    ordering = ("-pk",)
    fields = (
        link("invoice", gettext_lazy("invoice")),
        badge("status", gettext_lazy("status"), DISPATCH_TONES),
        words("reference", gettext_lazy("reference of the platform")),
        "history_lines",
        words("attempts", gettext_lazy("attempts")),
        words("problem", gettext_lazy("problem")),
        moment("next_attempt_at", gettext_lazy("next attempt")),
        moment("created_at", gettext_lazy("created on")),
    )
    acts = (
        StaffAct(
            name="again",
            label=gettext_lazy("Send again"),
            consequence=gettext_lazy(
                "The invoice is handed to the platform once more, within minutes. Nothing about the invoice changes."
            ),
            done=gettext_lazy("The invoice will be handed over again."),
            perform=lambda dispatch, actor, answers: einvoicing.send_again(dispatch),
            applies=lambda dispatch: (
                dispatch.next_attempt_at is None and dispatch.status in ("213", "waiting")
            ),
        ),
        StaffAct(
            name="settle",
            label=gettext_lazy("Note as settled"),
            consequence=gettext_lazy(
                "The buyer refused this invoice through the platform. Do this once you agreed with them and the expert: "
                "a refund writes the credit note. Nothing leaves from here."
            ),
            done=gettext_lazy("The refusal is noted as settled."),
            perform=lambda dispatch, actor, answers: einvoicing.settle(dispatch),
            applies=lambda dispatch: dispatch.status == "210" and bool(dispatch.problem),
        ),
    )

    @admin.display(description=gettext_lazy("life cycle"))
    def history_lines(self, dispatch: InvoiceDispatch) -> str:
        labels = dict(InvoiceDispatch.Status.choices)
        steps = [
            f"{moment_words(datetime.fromisoformat(step['at']))} {step['status']} {labels.get(step['status'], '')}"
            for step in dispatch.history
        ]
        return " · ".join(steps) or EMPTY


waits_for_staff(
    Queue(
        label=gettext_lazy("Exports of the books that could not be made"),
        rows=lambda: BooksExport.objects.filter(
            state=BooksExport.State.FAILED, asked_at__gt=clock.now() - timedelta(days=30)
        ),
        since="asked_at",
        query="state__exact=failed",
    )
)
waits_for_staff(
    Queue(
        label=gettext_lazy("Electronic invoices that the platform did not take"),
        rows=lambda: InvoiceDispatch.objects.filter(
            next_attempt_at=None, status__in=[InvoiceDispatch.Status.REJECTED, InvoiceDispatch.Status.WAITING]
        ),
        since="created_at",
        query="next_attempt_at__isnull=True&status__in=waiting,213",
        tone="bad",
    )
)
waits_for_staff(
    Queue(
        label=gettext_lazy("Invoices that their buyers refused"),
        rows=lambda: InvoiceDispatch.objects.filter(status=InvoiceDispatch.Status.REFUSED).exclude(
            problem=""
        ),
        since="created_at",
        query="status__exact=210",
        tone="bad",
    )
)
