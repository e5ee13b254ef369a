"""Activity reports: written by the expert month by month, validated by the client."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.posting import form_of
from missions import actions, papers
from missions.forms import ReasonForm, ReportForm
from missions.models import Report
from missions.queries import months_of
from missions.views.missions import found_mission, send_pdf


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The days of a month and what was done; one that was sent back is corrected here."""
    mission = found_mission(request, public_id)
    user = person(request)
    months = months_of(mission)
    if mission.expert_id != user.pk or not months or mission.started_at is None:
        raise Http404
    month = _month(request, months)
    known = mission.reports.filter(month=month).first()
    if known is not None and known.state != Report.State.REFUSED:
        return redirect(known)
    form = ReportForm(
        request.POST or None,
        month=month,
        first=clock.local_day(mission.started_at),
        halves=known.halves if known else {},
        initial={"words": known.words if known else ""},
    )
    if form.is_valid():
        try:
            sent = actions.report(
                mission, actor=user, month=month, halves=form.halves, words=form.cleaned_data["words"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your report is sent. Without an answer it counts as validated."))
            return redirect(sent)
    context = {
        "mission": mission,
        "form": form,
        "month": month,
        "month_words": papers.month_words(month),
        "months": [(each, papers.month_words(each), each == month) for each in months],
        "known": known,
        "section": "missions",
    }
    return render(request, "missions/report_form.html", context, status=422 if form.errors else 200)


def _month(request: HttpRequest, months: list[date]) -> date:
    """The month asked for, or the latest. One the mission has nothing to do with does not exist."""
    asked = request.GET.get("month", "")
    if not asked:
        return months[0]
    for month in months:
        if f"{month:%Y-%m}" == asked:
            return month
    raise Http404


def _found(request: HttpRequest, public_id: UUID) -> Report:
    reports = Report.objects.visible_to(person(request)).select_related(
        "mission__quote__conversation", "mission__expert", "mission__client"
    )
    return get_object_or_404(reports, public_id=public_id)


@never_cache
@require_safe
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _page(request, _found(request, public_id), None)


def _page(request: HttpRequest, found: Report, form: ReasonForm | None) -> HttpResponse:
    context = {
        "report": found,
        "mission": found.mission,
        "month_words": papers.month_words(found.month),
        "side": found.mission.party(person(request)),
        "form": form or ReasonForm(prefix="refusal"),
        "section": "missions",
    }
    return render(request, "missions/report.html", context, status=422 if form else 200)


@form_of("activity_report")
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The client validates, or sends it back and says what is wrong."""
    found = _found(request, public_id)
    agrees = request.POST.get("answer") == "agree"
    form = ReasonForm(request.POST, prefix="refusal")
    if not agrees and not form.is_valid():
        return _page(request, found, form)
    words = "" if agrees else form.cleaned_data["words"]
    with refusals_as_messages(request):
        actions.answer_report(found, actor=found.mission.acting(person(request)), agrees=agrees, words=words)
        messages.success(
            request, _("The report is validated.") if agrees else _("The report is sent back to the expert.")
        )
    return redirect(found)


@require_safe
@cache_control(private=True, no_store=True)
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The report as a PDF to keep."""
    found = get_object_or_404(
        Report.objects.with_papers_for(person(request)).select_related("mission__quote"), public_id=public_id
    )
    return send_pdf(papers.report_pdf(found), f"{found} {found.mission.title}")
