"""When experts are away."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import TimeOff
from marketplace.kernel.staff import ReadOnly, link, words


@admin.register(TimeOff)
class TimeOffAdmin(ReadOnly, admin.ModelAdmin):
    """When experts are away, as they said themselves."""

    list_display = (words("expert", _("expert"), sort="expert__last_name"), "starts_on", "ends_on", "note")
    list_select_related = ("expert",)
    search_fields = ("expert__email", "expert__first_name", "expert__last_name")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "-pk")
    fields = readonly_fields = (link("expert", _("expert")), "starts_on", "ends_on", "note")
