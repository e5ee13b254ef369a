"""The rows under an order: its lines, deliverables, revisions, pauses and what was asked."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from marketplace.kernel.staff import (
    EMPTY,
    ReadOnlyRows,
    cents,
    link,
    moment,
    words,
)
from orders.models import (
    ChangeRequest,
    Deliverable,
    OrderExtra,
    OrderLine,
    OrderRequirement,
    Pause,
    RevisionRequest,
)

CHANGE_TONES = {
    "open": "warn",
    "accepted": "ok",
    "refused": "bad",
    "withdrawn": "neutral",
    "expired": "neutral",
    "closed": "neutral",
}


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
