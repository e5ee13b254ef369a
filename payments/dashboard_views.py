"""An expert's withdrawals: what is available, where it goes, what is on its way."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import queries as accounts
from accounts.access import experts_only, person
from accounts.models import User
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.posting import form_of
from payments import payouts, rails, withdrawals
from payments import queries as payments
from payments.forms import WayForm, WithdrawalForm
from payments.gateways import GatewayRefused, GatewayUnavailable, gateway
from payments.models import PayeeAccount, PayoutPreference, Withdrawal
from payments.payout_outbox import open_payee

PER_PAGE = 20


@require_http_methods(["GET", "POST"])
@experts_only
@reauthentication_required(allow_get=True)
def withdrawals_page(request: HttpRequest) -> HttpResponse:
    """Ask for a withdrawal, and follow those under way."""
    expert = person(request)
    available = payments.balance_of(expert).available_cents
    if request.method != "POST":
        return _page(request, expert, WithdrawalForm(available_cents=available))
    form = WithdrawalForm(request.POST, available_cents=available)
    if not form.is_valid():
        return _page(request, expert, form, status=422)
    with refusals_as_messages(request):
        withdrawals.request_withdrawal(expert, form.cleaned_data["amount"])
        messages.success(request, _("Your withdrawal is on its way. You can follow it here."))
    return redirect("withdrawals")


@require_POST
@experts_only
@reauthentication_required
def withdrawal_cancellation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back what nobody has sent yet."""
    withdrawal = get_object_or_404(Withdrawal.objects.of(person(request)), public_id=public_id)
    with refusals_as_messages(request):
        withdrawals.cancel(withdrawal)
        messages.success(request, _("The withdrawal is cancelled: the amount is on your balance again."))
    return redirect("withdrawals")


@form_of("withdrawals")
@experts_only
@reauthentication_required
def withdrawal_way(request: HttpRequest) -> HttpResponse:
    """Choose between the bank and PayPal."""
    expert = person(request)
    form = WayForm(request.POST)
    if not form.is_valid():
        available = payments.balance_of(expert).available_cents
        return _page(request, expert, WithdrawalForm(available_cents=available), way_form=form, status=422)
    with refusals_as_messages(request):
        withdrawals.choose_way(expert, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
    return redirect("withdrawals")


@require_http_methods(["GET", "POST"])
@experts_only
@reauthentication_required(allow_get=True)
def onboarding(request: HttpRequest) -> HttpResponse:
    """Go to the provider's own pages: each link is good for one visit, so that this address makes a new one."""
    expert = person(request)
    provider = gateway()
    if not provider.needs_onboarding:
        return redirect("withdrawals")
    try:
        account = open_payee(expert)
        target = provider.onboarding_url(
            account.gateway_id,
            refresh_url=settings.SITE_URL + reverse("withdrawal_onboarding"),
            return_url=settings.SITE_URL + reverse("withdrawals") + "?back=1",
        )
    except (GatewayUnavailable, GatewayRefused, PayeeAccount.DoesNotExist):
        messages.error(request, _("Our payment provider does not answer. Try again in a few minutes."))
        return redirect("withdrawals")
    return redirect(target)


def _page(
    request: HttpRequest,
    expert: User,
    form: WithdrawalForm,
    *,
    way_form: WayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rail = rails.rail_of(expert)
    payee = PayeeAccount.objects.filter(expert=expert).first()
    if payee is not None and not payee.is_ready and "back" in request.GET:
        payee = _refreshed(payee)
    chosen = PayoutPreference.objects.filter(expert=expert).first()
    obstacle = ""
    try:
        withdrawals.refuse_unless_payable(expert)
    except Refusal as refusal:
        obstacle = str(refusal)
    context: dict[str, Any] = {
        "section": "withdrawals",
        "balance": payments.balance_of(expert),
        "form": form,
        "obstacle": obstacle,
        "rail": rail,
        "payee": payee,
        "needs_onboarding": rail == Withdrawal.Rail.CONNECT,
        "account": accounts.bank_account_of(expert),
        "offers_paypal": settings.PAYPAL_WITHDRAWALS,
        "way_form": way_form
        or WayForm(
            initial={
                "way": chosen.way if chosen else PayoutPreference.Way.BANK,
                "paypal_email": chosen.paypal_email if chosen else "",
            }
        ),
        "page": Paginator(Withdrawal.objects.of(expert), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "dashboard/withdrawals.html", context, status=status)


def _refreshed(payee: PayeeAccount) -> PayeeAccount:
    """What the provider says now that the expert comes back from its pages."""
    try:
        return payouts.book_payee(gateway().look_up_payee(payee.gateway_id)) or payee
    except (GatewayUnavailable, GatewayRefused):
        return payee
