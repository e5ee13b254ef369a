"""The buyer's fourteen days: what they would get back now, the model form, and the confirmation."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from marketplace.kernel.errors import Refusal
from orders import actions
from orders.forms import WithdrawalForm
from orders.models import Order
from orders.queries.withdrawals import seen


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order_withdrawal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw from the contract in two steps, as the law asks: this page, then its button."""
    user: User = request.user  # type: ignore[assignment]
    mine = Order.objects.bought_by(user).select_related("declaration", "expert", "call", "payment__hold")
    order = get_object_or_404(mine, public_id=public_id)
    right = seen(order)
    if right is None:
        raise Http404
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order = actions.withdraw(
                order, actor=order.acting(user), statement=form.cleaned_data["statement"]
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your withdrawal is received: we have just confirmed it by e-mail."))
            return redirect(order)
        return redirect("order_withdrawal", order.public_id)
    context = {"order": order, "right": right, "form": form, "operator": settings.OPERATOR}
    return render(request, "orders/withdrawal.html", context, status=422 if form.errors else 200)
