"""What is added to an order while its work runs: chosen by the buyer, proposed by the expert, paid on its own."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.money import format_money
from orders import actions
from orders.extra_forms import AddOnForm, ExtraForm
from orders.forms import MethodForm
from orders.models import Order, OrderExtra
from orders.queries import allowed
from orders.queries.extras import choices, waiting
from orders.views.checkout import PATIENCE, methods, readable, stage_of, whole
from orders.views.steps import ask_or_act
from payments import escrow
from payments.gateways import GatewayUnavailable
from payments.models import Payment


@never_cache
@ask_or_act
def order_extras(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer picks an add-on and goes to pay it; the expert proposes something more."""
    user: User = request.user  # type: ignore[assignment]
    found = Order.objects.with_party(user).select_related("buyer", "expert", "payment")
    order = get_object_or_404(found, public_id=public_id)
    side = order.party(user)
    if ("add_extra" if side == "buyer" else "propose_extra") not in allowed(order, side):
        messages.error(
            request, _("This is no longer possible: the order has changed since you opened the page.")
        )
        return redirect(order)
    open_extra = order.extras.open().first()
    if open_extra is not None:
        messages.error(request, _("An extra already waits on this order. Pay or refuse it first."))
        if side == "buyer" and open_extra.state == OrderExtra.State.UNPAID:
            return redirect("extra_payment", open_extra.public_id)
        return redirect(order)
    return (_choose if side == "buyer" else _propose)(request, order, order.acting(user))


