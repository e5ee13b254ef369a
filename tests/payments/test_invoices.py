"""Invoices: numbered without a gap, equal to the money to the cent, valid for machines, kept for good."""

import io
import threading
from datetime import date, timedelta
from pathlib import Path

import facturx
import pytest
import time_machine
from django.conf import settings as conf
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from accounts import mandate
from accounts.actions import mandate as mandates
from accounts.models import LegalEntity, VatPeriod
from marketplace.kernel import clock
from payments import clawback, commission, escrow
from payments.invoices import cii, issuing, mentions, numbering, papers
from payments.models import EscrowHold, Invoice, InvoicePaper, InvoiceSeries
from payments.tasks import issue_missing_invoices
from payments.terms import CommissionTerms
from tests import factories
from tests.payments import cash

pytestmark = pytest.mark.django_db
Kind = Invoice.Kind
SCHEMATRONS = Path(facturx.__file__).parent / "xsd_and_schematron"
OFFICIAL = (
    SCHEMATRONS / "facturx-en16931" / "FACTUR-X_EN16931.xslt",
    SCHEMATRONS / "cii-schematron-fr-ctc" / "BR-FR-Flux2-Schematron-CII.xslt",
)
FIRM = {
    "company": "Girard SAS",
    "name": "Thomas Girard",
    "address": "3 quai de Seine",
    "postal_code": "75019",
    "city": "Paris",
    "country": "FR",
    "vat_number": "FR40303265045",
}


US = {
    "name": "Jalon",
    "form": "SAS",
    "address": "10 rue de Rivoli, 75004 Paris",
    "registration": "RCS Paris 552 032 534",
    "vat": "FR83552032534",
}


@pytest.fixture
def seller(expert):
    """Claire, with a business and her mandate signed."""
    return expert


@pytest.fixture
def unsigned(monkeypatch):
    """Claire again, who has a business and has signed nothing yet."""
    with monkeypatch.context() as patch:
        patch.setattr(mandates, "sign_mandate", lambda user, **words: None)
        return factories.make_expert("Claire", "Fontaine")


def told(monkeypatch, **facts):
    monkeypatch.setattr(
        "tests.payments.doubles.Listener.invoicing", lambda self, payments: dict.fromkeys(payments, facts)
    )


def release(buyer, expert, cents=120_00, **fields):
    hold = cash.receive(cash.ask(buyer, expert, cents, **fields))
    issuing.charge(escrow.release(hold, clearing=timedelta(0)).pk)
    return EscrowHold.objects.get(pk=hold.pk)


def faults(xml: bytes) -> list[str]:
    """What the official rules say against it: the schema, the European schematron, and the French one between firms.

    The French one is for what goes from one French business to another through the platforms, and for nothing else.
    """
    facturx.xml_check_xsd(xml, flavor="factur-x", level="en16931")
    saxonche = pytest.importorskip(
        "saxonche", reason="the schematrons need saxonche, of the development tools"
    )
    found = []
    with saxonche.PySaxonProcessor(license=False) as processor:
        node = processor.parse_xml(xml_text=xml.decode())
        for sheet in OFFICIAL if b">B2B<" in xml else OFFICIAL[:1]:
            report = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(sheet))
            text = report.transform_to_string(xdm_node=node)
            for part in text.split("<svrl:failed-assert")[1:]:
                if 'flag="warning"' not in part.split(">")[0]:
                    found.append(part[:600])
    return found


