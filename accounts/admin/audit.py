"""Who changed what: read by those who watch over the team, changed by nobody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditLine
from marketplace.kernel.staff import EMPTY, ReadOnly, link, moment

NAMES = {
    "accounts_user": _("account"),
    "accounts_expertprofile": _("expert profile"),
    "accounts_document": _("document"),
    "accounts_suspension": _("suspension"),
    "auth_group": _("group"),
    "offers_offer": _("offer"),
    "offers_category": _("category"),
}


class Table(admin.SimpleListFilter):
    title = _("table")
    parameter_name = "table"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(NAMES.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(subject=self.value()) if self.value() else queryset


class ByTeam(admin.SimpleListFilter):
    title = _("changed by")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("team", _("Our team")), ("other", _("The owner or a rule"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in ("team", "other"):
            return queryset.filter(actor__isnull=self.value() == "other")
        return queryset


@admin.register(AuditLine)
class AuditLineAdmin(ReadOnly, admin.ModelAdmin):
    """Each change of an account, its groups and permissions, a profile, a document, an offer, with old and new values."""

    list_display = (moment("at", _("changed on")), "row", "what", link("actor", _("changed by")))
    list_filter = (Table, ByTeam)
    list_select_related = ("actor",)
    search_fields = ("=row_id", "actor__email", "actor__last_name")
    ordering = ("-at", "-pk")
    date_hierarchy = "at"
    show_full_result_count = False
    fields = readonly_fields = list_display

    @admin.display(description=_("row"), ordering="subject")
    def row(self, line: AuditLine) -> SafeString | str:
        """The way to the row that changed."""
        name = f"{NAMES.get(line.subject, line.subject)} {line.row_id}"
        try:
            url = reverse(f"admin:{line.subject}_change", args=[line.row_id])
        except NoReverseMatch:
            return name
        return format_html('<a href="{}">{}</a>', url, name)

    @admin.display(description=_("changes"))
    def what(self, line: AuditLine) -> SafeString:
        return format_html_join(
            mark_safe("<br>"),
            "<b>{}</b> {} → {}",
            ((column, _shown(old), _shown(new)) for column, (old, new) in sorted(line.changes.items())),
        )


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return EMPTY if value in (None, "") else str(value)
