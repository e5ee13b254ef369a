"""Wherever a word, a code or a link opens something, whoever tries many is asked to wait."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.actions import recommendations
from accounts.models import Recommendation, User
from marketplace.kernel import rules
from messaging.models import Contact
from orders.models import CustomRequest, Order
from tests.accounts.test_second_factor import protected, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db
GUESSES = rules.GUESS_RATE.times


@pytest.fixture
def asked(expert):
    return Recommendation.objects.create(
        profile=expert.expert_profile, name="Paul", email="paul@example.test", status="asked"
    )


def test_whoever_tries_links_is_stopped_on_all_pages_that_links_open_and_nobody_else_is(asked, settings):
    settings.METRICS_TOKEN = "a-long-token-of-machines"
    doors = ["recommendation", "portfolio_consent", "unsubscribe", "searches_unsubscription"]
    right = reverse("recommendation", args=[recommendations.token_of(asked)])
    thief, friend = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.8")

    for number in range(GUESSES):
        wrong = thief.get(reverse(doors[number % 4], args=[f"wrong-{number}"]))
        assert wrong.status_code == 404

    stopped = [thief.get(reverse(door, args=["again"])) for door in doors]
    stopped.append(
        thief.get(reverse("metrics"), headers={"authorization": "Bearer a-long-token-of-machines"})
    )
    assert [answer.status_code for answer in stopped] == [429] * 5
    assert stopped[0]["Retry-After"] == str(rules.GUESS_RATE.seconds)
    assert thief.get(right).status_code == 429, "nor is a hit told from a miss"
    assert thief.post(right, {"decline": "1"}).status_code == 429
    assert friend.get(right).status_code == 200
    asked.refresh_from_db()
    assert asked.status == "asked"


def test_the_password_is_not_guessed_from_a_session_left_open(buyer):
    client = Client()
    client.force_login(buyer)
    address = reverse("account_reauthenticate")
    answers = [client.post(address, {"password": f"Essai-{n}"}).status_code for n in range(11)]
    assert answers == [200] * 10 + [429]


def test_the_code_of_a_second_factor_is_not_guessed(protected):  # noqa: F811
    owner, _secret, _ = protected
    assert Authenticator.objects.filter(user=owner, type="totp").exists()
    cache.clear()
    client, _ = sign_in(owner)
    for number in range(8):
        page = client.post(reverse("mfa_authenticate"), {"code": f"{number:06d}"}).content.decode()
    assert "n’est pas le bon" not in page, "after five, a code is no longer even compared"
    assert "Trop d’essais" in page
    assert client.get(reverse("account_settings")).status_code == 302, "not in"


@pytest.mark.parametrize(
    ("name", "rate", "rows"),
    [
        ("checkout", rules.CHECKOUT_RATE, Order),
        ("custom_request", rules.REQUEST_RATE, CustomRequest),
        ("legal_status", rules.DETAILS_RATE, Contact),
        ("profile_recommendations", rules.REQUEST_RATE, Recommendation),
        ("company", rules.DETAILS_RATE, Contact),
        ("account_settings", rules.UPLOAD_RATE, Contact),
        ("profile_photo", rules.UPLOAD_RATE, Contact),
    ],
)
def test_forms_that_look_up_write_or_store_are_counted(
    name, rate, rows, buyer, offer, client_of, monkeypatch
):
    who: User = offer.expert if name.startswith(("legal", "profile")) else buyer
    browser = client_of(who)
    address = reverse(name, args=[offer.pk] if name == "checkout" else [])
    assert browser.get(address).status_code == 200
    monkeypatch.setattr("marketplace.kernel.limits.exceeded", lambda scope, request, given: given == rate)

    answer = browser.post(address, {})

    assert (answer.status_code, answer["Retry-After"]) == (429, str(rate.seconds))
    assert not rows.objects.exists()
    assert browser.get(address).status_code == 200, "reading is never stopped"
