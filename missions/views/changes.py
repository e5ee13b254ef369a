"""Amendments: proposed, read, signed, refused."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.posting import form_of
from missions import actions, papers
from missions.amounts import total_ttc
from missions.forms import AmendmentForm, NameForm, ReasonForm
from missions.models import Amendment, Instalment, Mission
from missions.views.missions import found_mission, send_pdf


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Propose a change: first what the instalments to come would be, then the signature."""
    return _editor(request, found_mission(request, public_id), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same on an amendment of one's own that waits: what is sent replaces it."""
    former = _found(request, public_id)
    user = former.mission.acting(person(request))
    if former.proposed_by_id != user.pk or former.state != Amendment.State.PROPOSED:
        messages.error(request, _("This version no longer waits for a signature: it cannot be replaced."))
        return redirect(former)
    return _editor(request, former.mission, former)


def _editor(request: HttpRequest, mission: Mission, former: Amendment | None) -> HttpResponse:
    user = person(request)
    acting = mission.acting(user)
    source = former or mission
    initial = {
        "words": former.words if former else "",
        "total": source.total_ht_cents,
        "ends_on": source.ends_on,
        "name": user.get_full_name(),
    }
    form = AmendmentForm(request.POST or None, initial=initial)
    plan: list[Any] = []
    if form.is_valid():
        try:
            if "confirm" in request.POST:
                amendment = actions.propose_amendment(
                    mission, actor=acting, change=form.change, name=form.cleaned_data["name"], replaces=former
                )
                messages.success(
                    request, _("Your amendment is sent. It counts once the other party signs it.")
                )
                return redirect(amendment)
            _vat_bp, plan = actions.plan_of(mission, form.change.total_ht_cents)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "mission": mission,
        "former": former,
        "form": form,
        "plan": [(row.number, part) for row, part in plan],
        "other": mission.other(user),
        "section": "missions",
    }
    return render(request, "missions/amendment_form.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, public_id: UUID) -> Amendment:
    amendments = Amendment.objects.visible_to(person(request)).select_related(
        "mission__quote__conversation", "mission__expert", "mission__client", "proposed_by"
    )
    return get_object_or_404(amendments, public_id=public_id)


@never_cache
@require_safe
def amendment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _page(request, _found(request, public_id), None, 200)


def _page(request: HttpRequest, found: Amendment, form: NameForm | None, status: int) -> HttpResponse:
    user = person(request)
    past = found.mission.instalments.exclude(number__in=[number for number, _part in found.parts])
    acting = found.mission.acting(user)
    context = {
        "amendment": found,
        "mission": found.mission,
        "parts": found.parts,
        "to_pay": total_ttc(part for _number, part in found.parts),
        "past": past.exclude(state=Instalment.State.CANCELLED).order_by("number"),
        "is_mine": found.proposed_by_id == acting.pk,
        "other": found.mission.other(user),
        "form": form or NameForm(initial={"name": user.get_full_name(), "digest": found.digest}),
        "refusal_form": ReasonForm(prefix="refusal"),
        "section": "missions",
    }
    return render(request, "missions/amendment.html", context, status=status)


@form_of("amendment")
def sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = _found(request, public_id)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    typed, goal = form.cleaned_data, found.get_absolute_url()
    with refusals_as_messages(request):
        mission = actions.sign_amendment(
            found, actor=found.mission.acting(person(request)), name=typed["name"], digest=typed["digest"]
        )
        messages.success(
            request, _("The amendment is signed by both. The instalments to come are up to date.")
        )
        goal = mission.get_absolute_url()
    return redirect(goal)


@form_of("amendment")
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = _found(request, public_id)
    form = ReasonForm(request.POST, prefix="refusal")
    if not form.is_valid():
        messages.error(request, _("Say why, in a sentence or two."))
        return redirect(found)
    with refusals_as_messages(request):
        actions.refuse_amendment(
            found, actor=found.mission.acting(person(request)), reason=form.cleaned_data["words"]
        )
        messages.success(request, _("The amendment is refused. The mission goes on as agreed."))
    return redirect(found.mission)


@form_of("amendment")
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = _found(request, public_id)
    with refusals_as_messages(request):
        actions.withdraw_amendment(found, actor=found.mission.acting(person(request)))
        messages.success(request, _("Your amendment is withdrawn."))
    return redirect(found.mission)


@require_safe
@cache_control(private=True, no_store=True)
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The amendment as a PDF to keep, with its signatures."""
    found = get_object_or_404(
        Amendment.objects.with_papers_for(person(request)).select_related("mission__quote"),
        public_id=public_id,
    )
    return send_pdf(papers.amendment_pdf(found), f"{found.reference} {found.mission.title}")
