"""Calls: when they are held, who moved them, who was missing; and experts who refuse order after order."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.staff import (
    Queue,
    ReadOnly,
    ReadOnlyRows,
    badge,
    link,
    moment,
    waits_for_staff,
    words,
)
from orders.models import Call, CallMove
from orders.queries import refusals
from orders.staff_lists import UntilArchive

waits_for_staff(
    Queue(
        label=_("Orders refused by experts who refuse often"),
        rows=refusals.refused_by_habit,
        since="cancelled_at",
        query="due=refused",
    )
)

CALL_TONES = {"kept": "neutral", "booked": "info", "done": "ok", "given_up": "bad"}


class CallMoveRows(ReadOnlyRows):
    model = CallMove
    fields = readonly_fields = (
        words("proposed_by", _("proposed by")),
        moment("starts_at", _("new time")),
        words("get_state_display", _("state")),
        words("message", _("message")),
        moment("created_at", _("proposed on")),
    )


@admin.register(Call)
class CallAdmin(UntilArchive, ReadOnly, admin.ModelAdmin):
    """The slot of each call order. Its money and its state are those of the order."""

    list_display = (
        link("order", _("order"), text="reference", sort="order__pk"),
        badge("state", _("state"), CALL_TONES),
        link("expert", _("expert"), sort="expert__last_name"),
        link("order.buyer", _("buyer")),
        moment("starts_at", _("starts on")),
        words("minutes", _("length of the call in minutes")),
        words("get_absent_display", _("missing"), sort="absent"),
    )
    list_filter = ("state", "absent")
    list_select_related = ("order", "order__buyer", "expert")
    search_fields = ("order__title", "order__buyer__email", "expert__email", "expert__last_name")
    ordering = ("-starts_at", "-pk")
    date_hierarchy = "starts_at"
    show_full_result_count = False
    inlines = (CallMoveRows,)
    fields = readonly_fields = (
        *list_display,
        words("buyer_zone", _("time zone of the buyer")),
        words("expert_zone", _("time zone of the expert")),
        moment("buyer_came_at", _("the buyer came on")),
        moment("expert_came_at", _("the expert came on")),
        moment("absence_declared_at", _("absence declared on")),
        words("absence_words", _("words about the absence")),
    )
