"""Who is behind the demo accounts: everyone may sell, and each kind of file is there to be seen."""

import pytest

from accounts import queries
from accounts.models import Application, Company, Consent, Document, ExpertProfile, Suspension
from marketplace.demo.experts import BY_KEY
from marketplace.demo.stories import DEMO_BUYER, DEMO_EXPERT
from marketplace.kernel import pdf_files
from marketplace.seed import catalogue, company, people, trust

pytestmark = pytest.mark.django_db
SOME = {
    DEMO_EXPERT, trust.EXPIRING, trust.REFUSED, trust.WAITING, trust.UMBRELLA,
    *(key for keys in trust.CLUB.values() for key in keys),
}  # fmt: skip


def test_every_town_of_an_expert_has_its_postcode():
    assert {expert.city for expert in BY_KEY.values()} <= set(trust.POSTCODES)


def test_the_experts_of_the_demo_world_are_in_order_and_the_queues_are_alive():
    experts = {key: people._expert(BY_KEY[key]) for key in SOME}
    trust.load_standing(experts)
    trust.load_standing(experts)  # a second load adds nothing
    trust.load_admission(experts, catalogue.load_categories())
    for _load in range(2):
        trust.load_suspension(experts, people.arbiter())

    for key, user in experts.items():
        assert queries.legal_standing(user).obstacles == (), key
    assert ExpertProfile.objects.filter(barred_since=None, status="approved").count() == len(SOME)
    assert {item.status for item in queries.checklist(experts[DEMO_EXPERT])} == {"accepted"}
    assert {item.status for item in queries.checklist(experts[trust.EXPIRING])} == {"accepted", "expiring"}
    assert Document.objects.filter(state="refused").count() == 1
    assert Document.objects.in_review().count() == 1
    assert Suspension.objects.unanswered().count() == 1
    trust.load_consents(experts[DEMO_EXPERT])
    assert Consent.objects.filter(user=experts[DEMO_EXPERT], text__in=["terms", "privacy"]).count() == 2
    assert sorted(Application.objects.values_list("state", flat=True)) == ["club", "committee", "refused"]
    for document in Document.objects.filter(user=experts[DEMO_EXPERT]):
        pdf_files.look_into(document.file.read(), max_pages=1)


def test_the_company_of_the_demo_buyer_has_its_name_its_number_and_its_members():
    owner = people.load_buyers()[DEMO_BUYER]
    for _load in range(2):
        company.load(owner, people.load_colleagues())

    house = Company.objects.get()
    assert house.name
    assert house.siren
    assert house.city
    assert house.members.count() == 3
