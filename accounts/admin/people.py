"""Accounts and expert profiles."""

from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.admin.suspensions import LIFT, SUSPEND
from accounts.models import BuyerProfile, ExpertProfile, User
from marketplace.kernel.staff import (
    ReadOnly,
    ReadOnlyRows,
    StaffAct,
    StaffActs,
    badge,
    link,
    moment,
    titled,
    words,
)

JOINED = moment("date_joined", _("joined"))
LAST_SIGN_IN = moment("last_login", _("last sign-in"))
EXPERT_PROFILE = link("expert_profile", _("expert profile"))
STATUS_TONES = {"pending": "warn", "approved": "ok", "suspended": "bad"}


class BuyerProfileRows(ReadOnlyRows):
    model = BuyerProfile
    fields = readonly_fields = ("company", "address", "postal_code", "city", "country", "vat_number")


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts. The button shows the site as they see it. They are opened by signing up and closed by their owner; a password is never seen here."""

    change_form_template = "admin/user_change_form.html"
    list_display = (
        "email",
        words("get_full_name", _("name"), sort="last_name"),
        "is_buyer",
        "is_expert",
        "is_staff",
        "is_active",
        JOINED,
    )
    list_filter = ("is_active", "is_staff", "is_expert", "is_buyer", "language")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("-date_joined",)
    date_hierarchy = "date_joined"
    filter_horizontal = ("groups", "user_permissions")
    inlines = (BuyerProfileRows,)
    fieldsets = (
        (None, {"fields": ("email", "first_name", "last_name", "language", "is_active")}),
        (
            _("Sides of the market"),
            {"fields": ("is_buyer", "is_expert", EXPERT_PROFILE, "orders")},
        ),
        (
            _("Staff"),
            {"fields": ("is_staff", "is_superuser", "groups", "user_permissions"), "classes": ("collapse",)},
        ),
        (_("Dates"), {"fields": (JOINED, LAST_SIGN_IN)}),
    )
    readonly_fields = ("email", "is_buyer", "is_expert", EXPERT_PROFILE, "orders", JOINED, LAST_SIGN_IN)

    @admin.display(description=_("orders"))
    def orders(self, user: User) -> SafeString:
        """Where their purchases and sales are listed."""
        url = reverse("admin:orders_order_changelist")
        return format_html('<a href="{}?q={}">{}</a>', url, quote(user.email), gettext("Bought or sold"))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only a superuser makes others staff, and nobody promotes or locks themselves."""
        fields = (*self.readonly_fields,)
        if not request.user.is_superuser or (obj is not None and obj.pk == request.user.pk):
            fields += ("is_staff", "is_superuser", "groups", "user_permissions", "is_active")
        elif obj is not None and obj.is_superuser:
            fields += ("is_active",)
        return fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(ExpertProfile)
class ExpertProfileAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """Who may sell. Admitting, suspending and lifting a suspension are the buttons of the page."""

    list_display = (
        words("user", _("expert"), sort="user__last_name"),
        badge("status", _("status"), STATUS_TONES),
        words("headline", _("headline")),
        words("city", _("city")),
        words("completed_count", _("completed orders")),
        moment("user.date_joined", _("joined")),
        moment("approved_at", _("approved on")),
    )
    list_filter = (("status", titled(ChoicesFieldListFilter, _("status"))), "vat_regime")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__first_name", "user__last_name", "headline", "city")
    ordering = ("-user__date_joined", "-pk")
    acts = (
        StaffAct(
            name="approve",
            label=_("Approve"),
            consequence=_(
                "The expert is admitted without the club and reads this reason. "
                "They sell as soon as their documents are in order."
            ),
            done=_("The expert is approved."),
            perform=lambda profile, actor, answers: actions.approve_expert(
                profile, actor=actor, reason=answers["reason"]
            ),
            applies=lambda profile: profile.status == ExpertProfile.Status.PENDING,
        ),
        SUSPEND,
        LIFT,
        StaffAct(
            name="excuse",
            label=_("Excuse missing documents"),
            consequence=_(
                "The expert may sell for 30 days although documents are missing. Everything else stays required."
            ),
            done=_("The missing documents are excused for 30 days."),
            perform=lambda profile, actor, answers: actions.excuse_documents(profile, actor=actor),
            applies=lambda profile: profile.is_approved and profile.barred_since is not None,
        ),
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    link("user", _("account")),
                    words("user.email", _("e-mail")),
                    badge("status", _("status"), STATUS_TONES),
                    moment("approved_at", _("approved on")),
                    moment("barred_since", _("kept from selling since")),
                    words("waived_until", _("missing documents excused until")),
                )
            },
        ),
        (
            _("What the public reads"),
            {
                "fields": (
                    words("headline", _("headline")),
                    words("bio", _("presentation")),
                    words("city", _("city")),
                    words("languages", _("languages")),
                    words("skills", _("skills")),
                    words("years_of_experience", _("years of experience")),
                )
            },
        ),
        (
            _("Trade"),
            {
                "fields": (
                    words("get_vat_regime_display", _("VAT regime")),
                    words("completed_count", _("completed orders")),
                    words("rating_avg", _("mean rating")),
                    words("rating_count", _("reviews")),
                )
            },
        ),
    )
    readonly_fields = tuple(field for _title, options in fieldsets for field in options["fields"])
