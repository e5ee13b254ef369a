"""What others say of experts, and the work they show."""

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.utils.translation import gettext_lazy as _

from accounts.actions import recommendations
from accounts.models import PortfolioPiece, Recommendation
from marketplace.kernel.staff import (
    ReadOnly,
    StaffAct,
    StaffActs,
    badge,
    link,
    moment,
    titled,
    words,
)

STATUS_TONES = {
    "asked": "neutral",
    "written": "warn",
    "published": "ok",
    "refused": "bad",
    "declined": "neutral",
}
CONSENT_TONES = {"asked": "warn", "given": "ok", "refused": "bad"}


@admin.register(Recommendation)
class RecommendationAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """Read before the public does: shown when somebody real speaks of work done together, without advertising."""

    list_display = (
        words("name", _("name"), sort="name"),
        words("profile", _("expert"), sort="profile__user__last_name"),
        badge("status", _("status"), STATUS_TONES),
        words("role", _("position and company")),
        moment("written_at", _("written on")),
    )
    list_filter = (("status", titled(ChoicesFieldListFilter, _("status"))),)
    list_select_related = ("profile__user",)
    search_fields = ("name", "email", "profile__user__email", "profile__user__last_name")
    ordering = ("-written_at", "-asked_at", "-pk")
    acts = (
        StaffAct(
            name="publish",
            label=_("Show on the profile"),
            consequence=_(
                "The words and the name appear on the expert's page, and count for its place in lists."
            ),
            done=_("The recommendation is shown."),
            perform=lambda row, actor, answers: recommendations.publish(row, actor=actor),
            applies=lambda row: row.status in ("written", "refused"),
        ),
        StaffAct(
            name="refuse",
            label=_("Do not show"),
            consequence=_("Nobody but our team reads it, and it does not count."),
            done=_("The recommendation is not shown."),
            perform=lambda row, actor, answers: recommendations.refuse(row, actor=actor),
            applies=lambda row: row.status in ("written", "published"),
            dangerous=True,
        ),
    )
    fields = readonly_fields = (
        badge("status", _("status"), STATUS_TONES),
        link("profile", _("expert")),
        words("name", _("name")),
        words("email", _("e-mail")),
        words("get_relation_display", _("how you worked together")),
        words("role", _("position and company")),
        words("text", _("recommendation")),
        moment("asked_at", _("asked on")),
        moment("written_at", _("written on")),
        moment("checked_at", _("read on")),
    )


@admin.register(PortfolioPiece)
class PortfolioPieceAdmin(ReadOnly, admin.ModelAdmin):
    """What experts show of their work, with the consent of the client and its date."""

    list_display = (
        words("title", _("title"), sort="title"),
        words("profile", _("expert"), sort="profile__user__last_name"),
        words("client_name", _("client")),
        badge("consent", _("consent"), CONSENT_TONES),
        moment("answered_at", _("answered on")),
    )
    list_filter = (("consent", titled(ChoicesFieldListFilter, _("consent"))),)
    list_select_related = ("profile__user",)
    search_fields = (
        "title",
        "client_name",
        "client_email",
        "profile__user__email",
        "profile__user__last_name",
    )
    ordering = ("-pk",)
    fields = readonly_fields = (
        badge("consent", _("consent"), CONSENT_TONES),
        link("profile", _("expert")),
        words("title", _("title")),
        words("description", _("description")),
        words("year", _("year")),
        words("client_name", _("client")),
        words("client_email", _("e-mail of the client")),
        words("order_reference", _("order")),
        moment("asked_at", _("asked on")),
        moment("answered_at", _("answered on")),
        words("agreed_version", _("version")),
        words("agreed_language", _("language")),
        words("agreed_digest", _("digest of the words agreed to")),
    )
