"""Where people are signed in, and the second factors they use. The library's own pages search a name we do not have."""

from typing import Any

import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401  # registers its pages first, so that ours replace them
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.staff import ReadOnly, link, moment, words

admin.site.unregister([Authenticator, UserSession])


@admin.register(UserSession)
class UserSessionAdmin(ReadOnly, admin.ModelAdmin):
    """From which device and address people are signed in. They end their own sessions in their settings."""

    list_display = (
        link("user", _("account"), sort="user__email"),
        words("ip", _("address")),
        words("user_agent", _("browser")),
        moment("created_at", _("signed in on")),
        moment("last_seen_at", _("last seen on")),
    )
    list_select_related = ("user",)
    search_fields = ("user__email", "user__first_name", "user__last_name", "ip")
    ordering = ("-last_seen_at", "-pk")
    show_full_result_count = False
    fields = readonly_fields = list_display


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnly, admin.ModelAdmin):
    """Second factors. Their secrets are never shown; only a superuser takes away one that somebody lost."""

    list_display = (
        link("user", _("account"), sort="user__email"),
        words("get_type_display", _("kind"), sort="type"),
        moment("created_at", _("set up on")),
        moment("last_used_at", _("last used on")),
    )
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__first_name", "user__last_name")
    ordering = ("-created_at", "-pk")
    fields = readonly_fields = list_display

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)
