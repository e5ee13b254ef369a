"""Home, how it works, preferences, health, and what people see when something goes wrong."""

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from marketplace import views
from offers import actions
from offers.models import Offer
from tests import factories


@pytest.fixture
def market(offer):
    """A deliverable at 120 €, a call at 60 € and a question at 30 €, the last two by others."""
    other = factories.make_expert("Nadia", "Mbaye")
    factories.make_offer(
        other, kind="call", call_minutes=30, title="Un appel", price_cents=60_00, keywords=["Banque"]
    )
    factories.make_offer(other, kind="question", title="Une question", price_cents=30_00)
    return offer


def test_the_home_page_leads_to_categories_kinds_and_offers(client, market):
    Offer.objects.filter(pk=market.pk).update(cover="offers/x.webp", rating_count=3, rating_sum=15)

    page = client.get("/en/").content.decode()

    assert "One expert, one price, one date." in page
    assert "Finance &amp; management" in page
    assert "3 offers" in page
    for words in ("from €120", "from €60", "from €30", "Business plan complet", "?q=banque"):
        assert words in page


def test_the_home_page_stands_without_any_offer(client, db):
    page = client.get("/en/").content.decode()

    assert "One expert, one price, one date." in page
    assert "Best rated" not in page
    assert "from €" not in page


@pytest.mark.parametrize(
    ("home", "reasons"),
    [
        (
            "/",
            (
                "Sans engagement",
                "en règle",
                "Une équipe",
                "au même endroit",
                "Responsabilité civile professionnelle",
            ),
        ),
        (
            "/en/",
            ("No commitment", "in good standing", "A team of people", "in one protected place", "insurance"),
        ),
    ],
)
def test_the_home_page_says_why_one_may_trust_it(client, market, home, reasons):  # K75
    panel = client.get(home).content.decode().split('id="home-trust"')[1].split("</section>")[0]

    assert [reason for reason in reasons if reason not in panel] == []


def test_the_home_page_is_cheap(client, market, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/en/")
    with django_assert_max_num_queries(0):
        client.get("/en/")


def test_picked_offers_have_a_picture_a_rating_order_and_one_expert_each(client, market):
    expert = market.expert
    second = factories.make_offer(expert, title="Deuxième offre")
    other = factories.make_offer(factories.make_expert("Ana", "Diaz"), title="Offre d’Ana")
    for offer, rating in ((market, 4), (second, 5), (other, 3)):
        Offer.objects.filter(pk=offer.pk).update(
            cover="offers/x.webp", rating_count=10, rating_sum=10 * rating
        )
    cache.clear()

    picked = client.get("/en/").context["picked"]

    assert [card.title for card in picked] == ["Deuxième offre", "Offre d’Ana"]


def test_how_it_works_gives_the_figures_of_the_rules(client, db):
    page = client.get("/en/how-it-works/").content.decode()

    for words in ("72 hours", "after 7 days", "10% of the price", "€441", 'id="how-money"'):
        assert words in page


@pytest.mark.parametrize(
    ("path", "language"), [("/", "fr"), ("/en/", "en"), ("/offers/", "fr"), ("/en/offers/", "en")]
)
def test_the_address_decides_the_language(client, db, path, language):
    response = client.get(path, headers={"accept-language": "de"})

    assert f'<html lang="{language}"' in response.content.decode()
    assert response["Content-Language"] == language


# Preferences


@pytest.mark.parametrize(
    ("back", "language", "there"),
    [
        ("/offers/?q=paie&page=2", "en", "/en/offers/?q=paie&page=2"),
        ("/en/offers/", "fr", "/offers/"),
        ("/", "en", "/en/"),
        ("/en/how-it-works/", "en", "/en/how-it-works/"),
        ("https://evil.example/", "en", "/en/"),
        ("//evil.example/", "en", "/en/"),
        ("javascript:alert(1)", "en", "/en/"),
        ("", "en", "/en/"),
        ("/offers/", "klingon", "/offers/"),
        ("/offers/", "", "/offers/"),
    ],
)
def test_changing_language_stays_on_the_page_and_on_the_site(client, db, back, language, there):
    response = client.post("/language/", {"language": language, "next": back})

    assert response.status_code == 302
    assert response["Location"] == there


def test_the_language_is_kept_for_mail_too(client_of, buyer):
    client_of(buyer).post("/language/", {"language": "en", "next": "/"})

    buyer.refresh_from_db()
    assert buyer.language == "en"


def test_the_appearance_is_a_cookie_and_draws_the_page(client, db):
    response = client.post("/theme/", {"theme": "dark", "next": "/en/offers/"})

    assert response["Location"] == "/en/offers/"
    assert response.cookies["theme"].value == "dark"
    assert response.cookies["theme"]["samesite"] == "Lax"
    assert 'data-theme="dark"' in client.get("/en/").content.decode()


def test_an_unknown_appearance_changes_nothing(client, db):
    assert "theme" not in client.post("/theme/", {"theme": '"><script>', "next": "/"}).cookies
    client.cookies["theme"] = '"onload="'
    assert "data-theme" not in client.get("/en/").content.decode()


@pytest.mark.parametrize("path", ["/language/", "/theme/"])
def test_preferences_are_not_changed_by_a_link(client, db, path):
    assert client.get(path).status_code == 405


# After signing in


@pytest.mark.parametrize(("who", "there"), [("buyer", "/"), ("expert", "/dashboard/"), ("staff", "/admin/")])
def test_each_lands_on_their_own_page(client_of, request, who, there):
    assert client_of(request.getfixturevalue(who)).get("/welcome/")["Location"] == there


def test_someone_who_has_orders_lands_on_them_in_their_language(client_of, placed_order):
    buyer = placed_order.buyer
    buyer.language = "en"
    buyer.save()

    assert client_of(buyer).get("/welcome/")["Location"] == "/en/orders/"


def test_welcome_asks_to_sign_in_first(client, db):
    assert client.get("/welcome/").status_code == 302


# Health and mishaps


def test_health_is_a_word(client, db):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_an_address_that_leads_nowhere_offers_a_search(client, db):
    response = client.get("/en/nowhere/")

    assert response.status_code == 404
    assert 'role="search"' in response.content.decode()


def test_an_expired_form_says_that_nothing_was_done(db):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/language/", {"language": "en", "next": "/"})

    assert response.status_code == 403
    assert "theme-color" in response.content.decode(), "our own page, not Django's"


@pytest.mark.parametrize(
    ("view", "status"), [(views.bad_request, 400), (views.forbidden, 403), (views.not_found, 404)]
)
def test_each_mishap_has_its_page(rf: RequestFactory, db, view, status):
    request: HttpRequest = rf.get("/en/")
    with translation.override("en"):
        response = view(request, Exception("detail"))

    assert response.status_code == status
    assert "detail" not in response.content.decode()


def test_a_failure_of_ours_gives_a_reference_that_the_log_carries(
    rf: RequestFactory, db, caplog, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = views.server_error(rf.get("/"))

    assert response.status_code == 500
    reference = caplog.records[-1].args[0]
    assert reference in response.content.decode()


def test_paused_offers_leave_the_home_page_at_once(client, market, django_capture_on_commit_callbacks):
    client.get("/en/")
    with django_capture_on_commit_callbacks(execute=True):
        actions.pause(market)

    assert "from €120" not in client.get("/en/").content.decode()
