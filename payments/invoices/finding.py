"""A person's invoices: found, filtered by month, put together in a zip."""

import tempfile
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import IO, Literal

from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.utils.text import slugify

from accounts.models import User
from payments.invoices.papers import paper_of
from payments.models import Invoice
from payments.models.invoices import InvoiceQuerySet

Side = Literal["sold", "bought", "commission"]
ZIP_LIMIT = 300


def of_side(user: User, side: Side) -> InvoiceQuerySet:
    """What a person sold, bought, or was charged by us."""
    if side == "sold":
        return Invoice.objects.filter(seller_user=user)
    ours = Q(kind__in=Invoice.OURS)
    received = Invoice.objects.received_by(user)
    return received.filter(ours) if side == "commission" else received.exclude(ours)


def months_of(invoices: InvoiceQuerySet) -> list[date]:
    """The months in which there are some, the latest first."""
    found = invoices.annotate(month=TruncMonth("issued_on")).values_list("month", flat=True)
    return [month for month in found.order_by("-month").distinct() if month]


def in_month(invoices: InvoiceQuerySet, month: date) -> InvoiceQuerySet:
    return invoices.filter(issued_on__year=month.year, issued_on__month=month.month)


def matching(invoices: InvoiceQuerySet, words: str) -> InvoiceQuerySet:
    """Those whose number, order, subject or other party contain the words."""
    for word in words.split()[:6]:
        invoices = invoices.filter(
            Q(number__icontains=word)
            | Q(reference__icontains=word)
            | Q(title__icontains=word)
            | Q(seller__name__icontains=word)
            | Q(buyer__name__icontains=word)
        )
    return invoices


def file_name(invoice: Invoice) -> str:
    return f"{invoice.number}-{slugify(invoice.reference)}.pdf"


def build_zip(invoices: Iterable[Invoice]) -> IO[bytes]:
    """The documents of some invoices in one file; those nobody has drawn yet are drawn now."""
    target = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    with zipfile.ZipFile(target, "w") as archive:
        for invoice in invoices:
            with paper_of(invoice).file.open("rb") as source:
                archive.writestr(file_name(invoice), source.read())
    target.seek(0)
    return target
