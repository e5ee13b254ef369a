"""What the parties do in an open dispute, and after its ruling."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import person
from accounts.models import User
from disputes import actions
from disputes.forms import AppealForm, ReplyForm, ShowForm, StatementForm
from disputes.models import Dispute, StaffQuestion
from disputes.views.opening import dispute_of, page
from marketplace.kernel import rules
from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.limits import limited
from marketplace.kernel.posting import form_of
from orders.models import Order


def _mine(user: User, public_id: UUID) -> tuple[Dispute, User]:
    """The last dispute of an order of one's own, and who acts in it: staff read it elsewhere."""
    get_object_or_404(Order.objects.with_party(user), public_id=public_id)
    dispute = dispute_of(user, public_id)
    return dispute, dispute.order.acting(user)


@form_of("order_dispute")
@limited("dispute", rules.DISPUTE_RATE)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    dispute, user = _mine(person(request), public_id)
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, dispute, answer=form)
    with refusals_as_messages(request):
        actions.answer(dispute, actor=user, **form.cleaned_data)
        messages.success(request, _("Your side is noted. Our team reads both before it decides."))
    return redirect("order_dispute", public_id)


@form_of("order_dispute")
@limited("dispute", rules.DISPUTE_RATE)
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    dispute, user = _mine(person(request), public_id)
    form = ShowForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, dispute, show=form)
    with refusals_as_messages(request):
        actions.show(dispute, actor=user, files=form.cleaned_data["files"])
        messages.success(request, _("Your files are added to the dispute."))
    return redirect("order_dispute", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("dispute", rules.DISPUTE_RATE)
def reply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    question = get_object_or_404(
        StaffQuestion.objects.filter(
            dispute__order__in=Order.objects.with_party(person(request))
        ).select_related("dispute__order__buyer"),
        public_id=public_id,
    )
    user = question.dispute.order.acting(person(request))
    if question.asked_of_id != user.pk:
        raise Http404
    if request.method != "POST":
        return redirect("order_dispute", question.dispute.order.public_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return page(request, question.dispute, reply=form)
    with refusals_as_messages(request):
        actions.reply(question, actor=user, body=form.cleaned_data["body"])
        messages.success(request, _("Thank you: your answer is with our team."))
    return redirect("order_dispute", question.dispute.order.public_id)


@form_of("order_dispute")
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    dispute, user = _mine(person(request), public_id)
    with refusals_as_messages(request):
        actions.withdraw(dispute, actor=user)
        if dispute.is_claim:
            messages.success(request, _("Your claim is withdrawn: the order stays completed."))
        else:
            messages.success(
                request, _("The dispute is withdrawn: the order goes on with the time it had left.")
            )
    return redirect(dispute.order)


@form_of("order_dispute")
def appeal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    dispute, user = _mine(person(request), public_id)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return page(request, dispute, appeal=form)
    with refusals_as_messages(request):
        actions.appeal(dispute, actor=user, **form.cleaned_data)
        messages.success(request, _("Your appeal is noted. Somebody who did not decide looks at it again."))
    return redirect("order_dispute", public_id)
