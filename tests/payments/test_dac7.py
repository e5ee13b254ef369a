"""The declaration of sellers: who is in it, with which amounts by quarter, valid for the tax office, a copy for each."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from lxml import etree

from accounts.models import BankAccount, LegalEntity
from marketplace.kernel import clock, sealing
from marketplace.kernel.errors import Refusal
from marketplace.privacy import retention
from messaging.models import Notification
from payments import clawback, escrow, withdrawals
from payments.forms import TaxDetailsForm
from payments.models import BooksExport, EscrowHold, Statement, TaxDetails
from payments.reporting import exports, tax
from payments.reporting.dac7 import NotValid, declaration
from payments.reporting.dac7.sellers import sellers_of
from tests import factories
from tests.payments import cash
from tests.payments.test_invoices import US

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
NEXT_YEAR = datetime(2026, 1, 12, tzinfo=UTC)
NS = {"d": declaration.DPI, "s": declaration.STF}
FRENCH_NUMBER = "3023217600053"


def on(month, day):
    return clock.at(datetime(2025, month, day, 12, tzinfo=UTC))


def sell(buyer, expert, cents):
    hold = cash.receive(cash.ask(buyer, expert, cents))
    escrow.release(hold, clearing=timedelta(0))
    return EscrowHold.objects.get(pk=hold.pk)


def settle_in(expert, **entity):
    LegalEntity.objects.filter(user=expert).update(created_at=LONG_AGO, **entity)
    BankAccount.objects.filter(user=expert).update(created_at=LONG_AGO, usable_from=LONG_AGO)


@pytest.fixture(autouse=True)
def operator(settings):
    settings.OPERATOR = {**settings.OPERATOR, **US}


@pytest.fixture
def person(expert):
    """Claire sells as a micro-enterprise, and gave her details."""
    settle_in(expert, form="micro", address="2 rue du Bac", postal_code="75007", city="Paris")
    tax.declare(
        expert,
        born_on=date(1988, 5, 17),
        birth_city="Lyon",
        birth_country="FR",
        tax_country="FR",
        number=FRENCH_NUMBER,
    )
    return expert


@pytest.fixture
def company():
    """Marc sells through his SASU."""
    expert = factories.make_expert("Marc", "Olivier")
    settle_in(
        expert, form="sasu", name="Olivier Conseil", siren="732829320", siret="73282932000074",
        vat_number="FR44732829320", address="1 place Bellecour", postal_code="69002", city="Lyon",
    )  # fmt: skip
    return expert


@pytest.fixture
def sold(buyer, person, company):
    """Claire: 120 € in March, half given back in May; 40.50 € in October. Marc: 1,000 € in December."""
    with on(3, 3):
        early = sell(buyer, person, 120_00)
    with on(5, 5):
        clawback.refund_released(early, 60_00, reason="half")
    with on(10, 1):
        sell(buyer, person, 40_50)
    with on(12, 31):
        sell(buyer, company, 1_000_00)
    with clock.at(datetime(2026, 1, 2, tzinfo=UTC)):
        sell(buyer, company, 70_00)


def made(year=2025, **options):
    with clock.at(NEXT_YEAR):
        export = exports.ask_for_declaration(year, actor=None, **options)
        exports.make_export(export.pk)
    return BooksExport.objects.get(pk=export.pk)


def tree(export):
    with export.file.open("rb") as source:
        content = source.read()
    declaration.validate(content)
    return etree.fromstring(content)


def test_what_was_credited_counts_by_quarter_and_a_refund_comes_off_its_sale(sold, person, company):
    claire, marc = sorted(sellers_of(2025), key=lambda seller: seller.key)

    assert [quarter.consideration_cents for quarter in claire.quarters] == [54_00, 0, 0, 36_45]
    assert [quarter.fees_cents for quarter in claire.quarters] == [6_00, 0, 0, 4_05]
    assert [quarter.activities for quarter in claire.quarters] == [1, 0, 0, 1]
    assert (claire.is_person, marc.is_person) == (True, False)
    assert [quarter.consideration_cents for quarter in marc.quarters] == [0, 0, 0, 900_00]
    assert claire.missing == marc.missing == []


def test_the_file_is_valid_for_the_tax_office_and_says_what_the_ledger_says(sold):  # B58
    export = made()

    assert export.state == "ready", export.problem
    assert export.name.startswith("DPIDAC7_2025_552032534_001_20260112")
    root = tree(export)
    assert root.findtext(".//d:MessageSpec/d:ReportingPeriod", namespaces=NS) == "2025-12-31"
    assert root.findtext(".//d:PlatformOperator/d:Nexus", namespaces=NS) == "RPONEX1"
    person = root.find(".//d:IndividualSeller", NS)
    assert person.findtext(".//d:TIN", namespaces=NS) == FRENCH_NUMBER
    assert person.findtext(".//d:BirthInfo/d:BirthDate", namespaces=NS) == "1988-05-17"
    firm = root.find(".//d:EntitySeller", NS)
    assert firm.findtext(".//d:TIN", namespaces=NS) == "732829320"
    rows = {row.findtext("s:DocSpec/s:DocRefId", namespaces=NS) or row.findtext(".//s:DocRefId", namespaces=NS): row
            for row in root.findall(".//d:ReportableSeller", NS)}  # fmt: skip
    firm_row = next(row for name, row in rows.items() if "S732829320" in name)
    assert firm_row.findtext(".//d:ConsQ4", namespaces=NS) == "900"
    assert firm_row.findtext(".//d:NumbQ4", namespaces=NS) == "1"
    person_row = next(row for row in rows.values() if row is not firm_row)
    assert [person_row.findtext(f".//d:ConsQ{n}", namespaces=NS) for n in (1, 2, 3, 4)] == [
        "54",
        "0",
        "0",
        "36",
    ]
    assert person_row.findtext(".//d:FeesQ1", namespaces=NS) == "6"


def test_the_schema_refuses_what_is_not_the_form():
    with pytest.raises(NotValid):
        declaration.validate(f'<dpi:DPI_OECD xmlns:dpi="{declaration.DPI}" version="1.0"/>'.encode())


def test_who_lives_outside_the_union_or_cannot_be_written_is_left_out_and_listed(sold, person, company):
    TaxDetails.objects.filter(expert=person).update(born_on=None, sealed_number="")
    LegalEntity.objects.filter(user=company).update(country="CH")

    claire, marc = sorted(sellers_of(2025), key=lambda seller: seller.key)

    assert len(claire.missing) == 2
    assert not claire.can_be_written
    assert not marc.is_declared
    export = made()
    assert (export.state, export.lines) == ("failed", 0)
    assert export.problem


def test_once_sent_each_seller_has_a_copy_and_a_correction_refers_to_the_first(  # B58
    sold, person, company, client_of, errands
):
    first = made()
    with clock.at(NEXT_YEAR):
        exports.mark_sent(first)
        exports.hand_out_copies(first.pk)
        exports.hand_out_copies(first.pk)

    assert Statement.objects.filter(kind="dac7").count() == 2
    assert Notification.objects.filter(kind="dac7_copy").count() == 2
    address = reverse("statement", args=("dac7", "2025", "pdf"))
    assert client_of(person).get(address).status_code == 200
    again = made()
    assert again.state == "failed"  # everybody is declared already
    corrected = made(corrects=True)
    root = tree(corrected)
    assert root.findtext(".//d:MessageTypeIndic", namespaces=NS) == "DPI402"
    references = {element.text for element in root.iterfind(".//s:CorrDocRefId", NS)}
    assert references == set(first.declared["references"].values()) - {
        first.declared["references"]["operator"]
    }
    with pytest.raises(Refusal):
        exports.mark_sent(first)


def test_a_year_that_runs_is_not_declared():
    with pytest.raises(Refusal):
        exports.ask_for_declaration(clock.today().year, actor=None)
    assert not BooksExport.objects.exists()


def test_an_expert_gives_their_details_and_the_number_is_unreadable_in_the_database(person, client_of):
    page = client_of(person)
    typed = {
        "born_on": "1990-02-03",
        "birth_city": "Bonn",
        "birth_country": "DE",
        "tax_country": "FR",
        "number": "123",
    }

    refused = page.post(reverse("tax_details"), typed)
    assert refused.status_code == 422
    assert TaxDetails.objects.get().birth_city == "Lyon"
    assert page.post(reverse("tax_details"), {**typed, "number": ""}).status_code == 302
    kept = TaxDetails.objects.get()
    assert (kept.birth_city, kept.number) == ("Bonn", FRENCH_NUMBER)
    assert FRENCH_NUMBER not in kept.sealed_number
    assert sealing.unseal(kept.sealed_number) == FRENCH_NUMBER
    too_young = TaxDetailsForm({**typed, "born_on": f"{clock.today().year - 10}-01-01"}, known=kept)
    assert "born_on" in too_young.errors


def test_experts_are_asked_twice_and_then_withdrawals_may_wait(buyer, expert, settings):
    settle_in(expert, form="micro")
    with on(3, 3):
        sell(buyer, expert, 120_00)
    with on(3, 10):
        assert tax.ask_for_missing(clock.now()) == 1
        assert tax.ask_for_missing(clock.now()) == 0
    with on(4, 20):
        assert tax.ask_for_missing(clock.now()) == 1
        assert tax.ask_for_missing(clock.now()) == 0
    settings.DAC7_WITHHOLDS = True
    before = cash.snapshot()
    with on(5, 20), pytest.raises(Refusal, match="tax details"):
        withdrawals.request_withdrawal(expert, 10_00)
    assert cash.snapshot() == before
    settings.DAC7_WITHHOLDS = False
    with on(5, 20):
        withdrawals.request_withdrawal(expert, 10_00)


def test_the_file_leaves_by_the_private_door_for_finance_alone(sold, person, client_of):
    export = made()
    door = reverse("books_export_file", args=(export.public_id,))
    staff = factories.make_user("Nadia", "Roux", is_staff=True)

    assert client_of(person).get(door).status_code == 404
    assert client_of(staff).get(door).status_code == 404
    assert not storages["private"].exists(export.name)  # its place says nothing


def test_tax_details_are_forgotten_ten_years_after_the_account_closed(person):
    type(person).objects.filter(pk=person.pk).update(closed_at=clock.now() - timedelta(days=9 * 365))
    assert retention.forget_tax_details() == 0
    type(person).objects.filter(pk=person.pk).update(closed_at=clock.now() - timedelta(days=11 * 365))
    assert retention.forget_tax_details() == 1
    kept = TaxDetails.objects.get()
    assert (kept.born_on, kept.birth_city, kept.number) == (None, "", "")
