"""Where staff read custom requests, see which experts suit them and why, and invite."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from marketplace.kernel.staff import (
    EMPTY,
    Queue,
    ReadOnly,
    ReadOnlyRows,
    StaffAct,
    StaffActs,
    badge,
    cents,
    link,
    moment,
    row_link,
    waits_for_staff,
    words,
)
from orders.actions import requesting
from orders.models import CustomRequest, Invitation, RequestFile, Terms
from orders.queries import matching
from orders.request_forms import InviteForm

TONES = {"submitted": "warn", "open": "info", "agreed": "ok", "withdrawn": "neutral", "expired": "bad"}


def _invite(request: CustomRequest, actor: User, answers: dict[str, Any]) -> object:
    experts = User.objects.filter(pk__in=answers["experts"]).select_related("expert_profile")
    return requesting.invite(request, actor=actor, experts=experts)


waits_for_staff(
    Queue(
        label=gettext_lazy("Custom requests to hand to experts"),
        rows=CustomRequest.objects.for_staff,
        since="created_at",
        query="waits=yes",
    )
)


class WaitsFilter(admin.SimpleListFilter):
    """Those that wait for us: nobody invited, or nobody left."""

    title = gettext_lazy("waits for")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Our team"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return (
            queryset.filter(pk__in=CustomRequest.objects.for_staff()) if self.value() == "yes" else queryset
        )


class RequestFileRows(ReadOnlyRows):
    model = RequestFile
    verbose_name_plural = gettext_lazy("files of the request")
    fields = readonly_fields = ("opened", "content_type", "size")

    @admin.display(description=gettext_lazy("file"))
    def opened(self, file: RequestFile) -> SafeString:
        return format_html('<a href="{}">{}</a>', file.url, file.name)


class InvitationRows(ReadOnlyRows):
    model = Invitation
    verbose_name_plural = gettext_lazy("invitations")
    fields = readonly_fields = (
        link("expert", gettext_lazy("expert")),
        words("get_state_display", gettext_lazy("state")),
        moment("invited_at", gettext_lazy("invited on")),
        moment("answer_due_at", gettext_lazy("answer due")),
    )


@admin.register(CustomRequest)
class CustomRequestAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """Every request, those to be handed to experts first."""

    change_form_template = "admin/staff_change_form.html"
    list_display = (
        "title",
        badge("state", gettext_lazy("state"), TONES),
        link("buyer", gettext_lazy("buyer"), sort="buyer__last_name"),
        words("category", gettext_lazy("category")),
        cents("budget_cents", gettext_lazy("budget")),
        moment("created_at", gettext_lazy("asked on")),
        moment("expires_at", gettext_lazy("ends on")),
    )
    list_filter = (WaitsFilter, "state", "is_confidential", "category")
    list_select_related = ("buyer", "category")
    search_fields = ("title", "need", "buyer__email", "for_company__name")
    ordering = ("-created_at", "-pk")
    inlines = (RequestFileRows, InvitationRows)
    fields = readonly_fields = (
        "title",
        badge("state", gettext_lazy("state"), TONES),
        link("buyer", gettext_lazy("buyer")),
        link("for_company", gettext_lazy("company account")),
        words("category", gettext_lazy("category")),
        words("need", gettext_lazy("need")),
        cents("budget_cents", gettext_lazy("budget")),
        "wanted_on",
        "is_confidential",
        moment("created_at", gettext_lazy("asked on")),
        moment("expires_at", gettext_lazy("ends on")),
        link("order", gettext_lazy("order")),
        "suggested",
    )
    acts: ClassVar = (
        StaffAct(
            name="invite",
            label=gettext_lazy("Invite experts"),
            consequence=gettext_lazy(
                "Each reads the need and its files, and may accept, propose other terms or decline. "
                "Nobody else sees the request."
            ),
            done=gettext_lazy("The experts are invited."),
            perform=_invite,
            applies=lambda request: request.is_waiting,
            form=InviteForm,
        ),
    )

    @admin.display(description=gettext_lazy("experts who suit it"))
    def suggested(self, request: CustomRequest) -> SafeString | str:
        """The ranking, with the points and the reasons of each place."""
        found = matching.suggestions(request) if request.is_waiting else []
        if not found:
            return EMPTY
        rows = format_html_join(
            "",
            "<tr><th scope='row'>{}</th><td>{}/100</td>"
            + "<td>{}</td>" * len(matching.PARTS)
            + "<td>{}</td></tr>",
            (
                (
                    row_link(item.profile.user),
                    item.points,
                    *(item.parts[name] for name in matching.PARTS),
                    " ".join(item.reasons),
                )
                for item in found
            ),
        )
        heads = format_html_join(
            "", "<th>{} /{}</th>", ((words, most) for words, most in matching.PARTS.values())
        )
        return format_html(
            "<table><thead><tr><th>{}</th><th>{}</th>{}<th>{}</th></tr></thead><tbody>{}</tbody></table>",
            _("Expert"),
            _("Points"),
            heads,
            _("Reasons"),
            rows,
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        user: Any = request.user
        return super().get_queryset(request).filter(pk__in=CustomRequest.objects.visible_to(user))


class TermsRows(ReadOnlyRows):
    model = Terms
    verbose_name_plural = gettext_lazy("versions of the terms")
    fields = readonly_fields = (
        words("number", gettext_lazy("version")),
        link("author", gettext_lazy("author")),
        cents("price_cents", gettext_lazy("price")),
        words("delivery_days", gettext_lazy("delivery time in days")),
        words("note", gettext_lazy("message")),
        moment("created_at", gettext_lazy("written on")),
        moment("expert_agreed_at", gettext_lazy("the expert agreed on")),
    )


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, admin.ModelAdmin):
    """Each negotiation, with every version of its terms."""

    list_display = (
        link("expert", gettext_lazy("expert"), sort="expert__last_name"),
        link("request", gettext_lazy("request"), sort="request__title"),
        words("get_state_display", gettext_lazy("state"), sort="state"),
        moment("invited_at", gettext_lazy("invited on")),
        moment("answer_due_at", gettext_lazy("answer due")),
    )
    list_filter = ("state",)
    list_select_related = ("expert", "request")
    search_fields = ("expert__email", "request__title")
    ordering = ("-invited_at", "-pk")
    inlines = (TermsRows,)
    fields = readonly_fields = (
        link("expert", gettext_lazy("expert")),
        link("request", gettext_lazy("request")),
        words("get_state_display", gettext_lazy("state")),
        words("reasons", gettext_lazy("reasons")),
        moment("invited_at", gettext_lazy("invited on")),
        moment("answer_due_at", gettext_lazy("answer due")),
        moment("ended_at", gettext_lazy("ended on")),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        user: Any = request.user
        rows = super().get_queryset(request).prefetch_related("versions")
        return rows.filter(request__in=CustomRequest.objects.visible_to(user))
