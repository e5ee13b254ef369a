"""What staff see of money: every row to read, none to edit. Three buttons, which call the same actions as the clock."""

import json

from django.contrib import admin
from django.contrib.admin.filters import (
    AllValuesFieldListFilter,
    ChoicesFieldListFilter,
    EmptyFieldListFilter,
)
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marketplace.kernel.money import NBSP
from marketplace.kernel.staff import (
    EMPTY,
    ReadOnlyRows,
    StaffAct,
    StaffActs,
    badge,
    cents,
    link,
    moment,
    row_link,
    second_factor_first,
    titled,
    words,
)
from payments import escrow, inbox, refunds
from payments.models import (
    Discrepancy,
    Earning,
    EscrowHold,
    InboundEvent,
    Payment,
    Refund,
)
from payments.outbox import after_commit
from payments.staff import bank as bank
from payments.staff import calls as calls
from payments.staff import figures as figures
from payments.staff import invoices as invoices
from payments.staff import ledger as ledger
from payments.staff import payouts as payouts
from payments.staff import reports as reports
from payments.staff.base import MoneyAdmin, page_of
from payments.staff.chargebacks import RECORD, REFUND_RELEASED, ChargebackRows

PAYMENT_TONES = {
    "pending": "neutral",
    "awaiting_transfer": "warn",
    "received": "ok",
    "failed": "bad",
    "expired": "neutral",
}
HOLD_TONES = {"held": "info", "frozen": "bad", "released": "ok", "refunded": "neutral", "split": "viol"}
REFUND_TONES = {"decided": "info", "sent": "info", "succeeded": "ok", "failed": "bad"}
EVENT_TONES = {"pending": "info", "processed": "ok", "failed": "bad"}

STATE = gettext_lazy("state")
BY_STATE = ("state", titled(ChoicesFieldListFilter, STATE))


class HoldRows(ReadOnlyRows):
    model = EscrowHold
    fields = readonly_fields = (
        badge("state", STATE, HOLD_TONES),
        cents("amount_cents", gettext_lazy("amount")),
        cents("released_cents", gettext_lazy("released")),
        cents("refunded_cents", gettext_lazy("refunded")),
        cents("commission_cents", gettext_lazy("commission, VAT included")),
        cents("net_cents", gettext_lazy("expert's part")),
        page_of,
    )


class DiscrepancyRows(ReadOnlyRows):
    model = Discrepancy
    fields = readonly_fields = (
        words("get_kind_display", gettext_lazy("kind")),
        cents("expected_cents", gettext_lazy("expected")),
        cents("received_cents", gettext_lazy("received")),
        moment("noted_at", gettext_lazy("noted on")),
        moment("settled_at", gettext_lazy("settled on")),
    )


class RefundRows(ReadOnlyRows):
    model = Refund
    fields = readonly_fields = (
        badge("state", STATE, REFUND_TONES),
        words("reason", gettext_lazy("reason")),
        moment("created_at", gettext_lazy("decided on")),
        moment("settled_at", gettext_lazy("settled on")),
        cents("amount_cents", gettext_lazy("amount")),
    )


@admin.register(Payment)
class PaymentAdmin(MoneyAdmin):
    """What was asked of buyers, and how far it got."""

    list_display = (
        words("reference", gettext_lazy("reference")),
        link("payer", gettext_lazy("payer"), sort="payer__last_name"),
        link("payee", gettext_lazy("payee"), sort="payee__last_name"),
        words("get_method_display", gettext_lazy("method"), sort="method"),
        badge("state", STATE, PAYMENT_TONES),
        moment("created_at", gettext_lazy("created on")),
        moment("received_at", gettext_lazy("received on")),
        cents("amount_cents", gettext_lazy("amount")),
    )
    list_filter = (BY_STATE, ("method", titled(ChoicesFieldListFilter, gettext_lazy("method"))))
    list_select_related = ("payer", "payee")
    search_fields = ("reference", "public_id", "gateway_id", "payer__email", "payee__email")
    search_help_text = gettext_lazy(
        "Reference (J-24817), gateway identifier, or e-mail address of either party"
    )
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    inlines = (HoldRows, ChargebackRows, DiscrepancyRows)
    fields = (
        badge("state", STATE, PAYMENT_TONES),
        cents("amount_cents", gettext_lazy("amount")),
        words("get_method_display", gettext_lazy("method")),
        link("payer", gettext_lazy("payer")),
        link("payee", gettext_lazy("payee")),
        words("description", gettext_lazy("description")),
        moment("created_at", gettext_lazy("created on")),
        moment("expires_at", gettext_lazy("to be paid by")),
        moment("received_at", gettext_lazy("received on")),
        moment("failed_at", gettext_lazy("declined on")),
        words("failure_reason", gettext_lazy("reason of the refusal")),
        "commission",
        "order",
        "postings",
        words("public_id", gettext_lazy("public identifier")),
        words("gateway_id", gettext_lazy("gateway identifier")),
        words("checkout_attempt", gettext_lazy("payment page number")),
        moment("told_at", gettext_lazy("told on")),
    )

    @admin.display(description=gettext_lazy("order"))
    def order(self, payment: Payment) -> str:
        found = ledger.order_of(payment)
        return row_link(found) if found is not None else EMPTY

    @admin.display(description=gettext_lazy("ledger"))
    def postings(self, payment: Payment) -> str:
        return ledger.payment_postings(payment)

    @admin.display(description=gettext_lazy("commission agreed"))
    def commission(self, payment: Payment) -> str:
        rate = f"{payment.commission_bp / 100:g}{NBSP}%"
        return f"{rate} – {payment.get_commission_base_display()}"


