"""While work runs: what the expert needs, pauses, revisions answered, questions, more time.

A GET asks the question in the room, where one is to be asked; a POST acts.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from marketplace.kernel import rules
from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.limits import limited
from orders import actions, queries
from orders.models import OrderRequirement, RevisionRequest
from orders.queries.waits import needs_of
from orders.views.room import show
from orders.views.steps import _bought, _sold, ask_or_act
from orders.work_forms import ChecklistForm, ContestForm, PauseForm, QuestionForm, RefusalForm


@ask_or_act
@limited("upload", rules.UPLOAD_RATE)
def order_requirements(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer sends what the expert needs, all of it or a part."""
    if request.method != "POST":
        return show(request, public_id, panel="supply")
    order, user = _bought(request, public_id)
    needs = needs_of(queries.room_orders(user).get(pk=order.pk))
    form = ChecklistForm(request.POST, request.FILES, needs=needs)
    if not form.is_valid():
        return show(request, public_id, panel="supply", form=form, status=422)
    with refusals_as_messages(request):
        actions.supply(order, actor=user, answers=form.answers, files=form.sent)
        messages.success(request, _("Sent. The expert is told."))
    return redirect(order)


@ask_or_act
def order_pause(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert waits for an item: the dates stand still."""
    if request.method != "POST":
        return show(request, public_id, panel="pause")
    order, user = _sold(request, public_id)
    form = PauseForm(request.POST, needs=needs_of(queries.room_orders(user).get(pk=order.pk)))
    if not form.is_valid():
        return show(request, public_id, panel="pause", form=form, status=422)
    with refusals_as_messages(request):
        if form.chosen is None:
            actions.ask_for_item(
                order,
                actor=user,
                label=form.cleaned_data["label"],
                kind=form.cleaned_data["kind"] or OrderRequirement.Kind.TEXT,
            )
        else:
            item = get_object_or_404(order.checklist.all(), pk=form.chosen)
            actions.wait_for_item(order, actor=user, requirement=item)
        messages.success(request, _("The dates stand still. The buyer is told what is missing."))
    return redirect(order)


@ask_or_act
def order_resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert no longer waits."""
    order, user = _sold(request, public_id)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.resume(order, actor=user)
            messages.success(request, _("The dates are running again."))
    return redirect(order)


@ask_or_act
def order_pause_contest(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer says that nothing is missing."""
    if request.method != "POST":
        return show(request, public_id, panel="contest")
    order, user = _bought(request, public_id)
    form = ContestForm(request.POST)
    if not form.is_valid():
        return show(request, public_id, panel="contest", form=form, status=422)
    with refusals_as_messages(request):
        actions.contest_pause(order, actor=user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The dates are running again. The expert is told."))
    return redirect(order)


@ask_or_act
def order_cancel_silent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert ends an order whose buyer did not send what is missing."""
    if request.method != "POST":
        return show(request, public_id, panel="cancel_silent")
    order, user = _sold(request, public_id)
    with refusals_as_messages(request):
        actions.cancel_silent(order, actor=user)
        messages.success(request, _("Order cancelled. The buyer is paid back in full."))
    return redirect(order)


@ask_or_act
def order_revision_accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert takes a revision on."""
    order, user = _sold(request, public_id)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.accept_revision(order, actor=user)
            messages.success(request, _("Revision taken on. The buyer is told."))
    return redirect(order)


@ask_or_act
def order_revision_refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert refuses a revision, with a reason."""
    if request.method != "POST":
        return show(request, public_id, panel="refuse")
    order, user = _sold(request, public_id)
    asked = order.revision_requests.filter(state=RevisionRequest.State.OPEN).first()
    form = RefusalForm(request.POST, takes_price=asked is not None and not asked.is_incomplete)
    if not form.is_valid():
        return show(request, public_id, panel="refuse", form=form, status=422)
    with refusals_as_messages(request):
        actions.refuse_revision(order, actor=user, **form.cleaned_data)
        if form.cleaned_data.get("price_cents"):
            messages.success(
                request, _("Your price is sent. The revision begins once the buyer has paid it.")
            )
        else:
            messages.success(request, _("Revision refused. The buyer reads your reason."))
    return redirect(order)


@ask_or_act
def order_question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer asks about the deliverable."""
    if request.method != "POST":
        return show(request, public_id, panel="question")
    order, user = _bought(request, public_id)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return show(request, public_id, panel="question", form=form, status=422)
    with refusals_as_messages(request):
        actions.ask_about(order, actor=user, text=form.cleaned_data["text"])
        messages.success(request, _("Your question is sent."))
    return redirect(order)


@ask_or_act
def order_more_time(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The buyer takes more time to check, once."""
    order, user = _bought(request, public_id)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.extend_acceptance(order, actor=user)
            messages.success(request, _("You have more time to check the deliverable."))
    return redirect(order)
