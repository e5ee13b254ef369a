"""What people change about themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.forms.settings import BillingForm, IdentityForm, PhotoForm
from accounts.models import BuyerProfile, User
from marketplace.kernel import rules
from marketplace.kernel.limits import limited

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@limited("upload", rules.UPLOAD_RATE)
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
