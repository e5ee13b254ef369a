"""An expert's statements, and what the tax office wants to know of them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import experts_only, person
from accounts.queries import entity_of
from marketplace.kernel import clock, private_files
from payments.forms import TaxDetailsForm
from payments.models import BooksExport, Statement, TaxDetails
from payments.reporting import papers, shelves, tax
from payments.reporting.dac7.sellers import PEOPLE


def _statements(user: Any) -> QuerySet[Statement]:
    every = Statement.objects.all()
    return every if user.is_staff and user.has_perm("payments.view_statement") else every.filter(expert=user)


def _exports(user: Any) -> QuerySet[BooksExport]:
    every = BooksExport.objects.filter(state=BooksExport.State.READY)
    return every if user.is_staff and user.has_perm("payments.view_booksexport") else every.none()


private_files.register("statement", private_files.Kind(_statements))
private_files.register("books_export", private_files.Kind(_exports))


@require_safe
@experts_only
def statements(request: HttpRequest) -> HttpResponse:
    """Every month and every year that is over, each as a PDF and for a spreadsheet."""
    expert = person(request)
    context = {
        "section": "earnings",
        "years": shelves.years_of(expert),
        "this_month": clock.today().replace(day=1),
        "details": TaxDetails.objects.filter(expert=expert).first(),
        "wanted": tax.wanted_from(expert, clock.today().year)
        or tax.wanted_from(expert, clock.today().year - 1),
    }
    return render(request, "dashboard/statements.html", context)


@require_safe
@experts_only
@cache_control(private=True, no_store=True)
def statement(request: HttpRequest, kind: str, period: str, shape: str) -> HttpResponseBase:
    """One statement, made now if it is asked for the first time; it leaves by the door of private files."""
    expert = person(request)
    if (kind, shape) not in papers.OFFERED:
        raise Http404
    try:
        first_day = date.fromisoformat(f"{period}-01" if kind == Statement.Kind.MONTH else f"{period}-01-01")
        found = papers.statement_of(expert, kind, first_day, shape)
    except (ValueError, papers.NotOver) as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return private_files.send(private_files.openable(expert, "statement", found.public_id))


@require_http_methods(["GET", "POST"])
@experts_only
@cache_control(private=True, no_store=True)
def tax_details(request: HttpRequest) -> HttpResponse:
    """Give or correct what the declaration of sellers wants; a company or an umbrella company has nothing to give."""
    expert = person(request)
    known = TaxDetails.objects.filter(expert=expert).first()
    entity = entity_of(expert)
    initial = {
        name: getattr(known, name)
        for name in ("born_on", "birth_city", "birth_country", "tax_country")
        if known is not None and getattr(known, name)
    }
    form = TaxDetailsForm(request.POST or None, known=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        tax.declare(expert, **form.cleaned_data)
        messages.success(request, _("Your tax details are saved."))
        return redirect("tax_details")
    context = {
        "section": "earnings",
        "form": form,
        "known": known,
        "entity": entity,
        "is_person": entity is None or entity.form in PEOPLE,
    }
    return render(request, "dashboard/tax_details.html", context, status=422 if form.errors else 200)
