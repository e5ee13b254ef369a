"""A candidate's road: criterion, experience, charter, sending; then what was decided, and the appeal."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions, charter, rules
from accounts.access import experts_only, person
from accounts.forms.admission import AppealForm, CharterForm, CriterionForm, ExperienceForm
from accounts.models import Application, Consent, User
from accounts.queries.admission import charter_signature, latest_application, tally
from accounts.queries.editions import to_sign
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.limits import address_of

UNPROCESSABLE = 422
STEPS = ("criterion", "experience", "charter", "sending")


@require_http_methods(["GET", "POST"])
@experts_only
def admission(request: HttpRequest) -> HttpResponse:
    """How my application stands; a POST begins one, or appeals against the verdict."""
    user = person(request)
    application = latest_application(user)
    form = None
    if request.method == "POST":
        if request.POST.get("part") == "appeal" and application is not None:
            form = AppealForm(request.POST)
            if form.is_valid():
                with refusals_as_messages(request):
                    actions.appeal(application, **form.cleaned_data)
                    messages.success(request, _("Your appeal is with the committee."))
                return redirect("admission")
        else:
            try:
                actions.begin_application(user)
            except Refusal as refusal:
                messages.error(request, str(refusal))
                return redirect("admission")
            return redirect("admission_step", "criterion")
    states = Application.State
    context = {
        "section": "admission",
        "application": application,
        "profile": user.expert_profile,
        "form": form or AppealForm(),
        "may_appeal": application is not None
        and application.state == states.REFUSED
        and not application.is_appealed
        and application.due_at is not None
        and application.due_at > clock.now(),
        "tally": tally(application) if application and application.state == states.CLUB else None,
        "next_step": _next_step(user, application),
        "rules": rules,
        "reasons": application.reasons.splitlines() if application else [],
    }
    return render(
        request, "accounts/admission.html", context, status=UNPROCESSABLE if form and form.errors else 200
    )


def _done(user: User, application: Application) -> dict[str, bool]:
    return {
        "criterion": bool(application.ground and application.attested),
        "experience": bool(application.field_id and application.track_record and application.motivation),
        "charter": charter_signature(user) is not None,
    }


def _next_step(user: User, application: Application | None) -> str:
    if application is None or application.state != Application.State.DRAFT:
        return STEPS[0]
    return next((step for step, done in _done(user, application).items() if not done), "sending")


@require_http_methods(["GET", "POST"])
@experts_only
def admission_step(request: HttpRequest, step: str) -> HttpResponse:
    """One step of the application; each is kept as soon as it is filled in."""
    user = person(request)
    application = latest_application(user)
    if step not in STEPS:
        raise Http404
    if application is None or application.state != Application.State.DRAFT:
        return redirect("admission")
    form: Any = _form(request, step, user, application)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _keep(request, step, application, form)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("admission_step", _next_step(user, application))
        if step == "sending":
            messages.success(request, _("Your application is sent."))
            return redirect("admission")
        return redirect("admission_step", STEPS[STEPS.index(step) + 1])
    done = _done(user, application)
    version = to_sign(Consent.Text.CHARTER)
    context = {
        "section": "admission",
        "step": step,
        "form": form,
        "application": Application.objects.select_related("field").get(pk=application.pk),
        "done": done,
        "is_whole": all(done.values()),
        "articles": charter.articles(version),
        "version": version,
        "signature": charter_signature(user),
        "rules": rules,
    }
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "accounts/admission_step.html", context, status=status)


def _form(request: HttpRequest, step: str, user: User, application: Application) -> Any:
    data = request.POST if request.method == "POST" else None
    match step:
        case "criterion":
            initial = {"years_of_experience": user.expert_profile.years_of_experience or None}
            return CriterionForm(data, instance=application, initial={} if application.ground else initial)
        case "experience":
            return ExperienceForm(data, instance=application)
        case "charter" if charter_signature(user) is None:
            return CharterForm(data, expected=user.get_full_name())
    return None


def _keep(request: HttpRequest, step: str, application: Application, form: Any) -> None:
    match step:
        case "criterion" | "experience":
            actions.write_application(application, form.cleaned_data)
        case "charter" if form is not None:
            language = (get_language() or "fr")[:2]
            name = form.cleaned_data["name"]
            actions.sign_charter(person(request), name=name, language=language, ip=address_of(request))
        case "sending":
            actions.send_application(application)
