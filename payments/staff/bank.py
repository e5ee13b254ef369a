"""The operator's own bank: statements read in, transfers matched, files of transfers under four eyes."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.filters import EmptyFieldListFilter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from marketplace.kernel.errors import Refusal
from marketplace.kernel.staff import (
    ReasonForm,
    StaffAct,
    StaffActs,
    cents,
    link,
    moment,
    second_factor_first,
    titled,
    words,
)
from payments import bank
from payments.models import BankLine, BankStatement, Payment, SepaBatch
from payments.staff.base import MoneyAdmin


class StatementForm(forms.ModelForm):
    """A file of the bank."""

    upload = forms.FileField(
        label=gettext_lazy("Bank statement"),
        help_text=gettext_lazy("camt.053, or CSV with the columns date, amount, name, iban, reference."),
    )

    class Meta:
        model = BankStatement
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, actor: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        try:
            self.instance = bank.import_statement(upload.read(), name=upload.name, actor=self.actor)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return upload


@admin.register(BankStatement)
class BankStatementAdmin(MoneyAdmin):
    """Files of the bank that were read in."""

    form = StatementForm
    list_display = (
        words("name", gettext_lazy("file")),
        link("imported_by", gettext_lazy("read in by")),
        moment("imported_at", gettext_lazy("read in on")),
    )
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.add_bankstatement")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Reading a statement in pays the orders it names: the second factor comes first."""
        return second_factor_first(request) or super().add_view(request, form_url, extra_context)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("upload",) if obj is None else ("name", "imported_by", "imported_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else ("name", "imported_by", "imported_at")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is not None:
            return form

        class Signed(form):  # type: ignore[valid-type]
            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(*args, actor=request.user, **options)

        return Signed

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Reading the file in has written everything."""


class MatchForm(ReasonForm):
    """Which payment a transfer is for."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of the payment"),
        help_text=gettext_lazy("As J-24817, or the reference of the transfer."),
    )
    field_order = ("reference", "reason")

    def clean_reference(self) -> Any:
        typed = self.cleaned_data["reference"].strip()
        waiting = Payment.objects.filter(reference=typed).order_by("received_at", "pk")
        payment = (
            bank.payment_of(typed) or waiting.filter(state__in=Payment.UNPAID).first() or waiting.first()
        )
        if payment is None:
            raise forms.ValidationError(gettext_lazy("No payment has this reference."))
        return payment


@admin.register(BankLine)
class BankLineAdmin(StaffActs, MoneyAdmin):
    """Transfers that came in at our bank."""

    list_display = (
        words("booked_on", gettext_lazy("booked on")),
        words("sender", gettext_lazy("sender")),
        words("words", gettext_lazy("words of the transfer")),
        link("payment", gettext_lazy("payment")),
        moment("returned_at", gettext_lazy("sent back on")),
        cents("excess_cents", gettext_lazy("to send back")),
        cents("amount_cents", gettext_lazy("amount")),
    )
    list_filter = (("payment", titled(EmptyFieldListFilter, gettext_lazy("matched"))),)
    list_select_related = ("payment",)
    search_fields = ("sender", "words", "payment__reference")
    ordering = ("-booked_on", "-pk")
    fields = (
        words("booked_on", gettext_lazy("booked on")),
        cents("amount_cents", gettext_lazy("amount")),
        words("sender", gettext_lazy("sender")),
        words("iban", gettext_lazy("sender's account")),
        words("words", gettext_lazy("words of the transfer")),
        link("payment", gettext_lazy("payment")),
        moment("matched_at", gettext_lazy("matched on")),
        cents("excess_cents", gettext_lazy("to send back")),
        moment("returned_at", gettext_lazy("sent back on")),
    )
    acts = (
        StaffAct(
            name="match",
            moves_money=True,
            label=gettext_lazy("Match with a payment"),
            consequence=gettext_lazy(
                "The right amount pays the order. Too little keeps it waiting, too much leaves a rest to send back."
            ),
            done=gettext_lazy("The transfer is matched."),
            perform=lambda line, actor, answers: bank.match(line, answers["reference"]),
            applies=lambda line: line.payment_id is None and line.returned_at is None,
            form=MatchForm,
        ),
        StaffAct(
            name="send-back",
            moves_money=True,
            label=gettext_lazy("Mark as sent back"),
            consequence=gettext_lazy("Do this once our bank has sent it back to its sender."),
            done=gettext_lazy("The transfer is marked as sent back."),
            perform=lambda line, actor, answers: bank.send_back(line),
            applies=lambda line: (
                line.returned_at is None and (line.payment_id is None or line.excess_cents > 0)
            ),
        ),
    )


@admin.register(SepaBatch)
class SepaBatchAdmin(StaffActs, MoneyAdmin):
    """Files of transfers for our bank: one person makes them, another approves them."""

    list_display = (
        "__str__",
        link("created_by", gettext_lazy("made by")),
        moment("created_at", gettext_lazy("made on")),
        link("approved_by", gettext_lazy("approved by")),
        moment("approved_at", gettext_lazy("approved on")),
        cents("total_cents", gettext_lazy("amount"), sort=""),
    )
    ordering = ("-pk",)
    fields = (
        link("created_by", gettext_lazy("made by")),
        moment("created_at", gettext_lazy("made on")),
        link("approved_by", gettext_lazy("approved by")),
        moment("approved_at", gettext_lazy("approved on")),
        cents("total_cents", gettext_lazy("amount")),
        "transfers",
        "file",
    )
    acts = (
        StaffAct(
            name="approve",
            moves_money=True,
            label=gettext_lazy("Approve the file"),
            consequence=gettext_lazy(
                "The file can be taken to the bank, and its withdrawals are on their way."
            ),
            done=gettext_lazy("The file is approved."),
            perform=lambda batch, actor, answers: bank.approve_batch(batch, actor=actor),
            applies=lambda batch: batch.approved_at is None,
        ),
    )

    @admin.display(description=gettext_lazy("withdrawals"))
    def transfers(self, batch: Any) -> str:
        return ", ".join(str(withdrawal) for withdrawal in batch.withdrawals.order_by("pk"))

    @admin.display(description=gettext_lazy("file"))
    def file(self, batch: Any) -> Any:
        if batch.approved_at is None:
            return gettext_lazy("After the approval")
        url = reverse("admin:payments_sepabatch_file", args=[batch.pk])
        return format_html('<a href="{}">{}.xml</a>', url, batch)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.add_sepabatch")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Gather what waits; asked once more by the page of the file itself, where another person approves."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if asked := second_factor_first(request):
            return asked
        if request.method != "POST":
            return super().add_view(request, form_url, extra_context)
        try:
            batch = bank.make_batch(actor=request.user)  # type: ignore[arg-type]
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:payments_sepabatch_changelist"))
        self.log_addition(request, batch, [{"added": {}}])
        return HttpResponseRedirect(reverse("admin:payments_sepabatch_change", args=[batch.pk]))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else ()

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:pk>/file/", self.admin_site.admin_view(self.file_view), name="payments_sepabatch_file"
        )
        return [own, *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file itself, for those who may approve."""
        if not request.user.has_perm("payments.change_sepabatch"):
            raise PermissionDenied
        if asked := second_factor_first(request):
            return asked
        batch = get_object_or_404(SepaBatch, pk=pk)
        try:
            content = bank.file_of(batch)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:payments_sepabatch_change", args=[pk]))
        return HttpResponse(
            content,
            content_type="application/xml",
            headers={"Content-Disposition": f'attachment; filename="{batch}.xml"'},
        )
