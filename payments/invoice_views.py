"""A person's invoices, whether they sell or buy."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.access import person
from accounts.models import User
from accounts.queries.mandate import mandate_signature
from payments.invoices import finding
from payments.invoices.papers import paper_of
from payments.models import Invoice

PER_PAGE = 20


def _sides(user: User) -> list[finding.Side]:
    return ["sold", "bought", "commission"] if user.is_expert else ["bought"]


def _chosen(request: HttpRequest, user: User) -> tuple[finding.Side, date | None]:
    sides = _sides(user)
    side = next((side for side in sides if side == request.GET.get("side")), sides[0])
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        month = None
    return side, month


@require_safe
@cache_control(private=True, no_store=True)
def invoices(request: HttpRequest) -> HttpResponse:
    """Find an invoice: by side, by month, by words."""
    user = person(request)
    side, month = _chosen(request, user)
    words = request.GET.get("q", "").strip()[:80]
    every = finding.of_side(user, side)
    rows = finding.in_month(every, month) if month else every
    rows = finding.matching(rows, words)
    context: dict[str, Any] = {
        "section": "invoices",
        "side": side,
        "sides": _sides(user),
        "month": month,
        "months": finding.months_of(every),
        "words": words,
        "signed": not user.is_expert or mandate_signature(user) is not None,
        "page": Paginator(rows.order_by("-issued_on", "-pk"), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "dashboard/invoices.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def invoice_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The document of an invoice, for its seller, its buyer, and staff who may read invoices."""
    user = person(request)
    may_all = user.is_staff and user.has_perm("payments.view_invoice")
    found = Invoice.objects.all() if may_all else Invoice.objects.seen_by(user)
    invoice = get_object_or_404(found, public_id=public_id)
    response = FileResponse(
        paper_of(invoice).file.open("rb"),
        as_attachment=True,
        filename=finding.file_name(invoice),
        content_type="application/pdf",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@cache_control(private=True, no_store=True)
def invoices_of_month(request: HttpRequest) -> HttpResponseBase:
    """All the documents of one month and one side, in a zip."""
    user = person(request)
    side, month = _chosen(request, user)
    if month is None:
        raise Http404
    rows = finding.in_month(finding.of_side(user, side), month).order_by("issued_on", "pk")
    if not rows.exists():
        raise Http404
    response = FileResponse(
        finding.build_zip(rows[: finding.ZIP_LIMIT]),
        as_attachment=True,
        filename=f"{month:%Y-%m}-{side}.zip",
        content_type="application/zip",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
