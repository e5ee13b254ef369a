"""What staff see of orders. Nobody edits one: staff end it through the same action as everyone, with a reason."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel import clock
from marketplace.kernel.money import NBSP, format_money
from marketplace.kernel.staff import (
    EMPTY,
    ReadOnly,
    ReadOnlyRows,
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
from orders import actions, timers
from orders import more_admin as more_admin
from orders.models import (
    CancellationRecord,
    ChangeRequest,
    Deliverable,
    Order,
    OrderEvent,
    OrderExtra,
    OrderLine,
    OrderRequirement,
    Pause,
    Review,
    RevisionRequest,
    TimerRun,
    TrackRecord,
)
from orders.models.money import payments_of
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


CHANGE_TONES = {
    "open": "warn",
    "accepted": "ok",
    "refused": "bad",
    "withdrawn": "neutral",
    "expired": "neutral",
    "closed": "neutral",
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
            case "payment":
                return queryset.filter(state=Order.State.PENDING_PAYMENT)
        return queryset


class LineRows(ReadOnlyRows):
    model = OrderLine
    verbose_name_plural = gettext_lazy("price")
    fields = readonly_fields = (
        words("title", gettext_lazy("line")),
        words("days", gettext_lazy("days")),
        cents("price_cents", gettext_lazy("price")),
    )


def files_of(deliverable: Deliverable) -> SafeString:
    """The files of a version, each opening in its own page."""
    return format_html_join(
        " · ",
        '<a href="{}">{}</a>',
        ((file.url, file.name) for file in deliverable.files.all()),
    ) or SafeString(EMPTY)


files_of.short_description = gettext_lazy("files")  # type: ignore[attr-defined]
files_of.do_not_call_in_templates = True  # type: ignore[attr-defined]


class ExtraRows(ReadOnlyRows):
    model = OrderExtra
    verbose_name_plural = gettext_lazy("extras")
    fields = readonly_fields = (
        words("title", gettext_lazy("name")),
        words("get_state_display", gettext_lazy("state")),
        cents("price_cents", gettext_lazy("price")),
        words("days", gettext_lazy("days")),
        link("proposed_by", gettext_lazy("proposed by")),
        link("payment", gettext_lazy("payment"), text="reference"),
        moment("paid_at", gettext_lazy("paid on")),
        moment("closed_at", gettext_lazy("closed on")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderExtra]:
        found: QuerySet[OrderExtra] = super().get_queryset(request)
        return found.select_related("payment", "proposed_by")


class ChangeRows(ReadOnlyRows):
    model = ChangeRequest
    verbose_name_plural = gettext_lazy("what was asked of the other party")
    fields = readonly_fields = (
        words("get_kind_display", gettext_lazy("what")),
        words("get_state_display", gettext_lazy("state")),
        link("proposed_by", gettext_lazy("proposed by")),
        words("message", gettext_lazy("reason")),
        moment("new_due_at", gettext_lazy("new date")),
        cents("refund_cents", gettext_lazy("refund")),
        moment("created_at", gettext_lazy("asked on")),
        moment("answered_at", gettext_lazy("answered on")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeRequest]:
        found: QuerySet[ChangeRequest] = super().get_queryset(request)
        return found.select_related("proposed_by")


class DeliverableRows(ReadOnlyRows):
    model = Deliverable
    fields = readonly_fields = (
        words("version", gettext_lazy("version")),
        moment("created_at", gettext_lazy("handed over on")),
        words("note", gettext_lazy("note")),
        files_of,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deliverable]:
        return super().get_queryset(request).prefetch_related("files")


class RevisionRows(ReadOnlyRows):
    model = RevisionRequest
    verbose_name_plural = gettext_lazy("revisions asked for")
    fields = readonly_fields = (
        words("round", gettext_lazy("round")),
        moment("created_at", gettext_lazy("asked on")),
        words("good", gettext_lazy("what works")),
        words("wrong", gettext_lazy("what does not")),
        words("expected", gettext_lazy("what is expected")),
        words("get_state_display", gettext_lazy("answer")),
        words("refusal", gettext_lazy("why it was refused")),
        moment("due_at", gettext_lazy("expected on")),
    )


FACTS = {
    "acceptance_due_at": gettext_lazy("accepted by itself on"),
    "amount_cents": gettext_lazy("amount"),
    "answer_due_at": gettext_lazy("to be answered before"),
    "automatic": gettext_lazy("by itself"),
    "available_at": gettext_lazy("available from"),
    "by_expert": gettext_lazy("asked by the expert"),
    "cause": gettext_lazy("cause"),
    "end": gettext_lazy("how it ended"),
    "excerpt": gettext_lazy("question"),
    "extra": gettext_lazy("beyond the rounds included"),
    "incomplete": gettext_lazy("files missing or unreadable"),
    "item": gettext_lazy("item"),
    "lasted_seconds": gettext_lazy("seconds paused"),
    "missing": gettext_lazy("items still missing"),
    "pause_due_at": gettext_lazy("paused until"),
    "revision_due_at": gettext_lazy("revision expected on"),
    "silent": gettext_lazy("by silence"),
    "what": gettext_lazy("reminder of"),
    "change": gettext_lazy("request number"),
    "days_off": gettext_lazy("days off added"),
    "due_at": gettext_lazy("due on"),
    "message_id": gettext_lazy("message"),
    "net_cents": gettext_lazy("expert's part"),
    "new_due_at": gettext_lazy("new date"),
    "number": gettext_lazy("reminder"),
    "payment_due_at": gettext_lazy("to be paid before"),
    "rating": gettext_lazy("rating"),
    "reason": gettext_lazy("reason"),
    "refund_cents": gettext_lazy("refund"),
    "refund_id": gettext_lazy("refund number"),
    "round": gettext_lazy("revision"),
    "start_due_at": gettext_lazy("to be started before"),
    "version": gettext_lazy("version"),
}
"""What an event may remember, as staff call it."""


def facts_of(event: OrderEvent) -> SafeString:
    """What an event remembers, readable by a person."""
    lines = [
        (FACTS.get(name, name), _fact(name, value))
        for name, value in event.data.items()
        if value not in ("", None, [], {})
    ]
    return format_html_join(SafeString("<br>"), "{}: {}", lines) or SafeString(EMPTY)


def _fact(name: str, value: Any) -> Any:
    if name.endswith("_cents"):
        return format_money(int(value), full=True)
    if name.endswith("_at"):
        return moment_words(datetime.fromisoformat(value))
    if name == "cause":
        return {**dict(Order.CancelCause.choices), **dict(Pause.Cause.choices)}.get(value, value)
    if name == "end":
        return dict(Pause.End.choices).get(value, value)
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value


facts_of.short_description = gettext_lazy("facts")  # type: ignore[attr-defined]
facts_of.css = "facts"  # type: ignore[attr-defined]
facts_of.do_not_call_in_templates = True  # type: ignore[attr-defined]


class EventRows(ReadOnlyRows):
    model = OrderEvent
    verbose_name_plural = gettext_lazy("what happened")
    fields = readonly_fields = (
        moment("created_at", gettext_lazy("when")),
        words("get_kind_display", gettext_lazy("what")),
        link("actor", gettext_lazy("who")),
        facts_of,
        moment("announced_at", gettext_lazy("told on")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderEvent]:
        found: QuerySet[OrderEvent] = super().get_queryset(request)
        return found.exclude(kind=OrderEvent.Kind.MESSAGE).select_related("actor")


class ChecklistRows(ReadOnlyRows):
    model = OrderRequirement
    verbose_name_plural = gettext_lazy("what the expert needs")
    fields = readonly_fields = (
        words("label", gettext_lazy("item")),
        words("is_required", gettext_lazy("required")),
        words("answer", gettext_lazy("answer")),
        moment("supplied_at", gettext_lazy("sent on")),
    )


class PauseRows(ReadOnlyRows):
    model = Pause
    verbose_name_plural = gettext_lazy("pauses")
    fields = readonly_fields = (
        words("get_cause_display", gettext_lazy("cause")),
        words("item", gettext_lazy("what is missing")),
        moment("begun_at", gettext_lazy("since")),
        moment("ended_at", gettext_lazy("until")),
        words("get_end_display", gettext_lazy("how it ended")),
        words("reason", gettext_lazy("reason")),
    )


@admin.register(Order)
class OrderAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """Every order: where it stands, what is due and when, its money and all that happened."""

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


@admin.register(OrderEvent)
class OrderEventAdmin(ReadOnly, admin.ModelAdmin):
    """All that happened, to whichever order. Never altered."""

    list_display = (
        moment("created_at", gettext_lazy("when")),
        link("order", gettext_lazy("order"), sort="order__number"),
        words("get_kind_display", gettext_lazy("what"), sort="kind"),
        link("actor", gettext_lazy("who"), sort="actor__last_name"),
        words("get_state_display", gettext_lazy("state after it"), sort="state"),
        moment("announced_at", gettext_lazy("told on")),
    )
    list_filter = (
        ("kind", titled(ChoicesFieldListFilter, gettext_lazy("what happened"))),
        ("announced_at", titled(admin.EmptyFieldListFilter, gettext_lazy("told to those concerned"))),
    )
    list_select_related = ("order", "actor")
    search_fields = ("order__title", "actor__email")
    ordering = ("-created_at", "-pk")
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = readonly_fields = (
        link("order", gettext_lazy("order")),
        words("get_kind_display", gettext_lazy("what")),
        link("actor", gettext_lazy("who")),
        words("get_state_display", gettext_lazy("state after it")),
        facts_of,
        moment("created_at", gettext_lazy("when")),
        moment("announced_at", gettext_lazy("told on")),
    )


@admin.register(TimerRun)
class TimerRunAdmin(ReadOnly, admin.ModelAdmin):
    """The timers of orders: what is due to each, what is late, and what the clock did."""

    change_list_template = "admin/orders/timers.html"
    list_display = (
        "timer_label",
        moment("began_at", gettext_lazy("began")),
        moment("ended_at", gettext_lazy("ended")),
        words("done", gettext_lazy("done")),
        words("failed", gettext_lazy("failed")),
    )
    list_filter = ("timer",)
    ordering = ("-ended_at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    fields = readonly_fields = (
        "timer_label",
        moment("began_at", gettext_lazy("began")),
        moment("ended_at", gettext_lazy("ended")),
        words("done", gettext_lazy("done")),
        words("failed", gettext_lazy("failed")),
    )

    @admin.display(description=gettext_lazy("timer"), ordering="timer")
    def timer_label(self, run: TimerRun) -> str:
        return next((str(timer.label) for timer in timers.TIMERS if timer.name == run.timer), run.timer)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {"standings": timers.standings(), "title": _("Timers")}
        return super().changelist_view(request, {**shown, **(extra_context or {})})


@admin.register(Review)
class ReviewAdmin(ReadOnly, admin.ModelAdmin):
    """What the parties said of each other once an order ended."""

    list_display = (
        words("order", gettext_lazy("order"), sort="order__number"),
        words("rating", gettext_lazy("rating")),
        link("author", gettext_lazy("author"), sort="author__last_name"),
        link("subject", gettext_lazy("reviewed person"), sort="subject__last_name"),
        moment("created_at", gettext_lazy("written on")),
        moment("published_at", gettext_lazy("published on")),
    )
    list_filter = ("about", "rating")
    list_select_related = ("order", "author", "subject")
    search_fields = ("comment", "author__email", "subject__email", "order__title")
    fields = readonly_fields = (
        link("order", gettext_lazy("order")),
        link("author", gettext_lazy("author")),
        link("subject", gettext_lazy("expert")),
        words("rating", gettext_lazy("rating")),
        words("comment", gettext_lazy("comment")),
        moment("created_at", gettext_lazy("written on")),
    )


@admin.register(ChangeRequest)
class ChangeRequestAdmin(ReadOnly, admin.ModelAdmin):
    """What one party asked of the other while work ran, and how it was answered. Staff only read."""

    list_display = (
        words("order", gettext_lazy("order"), sort="order__number"),
        words("get_kind_display", gettext_lazy("what"), sort="kind"),
        badge("state", gettext_lazy("state"), CHANGE_TONES),
        link("proposed_by", gettext_lazy("proposed by"), sort="proposed_by__last_name"),
        moment("created_at", gettext_lazy("asked on")),
        moment("answer_due_at", gettext_lazy("to be answered before")),
    )
    list_filter = ("kind", "state")
    list_select_related = ("order", "proposed_by")
    search_fields = ("order__title", "message", "proposed_by__email")
    ordering = ("-created_at", "-pk")
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = readonly_fields = (
        link("order", gettext_lazy("order")),
        words("get_kind_display", gettext_lazy("what")),
        badge("state", gettext_lazy("state"), CHANGE_TONES),
        link("proposed_by", gettext_lazy("proposed by")),
        words("message", gettext_lazy("reason")),
        moment("new_due_at", gettext_lazy("new date")),
        cents("refund_cents", gettext_lazy("refund")),
        moment("created_at", gettext_lazy("asked on")),
        moment("answer_due_at", gettext_lazy("to be answered before")),
        link("answered_by", gettext_lazy("answered by")),
        moment("answered_at", gettext_lazy("answered on")),
    )


@admin.register(CancellationRecord)
class CancellationRecordAdmin(ReadOnly, admin.ModelAdmin):
    """What cancellations left on profiles, with what stood there before the other party spoke."""

    list_display = (
        words("order", gettext_lazy("order"), sort="order__number"),
        link("subject", gettext_lazy("on the profile of"), sort="subject__last_name"),
        words("get_side_display", gettext_lazy("side")),
        words("get_cause_display", gettext_lazy("cause"), sort="cause"),
        words("score", gettext_lazy("score")),
        moment("created_at", gettext_lazy("written on")),
        moment("amended_at", gettext_lazy("judged on")),
    )
    list_filter = ("side", "cause")
    list_select_related = ("order", "subject")
    search_fields = ("order__title", "comment", "subject__email")
    fields = readonly_fields = (
        link("order", gettext_lazy("order")),
        link("subject", gettext_lazy("on the profile of")),
        words("get_side_display", gettext_lazy("side")),
        words("get_cause_display", gettext_lazy("cause")),
        words("score", gettext_lazy("score")),
        words("comment", gettext_lazy("comment")),
        words("get_first_cause_display", gettext_lazy("first cause")),
        words("first_score", gettext_lazy("first score")),
        moment("created_at", gettext_lazy("written on")),
        moment("amendable_until", gettext_lazy("may be judged until")),
        moment("amended_at", gettext_lazy("judged on")),
        words("reply", gettext_lazy("reply")),
        moment("replied_at", gettext_lazy("answered on")),
    )


@admin.register(TrackRecord)
class TrackRecordAdmin(ReadOnly, admin.ModelAdmin):
    """How reliably people carried orders through, counted as it happened."""

    list_display = (
        link("user", gettext_lazy("person"), sort="user__last_name"),
        words("get_side_display", gettext_lazy("side")),
        words("completed", gettext_lazy("orders completed"), sort="completed"),
        words("cancelled", gettext_lazy("orders cancelled"), sort="cancelled"),
        words("on_time", gettext_lazy("first deliverables on time"), sort="on_time"),
        words("due", gettext_lazy("first deliverables that were due"), sort="due"),
    )
    list_filter = ("side",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__last_name")
    fields = readonly_fields = (
        link("user", gettext_lazy("person")),
        words("get_side_display", gettext_lazy("side")),
        words("completed", gettext_lazy("orders completed")),
        words("cancelled", gettext_lazy("orders cancelled")),
        words("on_time", gettext_lazy("first deliverables on time")),
        words("due", gettext_lazy("first deliverables that were due")),
    )


from orders import request_admin as request_admin  # noqa: E402
