"""A call: its page, its room, its calendar file, and the ways to move it or give it up."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from marketplace.kernel import clock, zones
from marketplace.kernel.errors import Refusal, refusals_as_messages
from offers import openings
from orders import actions, calendars
from orders.call_forms import CancelCallForm, MoveForm
from orders.models import Call, CallMove, Order
from orders.queries import calls
from orders.views.steps import ask_or_act


def _found(request: HttpRequest, public_id: UUID, *, looking: bool = False) -> tuple[Order, Call, User]:
    """An order that has a call, for its parties; staff too where one only looks."""
    user: User = request.user  # type: ignore[assignment]
    mine = Order.objects.visible_to(user) if looking else Order.objects.with_party(user)
    order = get_object_or_404(
        mine.filter(call__isnull=False).select_related("buyer", "expert__expert_profile", "payment", "call"),
        public_id=public_id,
    )
    return order, order.call, order.acting(user)


def _gone(request: HttpRequest, order: Order) -> HttpResponseRedirect:
    messages.error(request, _("This is no longer possible: the order has changed since you opened the page."))
    return redirect(order)


@never_cache
@require_safe
def order_call(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """When the call is, how to join it, and what may still be changed."""
    order, call, user = _found(request, public_id, looking=True)
    seen = calls.seen(order, user)
    return render(request, "orders/calls/call.html", {"order": order, "call": call, "seen": seen})


@never_cache
@require_safe
def order_call_room(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Into the room, from ten minutes before: the way in is noted, as proof that one came."""
    order, _call, user = _found(request, public_id)
    try:
        call = actions.enter_room(order, actor=user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("order_call", order.public_id)
    if call.room_url:
        return HttpResponseRedirect(call.room_url)
    return redirect("order_call", order.public_id)


@never_cache
@require_safe
def order_call_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The call as a file for one's calendar."""
    order, call, user = _found(request, public_id)
    response = HttpResponse(calendars.write(call, user), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{order.reference}.ics"'
    return response


@never_cache
@ask_or_act
def order_call_move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose another time: the buyer alone in good time, otherwise as a proposal to the other party."""
    order, call, user = _found(request, public_id)
    seen = calls.seen(order, user)
    if seen is None or "move_call" not in seen.acts:
        return _gone(request, order)
    zone = request.POST.get("zone") or request.session.get("zone") or seen.starts.zone
    form = MoveForm(
        request.POST if request.method == "POST" and "update" not in request.POST else None,
        alone=seen.may_move_alone,
        initial={"slot": request.POST.get("slot", ""), "message": request.POST.get("message", "")},
    )
    if form.is_valid():
        try:
            _move(request, order, user, form.cleaned_data["slot"], form.cleaned_data["message"], seen)
        except actions.SlotTaken as refusal:
            form.add_error("slot", str(refusal))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("order_call", order.public_id)
        else:
            return redirect("order_call", order.public_id)
    zone = zones.or_paris(zone)
    context: dict[str, Any] = {
        "order": order,
        "call": call,
        "seen": seen,
        "form": form,
        "strip": openings.strip(order.expert, minutes=call.minutes, zone=zone, keeping=call.pk),
        "zones": zones.choices(clock.now(), zone),
        "answer_hours": int(order.timer("change_answer").total_seconds() // 3600),
    }
    return render(request, "orders/calls/move.html", context, status=422 if form.errors else 200)


def _move(
    request: HttpRequest, order: Order, user: User, slot: datetime, message: str, seen: calls.CallSeen
) -> None:
    if seen.may_move_alone:
        actions.move_call(order, actor=user, starts_at=slot)
        messages.success(request, _("The call is moved. Both of you receive the new time."))
    else:
        actions.propose_move(order, actor=user, starts_at=slot, message=message)
        messages.success(
            request, _("Your proposal is sent. The call stays where it is until it is accepted.")
        )


@never_cache
@ask_or_act
def order_call_cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the call up, once one has read what it costs."""
    order, call, user = _found(request, public_id)
    seen = calls.seen(order, user)
    if seen is None or "cancel_call" not in seen.acts:
        return _gone(request, order)
    free = call.may_change_freely
    form = CancelCallForm(request.POST if request.method == "POST" else None, side=seen.side)
    # The page said what it costs; if the hour turned meanwhile, it says so again before anything is lost.
    told = request.POST.get("free") == ("1" if free or seen.side == "expert" else "0")
    if not form.is_valid() or not told:
        context = {"order": order, "call": call, "seen": seen, "form": form, "free": free}
        return render(request, "orders/calls/cancel.html", context, status=422 if form.errors else 200)
    with refusals_as_messages(request):
        order = actions.cancel_call(order, actor=user, reason=form.cleaned_data["reason"])
        if order.state == Order.State.CANCELLED:
            messages.success(request, _("The call is cancelled. The payment goes back to the buyer in full."))
        else:
            messages.success(request, _("The call is given up. The expert is paid."))
    return redirect(order)


def _answered(request: HttpRequest, public_id: UUID, act: Any, done: str) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    move = get_object_or_404(
        CallMove.objects.filter(call__order__in=Order.objects.with_party(user)).select_related(
            "call__order__buyer"
        ),
        public_id=public_id,
    )
    if request.method == "POST":
        with refusals_as_messages(request):
            act(move, actor=move.call.order.acting(user))
            messages.success(request, done)
    return redirect("order_call", move.call.order.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def move_accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Agree to the proposed time."""
    return _answered(request, public_id, actions.accept_move, _("The new time is agreed."))


@require_http_methods(["GET", "HEAD", "POST"])
def move_refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say no: the call stays where it is."""
    return _answered(request, public_id, actions.refuse_move, _("The call stays where it is."))


@require_http_methods(["GET", "HEAD", "POST"])
def move_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    return _answered(request, public_id, actions.withdraw_move, _("Your proposal is withdrawn."))
