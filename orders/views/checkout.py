"""From an offer to the payment page and back. The network is called here, outside any transaction."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts import actions as accounts
from accounts.models import ExpertProfile, User
from accounts.queries import entity_of
from marketplace.kernel import clock, rules, zones
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.limits import limited
from marketplace.kernel.money import format_money, from_ttc
from offers import openings
from offers.models import Offer
from orders import actions
from orders.forms import CheckoutForm, MethodForm
from orders.models import Order
from orders.queries import next_step
from orders.queries.elsewhere import asked_before
from orders.queries.steps import delay
from payments import escrow
from payments.gateways import GatewayUnavailable
from payments.models import Payment

ZONE = "zone"
"""Where the session keeps the time zone of whoever looks."""

PATIENCE = 20
"""How many times the page asks whether the money came before it leaves that to the buyer."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("checkout", rules.CHECKOUT_RATE)
def checkout(request: HttpRequest, pk: int) -> HttpResponse:
    """The review of an order to be: what, for whom, how paid. Posting places it and leads to the payment page."""
    user: User = request.user  # type: ignore[assignment]
    # A paused offer is found too, so that whoever comes from an old page reads why it cannot be ordered.
    on_show = Q(status__in=[Offer.Status.PUBLISHED, Offer.Status.PAUSED]) | Q(expert=user)
    offer = get_object_or_404(
        Offer.objects.kept()
        .filter(on_show)
        .select_related("expert__expert_profile", "category")
        .prefetch_related("add_ons"),
        pk=pk,
    )
    if refused := _why_not(offer, user):
        messages.error(request, refused)
        return _away_from(offer, user)
    if request.method != "POST":
        form = CheckoutForm.starting(
            offer,
            user,
            request.GET.getlist("add_on"),
            slot=request.GET.get("slot", ""),
            zone=request.session.get(ZONE, ""),
            brief=_asked_before(request, offer),
        )
        return _review(request, offer, form)
    if zones.is_known(request.POST.get("zone", "")):
        request.session[ZONE] = request.POST["zone"]
    if "update" in request.POST:
        return _review(request, offer, CheckoutForm.again(offer, request.POST))
    if request.POST.get("version") != str(offer.version):
        return _read_again(request, offer)
    form = CheckoutForm(request.POST, request.FILES, offer=offer)
    if not form.is_valid():
        return _review(request, offer, form, status=422)
    try:
        order = actions.place_order(
            buyer=user,
            offer=offer,
            add_on_ids=form.cleaned_data["add_on"],
            version=form.cleaned_data["version"],
            token=form.cleaned_data["token"],
            brief=form.cleaned_data["brief"],
            billing=form.billing,
            method=form.cleaned_data["method"],
            slot=form.cleaned_data["slot"],
            zone=form.zone_typed,
            files=form.cleaned_data["files"],
            declared=form.declared,
        )
    except actions.SlotTaken as refusal:
        form.add_error("slot", str(refusal))
        return _review(request, offer, form, status=409)
    except actions.TermsChanged:
        offer = Offer.objects.select_related("expert__expert_profile", "category").get(pk=offer.pk)
        return _read_again(request, offer)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _away_from(offer, user)
    if user.company_id is None:
        accounts.bill_to(user, form.to_remember)
    if order.total_cents != actions.preview(offer, form.chosen).total_cents:
        # The same page was sent before with other options: the first order stands.
        messages.warning(
            request, _("You had already placed this order with other options. Pay it, or cancel it.")
        )
        return redirect("order_payment", order.public_id)
    return _send_to_gateway(request, order)


def _asked_before(request: HttpRequest, offer: Offer) -> str:
    """The question of an order that came back without an answer, asked of another expert: nobody types it twice."""
    again = request.GET.get("again", "")
    if offer.kind != Offer.Kind.QUESTION or not again:
        return ""
    try:
        return asked_before(request.user, UUID(again))  # type: ignore[arg-type]
    except ValueError:
        return ""


def _why_not(offer: Offer, user: User) -> str:
    if offer.expert_id == user.pk:
        return _("You cannot order your own offer.")
    if offer.lacks_hours:
        return _("This expert takes no calls at the moment. Nothing was charged.")
    if offer.is_full:
        return actions.full_words(offer)
    if not offer.is_orderable:
        return _("This offer is not available at the moment. Nothing was charged.")
    return ""


