"""Where staff read a dispute from both sides, see what a ruling would do to the cent, and rule."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disputes import actions
from disputes.forms import RulingForm
from disputes.models import Dispute
from marketplace.kernel.money import format_money
from marketplace.kernel.staff import ReadOnly, StaffAct, StaffActs, cents, link, moment, pill, titled, words


class RulingFilter(admin.SimpleListFilter):
    """Still to be ruled on, or done."""

    title = gettext_lazy("ruling")
    parameter_name = "ruling"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", _("To be ruled on")), ("ruled", _("Ruled on"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Dispute]) -> QuerySet[Dispute]:
        match self.value():
            case "waiting":
                return queryset.filter(ruled_at=None)
            case "ruled":
                return queryset.filter(ruled_at__isnull=False)
        return queryset


def ruling_preview(dispute: Dispute, answers: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Every cent of the order, before anyone confirms."""
    seen = actions.preview_ruling(dispute.order, refund_cents=answers["refund_cents"])
    return [
        (_("Order"), str(dispute.order)),
        (_("Total held"), format_money(seen.total_cents, full=True)),
        (
            _("Back to %(buyer)s, who bought") % {"buyer": dispute.order.buyer},
            format_money(seen.refund_cents, full=True),
        ),
        (
            _("To %(expert)s, who sold") % {"expert": dispute.order.expert},
            format_money(seen.net_cents, full=True),
        ),
        (_("Our commission before VAT"), format_money(seen.commission_ht_cents, full=True)),
        (_("VAT on our commission"), format_money(seen.commission_vat_cents, full=True)),
        (_("Reason, read by both parties"), answers["reason"]),
    ]


@admin.register(Dispute)
class DisputeAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """The facts first, read only; the decision last, in two steps."""

    list_display = (
        words("order", gettext_lazy("order"), sort="order__number"),
        words("get_ground_display", gettext_lazy("ground"), sort="ground"),
        link("opened_by", gettext_lazy("opened by"), sort="opened_by__last_name"),
        "standing",
        moment("opened_at", gettext_lazy("opened on")),
        moment("ruled_at", gettext_lazy("ruled on")),
        cents("order.total_cents", gettext_lazy("total")),
        cents("refund_cents", gettext_lazy("refund")),
    )
    list_filter = (RulingFilter, ("ground", titled(ChoicesFieldListFilter, gettext_lazy("ground"))))
    search_fields = ("order__title", "order__buyer__email", "order__expert__email", "statement")
    ordering = ("opened_at", "pk")
    date_hierarchy = "opened_at"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    link("order", gettext_lazy("order")),
                    link("order.buyer", gettext_lazy("buyer")),
                    link("order.expert", gettext_lazy("expert")),
                    link("order.conversation", gettext_lazy("conversation")),
                    cents("order.total_cents", gettext_lazy("total held")),
                )
            },
        ),
        (
            gettext_lazy("What is said"),
            {
                "fields": (
                    link("opened_by", gettext_lazy("opened by")),
                    moment("opened_at", gettext_lazy("opened on")),
                    words("get_ground_display", gettext_lazy("ground")),
                    words("statement", gettext_lazy("statement")),
                )
            },
        ),
        (
            gettext_lazy("What was agreed and done"),
            {
                "fields": (
                    words("order.brief", gettext_lazy("brief")),
                    moment("order.started_at", gettext_lazy("started on")),
                    moment("order.due_at", gettext_lazy("first deliverable due")),
                    moment("order.first_delivered_at", gettext_lazy("first delivered on")),
                    words("order.revisions_included", gettext_lazy("revisions included")),
                    words("order.revision_round", gettext_lazy("revisions asked for")),
                )
            },
        ),
        (
            gettext_lazy("The decision"),
            {
                "fields": (
                    "standing",
                    cents("refund_cents", gettext_lazy("back to the buyer")),
                    words("reason", gettext_lazy("reason")),
                    link("ruled_by", gettext_lazy("decided by")),
                    moment("ruled_at", gettext_lazy("ruled on")),
                )
            },
        ),
    )
    acts = (
        StaffAct(
            name="rule",
            label=gettext_lazy("Rule"),
            consequence=gettext_lazy(
                "The money moves at once, the order is closed, and both parties read your reason."
            ),
            done=gettext_lazy("The dispute is ruled on and the money has moved."),
            perform=lambda dispute, actor, answers: actions.rule(dispute, actor=actor, **answers),
            applies=lambda dispute: not dispute.is_ruled,
            form=RulingForm,
            preview=ruling_preview,
            dangerous=True,
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Dispute | None = None) -> Any:
        return tuple(field for _title, options in self.fieldsets for field in options["fields"])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispute]:
        return (
            super()
            .get_queryset(request)
            .select_related(
                "order__buyer",
                "order__expert",
                "order__payment",
                "order__conversation",
                "opened_by",
                "ruled_by",
            )
        )

    @admin.display(description=gettext_lazy("ruling"))
    def standing(self, dispute: Dispute) -> SafeString:
        return pill(dispute.outcome, "viol") if dispute.is_ruled else pill(_("To be ruled on"), "bad")