def test_a_release_is_invoiced_in_the_experts_name_and_the_commission_in_ours(
    seller, buyer, monkeypatch
):  # B44
    told(monkeypatch, buyer=FIRM, lines=[("Business plan", 100_00), ("Livraison express", 20_00)])

    hold = release(buyer, seller)

    sale = Invoice.objects.get(kind=Kind.INVOICE)
    assert (sale.ht_cents, sale.vat_cents, sale.ttc_cents) == (100_00, 20_00, 120_00)
    assert [(line["title"], line["ht_cents"]) for line in sale.lines] == [
        ("Business plan", 83_33),
        ("Livraison express", 16_67),
    ]
    assert sale.seller_user == seller
    assert sale.buyer["siren"] == "303265045"
    assert sale.mentions[0]["text"].startswith("Facture établie par ")  # K62
    assert sale.mentions[0]["text"].endswith("au nom et pour le compte de Claire Fontaine EI.")
    assert "indemnity" in [mention["code"] for mention in sale.mentions]  # B63
    ours = Invoice.objects.get(kind=Kind.COMMISSION)
    assert (ours.ttc_cents, ours.seller_user, ours.buyer_user) == (
        hold.earning.commission_cents,
        None,
        seller,
    )
    assert sale.number.split("-")[1:] == [str(clock.today().year), "000001"]
    assert ours.number.startswith("COM-")


def test_a_consumer_is_not_threatened_with_the_indemnity_between_professionals(seller, buyer):  # B63
    release(buyer, seller)

    assert {"indemnity", "penalties"}.isdisjoint(
        mention["code"] for mention in Invoice.objects.get(kind=Kind.INVOICE).mentions
    )


def test_without_a_mandate_the_money_moves_and_the_invoice_waits_for_it(unsigned, buyer):  # B56
    hold = release(buyer, unsigned)

    assert hold.earning.net_cents
    assert not Invoice.objects.exists()

    mandates.sign_mandate(unsigned, name="Claire Fontaine", language="fr")
    assert issue_missing_invoices() > 0
    assert Invoice.objects.filter(kind=Kind.INVOICE, payment=hold.payment).count() == 1

    issue_missing_invoices()
    assert Invoice.objects.count() == 2


def test_the_mandate_keeps_its_version_its_digest_its_date_and_who_signed(unsigned):  # K61
    signature = mandates.sign_mandate(unsigned, name="Claire Fontaine", language="fr")

    assert (signature.version, signature.digest) == (mandate.VERSION, mandate.digest("fr"))
    assert signature.given_at is not None
    assert mandates.sign_mandate(unsigned, name="Another", language="en") == signature


def test_refunds_after_release_are_credited_to_the_cent(seller, buyer):
    hold = release(buyer, seller, 99_99)

    for cents in (33_33, 33_33, 33_33):
        clawback.refund_released(hold, cents, reason="Geste commercial")

    sale = Invoice.objects.get(kind=Kind.INVOICE)
    credits = Invoice.objects.filter(corrects=sale)
    assert credits.count() == 3
    for column in ("ht_cents", "vat_cents", "ttc_cents"):
        assert sum(credits.values_list(column, flat=True)) == getattr(sale, column)
    ours = Invoice.objects.get(kind=Kind.COMMISSION)
    assert sum(ours.corrections.values_list("ttc_cents", flat=True)) == ours.ttc_cents
    assert sum(ours.corrections.values_list("vat_cents", flat=True)) == ours.vat_cents


def test_a_release_waits_for_nobodys_commission_and_the_worker_or_the_sweep_charges_it_once(
    seller, buyer, errands, django_capture_on_commit_callbacks
):
    first, second = (cash.receive(cash.ask(buyer, seller)) for _each in range(2))
    with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks(execute=True):
        escrow.release(first, clearing=timedelta(0))
        assert not Invoice.objects.filter(kind=Kind.COMMISSION).exists()
        inside = [query["sql"] for query in asked]
    assert not any('entity_id" IS NULL' in sql and " UPDATE" in sql for sql in inside)
    ours = Invoice.objects.get(kind=Kind.COMMISSION)
    assert ours.number.endswith("-000001")

    escrow.release(second, clearing=timedelta(0))  # its worker dies
    for _twice in range(2):
        issue_missing_invoices()

    numbers = Invoice.objects.filter(kind=Kind.COMMISSION).order_by("pk").values_list("position", flat=True)
    assert list(numbers) == [1, 2]


