"""How an expert presents themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, queries
from accounts.access import experts_only
from accounts.forms.profile import ExpertProfileForm
from accounts.models import ExpertProfile, User

UNPROCESSABLE = 422


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
