"""A5: a site begins with its categories, which then belong to the team."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Application
from offers.first_categories import FIRST
from offers.models import Category
from tests import factories

pytestmark = pytest.mark.django_db
ASKED_FOR = [
    ("Finance & gestion", "Finance & management"),
    ("Ressources humaines", "Human resources"),
    ("Management de freelances", "Managing freelancers"),
    ("Commercial & marketing", "Sales & marketing"),
]


def rows() -> list[tuple[object, ...]]:
    return list(Category.objects.order_by("pk").values_list())


def test_an_empty_site_gets_the_categories_asked_for_in_both_languages():
    """A5: finance, human resources, managing freelancers, sales and marketing."""
    assert not Category.objects.exists()

    call_command("categories")

    assert list(Category.objects.values_list("name_fr", "name_en"))[:4] == ASKED_FOR
    assert Category.objects.count() == len(FIRST)
    assert all(each.description_fr and each.description_en for each in Category.objects.all())


def test_a_second_time_changes_nothing_and_what_the_team_did_stays():
    """A5."""
    call_command("categories")
    first = rows()
    call_command("categories")
    assert rows() == first

    Category.objects.filter(slug="finance-gestion").update(name_fr="Finances", slug="finances")
    Category.objects.get(slug="communication").delete()
    kept = rows()
    call_command("categories")
    assert rows() == kept


def test_from_then_on_an_expert_applies_and_publishes_and_a_buyer_sees_the_category(client, client_of):
    """A5."""
    call_command("categories")
    finance = Category.objects.get(slug="finance-gestion")
    candidate = factories.make_expert("Paul", "Mercier", approved=False)
    browser = client_of(candidate)
    browser.post(reverse("admission"))
    browser.post(
        reverse("admission_step", args=["criterion"]),
        {"ground": "experience", "years_of_experience": "31", "attested": "on"},
    )
    answers = {
        "field": finance.pk,
        "track_record": "Trente ans de direction financière dans l’industrie, dont douze de transition. " * 3,
        "motivation": "Aider les dirigeants de PME à tenir leur trésorerie, avec des offres simples.",
    }
    assert browser.post(reverse("admission_step", args=["experience"]), answers).status_code == 302
    assert Application.objects.get(user=candidate).field == finance

    offer = factories.make_offer(factories.make_expert(), category=finance)

    assert finance.name_fr in client.get(reverse("catalogue")).content.decode().replace("&amp;", "&")
    assert offer.title in client.get(finance.get_absolute_url()).content.decode()
