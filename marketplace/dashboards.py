"""The expert's own pages: what to do now, their orders, their money."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import experts_only
from accounts.models import User
from marketplace import dashboard_queries as queries
from marketplace import pipeline_queries
from marketplace.kernel import rules
from payments import queries as payments

PER_PAGE = 20

STATUS_WORDS = {
    "": _("All"),
    "asked": _("To answer"),
    "to_start": _("To start"),
    "in_progress": _("In progress"),
    "delivered": _("Delivered"),
    "completed": _("Completed"),
    "disputed": _("Disputed"),
    "cancelled": _("Cancelled"),
}


@require_safe
@experts_only
def overview(request: HttpRequest) -> HttpResponse:
    """What presses, what waits, what was earned."""
    expert: User = request.user  # type: ignore[assignment]
    seen = queries.overview(expert)
    return render(
        request, "dashboard/overview.html", {"section": "overview", "seen": seen, "counts": seen.counts}
    )


@require_safe
@experts_only
def orders(request: HttpRequest) -> HttpResponse:
    """Every order of an expert, by status."""
    expert: User = request.user  # type: ignore[assignment]
    status = request.GET.get("status", "")
    if status not in queries.STATUSES:
        status = ""
    numbers = queries.order_counts(expert)
    tabs = [
        {
            "label": label,
            "url": f"?status={name}" if name else request.path,
            "count": numbers[name or "all"],
            "current": name == status,
        }
        for name, label in STATUS_WORDS.items()
        if name != "asked" or numbers[name] or status == name
    ]
    page = _page(request, queries.orders_of(expert, status))
    context = {"section": "orders", "tabs": tabs, "status": status, "page": page, "total": numbers["all"]}
    return render(request, "dashboard/orders.html", context)


@require_safe
@experts_only
def pipeline(request: HttpRequest) -> HttpResponse:
    """Invitations, conversations, quotes and missions, with what waits for the expert."""
    expert: User = request.user  # type: ignore[assignment]
    columns = pipeline_queries.pipeline(expert)
    context = {
        "section": "pipeline",
        "columns": columns,
        "empty": not any(column.cards for column in columns),
    }
    return render(request, "dashboard/pipeline.html", context)


@require_safe
@experts_only
def earnings(request: HttpRequest) -> HttpResponse:
    """An expert's balance, and each earning with the order or mission it came from."""
    expert: User = request.user  # type: ignore[assignment]
    history = payments.earnings_of(expert).select_related(
        "hold__payment__order__buyer",
        "hold__payment__extra__order__buyer",
        "hold__payment__instalment__mission__quote",
        "hold__payment__instalment__mission__client",
    )
    page = _page(request, history)
    for earning in page:
        payment = earning.hold.payment
        earning.extra = getattr(payment, "extra", None)
        earning.instalment = instalment = getattr(payment, "instalment", None)
        if instalment is not None:
            earning.order, earning.buyer = instalment.mission, instalment.mission.client
        else:
            earning.order = earning.extra.order if earning.extra else payment.order
            earning.buyer = earning.order.buyer
    context = {
        "section": "earnings",
        "balance": payments.balance_of(expert),
        "page": page,
        "missions": any(earning.instalment for earning in page),
        "timers": rules.ORDER_TIMERS,
    }
    return render(request, "dashboard/earnings.html", context)


def _page(request: HttpRequest, rows: Any) -> Any:
    """The page asked for; a number that is none shows the first, one too far the last."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
