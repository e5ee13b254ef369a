"""What a person bought."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from orders import queries
from orders.queries.lists import FILTERS

PER_PAGE = 10


@require_safe
def buyer_orders(request: HttpRequest) -> HttpResponse:
    """The buyer's space: what waits for them first, then the rest."""
    user: User = request.user  # type: ignore[assignment]
    chosen = request.GET.get("status", "all")
    chosen = chosen if chosen in FILTERS else "all"
    counts = queries.buyer_counts(user)
    paginator = Paginator(queries.buyer_orders(user, chosen), PER_PAGE)
    paginator.count = counts[chosen]  # known already: one query less
    page = paginator.get_page(request.GET.get("page"))
    context = {"page": page, "rows": queries.rows(page, user), "chosen": chosen, "counts": counts}
    return render(request, "orders/buyer_orders.html", context)
