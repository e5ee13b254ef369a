"""Invoices as people find them: from the order, by month, by words, in a zip; the mandate signed first."""

import io
import zipfile

import pytest
from django.urls import reverse

from accounts.models import Consent, ExpertProfile
from orders import actions
from payments.models import Invoice
from payments.tasks import issue_missing_invoices
from tests import factories

pytestmark = pytest.mark.django_db


def pdf_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_an_accepted_order_is_invoiced_and_found_from_its_room_by_both_sides(
    client_of, completed_order
):  # K64
    order = completed_order
    sale = Invoice.objects.get(kind=Invoice.Kind.INVOICE)
    assert (sale.reference, sale.ttc_cents) == (order.reference, order.total_cents)
    assert [line["title"] for line in sale.lines] == [line.title for line in order.lines.all()]
    issue_missing_invoices()
    ours = Invoice.objects.get(kind=Invoice.Kind.COMMISSION)

    for person, sees_ours in ((order.buyer, False), (order.expert, True)):
        page = client_of(person).get(order.get_absolute_url()).content.decode()
        assert sale.number in page
        assert (ours.number in page) is sees_ours

    response = client_of(order.buyer).get(reverse("invoice_file", args=[sale.public_id]))
    assert pdf_of(response).startswith(b"%PDF-1.7")
    assert f"{sale.number}-" in response["Content-Disposition"]
    assert client_of(order.buyer).get(reverse("invoice_file", args=[ours.public_id])).status_code == 404


def test_a_seller_in_franchise_invoices_no_vat_for_an_order(buyer, offer):
    ExpertProfile.objects.filter(user=offer.expert).update(vat_regime="franchise")
    order = factories.deliver(factories.start(factories.pay(factories.place(buyer, offer))))
    actions.accept_delivery(order, actor=buyer)

    sale = Invoice.objects.get(kind=Invoice.Kind.INVOICE)
    assert (sale.vat_cents, sale.ttc_cents) == (0, order.total_cents)


def test_invoices_are_found_by_side_month_and_words_and_leave_in_a_zip(client_of, completed_order, stranger):
    sale = Invoice.objects.get(kind=Invoice.Kind.INVOICE)
    issue_missing_invoices()
    ours = Invoice.objects.get(kind=Invoice.Kind.COMMISSION)
    expert, month = client_of(completed_order.expert), f"{sale.issued_on:%Y-%m}"
    page = reverse("invoices")

    def shows(client, invoice, **asked) -> bool:
        return invoice.number in client.get(page, asked).content.decode()

    assert shows(expert, sale)
    assert not shows(expert, ours)
    assert shows(expert, ours, side="commission")
    assert shows(expert, sale, month=month, q="Girard")
    assert not shows(expert, sale, q="Dupont")
    assert not shows(expert, sale, month="2019-01")
    assert expert.get(page, {"month": "rubbish", "side": "rubbish"}).status_code == 200
    assert not shows(client_of(stranger), sale)

    response = expert.get(reverse("invoices_of_month"), {"month": month})
    with zipfile.ZipFile(io.BytesIO(pdf_of(response))) as archive:
        assert [name.split(f"-{sale.reference.lower()}")[0] for name in archive.namelist()] == [sale.number]
    address = reverse("invoices_of_month")
    assert client_of(stranger).get(address, {"month": month}).status_code == 404


def test_an_expert_signs_the_mandate_by_typing_their_name(client_of, buyer):  # K61
    expert = factories.make_expert("Nadia", "Benali", approved=False)
    client, page = client_of(expert), reverse("invoicing_mandate")
    assert page in client.get(reverse("invoices")).content.decode()

    refused = client.post(page, {"name": "Someone Else", "agreed": "on"})
    assert refused.status_code == 422
    assert "Someone Else" in refused.content.decode()
    assert not Consent.objects.filter(user=expert).exists()

    client.post(page, {"name": "nadia benali", "agreed": "on"})
    signature = Consent.objects.get(user=expert, text="mandate")
    assert signature.digest in client.get(page).content.decode()
    client.post(page, {"name": "nadia benali", "agreed": "on"})
    assert Consent.objects.filter(user=expert).count() == 1


def test_an_order_cancelled_before_anything_was_released_has_no_invoice(active_order):
    actions.cancel_before_start(active_order, actor=active_order.buyer)

    issue_missing_invoices()
    assert not Invoice.objects.exists()
