"""The page of a dispute: how it is opened, then what each side says, and how it ends."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import person
from accounts.models import User
from disputes import actions
from disputes.forms import AppealForm, OpenDisputeForm, ReplyForm, ShowForm, StatementForm, without_rework
from disputes.models import Dispute
from disputes.queries.reading import read
from marketplace.kernel import rules
from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.limits import limited
from orders.models import Order

UNPROCESSABLE = 422


def dispute_of(user: User, public_id: UUID) -> Dispute:
    """The last dispute of an order, for its two parties and staff."""
    return get_object_or_404(
        Dispute.objects.filter(order__in=Order.objects.visible_to(user), order__public_id=public_id)
        .select_related("order__buyer", "order__expert", "order__payment", "opened_by")
        .order_by("-pk")[:1]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@limited("dispute", rules.DISPUTE_RATE)
def open_dispute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a dispute where one may be opened now; otherwise read the last one there was."""
    user = person(request)
    order = get_object_or_404(
        Order.objects.visible_to(user).select_related("buyer", "expert", "payment"), public_id=public_id
    )
    side = order.party(user)
    if side == "staff" or not actions.is_disputable(order, side):
        last = Dispute.objects.filter(order=order).order_by("-pk").first()
        if last is not None:
            return page(request, last) if request.method != "POST" else redirect("order_dispute", public_id)
        if side == "staff":
            raise Http404
        messages.error(request, _why_not(order))
        return redirect(order)
    form = OpenDisputeForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        order=order,
        user=order.acting(user),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            actions.open_dispute(order, actor=order.acting(user), **form.cleaned_data)
            messages.success(request, _("Your dispute is open. Nothing moves until our team has decided."))
        return redirect("order_dispute", order.public_id)
    other = order.expert if side == "buyer" else order.buyer
    claims = order.state == Order.State.COMPLETED
    context = {"order": order, "form": form, "other": other, "claims": claims}
    return render(request, "disputes/open.html", context, status=UNPROCESSABLE if form.errors else 200)


def page(request: HttpRequest, dispute: Dispute, **bound: object) -> HttpResponse:
    """The page with fresh forms, but for the one that comes back with its mistakes."""
    dispute = dispute_of(person(request), dispute.order.public_id)
    forms = {
        "answer": StatementForm(),
        "show": ShowForm(),
        "reply": ReplyForm(),
        "appeal": AppealForm(),
        **bound,
    }
    if dispute.is_claim:
        without_rework(forms["answer"])  # type: ignore[arg-type]
    context = {
        "reading": read(dispute, person(request)),
        "dispute": dispute,
        "order": dispute.order,
        "forms": forms,
        "form": next(iter(bound.values()), None),
    }
    return render(request, "disputes/dispute.html", context, status=UNPROCESSABLE if bound else 200)


def _why_not(order: Order) -> str:
    if order.state == Order.State.PENDING_PAYMENT or (
        order.state == Order.State.ACTIVE and not order.is_started
    ):
        return _("Work has not begun: this order can simply be cancelled or declined.")
    return _("This order is closed: a dispute can no longer be opened on it.")
