"""A mission's page and what may be done on it; the list of quotes and missions of a person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import vigilance
from accounts.access import person
from accounts.queries.vigilance import pack_of
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.posting import form_of
from missions import actions, calendars
from missions.amounts import total_ttc
from missions.certificates import asks_for_certificates
from missions.documents import insurance_words
from missions.forms import EndingForm, EndReviewForm, NoteForm, ReasonForm, ValidationForm
from missions.models import Amendment, Ending, Instalment, Mission, Nda, Quote
from missions.queries import ending_of, may_ask_team, quotable
from payments.models import Invoice

A_PAGE = 20


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Someone's quotes and missions, and for an expert the conversations that may lead to a quote."""
    user = person(request)
    found = Mission.objects.visible_to(user).select_related("quote", "expert", "client")
    quotes = (
        Quote.objects.visible_to(user)
        .exclude(state__in=[Quote.State.ACCEPTED, Quote.State.REPLACED])
        .select_related("expert", "client")
    )
    talks = quotable(user)[:8] if user.is_expert else []
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "quotes": quotes[:A_PAGE],
        "talks": talks,
        "section": "missions",
    }
    return render(request, "missions/list.html", context)


def found_mission(request: HttpRequest, public_id: UUID) -> Mission:
    missions = Mission.objects.visible_to(person(request)).select_related(
        "quote__conversation", "expert", "client"
    )
    return get_object_or_404(missions, public_id=public_id)


