"""How an expert presents themselves: one page a part, in the order of filling in."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, queries
from accounts.access import experts_only, person
from accounts.actions import profile as acts
from accounts.forms.profile import CareerForm, PresentationForm, RateForm, SkillsForm
from accounts.forms.settings import PhotoForm
from accounts.models import CareerEntry, ExpertProfile
from accounts.queries import trades
from marketplace.kernel import rules
from marketplace.kernel.limits import limited

UNPROCESSABLE = 422

PARTS = (
    ("profile_photo", gettext_lazy("Photo"), "image"),
    ("profile_presentation", gettext_lazy("Presentation"), "user"),
    ("profile_skills", gettext_lazy("Skills and sectors"), "sparkles"),
    ("profile_career", gettext_lazy("Experience and background"), "briefcase"),
    ("profile_rate", gettext_lazy("Rate"), "euro"),
    ("profile_availability", gettext_lazy("Availability"), "calendar-check"),
    ("profile_recommendations", gettext_lazy("Recommendations"), "quote"),
    ("profile_portfolio", gettext_lazy("Portfolio"), "image"),
)
"""The pages of a profile: name of the address, words, icon."""


def own_profile(request: HttpRequest) -> ExpertProfile:
    return ExpertProfile.objects.select_related("user").get(user=person(request))


def part_page(
    request: HttpRequest,
    template: str,
    here: str,
    profile: ExpertProfile,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the profile, with what is missing elsewhere."""
    whole = queries.completeness(profile)
    missing = {piece.url_name for piece in whole.missing}
    parts = [
        {
            "url_name": name,
            "label": label,
            "icon": icon,
            "is_current": name == here,
            "is_missing": name in missing,
        }
        for name, label, icon in PARTS
    ]
    after = {name: PARTS[(n + 1) % len(PARTS)][0] for n, (name, _label, _icon) in enumerate(PARTS)}
    context = {
        "section": "profile",
        "profile": profile,
        "whole": whole,
        "parts": parts,
        "next_url_name": after.get(here, ""),
        "part_title": next((label for name, label, _icon in PARTS if name == here), _("Expert profile")),
        "is_listed": profile.is_listed,
        **context,
    }
    return render(request, template, context, status=status)


def go_on(request: HttpRequest, here: str, profile: ExpertProfile) -> HttpResponseBase:
    """Back to the same page, or on to the next missing part when the expert asked for it."""
    if "go_on" in request.POST:
        profile = own_profile(request)
        return redirect(queries.completeness(profile).next_url_name or "expert_profile_edit")
    return redirect(here)


@experts_only
def expert_profile_edit(request: HttpRequest) -> HttpResponse:
    """The whole profile at a glance: how complete it is, whether the public finds it, and what is missing."""
    profile = own_profile(request)
    return part_page(
        request,
        "accounts/profile/overview.html",
        "expert_profile_edit",
        profile,
        steps=queries.listing_steps(profile),
        mark=profile.standing / 1_000,
    )


def _form_page(
    request: HttpRequest, here: str, template: str, form_class: Any, saved: str, **context: Any
) -> HttpResponseBase:
    """One form about the profile: saved and on, or back with its mistakes."""
    profile = own_profile(request)
    form = form_class(request.POST or None, instance=ExpertProfile.objects.get(pk=profile.pk))
    if request.method == "POST" and form.is_valid():
        actions.present(profile, form.cleaned_data)
        messages.success(request, saved)
        return go_on(request, here, profile)
    status = UNPROCESSABLE if form.errors else 200
    return part_page(request, template, here, profile, status=status, form=form, **context)


@require_http_methods(["GET", "POST"])
@experts_only
def presentation(request: HttpRequest) -> HttpResponseBase:
    """Headline, presentation, city, years of experience."""
    return _form_page(
        request,
        "profile_presentation",
        "accounts/profile/presentation.html",
        PresentationForm,
        _("Your presentation is saved."),
    )


@require_http_methods(["GET", "POST"])
@experts_only
def skills(request: HttpRequest) -> HttpResponseBase:
    """Skills, sectors, strengths and languages."""
    return _form_page(
        request,
        "profile_skills",
        "accounts/profile/skills.html",
        SkillsForm,
        _("Your skills are saved."),
        known_skills=trades.skills(),
    )


@require_http_methods(["GET", "POST"])
@experts_only
def rate(request: HttpRequest) -> HttpResponseBase:
    """An indicative rate, with what similar experts ask."""
    profile = own_profile(request)
    similar = queries.similar_rates(profile)
    return _form_page(
        request,
        "profile_rate",
        "accounts/profile/rate.html",
        RateForm,
        _("Your rate is saved."),
        similar=similar,
        place=similar.place_of(profile.daily_rate_cents) if similar else "",
    )


@require_http_methods(["GET", "POST"])
@experts_only
@limited("upload", rules.UPLOAD_RATE)
def photo(request: HttpRequest) -> HttpResponseBase:
    """The photo without which a profile is not listed."""
    user, profile = person(request), own_profile(request)
    form: Form | None = None
    if request.method == "POST" and "remove" in request.POST:
        actions.change_photo(user, None)
        messages.success(request, _("Your photo is removed."))
        return redirect("profile_photo")
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES)
        if form.is_valid():
            actions.change_photo(user, form.cleaned_data["photo"])
            messages.success(request, _("Your new photo is online."))
            return go_on(request, "profile_photo", profile)
    return part_page(
        request,
        "accounts/profile/photo.html",
        "profile_photo",
        profile,
        status=UNPROCESSABLE if form else 200,
        form=form or PhotoForm(),
    )


@require_http_methods(["GET", "POST"])
@experts_only
def career(request: HttpRequest) -> HttpResponseBase:
    """What the expert did before, and a form for one more line."""
    profile = own_profile(request)
    form = CareerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.tell_career(profile, form.cleaned_data)
        messages.success(request, _("Your background is saved."))
        return go_on(request, "profile_career", profile)
    return part_page(
        request,
        "accounts/profile/career.html",
        "profile_career",
        profile,
        status=UNPROCESSABLE if form.errors else 200,
        form=form,
        career=list(profile.career.all()),
    )


@require_http_methods(["GET", "POST"])
@experts_only
def career_entry(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write a line of one's past anew, or take it out."""
    profile = own_profile(request)
    entry = get_object_or_404(CareerEntry.objects.select_related("profile__user"), pk=pk, profile=profile)
    if request.method == "POST" and "remove" in request.POST:
        acts.forget_career(entry)
        messages.success(request, _("This line is removed."))
        return redirect("profile_career")
    form = CareerForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        acts.tell_career(profile, form.cleaned_data, entry)
        messages.success(request, _("Your background is saved."))
        return redirect("profile_career")
    return part_page(
        request,
        "accounts/profile/career_entry.html",
        "profile_career",
        profile,
        status=UNPROCESSABLE if form.errors else 200,
        form=form,
        entry=entry,
    )


@require_POST
def become_expert(request: HttpRequest) -> HttpResponseBase:
    """Open the selling side to a buyer; staff still admit them."""
    actions.become_expert(person(request))
    messages.success(request, _("Your expert space is open. Complete your profile so that we can admit you."))
    return redirect("expert_profile_edit")
