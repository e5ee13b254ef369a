"""Pages that stand for a payment provider's: public like any outside page, reached by a link nobody can guess."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.kernel.money import euros_to_type, format_money
from payments.sandbox import actions
from payments.sandbox.forms import CardForm, OptionsForm, TransferForm
from payments.sandbox.models import SandboxRefund, SandboxSession

State = SandboxSession.State
View = Callable[..., HttpResponse]


def sandbox_page(view: View) -> View:
    """Find the payment page, speak its language, and exist on a developer's machine only."""

    @login_not_required
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        if not settings.LOCAL_MODE:
            raise Http404
        session = get_object_or_404(SandboxSession, token=token)
        with translation.override(session.language):
            return view(request, session, **kwargs)

    return wrapped


@sandbox_page
@require_safe
def checkout(request: HttpRequest, session: SandboxSession) -> HttpResponse:
    """The page as it stands."""
    return _page(request, session)


@sandbox_page
@require_POST
def card(request: HttpRequest, session: SandboxSession) -> HttpResponse:
    """Pay with a test card."""
    form = CardForm(request.POST)
    if not form.is_valid():
        return _page(request, session, card_form=form, status=422)
    session = _with_options(request, session)
    if form.cleaned_data["card"] == "declined":
        actions.decline(session)
        return redirect("sandbox_checkout", session.token)
    if form.cleaned_data["card"] == "confirmed":
        actions.ask_confirmation(session)
        return redirect("sandbox_checkout", session.token)
    return _back(actions.pay(session, "card"))


@sandbox_page
@require_POST
def confirmation(request: HttpRequest, session: SandboxSession) -> HttpResponse:
    """Answer the bank, which asked whether it is really you."""
    if request.POST.get("answer") == "yes":
        return _back(actions.pay(session, "card"))
    actions.decline(session, actions.NOT_CONFIRMED)
    return redirect("sandbox_checkout", session.token)


@sandbox_page
@require_POST
def paypal(request: HttpRequest, session: SandboxSession) -> HttpResponse:
    """Pay with PayPal."""
    return _back(actions.pay(_with_options(request, session), "paypal"))


@sandbox_page
@require_POST
def transfer(request: HttpRequest, session: SandboxSession) -> HttpResponse:
    """Pay later, by bank transfer."""
    actions.choose_transfer(_with_options(request, session))
    return redirect("sandbox_checkout", session.token)


@sandbox_page
@require_POST
def arrival(request: HttpRequest, session: SandboxSession) -> HttpResponse:
    """A transfer reaches the bank."""
    form = TransferForm(request.POST)
    if not form.is_valid():
        return _page(request, session, transfer_form=form, status=422)
    actions.receive_transfer(session, form.cleaned_data["amount"])
    return redirect("sandbox_checkout", session.token)


@sandbox_page
@require_POST
def excess(request: HttpRequest, session: SandboxSession) -> HttpResponse:
    """The bank sends back what came in too much."""
    actions.return_excess(session)
    return redirect("sandbox_checkout", session.token)


@sandbox_page
@require_POST
def refund(request: HttpRequest, session: SandboxSession, refund_token: str) -> HttpResponse:
    """The buyer's bank takes a refund, or sends it back."""
    asked = get_object_or_404(SandboxRefund, session=session, token=refund_token)
    actions.settle_refund(asked, succeeds=request.POST.get("outcome") == "succeed")
    return redirect("sandbox_checkout", session.token)


def _with_options(request: HttpRequest, session: SandboxSession) -> SandboxSession:
    options = OptionsForm(request.POST)
    return actions.choose_options(session, **options.cleaned_data) if options.is_valid() else session


def _back(session: SandboxSession) -> HttpResponse:
    """To the shop when it is paid; a page that ran out says so itself."""
    if session.state == State.PAID:
        return redirect(session.return_url)
    return redirect("sandbox_checkout", session.token)


def _page(
    request: HttpRequest,
    session: SandboxSession,
    *,
    card_form: Form | None = None,
    transfer_form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    template = {
        State.OPEN: "sandbox/checkout.html",
        State.CONFIRMING: "sandbox/confirmation.html",
        State.AWAITING_TRANSFER: "sandbox/transfer.html",
        State.PAID: "sandbox/paid.html",
        State.EXPIRED: "sandbox/expired.html",
    }[State(session.state)]
    context = {
        "session": session,
        "amount": format_money(session.amount_cents, full=True),
        "received": format_money(session.received_cents, full=True),
        "missing": format_money(session.missing_cents, full=True),
        "missing_typed": euros_to_type(session.missing_cents),
        "amount_typed": euros_to_type(session.amount_cents),
        "excess": format_money(session.excess_cents, full=True),
        "bic": actions.BIC,
        "failure": translation.gettext(session.failure) if session.failure else "",
        "refund_outcomes": SandboxSession.RefundOutcome.choices,
        "refunds": [
            (refund, format_money(refund.amount_cents, full=True))
            for refund in session.refunds.order_by("pk")
        ],
        "card_form": card_form,
        "transfer_form": transfer_form,
        "site_name": settings.SITE_NAME,
    }
    if session.ran_out:
        template = "sandbox/expired.html"
    return render(request, template, context, status=status)
