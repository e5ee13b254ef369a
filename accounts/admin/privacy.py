"""What people agreed to and what they asked of their own data, to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import ClosureRequest, Consent, DataExport, TextEdition
from marketplace.kernel.staff import ReadOnly, link, moment, words

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


@admin.register(Consent)
class ConsentAdmin(ReadOnly, admin.ModelAdmin):
    """What people agreed to: the version, the digest of the words they read, when, how, and when they took it back."""

    list_display = (
        ACCOUNT,
        words("get_text_display", _("text"), sort="text"),
        words("label", _("about")),
        words("version", _("version")),
        moment("given_at", _("given on")),
        moment("withdrawn_at", _("withdrawn on")),
    )
    list_filter = ("text", ("withdrawn_at", admin.EmptyFieldListFilter), "source")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__last_name", "name", "version", "=digest")
    date_hierarchy = "given_at"
    show_full_result_count = False
    fields = readonly_fields = (
        ACCOUNT,
        words("get_text_display", _("text")),
        words("label", _("about")),
        words("version", _("version")),
        words("language", _("language")),
        words("digest", _("digest")),
        words("name", _("signed as")),
        words("get_source_display", _("given")),
        words("ip", _("address on the network")),
        moment("given_at", _("given on")),
        moment("withdrawn_at", _("withdrawn on")),
    )


@admin.register(TextEdition)
class TextEditionAdmin(ReadOnly, admin.ModelAdmin):
    """The versions of the charter and the mandate that came with a release, and from when each applies."""

    list_display = fields = readonly_fields = (
        words("get_text_display", _("text")),
        words("version", _("version")),
        moment("announced_at", _("announced on")),
        moment("takes_effect_at", _("applies from")),
    )
