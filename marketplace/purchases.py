"""The buying side's own pages: what was spent, what is open, which documents there are."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.access import person
from marketplace import purchase_queries as queries

PER_PAGE = 20

KIND_WORDS = {
    "": _("All documents"),
    "invoice": _("Invoices"),
    "deed": _("Rights deeds"),
    "vigilance": _("Certificates"),
    "quote": _("Quotes accepted"),
}


@require_safe
@cache_control(private=True, no_store=True)
def purchases(request: HttpRequest) -> HttpResponse:
    """Spending by month, expert and category; orders, requests, quotes and missions that run."""
    user = person(request)
    return render(
        request,
        "purchases/overview.html",
        {"section": "purchases", "house": user.company, **queries.context_of(user)},
    )


@require_safe
@cache_control(private=True, no_store=True)
def documents(request: HttpRequest) -> HttpResponse:
    """Invoices, deeds, certificates and quotes, to filter and download."""
    user = person(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in queries.KINDS else ""
    month = _month(request)
    words = request.GET.get("q", "").strip()[:80]
    found = queries.papers(user, kind, month, words)
    return render(
        request,
        "purchases/documents.html",
        {
            "section": "purchases",
            "house": user.company,
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
            "kind": kind,
            "kinds": KIND_WORDS.items(),
            "month": month,
            "months": queries.months_of(user),
            "words": words,
            "filtered": bool(kind or month or words),
        },
    )


@require_safe
@cache_control(private=True, no_store=True)
def statement(request: HttpRequest) -> HttpResponse:
    """What was paid in one month, as a file for accounts."""
    month = _month(request)
    if month is None:
        raise Http404
    # Excel reads UTF-8 only when a mark says so.
    response = HttpResponse(
        "\ufeff" + queries.statement(person(request), month), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{month:%Y-%m}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _month(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return None
