"""What people asked of their own data, to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import ClosureRequest, DataExport
from marketplace.kernel.staff import ReadOnly, link, moment

ACCOUNT = link("user", _("account"))
ASKED = moment("asked_at", _("asked on"))


@admin.register(ClosureRequest)
class ClosureRequestAdmin(ReadOnly, admin.ModelAdmin):
    """Accounts that are to close. It happens by itself; what stands in the way is on the person's page."""

    list_display = (
        ACCOUNT,
        ASKED,
        moment("promised_by", _("promised by")),
        moment("done_at", _("closed on")),
    )
    list_filter = ("done_at", "withdrawn_at")
    list_select_related = ("user",)
    search_fields = ("user__email",)


@admin.register(DataExport)
class DataExportAdmin(ReadOnly, admin.ModelAdmin):
    """Copies of personal data that were asked for. Nobody but their owner opens them."""

    list_display = (
        ACCOUNT,
        ASKED,
        moment("ready_at", _("ready on")),
        moment("expires_at", _("deleted on")),
        "size",
    )
    list_select_related = ("user",)
    search_fields = ("user__email",)
    exclude = ("file",)