@admin.register(Discrepancy)
class DiscrepancyAdmin(StaffActs, MoneyAdmin):
    """Money that came in another amount than was asked, or twice."""

    list_display = (
        words("payment.reference", gettext_lazy("reference"), sort="payment__reference"),
        words("get_kind_display", gettext_lazy("kind"), sort="kind"),
        moment("noted_at", gettext_lazy("noted on")),
        moment("settled_at", gettext_lazy("settled on")),
        cents("expected_cents", gettext_lazy("expected")),
        cents("received_cents", gettext_lazy("received")),
    )
    list_filter = (("settled_at", titled(EmptyFieldListFilter, gettext_lazy("settled"))),)
    list_select_related = ("payment",)
    search_fields = ("payment__reference", "gateway_id")
    ordering = ("-noted_at", "-pk")
    fields = (
        link("payment", gettext_lazy("payment")),
        words("get_kind_display", gettext_lazy("kind")),
        cents("expected_cents", gettext_lazy("expected")),
        cents("received_cents", gettext_lazy("received")),
        words("gateway_id", gettext_lazy("gateway identifier")),
        moment("noted_at", gettext_lazy("noted on")),
        moment("settled_at", gettext_lazy("settled on")),
    )
    acts = (
        StaffAct(
            name="settle",
            moves_money=True,
            label=gettext_lazy("Mark as settled"),
            consequence=gettext_lazy(
                "No money moves. Do this once the difference was put right at the payment provider."
            ),
            done=gettext_lazy("The discrepancy is marked as settled."),
            perform=lambda row, actor, answers: escrow.settle_discrepancy(row),
            applies=lambda row: row.settled_at is None,
        ),
    )


@admin.register(EscrowHold)
class EscrowHoldAdmin(StaffActs, MoneyAdmin):
    """Buyers' money in our keeping, and where it went."""

    list_display = (
        words("payment.reference", gettext_lazy("reference"), sort="payment__reference"),
        link("payee", gettext_lazy("expert"), sort="payee__last_name"),
        badge("state", STATE, HOLD_TONES),
        moment("held_at", gettext_lazy("held since")),
        moment("released_at", gettext_lazy("released on")),
        cents("amount_cents", gettext_lazy("amount")),
        cents("released_cents", gettext_lazy("released")),
        cents("refunded_cents", gettext_lazy("refunded")),
    )
    list_filter = (BY_STATE,)
    list_select_related = ("payment", "payee")
    search_fields = ("payment__reference", "payee__email")
    date_hierarchy = "held_at"
    ordering = ("-held_at", "-pk")
    inlines = (RefundRows,)
    fields = (
        link("payment", gettext_lazy("payment")),
        link("payee", gettext_lazy("expert")),
        badge("state", STATE, HOLD_TONES),
        cents("amount_cents", gettext_lazy("amount")),
        cents("released_cents", gettext_lazy("released")),
        cents("refunded_cents", gettext_lazy("refunded")),
        cents("commission_cents", gettext_lazy("commission, VAT included")),
        cents("net_cents", gettext_lazy("expert's part")),
        moment("held_at", gettext_lazy("held since")),
        moment("released_at", gettext_lazy("released on")),
    )
    acts = (REFUND_RELEASED, RECORD)


@admin.register(Earning)
class EarningAdmin(MoneyAdmin):
    """What each release brought an expert."""

    list_display = (
        words("hold.payment.reference", gettext_lazy("reference"), sort="hold__payment__reference"),
        link("expert", gettext_lazy("expert"), sort="expert__last_name"),
        moment("released_at", gettext_lazy("released on")),
        moment("available_at", gettext_lazy("available from")),
        cents("gross_cents", gettext_lazy("released")),
        cents("commission_cents", gettext_lazy("commission, VAT included")),
        cents("net_cents", gettext_lazy("expert's part")),
    )
    list_select_related = ("hold__payment", "expert")
    search_fields = ("hold__payment__reference", "expert__email")
    date_hierarchy = "released_at"
    ordering = ("-released_at", "-pk")
    fields = (
        link("hold.payment", gettext_lazy("payment")),
        link("expert", gettext_lazy("expert")),
        cents("gross_cents", gettext_lazy("released")),
        cents("commission_cents", gettext_lazy("commission, VAT included")),
        cents("commission_vat_cents", gettext_lazy("VAT inside the commission")),
        cents("net_cents", gettext_lazy("expert's part")),
        moment("released_at", gettext_lazy("released on")),
        moment("available_at", gettext_lazy("available from")),
    )


