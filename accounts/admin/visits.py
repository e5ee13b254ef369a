"""Who of the team saw the site as whom, and why: read, never changed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import StaffVisit
from marketplace.kernel.staff import ReadOnly, link, moment, words


@admin.register(StaffVisit)
class StaffVisitAdmin(ReadOnly, admin.ModelAdmin):
    list_display = (
        moment("began_at", _("began on")),
        link("staff", _("member of the team"), sort="staff__last_name"),
        link("person", _("seen as"), sort="person__last_name"),
        words("reason", _("reason")),
        moment("ended_at", _("ended on")),
    )
    list_select_related = ("staff", "person")
    search_fields = ("staff__email", "person__email", "reason")
    date_hierarchy = "began_at"
    fields = readonly_fields = (*list_display, moment("until", _("ends on")))