def _away_from(offer: Offer, user: User) -> HttpResponseRedirect:
    """To the offer where it is on show to this person, else to its neighbours."""
    if Offer.objects.visible_to(user).filter(pk=offer.pk).exists():
        return redirect(offer)
    return redirect(offer.category)


def _read_again(request: HttpRequest, offer: Offer) -> HttpResponse:
    """The page once more with the offer as it is now; nothing was placed."""
    form = CheckoutForm.again(offer, request.POST)
    return _review(request, offer, form, status=409, changed=True)


def _review(
    request: HttpRequest, offer: Offer, form: CheckoutForm, *, status: int = 200, changed: bool = False
) -> HttpResponse:
    seen = actions.preview(offer, form.chosen)
    registered = offer.expert.expert_profile.vat_regime == ExpertProfile.VatRegime.REGISTERED
    context: dict[str, Any] = {
        "offer": offer,
        "expert": offer.expert,
        "trader": entity_of(offer.expert),
        "form": form,
        "preview": seen,
        "price": from_ttc(seen.total_cents, rules.VAT_BP if registered else 0),
        "vat_applies": registered,
        "vat_percent": rules.VAT_BP // 100,
        "options": _options(form),
        "changed": changed,
        "methods": methods(),
        "operator": settings.OPERATOR,
        "start_hours": int(rules.ORDER_TIMERS.start.total_seconds() // 3600),
        "acceptance_days": rules.ORDER_TIMERS.acceptance.days,
    }
    if offer.kind == Offer.Kind.CALL and offer.call_minutes:
        zone = form.zone_typed
        context |= {
            "strip": openings.strip(offer.expert, minutes=offer.call_minutes, zone=zone),
            "zones": zones.choices(clock.now(), zone),
            "free_hours": int(rules.ORDER_TIMERS.call_free_change.total_seconds() // 3600),
        }
    return render(request, "orders/checkout.html", context, status=status)


def _options(form: CheckoutForm) -> list[dict[str, Any]]:
    """The add-ons, as option cards."""
    chosen = {add_on.pk for add_on in form.chosen}
    return [
        {
            "value": str(add_on.pk),
            "id": f"id_add_on_{index}",
            "title": add_on.title,
            "text": add_on.description,
            "price_cents": add_on.price_cents,
            "delay": delay(add_on.days),
            "checked": add_on.pk in chosen,
        }
        for index, add_on in enumerate(form.add_ons)
    ]


def methods(*, adds: bool = False) -> list[dict[str, str]]:
    """The ways to pay, as choice cards. ``adds``: for what is added to an order that already runs."""
    by_card = _("It counts at once.") if adds else _("The order begins at once.")
    by_transfer = (
        _("It counts when the money arrives, in one to three days.")
        if adds
        else _("The order begins when the money arrives, in one to three days.")
    )
    return [
        {
            "value": Payment.Method.CARD,
            "icon": "credit-card",
            "title": _("Card"),
            "text": by_card,
        },
        {
            "value": Payment.Method.TRANSFER,
            "icon": "landmark",
            "title": _("Bank transfer"),
            "text": by_transfer,
        },
        {
            "value": Payment.Method.PAYPAL,
            "icon": "wallet",
            "title": _("PayPal"),
            "text": _("You confirm on PayPal's site."),
        },
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("checkout", rules.CHECKOUT_RATE)
def order_payment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where the buyer comes back from the payment page, reads how to send a transfer, or pays again.

    The page one returns to proves nothing: the gateway is asked, and its answer is acted on.
    """
    user: User = request.user  # type: ignore[assignment]
    mine = Order.objects.bought_by(user).select_related("payment", "offer__category", "buyer", "expert")
    order = get_object_or_404(mine, public_id=public_id)
    if request.method == "POST":
        return _pay(request, order)
    reached = True
    if order.state == Order.State.PENDING_PAYMENT:
        try:
            _hear(order)
        except GatewayUnavailable:
            reached = False
        order = mine.get(pk=order.pk)
    if order.state != Order.State.PENDING_PAYMENT:
        return _settled(request, order)
    tries = whole(request.GET.get("tries"))
    stage = stage_of(order.payment, returned="back" in request.GET)
    context: dict[str, Any] = {
        "order": order,
        "step": next_step(order, "buyer"),
        "stage": stage,
        "reached": reached,
        "tries": tries + 1,
        "waits": stage == "processing" and tries < PATIENCE,
        "methods": methods(),
        "instructions": readable(order.payment),
        "escrow_title": _("Your money stays with us."),
        "escrow_text": _("Paid to %(expert)s once you approve.") % {"expert": order.expert.first_name},
    }
    return render(request, "orders/payment.html", context)


def _hear(order: Order) -> None:
    """Ask the gateway, and bring the order up to date without waiting for the observer to be told."""
    payment = escrow.refresh(order.payment)
    if payment.state == Payment.State.RECEIVED:
        actions.confirm_payment(order)
    elif payment.state == Payment.State.AWAITING_TRANSFER:
        actions.await_transfer(order)


def _settled(request: HttpRequest, order: Order) -> HttpResponse:
    """Nothing is left to pay: to the room, with a word on the way if the buyer comes from paying."""
    if "back" in request.GET:
        if order.paid_at is not None:
            messages.success(
                request,
                _("Payment received. %(expert)s has been told.") % {"expert": order.expert.first_name},
            )
        elif order.state == Order.State.CANCELLED:
            messages.error(
                request, _("This order has ended. If your bank takes the money, we send it straight back.")
            )
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(order.get_absolute_url())
    return redirect(order)


def stage_of(payment: Payment, *, returned: bool) -> str:
    """Which page an unpaid order gets: ``transfer``, ``declined``, ``processing`` or ``pay``."""
    if payment.state == Payment.State.AWAITING_TRANSFER:
        return "transfer"
    if payment.state == Payment.State.FAILED:
        return "declined"
    return "processing" if returned else "pay"


def _pay(request: HttpRequest, order: Order) -> HttpResponse:
    """Open the payment page, by another means if one was chosen."""
    user: User = request.user  # type: ignore[assignment]
    if order.state != Order.State.PENDING_PAYMENT:
        messages.info(request, _("There is nothing left to pay for this order."))
        return redirect(order)
    form = MethodForm(request.POST)
    if "method" in request.POST:
        if not form.is_valid():
            messages.error(request, _("Choose how to pay."))
            return redirect("order_payment", order.public_id)
        if form.cleaned_data["method"] != order.payment.method:
            try:
                order = actions.change_method(
                    order, actor=order.acting(user), method=form.cleaned_data["method"]
                )
            except Refusal as refusal:
                messages.error(request, str(refusal))
                return redirect("order_payment", order.public_id)
    return _send_to_gateway(request, order)


def _send_to_gateway(request: HttpRequest, order: Order) -> HttpResponse:
    """Redirect out to the page where the money is paid; the order is kept whatever the gateway says."""
    if order.state != Order.State.PENDING_PAYMENT:
        return redirect(order)
    page = settings.SITE_URL + reverse("order_payment", args=[order.public_id])
    with refusals_as_messages(request):
        try:
            url = escrow.open_checkout(order.payment, return_url=f"{page}?back=1", cancel_url=page)
        except GatewayUnavailable:
            messages.error(
                request,
                _(
                    "The payment service does not answer. Your order is kept and nothing was charged: try again."
                ),
            )
        else:
            return redirect(url)
    return redirect("order_payment", order.public_id)


def readable(payment: Payment) -> dict[str, Any]:
    """Transfer instructions as people read them and as their bank wants them pasted."""
    given = payment.transfer_instructions
    if not given:
        return {}
    iban = "".join(str(given.get("iban", "")).split())
    cents = int(given.get("missing") or given.get("amount") or payment.amount_cents)
    return {
        "iban": iban,
        "iban_spaced": "\u00a0".join(iban[start : start + 4] for start in range(0, len(iban), 4)),
        "bic": given.get("bic", ""),
        "holder": given.get("holder", ""),
        "reference": given.get("reference") or payment.reference,
        "to_send": format_money(cents, full=True),
        "to_send_plain": f"{cents // 100}.{cents % 100:02d}",
    }


def whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 else 0
