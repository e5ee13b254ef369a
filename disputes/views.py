"""Opening a dispute. Reading it and what follows belongs to the order's room."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from disputes import actions
from disputes.forms import OpenDisputeForm
from disputes.models import Dispute
from marketplace.kernel.errors import refusals_as_messages
from orders.models import Order


@require_http_methods(["GET", "HEAD", "POST"])
def open_dispute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page that says what a dispute does, and opens it. For the two parties alone."""
    user: User = request.user  # type: ignore[assignment]
    mine = Order.objects.bought_by(user) | Order.objects.sold_by(user)
    order = get_object_or_404(mine.select_related("buyer", "expert"), public_id=public_id)
    if not actions.is_disputable(order):
        messages.error(request, _why_not(order))
        return redirect(order)
    form = OpenDisputeForm(request.POST if request.method == "POST" else None, order=order, user=user)
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            actions.open_dispute(order, actor=user, **form.cleaned_data)
            messages.success(request, _("Your dispute is open. Nothing moves until our team has decided."))
        return redirect(order)
    other = order.expert if order.party(user) == "buyer" else order.buyer
    context = {"order": order, "form": form, "other": other}
    return render(request, "disputes/open.html", context, status=422 if form.errors else 200)


def _why_not(order: Order) -> str:
    if Dispute.objects.filter(order=order).waiting().exists():
        return _("A dispute is already open on this order. Add what you have to say in the messages.")
    if order.state == Order.State.PENDING_PAYMENT or (
        order.state == Order.State.ACTIVE and not order.is_started
    ):
        return _("Work has not begun: this order can simply be cancelled or declined.")
    return _("This order is closed: a dispute can no longer be opened on it.")
