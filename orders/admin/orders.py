"""Where staff read an order and end it with a reason."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel import clock
from marketplace.kernel.money import NBSP, format_money
from marketplace.kernel.staff import (
    EMPTY,
    ReadOnly,
    StaffAct,
    StaffActs,
    badge,
    cents,
    link,
    moment,
    moment_words,
    pill,
    row_link,
    titled,
    words,
)
from orders import actions
from orders.admin.events import EventRows
from orders.admin.rows import (
    ChangeRows,
    ChecklistRows,
    DeliverableRows,
    ExtraRows,
    LineRows,
    PauseRows,
    RevisionRows,
)
from orders.models import (
    ChangeRequest,
    Order,
    OrderExtra,
)
from orders.models.money import payments_of
from orders.queries import refusals
from orders.staff_lists import UntilArchive
from payments.models import EscrowHold

STATE_TONES = {
    "pending_payment": "neutral",
    "active": "info",
    "delivered": "warn",
    "completed": "ok",
    "disputed": "bad",
    "resolved": "viol",
    "cancelled": "neutral",
}


class Due(admin.SimpleListFilter):
    """What is late, and what falls due soon."""

    title = gettext_lazy("due date")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("late", _("First deliverable late")),
            ("revision", _("Revision overdue")),
            ("paused", _("Paused")),
            ("today", _("Deliverable due within 24 hours")),
            ("start", _("To be started within 24 hours")),
            ("acceptance", _("Accepted by itself within 24 hours")),
            ("payment", _("Payment expected")),
            ("request", _("A request waits for an answer")),
            ("extra", _("An extra waits to be paid")),
            ("refused", _("Refused by experts who refuse often")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        now = clock.now()
        soon = now + timedelta(hours=24)
        working = queryset.filter(
            state=Order.State.ACTIVE, started_at__isnull=False, first_delivered_at=None, paused_at=None
        )
        match self.value():
            case "late":
                return working.filter(due_at__lt=now)
            case "revision":
                return queryset.filter(
                    state=Order.State.ACTIVE, first_delivered_at__isnull=False, revision_due_at__lt=now
                )
            case "paused":
                return queryset.filter(paused_at__isnull=False)
            case "today":
                return working.filter(due_at__range=(now, soon))
            case "start":
                return queryset.filter(state=Order.State.ACTIVE, started_at=None, start_due_at__lte=soon)
            case "acceptance":
                return queryset.filter(state=Order.State.DELIVERED, acceptance_due_at__lte=soon)
            case "request":
                return queryset.filter(changes__state=ChangeRequest.State.OPEN)
            case "extra":
                return queryset.filter(extras__state__in=OrderExtra.OPEN)
            case "refused":
                return queryset.filter(pk__in=refusals.refused_by_habit().values("pk"))
            case "payment":
                return queryset.filter(state=Order.State.PENDING_PAYMENT)
        return queryset


@admin.register(Order)
class OrderAdmin(UntilArchive, StaffActs, ReadOnly, admin.ModelAdmin):
    """Every order: where it stands, what is due and when, its money and all that happened."""

    order_lookup = "pk"

    list_display = (
        words("reference", gettext_lazy("order"), sort="number"),
        words("title", gettext_lazy("title")),
        link("buyer", gettext_lazy("buyer"), sort="buyer__last_name"),
        link("expert", gettext_lazy("expert"), sort="expert__last_name"),
        badge("state", gettext_lazy("state"), STATE_TONES),
        "next_due",
        moment("placed_at", gettext_lazy("placed on")),
        cents("total_cents", gettext_lazy("total")),
    )
    list_filter = (("state", titled(ChoicesFieldListFilter, gettext_lazy("state"))), Due)
    list_select_related = ("buyer", "expert")
    search_fields = ("title", "buyer__email", "expert__email")
    search_help_text = gettext_lazy("Reference (J-24817), title, or e-mail address of either party")
    ordering = ("-placed_at", "-pk")
    date_hierarchy = "placed_at"
    show_full_result_count = False
    list_per_page = 50
    inlines = (
        LineRows,
        ExtraRows,
        ChangeRows,
        ChecklistRows,
        PauseRows,
        DeliverableRows,
        RevisionRows,
        EventRows,
    )
    acts = (
        StaffAct(
            name="cancel",
            moves_money=True,
            label=gettext_lazy("Cancel and refund"),
            consequence=gettext_lazy(
                "The order ends now. Whatever the buyer has paid goes back to them in full, and both parties read your reason."
            ),
            done=gettext_lazy("The order is cancelled."),
            perform=lambda order, actor, answers: actions.cancel_as_staff(
                order, actor=actor, reason=answers["reason"]
            ),
            applies=lambda order: order.state in (Order.State.PENDING_PAYMENT, Order.State.ACTIVE),
            preview=lambda order, answers: cancellation_preview(order, answers),
            dangerous=True,
        ),
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    badge("state", gettext_lazy("state"), STATE_TONES),
                    link("buyer", gettext_lazy("buyer")),
                    link("for_company", gettext_lazy("company account")),
                    link("expert", gettext_lazy("expert")),
                    link("offer", gettext_lazy("offer")),
                    link("conversation", gettext_lazy("conversation")),
                    "dispute_of",
                )
            },
        ),
        (
            gettext_lazy("Dates"),
            {
                "fields": (
                    moment("placed_at", gettext_lazy("placed on")),
                    moment("paid_at", gettext_lazy("paid on")),
                    moment("started_at", gettext_lazy("started on")),
                    moment("first_delivered_at", gettext_lazy("first delivered on")),
                    moment("delivered_at", gettext_lazy("last delivered on")),
                    moment("completed_at", gettext_lazy("completed on")),
                    moment("cancelled_at", gettext_lazy("cancelled on")),
                    words("get_cancel_cause_display", gettext_lazy("cause")),
                    words("cancel_reason", gettext_lazy("reason")),
                    moment("disputed_at", gettext_lazy("disputed on")),
                    moment("resolved_at", gettext_lazy("resolved on")),
                )
            },
        ),
        (
            gettext_lazy("What is due"),
            {
                "fields": (
                    moment("payment_due_at", gettext_lazy("to be paid before")),
                    moment("start_due_at", gettext_lazy("to be started before")),
                    moment("due_at", gettext_lazy("first deliverable due")),
                    moment("revision_due_at", gettext_lazy("revision expected on")),
                    moment("acceptance_due_at", gettext_lazy("accepted by itself on")),
                    moment("paused_at", gettext_lazy("paused since")),
                    moment("pause_due_at", gettext_lazy("paused until")),
                    moment("next_reminder_at", gettext_lazy("next reminder")),
                )
            },
        ),
        (
            gettext_lazy("Money"),
            {
                "fields": (
                    cents("total_cents", gettext_lazy("total")),
                    "commission_rate",
                    link("payment", gettext_lazy("payment"), text="reference"),
                    words("payment.get_state_display", gettext_lazy("state of the payment")),
                    words("payment.hold.get_state_display", gettext_lazy("state of the hold")),
                    cents("extras_cents", gettext_lazy("of which extras")),
                    "refunded",
                    "released",
                    "commission",
                    "expert_part",
                )
            },
        ),
        (
            gettext_lazy("The terms, as they were when the order was placed"),
            {
                "fields": (
                    words("title", gettext_lazy("title")),
                    words("description", gettext_lazy("description")),
                    words("includes", gettext_lazy("what the buyer receives")),
                    words("requirements", gettext_lazy("what the expert needs")),
                    words("brief", gettext_lazy("brief")),
                    words("revisions_included", gettext_lazy("revisions included")),
                    words("revision_round", gettext_lazy("revisions asked for")),
                    words("get_rights_display", gettext_lazy("rights in the deliverable")),
                    words("get_vat_regime_display", gettext_lazy("VAT regime of the expert")),
                ),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Order | None = None) -> Any:
        return tuple(field for _title, options in self.fieldsets for field in options["fields"])

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Order], search_term: str
    ) -> tuple[QuerySet[Order], bool]:
        """An order number alone, with its letter or without, finds that order; anything else is searched for."""
        number = re.fullmatch(r"\s*(?:[Jj]-?)?\s*(\d{1,18})\s*", search_term)
        if number:
            return queryset.filter(Q(number=int(number[1])) | Q(title__icontains=search_term.strip())), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=gettext_lazy("next date"))
    def next_due(self, order: Order) -> SafeString | str:
        """The date this order waits for, in red once it is passed."""
        due = order.payment_due_at or order.start_due_at or order.acceptance_due_at
        if due is None and order.countdown_runs:
            due = order.due_at
        if due is None or order.state in Order.CLOSED:
            return EMPTY
        return pill(moment_words(due), "bad") if due < clock.now() else moment_words(due)

    @admin.display(description=gettext_lazy("refunded"))
    def refunded(self, order: Order) -> str:
        return _sum(order, "refunded_cents")

    @admin.display(description=gettext_lazy("released"))
    def released(self, order: Order) -> str:
        return _sum(order, "released_cents")

    @admin.display(description=gettext_lazy("commission, VAT included"))
    def commission(self, order: Order) -> str:
        return _sum(order, "commission_cents")

    @admin.display(description=gettext_lazy("expert's part"))
    def expert_part(self, order: Order) -> str:
        return _sum(order, "net_cents")

    @admin.display(description=gettext_lazy("commission rate"))
    def commission_rate(self, order: Order) -> str:
        return f"{number_format(Decimal(order.commission_bp) / 100)}{NBSP}%"

    @admin.display(description=gettext_lazy("dispute"))
    def dispute_of(self, order: Order) -> SafeString | str:
        dispute = order.disputes.order_by("-pk").first()  # of the app above this one
        return row_link(dispute) if dispute else EMPTY


def _sum(order: Order, column: str) -> str:
    """A figure over everything an order holds or held, its own payment and its extras."""
    holds = EscrowHold.objects.filter(payment__in=payments_of(order))
    total = holds.aggregate(total=Sum(column))["total"]
    return EMPTY if total is None else format_money(total, full=True)


def cancellation_preview(order: Order, answers: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What a cancellation by staff gives back."""
    paid = order.total_cents if order.paid_at else 0
    return [
        (_("Order"), str(order)),
        (_("Back to the buyer"), format_money(paid, full=True)),
        (_("To the expert"), format_money(0, full=True)),
        (_("Our commission"), format_money(0, full=True)),
        (_("Reason, read by both parties"), answers["reason"]),
    ]