@pytest.mark.parametrize("goes_back", ["of the sale", "of the commission alone"])
def test_what_goes_back_before_the_commission_was_invoiced_is_invoiced_then_credited(
    seller, buyer, goes_back
):
    hold = cash.receive(cash.ask(buyer, seller))
    escrow.release(hold, clearing=timedelta(0))
    if goes_back == "of the sale":
        clawback.refund_released(EscrowHold.objects.get(pk=hold.pk), 60_00, reason="ruling")
    else:
        commission.give_back(hold, due_ht_cents=5_00)

    charged = Invoice.objects.get(kind=Kind.COMMISSION)
    assert charged.ttc_cents == 12_00
    assert [row.ttc_cents for row in charged.corrections.all()] == [6_00]
    issue_missing_invoices()
    assert Invoice.objects.filter(kind=Kind.COMMISSION).count() == 1


def test_commission_given_back_alone_is_credited_once(seller, buyer):
    hold = release(buyer, seller)

    for _time in range(2):
        commission.give_back(hold, due_ht_cents=9_00)

    credit = Invoice.objects.get(kind=Kind.COMMISSION_CREDIT)
    assert (credit.ht_cents, credit.vat_cents) == (1_00, 20)


def test_a_final_invoice_takes_off_the_deposits_invoiced_before(seller, buyer, monkeypatch):
    told(monkeypatch, buyer=FIRM, kind="deposit")
    first = release(buyer, seller, 300_00)
    told(monkeypatch, buyer=FIRM, kind="final", deposits=[first.payment_id])
    release(buyer, seller, 700_00)

    deposit, final = Invoice.objects.get(kind=Kind.DEPOSIT), Invoice.objects.get(kind=Kind.FINAL)
    assert sum(line["quantity"] * line["ht_cents"] for line in final.lines) == final.ht_cents
    assert final.lines[-1]["quantity"] == -1
    assert final.details["before"][0]["number"] == deposit.number
    assert faults(cii.build(final)) == []
    assert b">S4<" in cii.build(final)
    assert faults(cii.build(deposit)) == []


@pytest.mark.parametrize("case", ["firm", "consumer", "abroad", "franchise", "credit", "commission"])
def test_the_data_pass_the_official_schema_and_both_schematrons(seller, buyer, monkeypatch, case):  # B57
    billing = {
        "firm": FIRM,
        "consumer": {"name": "Thomas Girard", "city": "Lyon", "country": "FR"},
        "abroad": {**FIRM, "country": "BE", "vat_number": "BE0428759497"},
    }.get(case, FIRM)
    told(monkeypatch, buyer=billing)
    for name, words in US.items():
        monkeypatch.setitem(conf.OPERATOR, name, words)
    terms = CommissionTerms(rate_bp=1_000, seller_vat_bp=0 if case == "franchise" else 2_000)
    hold = release(buyer, seller, 1_234_57, terms=terms)
    kind = Kind.INVOICE
    if case == "credit":
        clawback.refund_released(hold, 34_57, reason="Geste commercial")
        kind = Kind.CREDIT
    if case == "commission":
        kind = Kind.COMMISSION

    assert faults(cii.build(Invoice.objects.get(kind=kind))) == []


def test_what_is_wrong_is_seen_by_the_schematrons(seller, buyer, monkeypatch):
    told(monkeypatch, buyer=FIRM)
    release(buyer, seller)
    invoice = Invoice.objects.get(kind=Kind.INVOICE)
    invoice.mentions = [m for m in invoice.mentions if m["code"] != "indemnity"]

    assert faults(cii.build(invoice))


def test_the_document_is_a_pdf_a_3_with_its_data_and_is_the_same_when_made_again(seller, buyer, monkeypatch):
    told(monkeypatch, buyer=FIRM)
    release(buyer, seller)
    invoice = Invoice.objects.get(kind=Kind.INVOICE)

    made = papers.make(invoice)

    name, xml = facturx.get_facturx_xml_from_pdf(made, check_xsd=True)
    assert (name, xml) == ("factur-x.xml", cii.build(invoice))
    reader = PdfReader(io.BytesIO(made))
    words = "\n".join(page.extract_text() for page in reader.pages)
    assert invoice.number in words
    assert "au nom et pour le compte de" in words
    assert "commission" in words  # K63
    assert "/OutputIntents" in reader.trailer["/Root"]
    assert papers.make(invoice) == made
    with time_machine.travel(clock.now() + timedelta(days=41, seconds=7)):  # whenever, and wherever
        assert papers.make(invoice) == made
    papers.draw_invoice(invoice.pk)
    papers.draw_invoice(invoice.pk)
    assert InvoicePaper.objects.get(invoice=invoice).size == len(made)


