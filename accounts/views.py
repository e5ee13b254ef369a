"""What people change about themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, queries
from accounts.access import experts_only
from accounts.forms import BillingForm, ExpertProfileForm, IdentityForm, PhotoForm
from accounts.models import BuyerProfile, ExpertProfile, User

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def account_settings(request: HttpRequest) -> HttpResponse:
    """Name and language, photo, billing: one small form each. ``part`` says which was sent."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        match request.POST.get("part"):
            case "identity":
                return _save_identity(request, user)
            case "photo":
                return _save_photo(request, user)
            case "photo_removal":
                actions.change_photo(user, None)
                messages.success(request, _("Your photo is removed."))
                return redirect("account_settings")
            case "billing":
                return _save_billing(request, user)
    return _settings_page(request, user)


def _save_identity(request: HttpRequest, user: User) -> HttpResponse:
    form = IdentityForm(request.POST, instance=User.objects.get(pk=user.pk))
    if not form.is_valid():
        return _settings_page(request, user, identity=form)
    actions.rename(user, **form.cleaned_data)
    with translation.override(user.language):
        messages.success(request, _("Your details are saved."))
        return redirect("account_settings")


def _save_photo(request: HttpRequest, user: User) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _settings_page(request, user, photo=form)
    actions.change_photo(user, form.cleaned_data["photo"])
    messages.success(request, _("Your new photo is online."))
    return redirect("account_settings")


def _save_billing(request: HttpRequest, user: User) -> HttpResponse:
    form = BillingForm(request.POST, instance=_buyer_profile(user))
    if not form.is_valid():
        return _settings_page(request, user, billing=form)
    actions.bill_to(user, form.cleaned_data)
    messages.success(request, _("Your billing address is saved."))
    return redirect("account_settings")


def _settings_page(request: HttpRequest, user: User, **bound: Any) -> HttpResponse:
    """The page with fresh forms, but for the one that comes back with its mistakes and what was typed."""
    forms = {
        "identity": IdentityForm(instance=user),
        "photo": PhotoForm(),
        "billing": BillingForm(instance=_buyer_profile(user)),
        **bound,
    }
    context = {
        "section": "settings",
        "layout": "dashboard/base.html" if user.is_expert else "accounts/base.html",
        "forms": forms,
        "form": next(iter(bound.values()), None),
    }
    return render(request, "accounts/settings.html", context, status=UNPROCESSABLE if bound else 200)


def _buyer_profile(user: User) -> BuyerProfile:
    return BuyerProfile.objects.filter(user=user).first() or BuyerProfile(user=user)


@require_http_methods(["GET", "POST"])
@experts_only
def expert_profile_edit(request: HttpRequest) -> HttpResponse:
    """What the public reads about an expert, and what they lack to be listed."""
    user: User = request.user  # type: ignore[assignment]
    profile = ExpertProfile.objects.select_related("user").get(user=user)
    form = ExpertProfileForm(request.POST or None, instance=profile)
    if request.method == "POST" and form.is_valid():
        actions.present(profile, form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("expert_profile_edit")
    if form.errors:
        profile.refresh_from_db()
    steps = queries.listing_steps(profile)
    context = {
        "section": "profile",
        "form": form,
        "profile": profile,
        "steps": steps,
        "is_listed": profile.is_approved and bool(user.avatar),
    }
    return render(
        request, "accounts/expert_profile.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_POST
def become_expert(request: HttpRequest) -> HttpResponse:
    """Open the selling side to a buyer; staff still admit them."""
    user: User = request.user  # type: ignore[assignment]
    actions.become_expert(user)
    messages.success(request, _("Your expert space is open. Complete your profile so that we can admit you."))
    return redirect("expert_profile_edit")
