"""The case file: one page to read and print, and the same as a PDF."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.access import person
from disputes.queries import casefile
from disputes.views.opening import dispute_of
from marketplace.kernel import pdf


@require_safe
def case_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user = person(request)
    dispute = dispute_of(user, public_id)
    return render(request, "disputes/file.html", {"case": casefile.gather(dispute, user), "dispute": dispute})


@require_safe
@cache_control(private=True, no_store=True)
def case_file_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Made on the spot: it shows the case as it stands now, and takes some hundredths of a second."""
    user = person(request)
    case = casefile.gather(dispute_of(user, public_id), user)
    made = pdf.render(
        "case_file", casefile.for_print(case), language=(translation.get_language() or "fr")[:2]
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{case.order.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
