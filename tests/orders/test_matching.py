"""Which experts our team is shown for a need, and why: a fixed set of people and needs."""

import pytest
from django.urls import reverse

from orders.queries import matching
from tests import factories
from tests.orders.test_requests import ask


@pytest.fixture
def asked(buyer, category):
    return ask(buyer, category)


def test_staff_see_the_ranking_with_its_reasons_and_invite(asked, expert, offer, staff, client_of):
    client = client_of(staff)
    url = reverse("admin:orders_customrequest_change", args=[asked.pk])
    assert "/100" in client.get(url).content.decode()
    invite = reverse("admin:orders_customrequest_invite", args=[asked.pk])
    client.post(invite, {"experts": [expert.pk], "reason": ""})
    assert asked.invitations.get().expert == expert
    assert asked.invitations.get().reasons


FIXED = {  # expert: skills, sells in the category, availability, stars given by ten buyers
    "Modélisatrice": (["Modélisation financière", "Trésorerie", "Excel"], True, "open", 5),
    "Trésorier": (["Trésorerie", "Excel"], True, "open", 4),
    "Occupée": (["Modélisation financière", "Trésorerie", "Excel"], True, "closed", 3),
    "Sans offre": (["Trésorerie"], False, "open", 5),
    "Débutant": (["Excel"], True, "open", 0),
    "Graphiste": (["Logo", "Identité visuelle"], False, "open", 5),
    "Juriste": (["Droit social"], False, "open", 5),
}


def test_the_ranking_puts_the_right_experts_first_on_a_fixed_set(buyer, category):
    for name, (skills, sells, availability, stars) in FIXED.items():
        user = factories.make_expert(name, "X")
        profile = user.expert_profile
        profile.skills, profile.availability = skills, availability
        profile.rating_count, profile.rating_sum = (10, 10 * stars) if stars else (0, 0)
        profile.save()
        if sells:
            factories.make_offer(user, category=category)
    asked = ask(buyer, category, need="Modélisation financière et trésorerie, livrées dans un fichier Excel.")

    found = matching.suggestions(asked)
    names = [item.profile.user.first_name for item in found]

    assert names[0] == "Modélisatrice"
    assert set(names[:3]) == {"Modélisatrice", "Trésorier", "Occupée"}  # precision at three: 3 of 3
    assert not {"Graphiste", "Juriste"} & set(names)
    assert [item.points for item in found] == sorted((item.points for item in found), reverse=True)
    assert all(item.reasons and item.points == sum(item.parts.values()) <= 100 for item in found)
    assert names == [item.profile.user.first_name for item in matching.suggestions(asked)]


NEEDS = {
    "Recruter un directeur des ventes : chasse de tête et entretien de vente.": "Recruteuse",
    "Audit RGPD et contrats de sous-traitance pour un éditeur de logiciels.": "Avocate",
    "Refonte de l'identité visuelle et du logo d'une boulangerie.": "Graphiste",
    "Tableaux de bord Power BI branchés sur notre SQL.": "Analyste",
    "Business plan et prévisionnel de trésorerie pour une reprise.": "Financière",
}
SPECIALISTS = {
    "Recruteuse": ["Chasse de tête", "Entretien de vente"],
    "Avocate": ["RGPD", "Contrats de sous-traitance"],
    "Graphiste": ["Identité visuelle", "Logo"],
    "Analyste": ["Power BI", "SQL"],
    "Financière": ["Business plan", "Trésorerie"],
}


def test_five_needs_each_find_their_specialist_first(buyer, category):
    """The measure of the ranking: over a fixed set of needs, how often the right expert comes first."""
    for name, skills in SPECIALISTS.items():
        profile = factories.make_expert(name, "X").expert_profile
        profile.skills = skills
        profile.save()
    right = 0
    for need, name in NEEDS.items():
        first = matching.suggestions(
            ask(factories.make_user("Client", name), category, title="Besoin", need=need)
        )
        right += bool(first) and first[0].profile.user.first_name == name
    assert right == len(NEEDS)


def test_each_reason_alone_decides_between_equals(buyer, category):
    def pair(**fields):
        users = [factories.make_expert(name, "X") for name in ("Mieux", "Moins")]
        for user in users:
            user.expert_profile.skills = ["Trésorerie"]
            user.expert_profile.save()
        for name, value in fields.items():
            setattr(users[0].expert_profile, name, value)
        users[0].expert_profile.save()
        return users

    asked = ask(buyer, category, need="Une trésorerie mensuelle commentée, livrée dans un tableur.")
    for fields in (
        {"rating_count": 10, "rating_sum": 50},
        {"skills": ["Trésorerie", "Tableur"]},
    ):
        better, worse = pair(**fields)
        ranked = [item.profile.user for item in matching.suggestions(asked)]
        assert ranked.index(better) < ranked.index(worse), fields
    better, worse = pair()
    worse.expert_profile.availability = "busy"
    worse.expert_profile.save()
    factories.make_offer(better, category=category)
    ranked = {item.profile.user: item for item in matching.suggestions(asked)}
    assert ranked[better].parts["category"] > ranked[worse].parts["category"] == 0
    assert ranked[better].parts["availability"] > ranked[worse].parts["availability"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"availability": "open"}, {"availability": "closed"}),
        (
            {"daily_rate_cents": 400_00},
            {"daily_rate_cents": 2_000_00},
        ),  # the budget is 900 €: two days of work
    ],
)
def test_availability_and_price_each_decide_between_equals(buyer, category, better, worse):
    people = [factories.make_expert(name, "X") for name in ("Moins", "Mieux")]
    for user, fields in zip(people, (worse, better), strict=True):
        profile = user.expert_profile
        profile.skills = ["Trésorerie"]
        for name, value in fields.items():
            setattr(profile, name, value)
        profile.save()
    asked = ask(buyer, category, need="Une trésorerie mensuelle commentée.")

    assert [item.profile.user for item in matching.suggestions(asked)] == people[::-1]
