"""K16: an offer of support stands in line with the experience its expert was admitted for."""

import pytest
from django.urls import reverse

from accounts.models import Application
from marketplace.kernel import clock
from offers.models import Offer
from tests import factories
from tests.accounts.pages import typed

pytestmark = pytest.mark.django_db
STRAYS = 'id="category-strays"'


@pytest.fixture
def finance(category, expert):
    Application.objects.create(
        user=expert,
        state="admitted",
        field=category,
        years_of_experience=31,
        decided_at=clock.now(),
        decider="club",
    )
    return category


@pytest.fixture
def law(finance):
    return factories.make_category(slug="droit", name_fr="Droit", name_en="Law")


def test_a_new_offer_begins_in_the_field_of_the_admission(client_of, expert, finance, law):
    """K16."""
    page = client_of(expert).get(reverse("offer_create")).content.decode()

    assert f'<option value="{finance.pk}" selected>' in page
    assert STRAYS not in page


def test_another_category_is_said_next_to_the_field_and_not_refused(client_of, expert, finance, law):
    """K16."""
    offer = factories.make_offer(expert, published=False, category=law)
    browser = client_of(expert)
    page = browser.get(reverse("offer_edit", args=[offer.pk])).content.decode()
    assert page.index('name="category"') < page.index(STRAYS) < page.index('name="description"')
    assert "Finance &amp; gestion" in page[page.index(STRAYS) :]

    sent = {
        "kind": "job", "title": "Relire un contrat", "category": law.pk, "price": "120", "delivery_days": "5",
        "description": "Une relecture ligne à ligne, avec les risques et les clauses à changer, par écrit.",
        "revisions": "1", "opening_message": "Merci.", "ip_clause": "full_assignment",
        **{f"{rows}-{count}": "0" for rows in ("add_ons", "requirements", "faq")
           for count in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }  # fmt: skip
    kept = browser.post(reverse("offer_create"), sent)
    assert kept.status_code == 302, kept.context["editor"].mistakes
    assert Offer.objects.latest("pk").category == law

    offer.category = finance
    offer.save()
    assert STRAYS not in browser.get(reverse("offer_edit", args=[offer.pk])).content.decode()


def test_it_is_said_as_soon_as_another_category_is_chosen(client_of, expert, finance, law):
    """K16: before a new offer is saved, because its images come next."""
    browser = client_of(expert)

    strayed = browser.post(reverse("offer_preview"), {"category": law.pk}).content.decode()
    back = browser.post(reverse("offer_preview"), {"category": finance.pk}).content.decode()

    assert 'id="category-line" role="status" hx-swap-oob="true"' in strayed
    assert "Finance &amp; gestion" in strayed[strayed.index(STRAYS) :]
    assert 'id="category-line"' in back
    assert STRAYS not in back
    assert "hx-swap-oob" not in browser.get(reverse("offer_create")).content.decode()


def test_an_expert_without_an_application_is_told_nothing(client_of, expert, category):
    page = client_of(expert).get(reverse("offer_create"))

    assert typed(page.content.decode())["title"] == ""
    assert page.context["editor"].form.strays_from == []
    assert STRAYS not in page.content.decode()


def test_the_team_reads_the_fields_and_the_years_beside_the_offer(client_of, staff, expert, finance, law):
    """K16."""
    expert.expert_profile.years_of_experience = 27
    expert.expert_profile.save()
    offer = factories.make_offer(expert, published=False, category=law)

    page = client_of(staff).get(reverse("admin:offers_offer_change", args=[offer.pk])).content.decode()

    assert "Finance &amp; gestion · 31 " in page
    assert ">27<" in page
