"""What happened to orders, and when the clock last ran."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.money import format_money
from marketplace.kernel.staff import (
    EMPTY,
    ReadOnly,
    ReadOnlyRows,
    cents,
    link,
    moment,
    moment_words,
    titled,
    words,
)
from orders import timers
from orders.models import (
    DayFigures,
    Order,
    OrderEvent,
    Pause,
    TimerRun,
)
from orders.staff_lists import UntilArchive

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
        link("hand", gettext_lazy("done in their place by")),
        facts_of,
        moment("announced_at", gettext_lazy("told on")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderEvent]:
        found: QuerySet[OrderEvent] = super().get_queryset(request)
        return found.exclude(kind=OrderEvent.Kind.MESSAGE).select_related("actor", "hand")


@admin.register(OrderEvent)
class OrderEventAdmin(UntilArchive, ReadOnly, admin.ModelAdmin):
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
        link("hand", gettext_lazy("done in their place by")),
        words("get_state_display", gettext_lazy("state after it")),
        facts_of,
        moment("created_at", gettext_lazy("when")),
        moment("announced_at", gettext_lazy("told on")),
    )


class OfTimer(admin.SimpleListFilter):
    """One timer, by what it does rather than by its name in the code."""

    title = gettext_lazy("timer")
    parameter_name = "timer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(timer.name, timer.label) for timer in timers.TIMERS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(timer=self.value()) if self.value() else queryset


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
    list_filter = (OfTimer,)
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


@admin.register(DayFigures)
class DayFiguresAdmin(ReadOnly, admin.ModelAdmin):
    """What each day brought, as the page of figures draws it."""

    list_display = (
        "day",
        "paid",
        "completed",
        "cancelled",
        cents("volume_cents", gettext_lazy("volume paid")),
        cents("commission_cents", gettext_lazy("commission before VAT")),
        cents("refunded_cents", gettext_lazy("refunds decided")),
    )
    fields = readonly_fields = list_display
    date_hierarchy = "day"
