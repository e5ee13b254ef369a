"""Changing a password: by a link when it is forgotten, or from the settings."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from messaging.models import Mail
from tests.accounts.pages import fields_in_error, is_signed_in, last_mail, shape, typed
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "Tout-Neuf-2027"


def link_of(mail: Mail) -> str:
    found = re.search(r"http://testserver(/\S*password/reset/key/\S+/)", mail.text)
    assert found, mail.text
    return found[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_forgotten_password_is_replaced_through_a_link(client: Client, buyer: User, language: str) -> None:
    User.objects.filter(pk=buyer.pk).update(language=language)

    response = client.post(reverse("account_reset_password"), {"email": buyer.email.upper()})
    assert response["Location"] == reverse("account_reset_password_done")
    mail = last_mail(buyer.email)
    link = link_of(mail)
    assert link.startswith("/en/") == (language == "en"), "the link speaks the reader's language"
    assert link in mail.html

    page = client.get(link, follow=True)
    assert page.redirect_chain, "the key leaves the address bar"
    form = page.request["PATH_INFO"]
    response = client.post(form, {"password1": NEW})

    with translation.override(language):
        assert response["Location"] == reverse("account_reset_password_from_key_done")
    buyer.refresh_from_db()
    assert buyer.check_password(NEW)
    assert last_mail(buyer.email) != mail, "the owner is told"
    login = client.post(reverse("account_login"), {"login": buyer.email, "password": NEW})
    assert login["Location"].endswith("/welcome/")


def test_a_link_works_once(client: Client, buyer: User) -> None:
    client.post(reverse("account_reset_password"), {"email": buyer.email})
    link = link_of(last_mail(buyer.email))
    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": NEW})

    again = Client().get(link)

    assert again.status_code == 200
    assert "password1" not in typed(again.content.decode())
    assert reverse("account_reset_password") in again.content.decode()


@pytest.mark.parametrize("key", ["1-abc", "zzzz-abcdef-0123456789", "0-set-password"])
def test_a_forged_link_opens_nothing(client: Client, buyer: User, key: str) -> None:
    uidb36, _dash, token = key.partition("-")
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})

    response = client.post(address, {"password1": NEW})

    assert response.status_code == 200
    buyer.refresh_from_db()
    assert buyer.check_password(PASSWORD)


@pytest.mark.parametrize("weak", ["court", "toutenminuscules-1", ""])
def test_the_new_password_follows_the_rules(client: Client, buyer: User, weak: str) -> None:
    client.post(reverse("account_reset_password"), {"email": buyer.email})
    form = client.get(link_of(last_mail(buyer.email)), follow=True).request["PATH_INFO"]

    response = client.post(form, {"password1": weak})

    assert fields_in_error(response.content.decode()) == {"password1"}
    buyer.refresh_from_db()
    assert buyer.check_password(PASSWORD)


def test_an_unknown_address_is_answered_like_a_known_one(buyer: User) -> None:
    known, unknown = Client(), Client()

    first = known.post(reverse("account_reset_password"), {"email": buyer.email}, follow=True)
    second = unknown.post(reverse("account_reset_password"), {"email": "personne@example.test"}, follow=True)

    assert first.redirect_chain == second.redirect_chain
    assert shape(first.content.decode()) == shape(second.content.decode())
    assert not Mail.objects.filter(recipient="personne@example.test").exists()


def test_asking_again_and_again_is_stopped(client: Client, buyer: User) -> None:
    answers = [
        client.post(reverse("account_reset_password"), {"email": buyer.email}).status_code
        for _attempt in range(6)
    ]

    assert answers == [302] * 5 + [429]
    assert Mail.objects.filter(recipient=buyer.email).count() == 5


def test_links_in_mail_start_with_our_address_whatever_the_request_claims(
    client: Client, buyer: User
) -> None:
    client.post(reverse("account_reset_password"), {"email": buyer.email}, headers={"host": "piege.example"})

    mail = last_mail(buyer.email)
    assert "piege.example" not in mail.text + mail.html


def test_a_password_is_changed_from_the_settings(client_of: Callable[[User], Client], buyer: User) -> None:
    client = client_of(buyer)

    response = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})

    assert response["Location"] == reverse("account_settings")
    assert is_signed_in(client), "one stays signed in"
    buyer.refresh_from_db()
    assert buyer.check_password(NEW)
    assert last_mail(buyer.email).html


def test_changing_a_password_asks_for_the_current_one(
    client_of: Callable[[User], Client], buyer: User
) -> None:
    client = client_of(buyer)

    response = client.post(
        reverse("account_change_password"), {"oldpassword": "Mauvais-2026", "password1": NEW}
    )

    assert fields_in_error(response.content.decode()) == {"oldpassword"}
    buyer.refresh_from_db()
    assert buyer.check_password(PASSWORD)


def test_sensitive_acts_ask_for_the_password_again(client_of: Callable[[User], Client], buyer: User) -> None:
    client = client_of(buyer)

    wrong = client.post(reverse("account_reauthenticate"), {"password": "Mauvais-2026"})
    right = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert fields_in_error(wrong.content.decode()) == {"password"}
    assert right.status_code == 302
