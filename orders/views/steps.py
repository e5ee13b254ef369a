"""The acts that move an order. A GET asks the question in the room, where one is to be asked; a POST acts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from marketplace.kernel import rules
from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.limits import limited
from orders import actions
from orders.actions.instead import offer_instead
from orders.forms import AnswerForm, DeclineForm, DeliverForm, ReviewForm
from orders.models import Invitation, Order
from orders.request_forms import InsteadForm
from orders.views.room import show
from orders.work_forms import AskRevisionForm

ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


def _bought(request: HttpRequest, public_id: UUID) -> tuple[Order, User]:
    user: User = request.user  # type: ignore[assignment]
    found = get_object_or_404(Order.objects.bought_by(user).select_related("buyer"), public_id=public_id)
    return found, found.acting(user)


def _sold(request: HttpRequest, public_id: UUID) -> tuple[Order, User]:
    user: User = request.user  # type: ignore[assignment]
    return get_object_or_404(Order.objects.sold_by(user), public_id=public_id), user


def _shared(request: HttpRequest, public_id: UUID) -> tuple[Order, User]:
    user: User = request.user  # type: ignore[assignment]
    found = get_object_or_404(Order.objects.with_party(user).select_related("buyer"), public_id=public_id)
    return found, found.acting(user)


@ask_or_act
def order_start(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert begins; the delivery time runs."""
    order, user = _sold(request, public_id)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.start(order, actor=user)
            messages.success(request, _("The order has started: the delivery time is running."))
    return redirect(order)


@limited("upload", rules.UPLOAD_RATE)
@ask_or_act
def order_deliver(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert hands over a version of the work."""
    if request.method != "POST":
        return show(request, public_id, panel="deliver")
    order, user = _sold(request, public_id)
    form = DeliverForm(request.POST, request.FILES, kind=order.kind)
    if not form.is_valid():
        return show(request, public_id, panel="deliver", form=form, status=422)
    with refusals_as_messages(request):
        actions.deliver(order, actor=user, note=form.cleaned_data["note"], files=form.cleaned_data["files"])
        messages.success(request, _("Delivered. The buyer has been told."))
    return redirect(order)


@ask_or_act
def order_revision(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer sends the work back with more precise instructions."""
    if request.method != "POST":
        return show(request, public_id, panel="revise")
    order, user = _bought(request, public_id)
    form = AskRevisionForm(request.POST)
    if not form.is_valid():
        return show(request, public_id, panel="revise", form=form, status=422)
    with refusals_as_messages(request):
        words = {name: form.cleaned_data[name] for name in ("good", "wrong", "expected")}
        if order.revisions_left or form.cleaned_data["incomplete"]:
            actions.request_revision(order, actor=user, incomplete=form.cleaned_data["incomplete"], **words)
            messages.success(request, _("Your instructions are sent."))
        else:
            actions.ask_one_more(order, actor=user, **words)
            messages.success(request, _("Your request is sent. The expert is free to agree."))
    return redirect(order)


@ask_or_act
def order_acceptance(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer accepts: the money leaves for the expert."""
    if request.method != "POST":
        return show(request, public_id, panel="accept")
    order, user = _bought(request, public_id)
    with refusals_as_messages(request):
        actions.accept_delivery(order, actor=user)
        messages.success(request, _("Thank you. The payment is on its way to the expert."))
    return redirect(order)


@ask_or_act
def order_cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer changes their mind before work begins."""
    if request.method != "POST":
        return show(request, public_id, panel="cancel")
    order, user = _bought(request, public_id)
    with refusals_as_messages(request):
        order = actions.cancel_before_start(order, actor=user)
        if order.paid_at:
            messages.success(request, _("Order cancelled. Your money is on its way back."))
        else:
            messages.success(request, _("Order cancelled. Nothing was charged."))
    return redirect(order)


@ask_or_act
def order_decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert says no before starting, with a reason."""
    if request.method != "POST":
        return show(request, public_id, panel="decline")
    order, user = _sold(request, public_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return show(request, public_id, panel="decline", form=form, status=422)
    with refusals_as_messages(request):
        actions.decline(order, actor=user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Order declined. The buyer is paid back."))
    return redirect(order)


@ask_or_act
def order_proposal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert proposes a custom offer in place of a question that is more than one."""
    if request.method != "POST":
        return show(request, public_id, panel="offer_instead")
    order, user = _sold(request, public_id)
    form = InsteadForm(request.POST)
    if not form.is_valid():
        return show(request, public_id, panel="offer_instead", form=form, status=422)
    shown: Order | Invitation = order
    with refusals_as_messages(request):
        shown = offer_instead(order, actor=user, **form.terms)
        messages.success(request, _("Your proposal is sent. The buyer is paid back."))
    return redirect(shown)


@ask_or_act
def order_review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Either party says how it went, or says it better while nobody has read it."""
    if request.method != "POST":
        return show(request, public_id, panel="review")
    order, user = _shared(request, public_id)
    form = ReviewForm(request.POST, side=order.party(user))
    if not form.is_valid():
        return show(request, public_id, panel="review", form=form, status=422)
    written = order.reviews.filter(author=user).exists()
    act = actions.change_review if written else actions.leave_review
    with refusals_as_messages(request):
        review = act(order, author=user, **form.cleaned_data)
        if review.is_published:
            messages.success(request, _("Thank you: both reviews are published."))
        elif written:
            messages.success(request, _("Your review is changed."))
        else:
            messages.success(request, _("Thank you: your review is kept until it can be published."))
    return redirect(f"{order.get_absolute_url()}#review")


@ask_or_act
def order_review_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The reviewed party answers in public, once."""
    if request.method != "POST":
        return show(request, public_id, panel="answer")
    order, user = _shared(request, public_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, public_id, panel="answer", form=form, status=422)
    with refusals_as_messages(request):
        actions.answer_review(order, actor=user, text=form.cleaned_data["text"])
        messages.success(request, _("Your answer is published."))
    return redirect(f"{order.get_absolute_url()}#review")