def _choose(request: HttpRequest, order: Order, user: User) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = AddOnForm(posted, order=order)
    if form.is_valid():
        try:
            extra = actions.choose_add_on(order, actor=user, **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(order)
        return _send_to_gateway(request, extra)
    taken = list(order.lines.values_list("title", flat=True))
    rows = choices(order, taken)
    if not rows:
        messages.info(request, _("Every add-on of this order is already part of it."))
        return redirect(order)
    context = {
        "order": order,
        "form": form,
        "rows": rows,
        "chosen": request.POST.get("number", ""),
        "method": request.POST.get("method", Payment.Method.CARD),
        "methods": methods(adds=True),
        "other": order.expert,
    }
    return render(request, "orders/extras/choose.html", context, status=422 if form.errors else 200)


def _propose(request: HttpRequest, order: Order, user: User) -> HttpResponse:
    form = ExtraForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_as_messages(request):
            actions.propose_extra(order, actor=user, **form.cleaned_data)
            messages.success(request, _("Your proposal is sent. It counts once the buyer has paid it."))
        return redirect(order)
    context = {
        "order": order,
        "form": form,
        "other": order.buyer,
        "answer_days": order.timer("extra_answer").days,
        "percent": order.commission_bp // 100,
    }
    return render(request, "orders/extras/propose.html", context, status=422 if form.errors else 200)


@never_cache
@ask_or_act
def extra_payment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where the buyer pays an extra and comes back to. The page one returns to proves nothing: the gateway is asked."""
    user: User = request.user  # type: ignore[assignment]
    extra = _found(user, public_id, Order.objects.bought_by(user))
    if request.method == "POST":
        return _pay(request, extra, extra.order.acting(user))
    reached = True
    if extra.state == OrderExtra.State.UNPAID and extra.payment:
        try:
            refreshed = escrow.refresh(extra.payment)
        except GatewayUnavailable:
            reached = False
        else:
            if refreshed.state == Payment.State.RECEIVED:
                actions.confirm_extra(extra)
            elif refreshed.state == Payment.State.AWAITING_TRANSFER:
                actions.await_extra_transfer(extra)
        extra = _found(user, public_id, Order.objects.bought_by(user))
    if not extra.is_open:
        return _settled(request, extra)
    order, payment = extra.order, extra.payment
    stage = stage_of(payment, returned="back" in request.GET) if payment else "pay"
    tries = whole(request.GET.get("tries"))
    context: dict[str, Any] = {
        "order": order,
        "extra": extra,
        "payment": payment,
        "waiting": waiting(order, [extra], order.acting(user)),
        "stage": stage,
        "reached": reached,
        "tries": tries + 1,
        "waits": stage == "processing" and tries < PATIENCE,
        "methods": methods(adds=True),
        "chosen": payment.method if payment else Payment.Method.CARD,
        "instructions": readable(payment) if payment else {},
        "escrow_title": _("Your money stays with us."),
        "escrow_text": _("Paid to %(expert)s once you approve.") % {"expert": order.expert.first_name},
    }
    return render(request, "orders/extras/payment.html", context)


@ask_or_act
def extra_refusal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer says no to a proposal, or gives up an add-on not paid yet."""
    user: User = request.user  # type: ignore[assignment]
    extra = _found(user, public_id, Order.objects.bought_by(user))
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.refuse_extra(extra, actor=extra.order.acting(user))
            messages.success(request, _("The order goes on without this extra. Nothing was charged."))
    return redirect(extra.order)


@ask_or_act
def extra_withdrawal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert takes a proposal back."""
    user: User = request.user  # type: ignore[assignment]
    extra = _found(user, public_id, Order.objects.sold_by(user))
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.withdraw_extra(extra, actor=user)
            messages.success(request, _("Your proposal is withdrawn."))
    return redirect(extra.order)


@ask_or_act
def extra_refund(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert gives the price of one extra back."""
    user: User = request.user  # type: ignore[assignment]
    extra = _found(user, public_id, Order.objects.sold_by(user))
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.pay_back_extra(extra, actor=user)
            messages.success(request, _("The extra is paid back and has left the order."))
        return redirect(extra.order)
    if extra.state != OrderExtra.State.PAID or not extra.order.takes_extras:
        messages.error(request, _("An extra can be paid back alone while the work runs."))
        return redirect(extra.order)
    context = {"order": extra.order, "extra": extra, "other": extra.order.buyer}
    return render(request, "orders/extras/refund.html", context)


def _found(user: User, public_id: UUID, orders: Any) -> OrderExtra:
    return get_object_or_404(
        OrderExtra.objects.filter(order__in=orders).select_related(
            "order__buyer", "order__expert", "order__payment", "payment"
        ),
        public_id=public_id,
    )


def _settled(request: HttpRequest, extra: OrderExtra) -> HttpResponse:
    if "back" in request.GET:
        if extra.state == OrderExtra.State.PAID:
            messages.success(
                request,
                _("Payment received: %(extra)s is part of the order. %(expert)s has been told.")
                % {"extra": extra.title, "expert": extra.order.expert.first_name},
            )
        else:
            messages.error(
                request, _("This extra has ended. If your bank takes the money, we send it straight back.")
            )
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(extra.order.get_absolute_url())
    return redirect(extra.order)


def _pay(request: HttpRequest, extra: OrderExtra, user: User) -> HttpResponse:
    form = MethodForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how to pay."))
        return redirect("extra_payment", extra.public_id)
    method = form.cleaned_data["method"]
    try:
        if extra.state == OrderExtra.State.PROPOSED:
            extra = actions.accept_extra(extra, actor=user, method=method)
        elif extra.payment and extra.payment.method != method:
            extra = actions.change_extra_method(extra, actor=user, method=method)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(extra.order)
    return _send_to_gateway(request, extra)


def _send_to_gateway(request: HttpRequest, extra: OrderExtra) -> HttpResponse:
    """Redirect out to the page where the money is paid; the extra waits whatever the gateway says."""
    page = settings.SITE_URL + reverse("extra_payment", args=[extra.public_id])
    if extra.state == OrderExtra.State.UNPAID and extra.payment:
        with refusals_as_messages(request):
            try:
                url = escrow.open_checkout(extra.payment, return_url=f"{page}?back=1", cancel_url=page)
            except GatewayUnavailable:
                messages.error(
                    request,
                    _(
                        "The payment service does not answer. %(amount)s were not charged: try again in a moment."
                    )
                    % {"amount": format_money(extra.price_cents)},
                )
            else:
                return redirect(url)
    return redirect("extra_payment", extra.public_id)
