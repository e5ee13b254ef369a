"""Signing in and out: who gets in, where they land, and how guessing is stopped."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account import urls as library
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from pytest_django import Settings

from accounts.models import User
from marketplace.demo_accounts import DEMO_ACCOUNTS
from tests.accounts.pages import fields_in_error, is_signed_in, shape
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def test_a_person_signs_in_with_their_address_whatever_its_case(client: Client, buyer: User) -> None:
    response = sign_in(client, buyer.email.upper())

    assert response["Location"] == reverse("after_login")
    assert is_signed_in(client)


def test_one_lands_in_ones_own_language(client: Client, buyer: User) -> None:
    User.objects.filter(pk=buyer.pk).update(language="en")

    response = sign_in(client, buyer.email)

    assert response["Location"] == "/en/welcome/"


def test_one_comes_back_to_the_page_that_asked_to_sign_in(client: Client, buyer: User) -> None:
    asked = client.get(reverse("account_settings"))
    assert asked["Location"] == f"{reverse('account_login')}?next={reverse('account_settings')}"

    response = sign_in(client, buyer.email, next=reverse("account_settings"))

    assert response["Location"] == reverse("account_settings")


@pytest.mark.parametrize("away", ["https://piege.example/", "//piege.example/", "javascript:alert(1)"])
def test_one_is_never_sent_elsewhere(client: Client, buyer: User, away: str) -> None:
    response = sign_in(client, buyer.email, next=away)

    assert response["Location"] == reverse("after_login")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(buyer: User) -> None:
    known = sign_in(Client(), buyer.email, "Mauvais-2026")
    unknown = sign_in(Client(), "personne@example.test", "Mauvais-2026")

    assert known.status_code == unknown.status_code == 200
    assert shape(known.content.decode(), buyer.email) == shape(
        unknown.content.decode(), "personne@example.test"
    )
    html = known.content.decode()
    assert f'value="{buyer.email}"' in html, "what was typed stays"
    assert "Mauvais-2026" not in html


@pytest.mark.parametrize(("email", "password", "missing"), [("", "x", "login"), ("a@b.test", "", "password")])
def test_what_is_missing_is_said_beside_its_field(
    client: Client, email: str, password: str, missing: str
) -> None:
    response = sign_in(client, email, password)

    assert missing in fields_in_error(response.content.decode())


def test_guessing_a_password_is_stopped_after_five_tries(client: Client, buyer: User) -> None:
    for _attempt in range(5):
        sign_in(client, buyer.email, "Mauvais-2026")

    response = sign_in(client, buyer.email)

    assert response.status_code == 200
    assert not is_signed_in(client), "even the right password waits"
    cache.clear()  # five minutes later
    sign_in(client, buyer.email)
    assert is_signed_in(client)


def test_hammering_the_page_is_answered_with_429(client: Client) -> None:
    answers = [sign_in(client, f"personne{n}@example.test", "x").status_code for n in range(31)]

    assert answers[-1] == 429


def test_a_closed_account_is_told_so_only_with_its_password(client: Client, buyer: User) -> None:
    User.objects.filter(pk=buyer.pk).update(is_active=False)

    wrong = sign_in(client, buyer.email, "Mauvais-2026")
    right = sign_in(client, buyer.email)

    assert wrong.status_code == 200
    assert right["Location"] == reverse("account_inactive")
    assert not is_signed_in(client)
    assert client.get(right["Location"]).status_code == 200


@pytest.mark.parametrize("remember", [True, False])
def test_staying_signed_in_is_a_choice(client: Client, buyer: User, remember: bool) -> None:
    sign_in(client, buyer.email, **({"remember": "on"} if remember else {}))

    assert client.session.get_expire_at_browser_close() is not remember


def test_signing_out_asks_first_and_works_without_script(
    client_of: Callable[[User], Client], buyer: User
) -> None:
    client = client_of(buyer)

    asked = client.get(reverse("account_logout"))
    assert asked.status_code == 200
    assert buyer.email in asked.content.decode()
    assert is_signed_in(client)

    response = client.post(reverse("account_logout"))
    assert response["Location"] == reverse("home")
    assert not is_signed_in(client)


def test_demo_accounts_show_in_local_mode_only(client: Client, settings: Settings) -> None:
    html = client.get(reverse("account_login")).content.decode()
    for _role, email, password in DEMO_ACCOUNTS:
        assert email in html
        assert password in html

    settings.LOCAL_MODE = False
    html = client.get(reverse("account_login")).content.decode()
    for _role, email, _password in DEMO_ACCOUNTS:
        assert email not in html


def test_a_link_may_fill_in_the_address(client: Client) -> None:
    html = client.get(reverse("account_login") + '?email=claire@jalon.example"><b>').content.decode()

    assert "claire@jalon.example" in html
    assert '"><b>' not in html


def names() -> list[str]:
    return sorted({pattern.name for pattern in library.urlpatterns if pattern.name})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", names())
def test_every_account_page_is_ours(
    client_of: Callable[[User], Client], buyer: User, name: str, language: str
) -> None:
    """Whoever opens it: a page in our frame, or the way to the right one; never the library's own look."""
    for client in (Client(), client_of(buyer)):
        with translation.override(language):
            try:
                address = reverse(name)
            except NoReverseMatch:
                address = reverse(name, kwargs={"uidb36": "1", "key": "out-of-date"})
        response = client.get(address)

        assert response.status_code in (200, 302), address
        if response.status_code == 200:
            html = response.content.decode()
            assert "css/tokens.css" in html
            assert html.count("<h1") == 1
            assert f'<html lang="{language}"' in html
            assert "style=" not in html
            assert "placeholder=" not in html.split("<main", 1)[1].split("</main>")[0]
