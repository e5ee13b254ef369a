"""Staff read everything about money here and change nothing, whatever their rank."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import F, Model, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import format_money
from payments import escrow, inbox
from payments.models import (
    Discrepancy,
    Earning,
    EscrowHold,
    InboundEvent,
    LedgerAccount,
    LedgerPosting,
    LedgerTransaction,
    Payment,
    Refund,
)
from payments.outbox import after_commit


def _cents(name: str, label: Any) -> Any:
    """A column that writes an amount as people read it."""

    @admin.display(description=label, ordering=name)
    def column(self: Any, row: Any) -> str:
        value = getattr(row, name)
        return "" if value is None else format_money(value, full=True)

    return column


class ReadOnlyAdmin(admin.ModelAdmin):
    """Nothing is added, changed or deleted by hand."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class DiscrepancyInline(ReadOnlyInline):
    model = Discrepancy
    fields = ["kind", "expected_cents", "received_cents", "gateway_id", "noted_at", "settled_at"]
    readonly_fields = fields


class EscrowHoldInline(ReadOnlyInline):
    model = EscrowHold
    fields = ["state", "amount_cents", "released_cents", "refunded_cents", "net_cents", "commission_cents"]
    readonly_fields = fields


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ["reference", "payer", "payee", "amount", "method", "state", "created_at", "received_at"]
    list_filter = ["state", "method", "created_at"]
    list_select_related = ["payer", "payee"]
    search_fields = ["reference", "public_id", "gateway_id", "payer__email", "payee__email"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
    inlines = [EscrowHoldInline, DiscrepancyInline]
    amount = _cents("amount_cents", gettext_lazy("amount"))


@admin.register(Discrepancy)
class DiscrepancyAdmin(ReadOnlyAdmin):
    list_display = ["payment", "kind", "expected", "received", "noted_at", "settled_at"]
    list_filter = ["kind", ("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["payment"]
    search_fields = ["payment__reference", "gateway_id"]
    ordering = ["-noted_at"]
    expected = _cents("expected_cents", gettext_lazy("expected"))
    received = _cents("received_cents", gettext_lazy("received"))


@admin.register(EscrowHold)
class EscrowHoldAdmin(ReadOnlyAdmin):
    list_display = ["payment", "payee", "amount", "state", "released", "refunded", "held_at", "released_at"]
    list_filter = ["state", "held_at"]
    list_select_related = ["payment", "payee"]
    search_fields = ["payment__reference", "payee__email"]
    ordering = ["-held_at"]
    amount = _cents("amount_cents", gettext_lazy("amount"))
    released = _cents("released_cents", gettext_lazy("released"))
    refunded = _cents("refunded_cents", gettext_lazy("refunded"))


@admin.register(Earning)
class EarningAdmin(ReadOnlyAdmin):
    list_display = ["hold", "expert", "gross", "commission", "net", "released_at", "available_at"]
    list_filter = ["released_at", "available_at"]
    list_select_related = ["hold__payment", "expert"]
    search_fields = ["hold__payment__reference", "expert__email"]
    ordering = ["-released_at"]
    gross = _cents("gross_cents", gettext_lazy("released"))
    commission = _cents("commission_cents", gettext_lazy("commission"))
    net = _cents("net_cents", gettext_lazy("expert's part"))


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = ["reference", "amount", "state", "reason", "attempts", "created_at", "settled_at"]
    list_filter = ["state", "created_at"]
    list_select_related = ["hold__payment"]
    search_fields = ["hold__payment__reference", "public_id", "gateway_id"]
    ordering = ["-created_at"]
    actions = ["send_again"]
    amount = _cents("amount_cents", gettext_lazy("amount"))

    @admin.display(description=gettext_lazy("reference"))
    def reference(self, refund: Refund) -> str:
        return refund.hold.payment.reference

    @admin.action(description=gettext_lazy("Send the refunds that the bank refused again"))
    def send_again(self, request: HttpRequest, refunds: QuerySet[Refund]) -> None:
        sent = 0
        for refund in refunds:
            try:
                escrow.retry_refund(refund)
            except Refusal as refusal:
                self.message_user(request, f"{refund}: {refusal}", messages.WARNING)
            else:
                self.log_change(request, refund, "sent again")
                sent += 1
        if sent:
            self.message_user(
                request,
                ngettext("%(count)d refund sent again.", "%(count)d refunds sent again.", sent)
                % {"count": sent},
            )


@admin.register(InboundEvent)
class InboundEventAdmin(ReadOnlyAdmin):
    list_display = ["event_id", "kind", "object_id", "state", "attempts", "received_at", "problem"]
    list_filter = ["state", "kind", "received_at"]
    search_fields = ["event_id", "object_id"]
    ordering = ["-received_at"]
    actions = ["replay"]

    @admin.display(description=gettext_lazy("problem"))
    def problem(self, event: InboundEvent) -> str:
        return _(event.error) if event.error else ""

    @admin.action(description=gettext_lazy("Read the selected events again"))
    def replay(self, request: HttpRequest, events: QuerySet[InboundEvent]) -> None:
        count = 0
        for event in events:
            inbox.replay(event)
            after_commit(inbox.process_event, event.pk)
            self.log_change(request, event, "read again")
            count += 1
        self.message_user(
            request,
            ngettext("%(count)d event will be read again.", "%(count)d events will be read again.", count)
            % {"count": count},
        )


@admin.register(LedgerAccount)
class LedgerAccountAdmin(ReadOnlyAdmin):
    list_display = ["code", "kind", "pcg_code", "may_overdraw", "running"]
    list_filter = ["kind", "may_overdraw"]
    search_fields = ["code"]
    ordering = ["code"]
    readonly_fields = ["total"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerAccount]:
        return super().get_queryset(request).annotate(running_cents=F("balance__balance_cents"))

    running = _cents("running_cents", gettext_lazy("running balance"))

    @admin.display(description=gettext_lazy("sum of its postings, debits less credits"))
    def total(self, account: LedgerAccount) -> str:
        found = LedgerPosting.objects.filter(account=account).aggregate(total=Sum("amount_cents"))["total"]
        return format_money(found or 0, full=True)


class LedgerPostingInline(ReadOnlyInline):
    model = LedgerPosting
    fields = ["account", "debit", "credit"]
    readonly_fields = fields
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerPosting]:
        return super().get_queryset(request).select_related("account")

    @admin.display(description=gettext_lazy("debit"))
    def debit(self, posting: LedgerPosting) -> str:
        return format_money(posting.amount_cents, full=True) if posting.amount_cents > 0 else ""

    @admin.display(description=gettext_lazy("credit"))
    def credit(self, posting: LedgerPosting) -> str:
        return format_money(-posting.amount_cents, full=True) if posting.amount_cents < 0 else ""


@admin.register(LedgerTransaction)
class LedgerTransactionAdmin(ReadOnlyAdmin):
    list_display = ["idempotency_key", "kind", "subject", "occurred_at", "recorded_at"]
    list_filter = ["kind", "recorded_at"]
    search_fields = ["idempotency_key", "=subject"]
    ordering = ["-pk"]
    inlines = [LedgerPostingInline]
