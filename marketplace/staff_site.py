"""The administration: what waits for staff comes first, and everyone signs in by the one door of the site."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.staff import figures, filters, search, seeing
from marketplace.staff.queues import what_waits

APP_ORDER = ("disputes", "orders", "missions", "payments", "accounts", "offers", "messaging", "auth")

OF_ACCOUNTS = {"account": "", "mfa": _("Second factors"), "usersessions": _("Devices signed in")}
"""Apps of libraries whose rows belong to accounts, and what their one list is called, if not as they say."""


class StaffSite(admin.AdminSite):
    """Django's administration under the site's name."""

    site_header = format_lazy("{} · {}", settings.SITE_NAME, _("Administration"))
    site_title = format_lazy("{} {}", settings.SITE_NAME, _("Administration"))
    index_title = _("Administration")
    index_template = "admin/staff_index.html"
    empty_value_display = "–"

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Staff sign in as everyone does, with the same rate limits; others are told this is not for them."""
        return secure_admin_login(super().login)(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def each_context(self, request: Any) -> dict[str, Any]:
        return {**super().each_context(request), "ribbon": settings.ENVIRONMENT_NAME}

    def get_app_list(self, request: Any, app_label: str | None = None) -> list[Any]:
        """What staff work on first; what libraries know of accounts stands with the accounts."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        by_label = {app["app_label"]: app for app in apps}
        for label, name in OF_ACCOUNTS.items():
            if label in by_label and "accounts" in by_label:
                models = by_label.pop(label)["models"]
                by_label["accounts"]["models"] += [
                    {**model, "name": name or model["name"]} for model in models
                ]
        order = {label: position for position, label in enumerate(APP_ORDER)}
        return sorted(by_label.values(), key=lambda app: order.get(app["app_label"], len(order)))

    def get_urls(self) -> list[Any]:
        own = [
            path("search/", self.admin_view(search.search), name="search"),
            path("figures/", self.admin_view(figures.figures), name="figures"),
            path("seeing/<int:user_id>/", self.admin_view(seeing.begin), name="see_as"),
            path("filters/<str:label>/", self.admin_view(filters.save), name="save_filter"),
            path("filters/<int:pk>/removal/", self.admin_view(filters.drop), name="drop_filter"),
        ]
        return own + super().get_urls()

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        waiting = list(what_waits(request)) if self.has_permission(request) else []
        kept = list(filters.kept(request.user)) if self.has_permission(request) else []
        idle = [kind for kind in waiting if not kind.count]
        context = {**(extra_context or {}), "waiting": waiting, "idle": idle, "kept": kept}
        return super().index(request, context)
