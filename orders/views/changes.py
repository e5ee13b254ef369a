"""What one party asks the other while work runs, each on a page of its own, and the answers given in the room."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from marketplace.kernel.errors import refusals_as_messages
from orders import actions
from orders.change_forms import CancellationForm, ExtensionForm, SettlementForm
from orders.models import Order, OrderQuerySet
from orders.models.changes import ChangeRequest
from orders.queries import allowed
from orders.views.steps import ask_or_act


def _found(request: HttpRequest, orders: OrderQuerySet, public_id: UUID) -> tuple[Order, User]:
    user: User = request.user  # type: ignore[assignment]
    order = get_object_or_404(
        orders.with_party(user).select_related("buyer", "expert", "payment"), public_id=public_id
    )
    return order, order.acting(user)


def _too_late(request: HttpRequest, order: Order, act: str, user: User) -> HttpResponse | None:
    """Send back to the room, with the reason, whoever asks for what the order does not allow now."""
    if act not in allowed(order, order.party(user)):
        messages.error(
            request, _("This is no longer possible: the order has changed since you opened the page.")
        )
        return redirect(order)
    if act != "cancel_late" and order.changes.open().exists():  # type: ignore[attr-defined]
        messages.error(
            request, _("A request already waits for an answer on this order. Answer or withdraw it first.")
        )
        return redirect(order)
    return None


def _page(
    request: HttpRequest, name: str, order: Order, user: User, form: Form | None = None, **more: Any
) -> HttpResponse:
    side = order.party(user)
    context = {
        "order": order,
        "side": side,
        "other": order.expert if side == "buyer" else order.buyer,
        "form": form,
        "answer_hours": int(order.timer("change_answer").total_seconds() // 3600),
        **more,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, f"orders/changes/{name}.html", context, status=status)


@never_cache
@ask_or_act
def order_extension(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert proposes a later date."""
    order, user = _found(request, Order.objects.sold_by(request.user), public_id)
    if away := _too_late(request, order, "extend", user):
        return away
    form = ExtensionForm(request.POST if request.method == "POST" else None, order=order)
    if not form.is_valid():
        return _page(request, "extension", order, user, form)
    with refusals_as_messages(request):
        actions.propose_extension(order, actor=user, due_at=form.due_at, message=form.cleaned_data["message"])
        messages.success(request, _("Your request is sent. The present date holds until the buyer accepts."))
    return redirect(order)


@never_cache
@ask_or_act
def order_cancel_late(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer ends alone an order that is late beyond the grace."""
    order, user = _found(request, Order.objects.bought_by(request.user), public_id)
    if away := _too_late(request, order, "cancel_late", user):
        return away
    if request.method != "POST":
        return _page(request, "late", order, user)
    with refusals_as_messages(request):
        actions.cancel_late(order, actor=user)
        messages.success(request, _("Order cancelled. Your money is on its way back."))
    return redirect(order)


@never_cache
@ask_or_act
def order_ask_cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Either party asks the other to cancel, with a reason."""
    order, user = _found(request, Order.objects.all(), public_id)
    if away := _too_late(request, order, "ask_cancel", user):
        return away
    form = CancellationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "cancellation", order, user, form)
    with refusals_as_messages(request):
        actions.request_cancellation(order, actor=user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Your request is sent. The order goes on until it is answered."))
    return redirect(order)


@never_cache
@ask_or_act
def order_settlement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Either party proposes a split. Its exact amounts are shown first, and sent once they were seen."""
    order, user = _found(request, Order.objects.all(), public_id)
    if away := _too_late(request, order, "propose_split", user):
        return away
    form = SettlementForm(request.POST if request.method == "POST" else None, order=order)
    if request.htmx:  # type: ignore[attr-defined]  # the slider rests: the figures alone, whatever the form still lacks
        form.is_valid()
        cents = form.cleaned_data.get("refund_cents") if form.is_bound else None
        split = actions.preview_split(order, refund_cents=cents) if cents else None
        return _page(request, "settlement", order, user, SettlementForm(order=order), split=split)
    if not form.is_valid():
        return _page(request, "settlement", order, user, form)
    refund_cents = form.cleaned_data["refund_cents"]
    if request.POST.get("seen") != str(refund_cents):
        split = actions.preview_split(order, refund_cents=refund_cents)
        return _page(request, "settlement", order, user, form, split=split)
    with refusals_as_messages(request):
        actions.propose_settlement(
            order, actor=user, refund_cents=refund_cents, message=form.cleaned_data["message"]
        )
        messages.success(request, _("Your proposal is sent. Nothing moves until it is accepted."))
    return redirect(order)


def _answer(
    request: HttpRequest,
    public_id: UUID,
    act: Callable[..., ChangeRequest],
    done: Callable[[ChangeRequest], str],
) -> HttpResponse:
    """Carry out an answer to a request, for the parties of its order alone."""
    user: User = request.user  # type: ignore[assignment]
    change = get_object_or_404(
        ChangeRequest.objects.filter(order__in=Order.objects.with_party(user)).select_related("order__buyer"),
        public_id=public_id,
    )
    if request.method == "POST":
        with refusals_as_messages(request):
            messages.success(request, done(act(change, actor=change.order.acting(user))))
    return redirect(change.order)


@require_http_methods(["GET", "HEAD", "POST"])
def change_accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Agree to what the other party asks."""
    return _answer(request, public_id, actions.accept_change, _accepted)


@require_http_methods(["GET", "HEAD", "POST"])
def change_refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say no: the order goes on."""
    return _answer(
        request,
        public_id,
        actions.refuse_change,
        lambda change: _("Request refused. The order goes on as before."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    return _answer(
        request,
        public_id,
        actions.withdraw_change,
        lambda change: _("Request withdrawn. The order goes on as before."),
    )


def _accepted(change: ChangeRequest) -> str:
    if change.kind == ChangeRequest.Kind.EXTENSION:
        return _("The later date is agreed.")
    if change.kind == ChangeRequest.Kind.CANCELLATION:
        return _("Order cancelled. The buyer is paid back in full.")
    return _("The settlement is agreed. The amounts are on their way.")
