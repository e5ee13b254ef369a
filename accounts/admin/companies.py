"""Company accounts as staff read them: members and invitations. Owners change them; nobody else does."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import Company, CompanyInvitation, User
from marketplace.kernel.staff import ReadOnly, ReadOnlyRows, link, moment, words


class MemberRows(ReadOnlyRows):
    model = User
    fk_name = "company"
    verbose_name_plural = _("members")
    fields = readonly_fields = (
        words("display_name", _("member")),
        "email",
        words("get_company_role_display", _("role")),
        moment("company_since", _("member since")),
    )


class CompanyInvitationRows(ReadOnlyRows):
    model = CompanyInvitation
    fields = readonly_fields = (
        "email",
        words("get_role_display", _("role")),
        words("get_state_display", _("state")),
        link("invited_by", _("invited by")),
        moment("sent_at", _("sent on")),
        moment("expires_at", _("ends on")),
        moment("answered_at", _("answered on")),
    )


@admin.register(Company)
class CompanyAdmin(ReadOnly, admin.ModelAdmin):
    """Who buys together. Each change of member or role is a line of the audit."""

    list_display = (
        "name",
        words("city", _("city")),
        "vat_number",
        moment("created_at", _("opened on")),
    )
    search_fields = ("name", "siren", "vat_number", "members__email")
    ordering = ("-created_at", "-pk")
    inlines = (MemberRows, CompanyInvitationRows)
    fields = readonly_fields = (
        "name",
        "address",
        "postal_code",
        "city",
        "country",
        "siren",
        "vat_number",
        moment("created_at", _("opened on")),
    )
