"""Whether an expert is there: availability, visibility, time off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import experts_only, person
from accounts.actions import availability as acts
from accounts.forms.profile import AvailabilityForm, TimeOffForm
from accounts.models import ExpertProfile, TimeOff
from accounts.views.profile import UNPROCESSABLE, own_profile, part_page
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal

HERE = "profile_availability"


@require_http_methods(["GET", "POST"])
@experts_only
def availability(request: HttpRequest) -> HttpResponseBase:
    """Four small forms; ``part`` says which was sent."""
    profile = own_profile(request)
    if request.method == "POST":
        match request.POST.get("part"):
            case "availability":
                form = AvailabilityForm(request.POST, instance=ExpertProfile.objects.get(pk=profile.pk))
                if form.is_valid():
                    acts.open_to_work(profile, form.cleaned_data["availability"])
                    messages.success(request, _("Your availability is saved."))
                    return redirect(HERE)
            case "visibility":
                hidden = request.POST.get("hidden") == "1"
                acts.hide(profile, hidden=hidden)
                messages.success(
                    request,
                    _("Your profile is hidden.") if hidden else _("Your profile is shown again."),
                )
                return redirect(HERE)
            case "contact":
                allowed = request.POST.get("allowed") == "1"
                acts.allow_contact(profile, allowed=allowed)
                messages.success(
                    request,
                    _("Buyers may now write to you from your offers.")
                    if allowed
                    else _("Your offers no longer lead to a message."),
                )
                return redirect(HERE)
            case "time_off":
                return _take_time_off(request, profile)
    return _page(request, profile)


def _take_time_off(request: HttpRequest, profile: ExpertProfile) -> HttpResponseBase:
    form = TimeOffForm(request.POST)
    if form.is_valid():
        try:
            acts.take_time_off(profile.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, _("Your absence is saved."))
            return redirect(HERE)
    return _page(request, profile, form)


def _page(request: HttpRequest, profile: ExpertProfile, form: TimeOffForm | None = None) -> HttpResponse:
    today = timezone.localdate(clock.now())
    absences = list(TimeOff.objects.of(profile.user).not_over(today))
    return part_page(
        request,
        "accounts/profile/availability.html",
        HERE,
        profile,
        status=UNPROCESSABLE if form else 200,
        form=form or TimeOffForm(),
        availability_form=AvailabilityForm(instance=profile),
        absences=absences,
        today=today,
    )


@require_POST
@experts_only
def time_off(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Forget an absence."""
    acts.cancel_time_off(get_object_or_404(TimeOff, pk=pk, expert=person(request)))
    messages.success(request, _("Your absence is removed."))
    return redirect(HERE)
