"""Staff read everything about money here and change nothing, whatever their rank."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import format_money
from marketplace.kernel.staff import EMPTY, ReadOnly, ReadOnlyRows, badge, cents, link, moment, words
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

PAYMENT_TONES = {"pending": "neutral", "awaiting_transfer": "info", "received": "ok", "failed": "bad"}
HOLD_TONES = {"held": "info", "frozen": "bad", "released": "ok", "refunded": "neutral", "split": "viol"}
REFUND_TONES = {"decided": "info", "sent": "info", "succeeded": "ok", "failed": "bad"}
EVENT_TONES = {"pending": "warn", "processed": "ok", "failed": "bad"}

AMOUNT = cents("amount_cents", gettext_lazy("amount"))
RELEASED = cents("released_cents", gettext_lazy("released"))
REFUNDED = cents("refunded_cents", gettext_lazy("refunded"))
COMMISSION = cents("commission_cents", gettext_lazy("commission, VAT included"))
NET = cents("net_cents", gettext_lazy("expert's part"))
EXPECTED = cents("expected_cents", gettext_lazy("expected"))
RECEIVED = cents("received_cents", gettext_lazy("received"))


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    """Nothing is added, changed or deleted by hand; those who "can change" may press the buttons of the list."""

    show_full_result_count = False
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or super().get_readonly_fields(request, obj)

    def has_act_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")


class DiscrepancyRows(ReadOnlyRows):
    model = Discrepancy
    fields = readonly_fields = (
        words("get_kind_display", gettext_lazy("kind")),
        EXPECTED,
        RECEIVED,
        words("gateway_id", gettext_lazy("gateway identifier")),
        moment("noted_at", gettext_lazy("noted on")),
        moment("settled_at", gettext_lazy("settled on")),
    )


class EscrowHoldRows(ReadOnlyRows):
    model = EscrowHold
    fields = readonly_fields = (
        badge("state", gettext_lazy("state"), HOLD_TONES),
        AMOUNT,
        RELEASED,
        REFUNDED,
        COMMISSION,
        NET,
    )


class RefundRows(ReadOnlyRows):
    model = Refund
    fields = readonly_fields = (
        badge("state", gettext_lazy("state"), REFUND_TONES),
        words("reason", gettext_lazy("reason")),
        moment("created_at", gettext_lazy("decided on")),
        moment("settled_at", gettext_lazy("settled on")),
        AMOUNT,
    )


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = (
        "reference",
        link("payer", gettext_lazy("payer"), sort="payer__last_name"),
        link("payee", gettext_lazy("payee"), sort="payee__last_name"),
        words("get_method_display", gettext_lazy("method"), sort="method"),
        badge("state", gettext_lazy("state"), PAYMENT_TONES),
        moment("created_at", gettext_lazy("created on")),
        moment("received_at", gettext_lazy("received on")),
        AMOUNT,
    )
    list_filter = ("state", "method")
    list_select_related = ("payer", "payee")
    search_fields = ("reference", "public_id", "gateway_id", "payer__email", "payee__email")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    inlines = (EscrowHoldRows, DiscrepancyRows)
    fields = (
        "reference",
        words("description", gettext_lazy("description")),
        link("payer", gettext_lazy("payer")),
        link("payee", gettext_lazy("payee")),
        AMOUNT,
        words("get_method_display", gettext_lazy("method")),
        badge("state", gettext_lazy("state"), PAYMENT_TONES),
        words("failure_reason", gettext_lazy("reason of the refusal")),
        "gateway_id",
        "public_id",
        moment("created_at", gettext_lazy("created on")),
        moment("expires_at", gettext_lazy("to be paid by")),
        moment("received_at", gettext_lazy("received on")),
        "commission_bp",
        words("get_commission_base_display", gettext_lazy("commission base")),
        "vat_bp",
        "seller_vat_bp",
    )


@admin.register(Discrepancy)
class DiscrepancyAdmin(ReadOnlyAdmin):
    list_display = (
        words("payment.reference", gettext_lazy("payment")),
        words("get_kind_display", gettext_lazy("kind"), sort="kind"),
        moment("noted_at", gettext_lazy("noted on")),
        moment("settled_at", gettext_lazy("settled on")),
        EXPECTED,
        RECEIVED,
    )
    list_filter = ("kind", ("settled_at", admin.EmptyFieldListFilter))
    list_select_related = ("payment",)
    search_fields = ("payment__reference", "gateway_id")
    ordering = ("-noted_at",)
    fields = (
        link("payment", gettext_lazy("payment"), text="reference"),
        words("get_kind_display", gettext_lazy("kind")),
        EXPECTED,
        RECEIVED,
        "gateway_id",
        moment("noted_at", gettext_lazy("noted on")),
        moment("settled_at", gettext_lazy("settled on")),
    )


@admin.register(EscrowHold)
class EscrowHoldAdmin(ReadOnlyAdmin):
    list_display = (
        words("payment.reference", gettext_lazy("payment")),
        link("payee", gettext_lazy("payee"), sort="payee__last_name"),
        badge("state", gettext_lazy("state"), HOLD_TONES),
        moment("held_at", gettext_lazy("held since")),
        moment("released_at", gettext_lazy("released on")),
        AMOUNT,
        RELEASED,
        REFUNDED,
    )
    list_filter = ("state",)
    list_select_related = ("payment", "payee")
    search_fields = ("payment__reference", "payee__email")
    date_hierarchy = "held_at"
    ordering = ("-held_at",)
    inlines = (RefundRows,)
    fields = (
        link("payment", gettext_lazy("payment"), text="reference"),
        link("payee", gettext_lazy("payee")),
        badge("state", gettext_lazy("state"), HOLD_TONES),
        AMOUNT,
        RELEASED,
        REFUNDED,
        COMMISSION,
        NET,
        moment("held_at", gettext_lazy("held since")),
        moment("released_at", gettext_lazy("released on")),
    )


@admin.register(Earning)
class EarningAdmin(ReadOnlyAdmin):
    list_display = (
        words("hold.payment.reference", gettext_lazy("payment")),
        link("expert", gettext_lazy("expert"), sort="expert__last_name"),
        moment("released_at", gettext_lazy("released on")),
        moment("available_at", gettext_lazy("available from")),
        cents("gross_cents", gettext_lazy("released")),
        COMMISSION,
        NET,
    )
    list_select_related = ("hold__payment", "expert")
    search_fields = ("hold__payment__reference", "expert__email")
    date_hierarchy = "released_at"
    ordering = ("-released_at",)
    fields = (
        link("hold.payment", gettext_lazy("payment"), text="reference"),
        link("expert", gettext_lazy("expert")),
        cents("gross_cents", gettext_lazy("released")),
        COMMISSION,
        cents("commission_vat_cents", gettext_lazy("VAT on our commission")),
        NET,
        moment("released_at", gettext_lazy("released on")),
        moment("available_at", gettext_lazy("available from")),
    )


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = (
        words("hold.payment.reference", gettext_lazy("reference")),
        badge("state", gettext_lazy("state"), REFUND_TONES),
        words("reason", gettext_lazy("reason")),
        words("attempts", gettext_lazy("attempts")),
        moment("created_at", gettext_lazy("decided on")),
        moment("settled_at", gettext_lazy("settled on")),
        AMOUNT,
    )
    list_filter = ("state",)
    list_select_related = ("hold__payment",)
    search_fields = ("hold__payment__reference", "public_id", "gateway_id")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    actions = ("send_again",)
    fields = (
        link("hold.payment", gettext_lazy("payment"), text="reference"),
        badge("state", gettext_lazy("state"), REFUND_TONES),
        AMOUNT,
        words("reason", gettext_lazy("reason")),
        words("failure_reason", gettext_lazy("reason of the refusal")),
        words("attempts", gettext_lazy("attempts")),
        moment("next_attempt_at", gettext_lazy("next attempt")),
        words("round", gettext_lazy("round")),
        "gateway_id",
        "public_id",
        moment("created_at", gettext_lazy("decided on")),
        moment("settled_at", gettext_lazy("settled on")),
    )

    @admin.action(
        description=gettext_lazy("Send the refunds that the bank refused again"), permissions=["act"]
    )
    def send_again(self, request: HttpRequest, refunds: QuerySet[Refund]) -> None:
        sent = 0
        for refund in refunds:
            try:
                escrow.retry_refund(refund)
            except Refusal as refusal:
                self.message_user(request, f"{refund}: {refusal}", messages.WARNING)
            else:
                self.log_change(request, refund, _("Asked to be sent again"))
                sent += 1
        if sent:
            self.message_user(
                request,
                ngettext("%(count)d refund sent again.", "%(count)d refunds sent again.", sent)
                % {"count": sent},
            )


@admin.register(InboundEvent)
class InboundEventAdmin(ReadOnlyAdmin):
    list_display = (
        "event_id",
        "kind",
        "object_id",
        badge("state", gettext_lazy("state"), EVENT_TONES),
        words("attempts", gettext_lazy("attempts")),
        moment("received_at", gettext_lazy("received on")),
        "problem",
    )
    list_filter = ("state", "kind")
    search_fields = ("event_id", "object_id")
    date_hierarchy = "received_at"
    ordering = ("-received_at",)
    actions = ("replay",)
    fields = (
        "event_id",
        "kind",
        "subject",
        "object_id",
        badge("state", gettext_lazy("state"), EVENT_TONES),
        words("attempts", gettext_lazy("attempts")),
        moment("received_at", gettext_lazy("received on")),
        moment("next_attempt_at", gettext_lazy("next attempt")),
        moment("processed_at", gettext_lazy("done on")),
        "problem",
        "payload",
    )

    @admin.display(description=gettext_lazy("problem"))
    def problem(self, event: InboundEvent) -> str:
        return _(event.error) if event.error else EMPTY

    @admin.action(description=gettext_lazy("Read the selected events again"), permissions=["act"])
    def replay(self, request: HttpRequest, events: QuerySet[InboundEvent]) -> None:
        count = 0
        for event in events:
            inbox.replay(event)
            after_commit(inbox.process_event, event.pk)
            self.log_change(request, event, _("Asked to be read again"))
            count += 1
        self.message_user(
            request,
            ngettext("%(count)d event will be read again.", "%(count)d events will be read again.", count)
            % {"count": count},
        )


@admin.register(LedgerAccount)
class LedgerAccountAdmin(ReadOnlyAdmin):
    list_display = (
        "code",
        words("get_kind_display", gettext_lazy("kind"), sort="kind"),
        "pcg_code",
        "may_overdraw",
        cents("running_cents", gettext_lazy("running balance")),
    )
    list_filter = ("kind", "may_overdraw")
    search_fields = ("code",)
    ordering = ("code",)
    fields = (
        "code",
        words("get_kind_display", gettext_lazy("kind")),
        "pcg_code",
        "may_overdraw",
        "money_total",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerAccount]:
        return super().get_queryset(request).annotate(running_cents=F("balance__balance_cents"))

    @admin.display(description=gettext_lazy("sum of its postings, debits less credits"))
    def money_total(self, account: LedgerAccount) -> str:
        found = LedgerPosting.objects.filter(account=account).aggregate(total=Sum("amount_cents"))["total"]
        return format_money(found or 0, full=True)


class LedgerPostingRows(ReadOnlyRows):
    model = LedgerPosting
    fields = readonly_fields = (link("account", gettext_lazy("account")), "money_debit", "money_credit")

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerPosting]:
        return super().get_queryset(request).select_related("account")

    @admin.display(description=gettext_lazy("debit"))
    def money_debit(self, posting: LedgerPosting) -> str:
        return format_money(posting.amount_cents, full=True) if posting.amount_cents > 0 else ""

    @admin.display(description=gettext_lazy("credit"))
    def money_credit(self, posting: LedgerPosting) -> str:
        return format_money(-posting.amount_cents, full=True) if posting.amount_cents < 0 else ""


@admin.register(LedgerTransaction)
class LedgerTransactionAdmin(ReadOnlyAdmin):
    list_display = (
        "idempotency_key",
        words("get_kind_display", gettext_lazy("kind"), sort="kind"),
        "subject",
        moment("occurred_at", gettext_lazy("happened on")),
        moment("recorded_at", gettext_lazy("recorded on")),
    )
    list_filter = ("kind",)
    search_fields = ("idempotency_key", "=subject")
    date_hierarchy = "occurred_at"
    ordering = ("-pk",)
    inlines = (LedgerPostingRows,)
    fields = (
        "idempotency_key",
        words("get_kind_display", gettext_lazy("kind")),
        "subject",
        moment("occurred_at", gettext_lazy("happened on")),
        moment("recorded_at", gettext_lazy("recorded on")),
        link("reverses", gettext_lazy("corrects")),
        "source",
        "content_sha256",
    )