@admin.register(Refund)
class RefundAdmin(StaffActs, MoneyAdmin):
    """Money on its way back to buyers."""

    list_display = (
        words("hold.payment.reference", gettext_lazy("reference"), sort="hold__payment__reference"),
        badge("state", STATE, REFUND_TONES),
        words("attempts", gettext_lazy("attempts")),
        moment("created_at", gettext_lazy("decided on")),
        moment("settled_at", gettext_lazy("settled on")),
        cents("amount_cents", gettext_lazy("amount")),
    )
    list_filter = (BY_STATE,)
    list_select_related = ("hold__payment",)
    search_fields = ("hold__payment__reference", "public_id", "gateway_id")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    fields = (
        link("hold.payment", gettext_lazy("payment")),
        cents("amount_cents", gettext_lazy("amount")),
        badge("state", STATE, REFUND_TONES),
        words("reason", gettext_lazy("reason")),
        words("failure_reason", gettext_lazy("reason of the refusal")),
        words("public_id", gettext_lazy("public identifier")),
        words("gateway_id", gettext_lazy("gateway identifier")),
        words("round", gettext_lazy("round")),
        words("attempts", gettext_lazy("attempts")),
        moment("created_at", gettext_lazy("decided on")),
        moment("next_attempt_at", gettext_lazy("next attempt")),
        moment("settled_at", gettext_lazy("settled on")),
        moment("told_at", gettext_lazy("told on")),
    )
    acts = (
        StaffAct(
            name="resend",
            moves_money=True,
            label=gettext_lazy("Send the refund again"),
            consequence=gettext_lazy(
                "The payment provider is asked once more to send this amount back to the buyer."
            ),
            done=gettext_lazy("The refund is on its way again."),
            perform=lambda refund, actor, answers: escrow.retry_refund(refund),
            applies=lambda refund: refund.state == Refund.State.FAILED,
        ),
        StaffAct(
            name="by-hand",
            moves_money=True,
            label=gettext_lazy("Paid back by bank transfer"),
            consequence=gettext_lazy(
                "Do this once our bank has sent the amount to the buyer. Give the reference of the transfer as reason."
            ),
            done=gettext_lazy("The refund is marked as paid back."),
            perform=lambda refund, actor, answers: refunds.paid_by_hand(refund, reference=answers["reason"]),
            applies=lambda refund: (
                refund.state == Refund.State.FAILED
                or (refund.is_by_hand and refund.state in Refund.UNDER_WAY)
            ),
        ),
    )


@admin.register(InboundEvent)
class InboundEventAdmin(MoneyAdmin):
    """What the payment provider told us."""

    list_display = (
        words("event_id", gettext_lazy("event")),
        words("kind", gettext_lazy("kind")),
        words("object_id", gettext_lazy("concerns")),
        badge("state", STATE, EVENT_TONES),
        words("attempts", gettext_lazy("attempts")),
        moment("received_at", gettext_lazy("received on")),
        "problem",
    )
    list_filter = (BY_STATE, ("kind", titled(AllValuesFieldListFilter, gettext_lazy("kind"))))
    search_fields = ("event_id", "object_id")
    date_hierarchy = "received_at"
    ordering = ("-received_at", "-pk")
    actions = ("replay",)
    fields = (
        badge("state", STATE, EVENT_TONES),
        words("kind", gettext_lazy("kind")),
        words("object_id", gettext_lazy("concerns")),
        words("attempts", gettext_lazy("attempts")),
        moment("next_attempt_at", gettext_lazy("next attempt")),
        moment("received_at", gettext_lazy("received on")),
        moment("processed_at", gettext_lazy("done on")),
        "problem",
        "content",
    )

    def has_replay_permission(self, request: HttpRequest) -> bool:
        """Those who might change these rows, if anybody might."""
        return request.user.has_perm("payments.change_inboundevent")

    @admin.display(description=gettext_lazy("problem"))
    def problem(self, event: InboundEvent) -> str:
        return _(event.error) if event.error else EMPTY

    @admin.display(description=gettext_lazy("content"))
    def content(self, event: InboundEvent) -> SafeString:
        return format_html("<pre>{}</pre>", json.dumps(event.payload, indent=2, ensure_ascii=False))

    @admin.action(description=gettext_lazy("Read the selected events again"), permissions=["replay"])
    def replay(self, request: HttpRequest, events: QuerySet[InboundEvent]) -> HttpResponse | None:
        """An event may pay or refund an order: the second factor comes first."""
        if asked := second_factor_first(request):
            return asked
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
        return None
