"""Who an expert is in law, how VAT applies to them, where they are paid, and what they may do with that."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts import actions, queries
from accounts.models import BankAccount, Document, ExpertProfile, LegalEntity, VatPeriod
from accounts.queries import Act
from marketplace.kernel import clock
from messaging.models import Notification
from tests import factories
from tests.accounts.pages import fields_in_error

pytestmark = pytest.mark.django_db
OTHER_IBAN = "FR1420041010050500013M02606"
BUSINESS = {
    "part": "entity",
    "form": "micro",
    "name": "Nora Duval",
    "siret": "732 829 320 00074",
    "vat_number": "",
    "address": "3 quai Perrache",
    "postal_code": "69002",
    "city": "Lyon",
    "country": "FR",
}


@pytest.fixture
def newcomer():
    return factories.make_expert("Nora", "Duval", approved=False)


def post(client, **data):
    return client.post(reverse("legal_status"), data)


def test_a_person_without_legal_status_may_be_visible_but_not_quote_start_or_be_paid(
    newcomer,
):  # K32-K34, K36
    ExpertProfile.objects.filter(user=newcomer).update(status="approved")

    standing = queries.legal_standing(newcomer)

    assert newcomer.expert_profile in ExpertProfile.objects.approved()
    assert {act for act in Act if standing.allows(act)} == set()
    assert {o.code for o in standing.obstacles} == {"no_legal_status", "no_bank_account"}
    assert len(standing.reasons(Act.QUOTE)) == 2


def test_everything_in_order_allows_everything(expert):
    standing = queries.legal_standing(expert)

    assert standing.obstacles == ()
    assert {act for act in Act if standing.allows(act)} == set(Act)


def test_an_expert_says_who_they_are_in_law(newcomer, client_of):  # K35
    response = post(client_of(newcomer), **BUSINESS)

    entity = queries.entity_of(newcomer)
    assert response.status_code == 302
    assert (entity.siren, entity.siret, entity.form) == ("732829320", "73282932000074", "micro")
    assert client_of(newcomer).get(reverse("legal_status")).status_code == 200


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("siret", "73282932000075"),  # a wrong check digit
        ("siret", "732829320"),  # only the SIREN
        ("siret", ""),
        ("siret", "quatorze"),
        ("vat_number", "FR45732829320"),  # the key of another number
        ("vat_number", "12"),
        ("name", ""),
        ("postal_code", "690"),
        ("form", "cooperative"),
    ],
)
def test_a_mistake_is_said_next_to_its_field_and_nothing_changes(newcomer, client_of, field, typed):
    response = post(client_of(newcomer), **{**BUSINESS, field: typed})

    assert response.status_code == 422
    assert field in fields_in_error(response.content.decode())
    assert not LegalEntity.objects.filter(user=newcomer).exists()


def test_the_bank_account_is_sealed_and_shown_masked(newcomer, client_of):
    post(client_of(newcomer), **BUSINESS)

    response = post(
        client_of(newcomer), part="bank", holder="Mme Nora DUVAL", iban="FR76 3000 6000 0112 3456 7890 189"
    )

    account = queries.bank_account_of(newcomer)
    page = client_of(newcomer).get(reverse("legal_status")).content.decode()
    assert response.status_code == 302
    assert account.iban == factories.IBAN
    assert factories.IBAN not in account.sealed_iban
    assert account.masked in page
    assert "1234567890" not in page.replace(" ", "")
    assert account.usable_from <= clock.now()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("iban", "FR7630006000011234567890188"),
        ("iban", "FR7630006000011234567890"),
        ("iban", "BR1800360305000010009795493C1"),  # outside the SEPA zone
        ("iban", ""),
        ("holder", "Jean Martin"),
        ("holder", ""),
    ],
)
def test_a_bank_account_of_another_or_that_does_not_exist_is_refused(newcomer, client_of, field, typed):
    post(client_of(newcomer), **BUSINESS)

    response = post(
        client_of(newcomer), **{"part": "bank", "holder": "Nora Duval", "iban": factories.IBAN, field: typed}
    )

    assert response.status_code == 422
    assert field in fields_in_error(response.content.decode())
    assert not BankAccount.objects.filter(user=newcomer).exists()


def test_a_company_is_never_paid_on_the_account_of_a_person(newcomer, client_of):  # K36
    post(client_of(newcomer), **{**BUSINESS, "form": "sasu", "name": "Horizon Conseil"})

    response = post(client_of(newcomer), part="bank", holder="Nora Duval", iban=factories.IBAN)

    assert response.status_code == 422
    assert not BankAccount.objects.filter(user=newcomer).exists()


def test_nobody_is_paid_without_a_business(newcomer, client_of):  # K36
    post(client_of(newcomer), part="bank", holder="Nora Duval", iban=factories.IBAN)

    assert not BankAccount.objects.filter(user=newcomer).exists()


def test_a_new_bank_account_rests_before_it_is_paid_and_its_owner_is_warned(expert):
    actions.change_bank_account(expert, iban=OTHER_IBAN, holder="Claire Fontaine")

    assert not queries.legal_standing(expert).may_be_paid
    assert queries.legal_standing(expert).reasons(Act.BE_PAID)
    assert Notification.objects.filter(user=expert, kind="bank_account_changed").count() == 1
    assert BankAccount.objects.filter(user=expert).count() == 2
    with clock.at(clock.now() + timedelta(hours=73)):
        assert queries.legal_standing(expert).may_be_paid


def test_the_same_account_again_does_not_rest(expert):
    actions.change_bank_account(expert, iban=factories.IBAN, holder="Claire Fontaine")

    assert queries.legal_standing(expert).may_be_paid
    assert BankAccount.objects.filter(user=expert).count() == 1


def test_another_legal_form_asks_for_a_new_list_and_keeps_the_former_seller(expert):  # E67
    before = clock.now()
    former = queries.entity_of(expert)

    actions.declare_entity(
        expert, {"form": "sasu", "name": "Horizon Conseil", "siren": "552100554", "siret": "55210055400013"}
    )

    assert queries.entity_on(expert, before) == former
    assert queries.entity_of(expert).name == "Horizon Conseil"
    assert not queries.legal_standing(expert).may_publish
    assert set(Document.objects.filter(entity=former).values_list("state", flat=True)) == {"replaced"}
    assert Document.objects.get(user=expert, kind="identity").state == "accepted"


def test_a_corrected_address_keeps_the_documents(expert):
    entity = queries.entity_of(expert)

    actions.declare_entity(
        expert,
        {
            "form": "micro",
            "name": entity.name,
            "siren": entity.siren,
            "siret": entity.siret,
            "city": "Nantes",
        },
    )

    assert LegalEntity.objects.filter(user=expert).count() == 1
    assert queries.legal_standing(expert).may_publish


def test_each_day_has_its_vat_regime(expert):  # E60
    actions.declare_vat(expert, regime="franchise", since=date(2026, 1, 1))
    actions.declare_vat(expert, regime="registered", since=clock.today() + timedelta(days=20))

    assert queries.vat_regime_on(expert, date(2026, 6, 1)) == "franchise"
    assert queries.vat_regime_on(expert, clock.today() + timedelta(days=21)) == "registered"
    assert ExpertProfile.objects.get(user=expert).vat_regime == "franchise"


def test_a_vat_regime_is_not_dated_in_a_far_future(expert, client_of):
    response = post(client_of(expert), part="vat", regime="franchise", since="2031-01-01")

    assert response.status_code == 422
    assert not VatPeriod.objects.exists()


def test_buyers_read_who_sells_in_law_before_they_pay(expert, offer, client, buyer, client_of):
    LegalEntity.objects.filter(user=expert).update(
        name="Fontaine Conseil",
        siren="732829320",
        address="12 rue des Lilas",
        postal_code="75011",
        city="Paris",
    )
    public = client.get(expert.expert_profile.get_absolute_url()).content.decode()
    assert "Vendu par un professionnel" in public
    assert "732 829 320" in public
    assert "12 rue des Lilas" not in public, "an address is for whoever is about to buy"

    checkout = client_of(buyer).get(reverse("checkout", args=[offer.pk])).content.decode()
    assert "Fontaine Conseil" in checkout
    assert "12 rue des Lilas, 75011 Paris" in checkout


def test_who_has_no_business_is_not_shown_as_a_professional(expert, offer, client):
    LegalEntity.objects.filter(user=expert).update(form="none", siren="", siret="")
    public = client.get(expert.expert_profile.get_absolute_url()).content.decode()
    assert "Vendu par un professionnel" not in public
