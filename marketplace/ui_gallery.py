"""``/_ui/``: every component of the design system in every state, in local mode only. Reads no database."""

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from marketplace.kernel.forms import MoneyInput, MultipleFileInput


@dataclass
class Person:
    """Stands in for a user."""

    pk: int
    display_name: str
    initials: str
    avatar_url: str = ""
    email: str = "claire@jalon.example"
    is_authenticated: bool = True
    is_expert: bool = False
    is_buyer: bool = True
    is_staff: bool = False


CLAIRE = Person(1, "Claire Fontaine", "CF", is_expert=True, is_buyer=False)
THOMAS = Person(2, "Thomas Girard", "TG", email="thomas@jalon.example")
CROWD = [
    CLAIRE,
    THOMAS,
    *(Person(n, name, name[:1]) for n, name in enumerate(("Inès", "Bruno", "Léa", "Hugo"), 3)),
]
VISITORS: dict[str, Person | None] = {"visitor": None, "buyer": THOMAS, "expert": CLAIRE}


class SampleForm(forms.Form):
    """One field of each sort."""

    title = forms.CharField(
        label=gettext_lazy("Title of your request"),
        help_text=gettext_lazy("One line that says the result you expect."),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput)
    result = forms.CharField(
        label=gettext_lazy("Expected result"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    budget = forms.DecimalField(
        label=gettext_lazy("Budget incl. VAT"),
        min_value=50,
        widget=MoneyInput,
        error_messages={"min_value": gettext_lazy("Enter a budget of at least €50.")},
    )
    delay = forms.ChoiceField(
        label=gettext_lazy("Delivery time"),
        choices=[("", "–"), ("3", gettext_lazy("Within 3 days")), ("14", gettext_lazy("Within 2 weeks"))],
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the expert"),
        choices=[("fr", gettext_lazy("French")), ("en", gettext_lazy("English"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"),
        choices=[("cash", gettext_lazy("Cash flow")), ("tax", gettext_lazy("Tax"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    documents = forms.FileField(label=gettext_lazy("Documents"), widget=MultipleFileInput, required=False)
    terms = forms.BooleanField(label=gettext_lazy("I accept the general terms."))


def _offers() -> list[dict[str, Any]]:
    common = {"get_absolute_url": "#offer", "expert_verified": True, "expert_avatar_url": "", "cover_url": ""}
    return [
        {
            **common,
            "title": _("Complete business plan to convince banks and investors"),
            "kind": "job",
            "price_cents": 49000,
            "expert_name": "Claire Fontaine",
            "expert_initials": "CF",
            "expert_id": 1,
            "rating_avg": 4.9,
            "rating_count": 127,
            "delivery_label": _("Delivered in 5 days"),
        },
        {
            **common,
            "title": _("Prepare your meeting with the bank with a chief financial officer"),
            "kind": "call",
            "price_cents": 7550,
            "expert_name": "Nadia Mbaye",
            "expert_initials": "NM",
            "expert_id": 2,
            "rating_avg": 4.7,
            "rating_count": 52,
            "delivery_label": _("30 minutes"),
        },
        {
            **common,
            "title": _("One question on company tax, one written answer"),
            "kind": "question",
            "price_cents": 125000,
            "expert_name": "Marie-Hélène de La Rochefoucauld-Montmorency",
            "expert_initials": "MR",
            "expert_id": 3,
            "expert_verified": False,
            "rating_avg": None,
            "rating_count": 0,
            "delivery_label": _("Answer within 24 h"),
        },
    ]


def _orders(now: dt.datetime) -> list[dict[str, Any]]:
    started = now - dt.timedelta(days=2)
    states = ("pending_payment", "active", "delivered", "completed", "disputed", "resolved", "cancelled")
    orders: list[dict[str, Any]] = [
        {"state": state, "started_at": None, "first_delivered_at": None} for state in states
    ]
    orders.insert(2, {"state": "active", "started_at": started, "first_delivered_at": None})
    orders.insert(3, {"state": "active", "started_at": started, "first_delivered_at": started})
    return orders


def _bars() -> list[dict[str, Any]]:
    heights = (45, 38, 60, 71, 63, 51, 79, 43, 26, 100, 78, 88)
    today = timezone.localdate().replace(day=1)
    months = [(today - dt.timedelta(days=30 * back)).strftime("%m/%y") for back in range(11, -1, -1)]
    return [
        {
            "label": month,
            "short": month[:2],
            "percent": height,
            "value": f"{height * 31} €",
            "current": month == months[-1],
        }
        for month, height in zip(months, heights, strict=True)
    ]


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page; ``?as=visitor|buyer|expert`` changes the frame, ``?language=fr|en`` the words."""
    languages = [code for code, _name in settings.LANGUAGES]
    language = request.GET.get("language", "")
    with translation.override(language if language in languages else translation.get_language()):
        return render(request, "ui/index.html", _samples(request))


def _samples(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    role = request.GET.get("as", "expert")
    wrong = SampleForm({"title": "", "budget": "30", "email": "claire", "language": "fr"})
    wrong.is_valid()
    return {
        "form_free": SampleForm(auto_id="free_%s"),
        "form_wrong": wrong,
        "user": VISITORS.get(role, CLAIRE) or {"is_authenticated": False},
        "languages": [code for code, _name in settings.LANGUAGES],
        "roles": list(VISITORS),
        "role": role,
        "unread_messages": 2,
        "unread_notifications": 120,
        "nav_categories": [
            SimpleNamespace(name=name, slug=slug, get_absolute_url=f"#{slug}")
            for slug, name in (
                ("finance", _("Finance and management")),
                ("hr", _("Human resources")),
                ("sales", _("Sales and marketing")),
                ("law", _("Legal")),
            )
        ],
        "claire": CLAIRE,
        "thomas": THOMAS,
        "crowd": CROWD,
        "offers": _offers(),
        "orders": _orders(now),
        "bars": _bars(),
        "page": Paginator(range(240), 12).page(4),
        "due_far": now + dt.timedelta(days=1, hours=4, minutes=8),
        "due_soon": now + dt.timedelta(hours=5, minutes=42),
        "due_close": now + dt.timedelta(minutes=42),
        "due_past": now - dt.timedelta(hours=3),
        "now": now,
        "visit": {"person": THOMAS, "until": now + dt.timedelta(minutes=30)},
        "moments": [
            now - dt.timedelta(seconds=20),
            now - dt.timedelta(hours=5),
            now - dt.timedelta(days=40),
        ],
        "rows": [
            {"stars": stars, "count": count, "percent": count * 100 // 127}
            for stars, count in ((5, 114), (4, 10), (3, 2), (2, 1), (1, 0))
        ],
        "review": {
            "published_at": now - dt.timedelta(days=9),
            "experienced_at": now - dt.timedelta(days=12),
            "reply": _(
                "Hello Thomas, thank you for your trust! Send me your presentation and the date of your meeting."
            ),
            "replied_at": now - dt.timedelta(days=8),
            "subject": CLAIRE,
        },
        "files": [
            {"name": "Business plan.pdf", "size": 2_500_000, "url": "#file"},
            {"name": "Budget.xlsx", "size": 393_000, "url": "#file"},
        ],
    }


urlpatterns = [path("", gallery, name="ui_gallery")]
