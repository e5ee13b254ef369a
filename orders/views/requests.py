"""Custom requests: what a buyer asks, what experts answer, what is chosen."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions as accounts
from accounts.access import experts_only, person
from accounts.models import ExpertProfile
from marketplace.kernel import rules
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.limits import limited
from marketplace.kernel.money import from_ttc, share
from messaging import actions as messaging
from orders.actions import TermsChanged, requesting
from orders.models import CustomRequest, Invitation
from orders.queries import requests as queries
from orders.request_forms import ChoiceForm, RequestForm, TermsForm
from orders.views.checkout import _send_to_gateway, methods

PER_PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("request", rules.REQUEST_RATE)
def custom_request(request: HttpRequest) -> HttpResponse:
    """Describe a need. It is never public: our team reads it and invites experts."""
    user = person(request)
    form = RequestForm(request.POST or None, request.FILES or None, initial={"category": _category(request)})
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            made = requesting.ask(buyer=user, budget_cents=typed.pop("budget"), **typed)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request is with our team."))
            return redirect(made)
    context = {"form": form, "lasts": rules.REQUESTS.lasts.days}
    return render(request, "orders/requests/new.html", context, status=422 if form.errors else 200)


def _category(request: HttpRequest) -> str:
    asked = request.GET.get("category", "")
    return asked if asked.isascii() and asked.isdigit() and len(asked) < 10 else ""


@require_safe
def custom_requests(request: HttpRequest) -> HttpResponse:
    """What someone asked for, newest first."""
    page = Paginator(queries.asked_by(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "orders/requests/list.html", {"page": page})


@never_cache
@require_safe
def request_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A request and its proposals side by side, for its buyer; our team reads it too."""
    user = person(request)
    found = get_object_or_404(
        CustomRequest.objects.visible_to(user).select_related("buyer", "category", "order"),
        public_id=public_id,
    )
    is_own = found.holds(user)
    if is_own:
        messaging.read_about(user, "request", public_id)
    context = {
        "asked": found,
        "rows": queries.compared(found),
        "invited": found.invitations.count(),
        "files": found.files.all(),
        "is_own": is_own,
    }
    return render(request, "orders/requests/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_withdrawal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a request up."""
    user = person(request)
    found = get_object_or_404(CustomRequest.objects.asked_by(user), public_id=public_id)
    if request.method == "POST":
        with refusals_as_messages(request):
            requesting.withdraw_request(found, actor=found.acting(user))
            messages.success(request, _("Your request is withdrawn. Nothing was charged."))
        return redirect(found)
    return render(request, "orders/requests/withdrawal.html", {"asked": found})


@require_safe
@experts_only
def invitations(request: HttpRequest) -> HttpResponse:
    """The custom requests an expert was invited to."""
    page = Paginator(queries.received_by(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "orders/requests/invitations.html", {"page": page, "section": "invitations"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One negotiation: the need, every version of the terms, and what the reader may do with the current one."""
    user = person(request)
    found = get_object_or_404(
        Invitation.objects.visible_to(user)
        .select_related("request__buyer", "request__category", "request__order", "expert__expert_profile")
        .prefetch_related("versions__author"),
        public_id=public_id,
    )
    side = "expert" if user.pk == found.expert_id else "buyer" if found.request.holds(user) else "staff"
    form = None
    if request.method == "POST":
        if side == "staff":
            raise Http404
        done, form = _negotiate(request, found)
        if done is not None:
            return done
    elif side != "staff":
        messaging.read_about(user, "invitation", public_id)
    return _negotiation(request, found, side, form)


def _negotiate(request: HttpRequest, found: Invitation) -> tuple[HttpResponse | None, TermsForm | None]:
    user = found.acting(person(request))
    number = _number(request.POST.get("number"))
    act = request.POST.get("act")
    form = TermsForm(request.POST) if act == "counter" else None
    if form is not None and not form.is_valid():
        return None, form
    try:
        match act:
            case "accept":
                requesting.accept_terms(found, actor=user, number=number)
                messages.success(request, _("You stand by these terms: the buyer may now choose you."))
            case "decline":
                requesting.decline_invitation(found, actor=user)
                messages.success(request, _("You declined. It counts for nothing against you."))
            case "counter" if form is not None:
                requesting.counter(found, actor=user, number=number, **form.terms)
                messages.success(request, _("Your terms are sent."))
            case _:
                raise Http404
    except TermsChanged as refusal:
        messages.error(request, str(refusal))
        if form is not None:
            return None, form
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(found), form


def _negotiation(request: HttpRequest, found: Invitation, side: str, form: TermsForm | None) -> HttpResponse:
    versions = list(found.versions.all())
    current = versions[-1]
    commission = share(current.price_cents, rules.COMMISSION_CUSTOM_BP)
    is_live = found.is_open and found.request.is_waiting
    context = {
        "invitation": found,
        "asked": found.request,
        "buyer_name": queries.buyer_name(found.request) if side == "expert" else str(found.request.buyer),
        "files": found.request.files.all(),
        "versions": versions[::-1],
        "current": current,
        "side": side,
        "is_live": is_live,
        "may_accept": is_live and side == "expert" and not current.may_be_chosen,
        "may_choose": is_live and side == "buyer" and current.may_be_chosen,
        "form": form,
        "terms_form": form or TermsForm.over(current),
        "commission_cents": commission,
        "net_cents": current.price_cents - commission,
        "commission_percent": rules.COMMISSION_CUSTOM_BP // 100,
        "order": found.request.order if found.state == Invitation.State.CHOSEN else None,
    }
    return render(request, "orders/requests/invitation.html", context, status=422 if form else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_choice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The review of a proposal: the terms as they are now, billing, payment. Posting places the order."""
    user = person(request)
    found = get_object_or_404(
        Invitation.objects.answering(user)
        .select_related("request__category", "request__order", "expert__expert_profile")
        .prefetch_related("versions"),
        public_id=public_id,
    )
    if request.method != "POST" and not (
        found.is_open and found.request.is_waiting and found.current.may_be_chosen
    ):
        messages.error(request, _("This proposal cannot be chosen at the moment. Nothing was charged."))
        return redirect(found.request)
    if request.method != "POST":
        return _review(request, found, ChoiceForm.starting(found.current, user))
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _review(request, found, form, status=422)
    kept = form.cleaned_data
    try:
        order = requesting.choose(
            found,
            buyer=user,
            number=kept["number"],
            token=kept["token"],
            billing=form.billing,
            method=kept["method"],
            declared=form.declared,
        )
    except TermsChanged as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(found.request)
    if user.company_id is None:
        accounts.bill_to(user, form.to_remember)
    return _send_to_gateway(request, order)


def _review(request: HttpRequest, found: Invitation, form: ChoiceForm, *, status: int = 200) -> HttpResponse:
    terms = found.current
    registered = found.expert.expert_profile.vat_regime == ExpertProfile.VatRegime.REGISTERED
    context: dict[str, Any] = {
        "invitation": found,
        "asked": found.request,
        "expert": found.expert,
        "terms": terms,
        "form": form,
        "price": from_ttc(terms.price_cents, rules.VAT_BP if registered else 0),
        "vat_applies": registered,
        "vat_percent": rules.VAT_BP // 100,
        "methods": methods(),
        "start_hours": int(rules.CUSTOM_TIMERS.start.total_seconds() // 3600),
        "acceptance_days": rules.CUSTOM_TIMERS.acceptance.days,
        "operator": settings.OPERATOR,
    }
    return render(request, "orders/requests/choice.html", context, status=status)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else 0