@never_cache
@require_safe
def mission(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _page(request, found_mission(request, public_id))


def _page(request: HttpRequest, found: Mission, status: int = 200, **forms: Any) -> HttpResponse:
    user = found.acting(person(request))
    side = found.party(user)
    rows = list(found.instalments.select_related("payment").order_by("number"))
    proposal = found.endings.filter(state=Ending.State.PROPOSED).select_related("proposed_by").first()
    State = Mission.State  # noqa: N806
    by_number = {row.number: row for row in rows}
    to_pay = next((row for row in rows if row.state == Instalment.State.ASKED), None)
    context = {
        "mission": found,
        "quote": found.quote,
        "rows": rows,
        "total_ttc": total_ttc(row.part for row in rows if row.state != Instalment.State.CANCELLED),
        "side": side,
        "other": found.other(user),
        "to_pay": to_pay,
        "may_ask_second": side == "expert"
        and found.state == State.RUNNING
        and by_number[2].state == Instalment.State.PLANNED,
        "may_suspend": side == "expert"
        and found.state in (State.RUNNING, State.REVIEW)
        and any(row.is_late for row in rows),
        "may_validate": side == "client"
        and bool(found.expert_review)
        and found.state in (State.REVIEW, State.CONTESTED, State.SUSPENDED)
        and found.validated_at is None,
        "may_stop": proposal is None and found.state in (*Mission.AT_WORK, State.CONTESTED),
        "proposal": proposal,
        "may_amend": found.state in (State.RUNNING, State.SUSPENDED)
        and not found.expert_review
        and any(row.state == Instalment.State.PLANNED for row in rows)
        and not found.amendments.filter(state=Amendment.State.PROPOSED).exists(),
        "may_call_off": found.state in (State.UNPAID, State.READY),
        "may_ask_team": found.state in (State.RUNNING, State.SUSPENDED, State.REVIEW)
        and not found.validated_at
        and may_ask_team(found),
        "may_take_back": found.state == State.CONTESTED and found.contested_by_id == user.pk,
        "amendments": found.amendments.all(),
        "reports": found.reports.all(),
        "may_report": side == "expert" and found.started_at is not None and not found.is_over,
        "ndas": Nda.objects.in_force().filter(contact__conversation=found.quote.conversation_id),
        "invoices": Invoice.objects.seen_by(user)
        .filter(payment__instalment__mission=found)
        .select_related("payment__instalment")
        .order_by("pk"),
        "regime_changed": len({row.vat_bp for row in rows}) > 1,
        "dates": calendars.dates_of(found),
        "insurance": insurance_words(found.quote.seller.get("insurance") or {}),
        "off_form": forms.get("off_form") or ReasonForm(prefix="off"),
        "team_form": forms.get("team_form") or ReasonForm(prefix="team"),
        "proposal_is_mine": proposal is not None and proposal.proposed_by_id == user.pk,
        "sums": ending_of(found, proposal.percent_done) if proposal else None,
        "events": found.events.select_related("actor"),
        "certificates": side == "client" and asks_for_certificates(found),
        "note_form": forms.get("note_form") or NoteForm(),
        "review_form": forms.get("review_form") or EndReviewForm(prefix="review"),
        "validation_form": forms.get("validation_form") or ValidationForm(prefix="validation"),
        "contest_form": forms.get("contest_form") or ReasonForm(prefix="contest"),
        "form": next((form for form in forms.values() if form.errors), None),
        "section": "missions",
    }
    return render(request, "missions/mission.html", context, status=status)


def _press(act: Callable[..., Any], done: Callable[[], str]) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A button of the mission's page: an act without anything typed."""

    @form_of("mission")
    def view(request: HttpRequest, public_id: UUID) -> HttpResponse:
        found = found_mission(request, public_id)
        with refusals_as_messages(request):
            act(found, actor=found.acting(person(request)))
            messages.success(request, done())
        return redirect(found)

    return view


start = _press(actions.start, lambda: _("The mission has started. The first instalment is yours."))
ask_second = _press(
    actions.ask_second, lambda: _("The second instalment is asked. The client has been told.")
)
suspend = _press(actions.suspend, lambda: _("The work is suspended until the instalment is paid."))
keep_going = _press(actions.keep_going, lambda: _("Thank you: the mission goes on, and both of you know it."))
take_back = _press(actions.take_back, lambda: _("Our team no longer decides. The mission goes on."))
resume = _press(actions.resume, lambda: _("The work goes on."))


def _write(
    form_class: Any, name: str, prefix: str | None, act: Callable[..., Any], done: Callable[[], str]
) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A form of the mission's page."""

    @form_of("mission")
    def view(request: HttpRequest, public_id: UUID) -> HttpResponse:
        found = found_mission(request, public_id)
        form = form_class(request.POST, prefix=prefix)
        if not form.is_valid():
            return _page(request, found, 422, **{name: form})
        try:
            act(found, actor=found.acting(person(request)), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _page(request, found, 422, **{name: form})
        messages.success(request, done())
        return redirect(found)

    return view


note = _write(NoteForm, "note_form", None, actions.note, lambda: _("Your note is added."))
hand_over = _write(
    EndReviewForm,
    "review_form",
    "review",
    actions.hand_over,
    lambda: _("The end review is handed over, and the last instalment asked."),
)
validate = _write(
    ValidationForm,
    "validation_form",
    "validation",
    actions.validate,
    lambda: _("The end review is validated. Thank you."),
)
contest = _write(
    ReasonForm,
    "contest_form",
    "contest",
    actions.contest,
    lambda: _("Our team has your reasons and answers both of you."),
)


call_off = _write(
    ReasonForm,
    "off_form",
    "off",
    actions.call_off,
    lambda: _("The mission is called off. What was paid goes back in full."),
)
ask_team = _write(
    ReasonForm, "team_form", "team", actions.ask_team, lambda: _("Our team has your reasons and decides.")
)


def send_pdf(content: bytes, name: str) -> HttpResponse:
    """A document made on the spot, to keep."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)[:80]}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@cache_control(private=True, no_store=True)
def calendar(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The dates of a mission, for a calendar."""
    found = found_mission(request, public_id)
    response = HttpResponse(calendars.write(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}.ics"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Propose to end early: first what it would come to, to the cent, then the proposal."""
    found = found_mission(request, public_id)
    form = EndingForm(request.POST or None)
    sums = None
    if form.is_valid():
        if "confirm" in request.POST:
            with refusals_as_messages(request):
                actions.propose_ending(found, actor=found.acting(person(request)), **form.cleaned_data)
                messages.success(request, _("Your proposal is sent. Nothing moves until it is accepted."))
            return redirect(found)
        sums = ending_of(found, form.cleaned_data["percent_done"])
    context = {
        "mission": found,
        "form": form,
        "sums": sums,
        "other": found.other(person(request)),
        "side": found.party(person(request)),
        "section": "missions",
    }
    return render(request, "missions/ending.html", context, status=422 if form.errors else 200)


@require_POST
def ending_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Agree to an early end, refuse it, or take one's own proposal back."""
    user = person(request)
    proposals = Ending.objects.filter(mission__in=Mission.objects.visible_to(user)).select_related(
        "mission__quote__conversation", "mission__client"
    )
    proposal = get_object_or_404(proposals, public_id=public_id)
    user = proposal.mission.acting(user)
    with refusals_as_messages(request):
        if request.POST.get("answer") == "withdraw":
            actions.withdraw_ending(proposal, actor=user)
            messages.success(request, _("Your proposal is withdrawn. The mission goes on."))
        else:
            agrees = request.POST.get("answer") == "agree"
            actions.answer_ending(proposal, actor=user, agrees=agrees)
            messages.success(
                request, _("The mission ends here.") if agrees else _("The mission goes on as agreed.")
            )
    return redirect(proposal.mission)


@require_safe
@cache_control(private=True, no_store=True)
def certificates(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The dated zip of the expert's certificates, for the client of a large mission."""
    user = person(request)
    found = get_object_or_404(
        Mission.objects.in_books_of(user).select_related("quote", "expert"), public_id=public_id
    )
    if not asks_for_certificates(found):
        raise Http404
    return FileResponse(
        vigilance.build(pack_of(found.expert), reader=user, title=found.title, reference=found.reference),
        as_attachment=True,
        filename=f"{found.reference} {clock.today().isoformat()}.zip",
        content_type="application/zip",
    )
