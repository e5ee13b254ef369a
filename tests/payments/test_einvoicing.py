"""Invoices to an approved platform: each once, its life cycle told, what failed tried again or shown to staff."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse

from marketplace.kernel.staff import QUEUES
from payments import clawback, escrow
from payments.invoices import issuing
from payments.models import EscrowHold, Invoice, InvoiceDispatch
from payments.reporting import einvoicing

pytestmark = pytest.mark.django_db


class Moody(einvoicing.ExportFolder):
    """A platform that may be down, and may not like an invoice."""

    down = rejects = False

    def submit(self, invoice, paper):
        if self.down:
            raise einvoicing.PlatformUnavailable("no answer")
        if self.rejects:
            raise einvoicing.PlatformRejected("no SIREN")
        return super().submit(invoice, paper)


@pytest.fixture
def platform(settings):
    settings.EINVOICING_PLATFORM = "tests.payments.test_einvoicing.Moody"
    settings.EINVOICING_FROM = "2020-01-01"
    Moody.down = Moody.rejects = False
    return Moody


@pytest.fixture
def sold(hold):
    """A sale: an invoice and that of the commission."""
    issuing.charge(escrow.release(hold, clearing=timedelta(0)).pk)
    return EscrowHold.objects.get(pk=hold.pk)


def index(invoice):
    with storages["einvoicing"].open(f"{invoice.issued_on:%Y-%m}/index.csv") as source:
        return list(csv.DictReader(io.StringIO(source.read().decode("utf-8-sig")), delimiter=";"))


def test_each_invoice_leaves_once_with_its_life_cycle(sold, platform):  # B57
    assert einvoicing.dispatch_invoices() == 2
    assert einvoicing.dispatch_invoices() == 0

    for invoice in Invoice.objects.all():
        name = f"{invoice.issued_on:%Y-%m}/{invoice.number}.pdf"
        with storages["einvoicing"].open(name) as source:
            assert b"factur-x.xml" in source.read()
        assert invoice.dispatch.status == "212"
        assert [step["status"] for step in invoice.dispatch.history] == ["200", "212"]
    own = {invoice.number for invoice in Invoice.objects.all()}
    rows = [row for row in index(invoice) if row["number"] in own]
    assert sorted(row["status"] for row in rows) == ["200", "200", "212", "212"]
    flows = {row["number"]: row["flow"] for row in rows}
    assert flows[Invoice.objects.get(kind="commission").number] == "e-invoicing"
    assert flows[Invoice.objects.get(kind="invoice").number] == "e-reporting"


def test_a_credit_note_is_deposited_and_nothing_is_collected(sold, platform):
    clawback.refund_released(sold, 60_00, reason="half")
    einvoicing.dispatch_invoices()

    assert set(
        InvoiceDispatch.objects.filter(invoice__kind__in=Invoice.CREDITS).values_list("status", flat=True)
    ) == {"200"}
    assert not InvoiceDispatch.objects.exclude(next_attempt_at=None).exists()


def test_what_the_platform_and_the_buyer_answer_is_read_once_and_a_refusal_waits_for_staff(
    sold, platform, staff, client_of
):
    einvoicing.dispatch_invoices()
    sale, ours = Invoice.objects.get(kind="invoice"), Invoice.objects.get(kind="commission")
    folder = storages["einvoicing"]
    lines = [
        "number;status;status_at;reason",
        f"{sale.number};205;2026-11-23T09:00:00+01:00;",
        f"{sale.number};210;2026-11-23T10:00:00+01:00;Montant contesté",
        f"{ours.number};213;yesterday;",
        "X-1;210;2026-11-23T10:00:00+01:00;",
    ]
    folder.save("answers/a.csv", ContentFile("\n".join(lines).encode()))

    assert einvoicing.dispatch_invoices() == 2
    folder.save("answers/a-again.csv", ContentFile("\n".join(lines).encode()))
    assert einvoicing.dispatch_invoices() == 0, "the same told again"

    refused = InvoiceDispatch.objects.get(invoice=sale)
    assert (refused.status, refused.problem, refused.next_attempt_at) == ("210", "Montant contesté", None)
    assert [step["status"] for step in refused.history] == ["200", "212", "205", "210"]
    assert InvoiceDispatch.objects.get(invoice=ours).status == "212"
    assert folder.listdir("answers")[1] == []
    assert any(row["status"] == "210" for row in index(sale) if row["number"] == sale.number)
    (queue,) = [found for found in QUEUES if found.query == "status__exact=210"]
    assert refused in queue.rows()
    client_of(staff).post(
        reverse("admin:payments_invoicedispatch_settle", args=[refused.pk]), {"reason": "Avoir émis."}
    )
    assert refused not in queue.rows()


def test_switched_off_or_too_early_nothing_leaves(sold, settings):
    assert einvoicing.dispatch_invoices() == 0
    settings.EINVOICING_PLATFORM = "payments.reporting.einvoicing.ExportFolder"
    settings.EINVOICING_FROM = "2099-01-01"
    assert einvoicing.dispatch_invoices() == 0
    assert not InvoiceDispatch.objects.exists()


def test_a_silent_platform_is_asked_again_and_a_rejection_waits_for_staff(sold, platform):
    platform.down = True
    assert einvoicing.dispatch_invoices() == 0
    waiting = InvoiceDispatch.objects.first()
    assert (waiting.status, waiting.problem, waiting.attempts) == ("waiting", "no answer", 1)
    platform.down, platform.rejects = False, True
    InvoiceDispatch.objects.update(next_attempt_at=waiting.created_at)
    einvoicing.dispatch_invoices()
    rejected = InvoiceDispatch.objects.first()
    assert (rejected.status, rejected.next_attempt_at) == ("213", None)
    platform.rejects = False
    einvoicing.send_again(rejected)
    einvoicing.dispatch_invoices()
    assert InvoiceDispatch.objects.get(pk=rejected.pk).status == "212"
