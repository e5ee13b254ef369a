"""The page on which somebody says that the other did not come to the call, or that they did."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from disputes import actions
from disputes.forms import AbsenceForm
from marketplace.kernel.errors import refusals_as_messages
from orders.models import Order
from orders.queries import calls


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order_absence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Declare an absence, or contest the one that was declared."""
    user: User = request.user  # type: ignore[assignment]
    order = get_object_or_404(
        Order.objects.with_party(user).filter(call__isnull=False).select_related("buyer", "expert", "call"),
        public_id=public_id,
    )
    user = order.acting(user)
    seen = calls.seen(order, user)
    if seen is None or not seen.acts & {"declare_absence", "contest_absence"}:
        messages.error(request, _("There is nothing to say about who came to this call now."))
        return redirect(order)
    contests = "contest_absence" in seen.acts
    form = AbsenceForm(request.POST if request.method == "POST" else None, contests=contests)
    if not form.is_valid():
        context = {
            "order": order,
            "seen": seen,
            "form": form,
            "contests": contests,
            "contest_hours": int(order.timer("absence_contest").total_seconds() // 3600),
        }
        return render(request, "disputes/absence.html", context, status=422 if form.errors else 200)
    with refusals_as_messages(request):
        dispute = actions.say_absent(order, actor=user, statement=form.cleaned_data["statement"])
        if dispute is None:
            messages.success(request, _("It is noted. The other party has been told and may contest it."))
        else:
            messages.success(request, _("It is contested. Nothing moves until our team has decided."))
    return redirect(order)
