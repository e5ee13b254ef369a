"""Where a client pays an instalment and comes back to. The page one returns to proves nothing: the gateway is asked."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import person
from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.money import euros_to_type, format_money
from missions import actions
from missions.forms import MethodForm
from missions.models import Instalment, Mission
from payments import escrow
from payments.gateways import GatewayUnavailable
from payments.models import Payment


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Pay one instalment, by card, transfer or PayPal."""
    user = person(request)
    found = Instalment.objects.filter(mission__in=Mission.objects.bought_by(user)).select_related(
        "mission__quote", "mission__expert", "payment"
    )
    instalment = get_object_or_404(found, public_id=public_id)
    if request.method == "POST":
        return _pay(request, instalment)
    reached = True
    if instalment.state == Instalment.State.ASKED and instalment.payment:
        try:
            if escrow.refresh(instalment.payment).state == Payment.State.RECEIVED:
                actions.confirm_payment(instalment)
        except GatewayUnavailable:
            reached = False
        instalment = found.get(pk=instalment.pk)
    if instalment.state != Instalment.State.ASKED or instalment.payment is None:
        if "back" in request.GET and instalment.state in Instalment.PAID:
            messages.success(request, _("Payment received. The expert has been told."))
        return redirect(instalment.mission)
    paid_by = instalment.payment
    context: dict[str, Any] = {
        "instalment": instalment,
        "mission": instalment.mission,
        "payment": paid_by,
        "stage": _stage(paid_by, returned="back" in request.GET),
        "reached": reached,
        "instructions": _readable(paid_by),
        "chosen": paid_by.method,
        "methods": _methods(),
        "section": "missions",
    }
    return render(request, "missions/payment.html", context)


def _stage(paid_by: Payment, *, returned: bool) -> str:
    if paid_by.state == Payment.State.AWAITING_TRANSFER:
        return "transfer"
    if paid_by.state == Payment.State.FAILED:
        return "declined"
    return "processing" if returned else "pay"


def _methods() -> list[dict[str, str]]:
    words = [
        (Payment.Method.CARD, "credit-card", _("Card"), _("The mission goes on at once.")),
        (
            Payment.Method.TRANSFER,
            "landmark",
            _("Bank transfer"),
            _("The mission goes on when the money arrives, in one to three days."),
        ),
        (Payment.Method.PAYPAL, "wallet", _("PayPal"), _("You confirm on PayPal's site.")),
    ]
    return [{"value": v, "icon": icon, "title": title, "text": text} for v, icon, title, text in words]


def _readable(paid_by: Payment) -> dict[str, Any]:
    """Transfer instructions as people read them and as their bank wants them pasted."""
    given = paid_by.transfer_instructions
    if not given:
        return {}
    iban = "".join(str(given.get("iban", "")).split())
    cents = int(given.get("missing") or given.get("amount") or paid_by.amount_cents)
    return {
        "iban": iban,
        "iban_spaced": "\u00a0".join(iban[start : start + 4] for start in range(0, len(iban), 4)),
        "bic": given.get("bic", ""),
        "holder": given.get("holder", ""),
        "reference": given.get("reference") or paid_by.reference,
        "to_send": format_money(cents, full=True),
        "to_send_plain": euros_to_type(cents),
    }


def _pay(request: HttpRequest, instalment: Instalment) -> HttpResponse:
    form = MethodForm(request.POST)
    page = reverse("instalment_payment", args=[instalment.public_id])
    if not form.is_valid():
        messages.error(request, _("Choose how to pay."))
        return redirect(page)
    if instalment.state == Instalment.State.ASKED and instalment.payment:
        url = settings.SITE_URL + page
        with refusals_as_messages(request):
            try:
                paid_by = escrow.change_method(instalment.payment, form.cleaned_data["method"])
                return redirect(escrow.open_checkout(paid_by, return_url=f"{url}?back=1", cancel_url=url))
            except GatewayUnavailable:
                messages.error(
                    request,
                    _("The payment service does not answer. Nothing was charged: try again in a moment."),
                )
    return redirect(page)
