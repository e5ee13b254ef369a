"""What one party asked the other to agree to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from marketplace.kernel.staff import (
    ReadOnly,
    badge,
    cents,
    link,
    moment,
    words,
)
from orders.admin.rows import CHANGE_TONES
from orders.models import (
    ChangeRequest,
)
from orders.staff_lists import UntilArchive


@admin.register(ChangeRequest)
class ChangeRequestAdmin(UntilArchive, ReadOnly, admin.ModelAdmin):
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