def test_an_invoice_follows_the_regime_of_its_day_and_the_price_stays(seller, buyer):  # E60
    hold = cash.receive(cash.ask(buyer, seller, 120_00))
    VatPeriod.objects.create(user=seller, regime="franchise", since=clock.today() + timedelta(days=3))
    with clock.at(clock.now() + timedelta(days=4)):
        escrow.release(hold, clearing=timedelta(0))

    sale = Invoice.objects.get(kind=Kind.INVOICE)
    assert (sale.vat_bp, sale.vat_cents, sale.ttc_cents) == (0, 0, 120_00)
    assert "franchise" in [mention["code"] for mention in sale.mentions]


def test_through_an_umbrella_company_the_company_is_the_seller(expert, buyer):
    LegalEntity.objects.filter(user=expert).update(name="Portage Horizon", form="portage")

    release(buyer, expert)

    seller = Invoice.objects.get(kind=Kind.INVOICE).seller
    assert (seller["name"], seller["contact"]) == ("Portage Horizon", "Claire Fontaine")


def test_an_issued_invoice_can_be_neither_changed_nor_deleted(seller, buyer):
    release(buyer, seller)

    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.update(ttc_cents=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.all().delete()


def test_mentions_change_on_their_day():
    before, after = (
        mentions.on(day, "franchise")[0]["text"] for day in (date(2026, 8, 31), date(2026, 9, 1))
    )

    assert "293 B" in before
    assert "L. 223-3" in after


def test_numbers_begin_again_each_year_and_never_go_back_in_time(seller):
    entity = LegalEntity.objects.get(user=seller)
    with transaction.atomic():
        numbering.take([entity])
        InvoiceSeries.objects.filter(entity=entity).update(year=2025, last=41, last_on=date(2025, 12, 31))
        assert numbering.take([entity])[0][3].endswith(f"{clock.today().year}-000001")
        later = clock.today() + timedelta(days=9)
        InvoiceSeries.objects.filter(entity=entity).update(last_on=later)
        assert numbering.take([entity])[0][1] == later


def test_no_two_sellers_share_a_root():
    roots = {numbering.root_of(LegalEntity(pk=pk)) for pk in range(1, 60_000)}

    assert len(roots) == 59_999
    assert "COM" not in roots


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cents=st.integers(5_00, 9_999_99),
    rate=st.integers(0, 3_000),
    vat=st.sampled_from([0, 2_000]),
    base=st.sampled_from(["ttc", "ht"]),
)
def test_an_invoice_is_what_was_paid_and_what_we_kept_to_the_cent(seller, buyer, cents, rate, vat, base):
    with transaction.atomic():
        terms = CommissionTerms(rate_bp=rate, base=base, seller_vat_bp=vat)
        hold = release(buyer, seller, cents, terms=terms)
        sale = hold.payment.invoices.get(kind=Kind.INVOICE)
        assert sale.ttc_cents == hold.amount_cents
        assert sum(line["quantity"] * line["ht_cents"] for line in sale.lines) == sale.ht_cents
        ours = hold.payment.invoices.filter(kind=Kind.COMMISSION).first()
        assert (ours.ttc_cents if ours else 0) == hold.earning.commission_cents
        facturx.xml_check_xsd(cii.build(sale), flavor="factur-x", level="en16931")


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_once_and_rolled_back_leave_no_gap(seller):  # B54
    entity = LegalEntity.objects.get(user=seller)
    kept: list[int] = []

    def work(number: int) -> None:
        try:
            with transaction.atomic():
                position = numbering.take([entity])[0][2]
                if number % 3 == 0:
                    raise RuntimeError("rolled back")
            kept.append(position)
        except RuntimeError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(18)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(kept) == list(range(1, 13))
    assert InvoiceSeries.objects.get(entity=entity).last == 12
