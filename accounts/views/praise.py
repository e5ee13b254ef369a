"""Recommendations: asking for them, and writing one through the link of a mail."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import experts_only
from accounts.actions import recommendations as acts
from accounts.forms.profile import RecommendationForm, RecommendationRequestForm
from accounts.models import Recommendation
from accounts.views.profile import UNPROCESSABLE, own_profile, part_page
from marketplace.kernel import rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.limits import limited, unguessed

HERE = "profile_recommendations"


@require_http_methods(["GET", "POST"])
@experts_only
@limited("request", rules.REQUEST_RATE)
def recommendations(request: HttpRequest) -> HttpResponseBase:
    """Whom the expert asked, what came of it, and a form to ask somebody else."""
    profile = own_profile(request)
    form = RecommendationRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.ask(profile, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("Your request is on its way."))
            return redirect(HERE)
    return part_page(
        request,
        "accounts/profile/recommendations.html",
        HERE,
        profile,
        status=UNPROCESSABLE if form.errors else 200,
        form=form,
        recommendations=list(profile.recommendations.all()),
    )


@require_POST
@experts_only
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Take a request or a recommendation back."""
    profile = own_profile(request)
    acts.withdraw(
        get_object_or_404(
            Recommendation.objects.select_related("profile"), public_id=public_id, profile=profile
        )
    )
    messages.success(request, _("It is removed."))
    return redirect(HERE)


@login_not_required
@require_http_methods(["GET", "POST"])
@unguessed(rules.GUESS_RATE)
def recommendation(request: HttpRequest, token: str) -> HttpResponse:
    """Write a recommendation, or decline. Whoever holds the link of the mail may do it, once."""
    asked = acts.by_token(token)
    if asked is None or asked.status != Recommendation.Status.ASKED:
        served = asked is not None and asked.status != Recommendation.Status.EXPIRED
        context: dict[str, Any] = {"served": served, "expert": asked.profile.user if asked else None}
        return render(request, "accounts/recommendation_over.html", context, status=200 if served else 404)
    expert = asked.profile.user
    form = RecommendationForm(request.POST or None, instance=Recommendation.objects.get(pk=asked.pk))
    if request.method == "POST":
        try:
            if "decline" in request.POST:
                acts.decline(asked)
                return render(
                    request, "accounts/recommendation_over.html", {"declined": True, "expert": expert}
                )
            if form.is_valid():
                acts.write(asked, **form.cleaned_data)
                return render(
                    request, "accounts/recommendation_over.html", {"thanks": True, "expert": expert}
                )
        except Refusal:
            return render(request, "accounts/recommendation_over.html", {"served": True, "expert": expert})
    return render(
        request,
        "accounts/recommendation.html",
        {"form": form, "expert": expert, "profile": asked.profile},
        status=UNPROCESSABLE if form.errors else 200,
    )
