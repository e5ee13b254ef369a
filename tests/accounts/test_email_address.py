"""Changing the address of an account: the new one must answer first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from messaging.models import Mail
from tests.accounts.pages import code_sent_to, fields_in_error, last_mail
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "nouvelle@example.test"


def ask(client: Client, email: str) -> Any:
    """Ask for another address, having said again who is there."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client.post(reverse("account_email"), {"email": email, "action_add": "1"})


def test_the_address_changes_once_the_new_one_has_answered(
    client_of: Callable[[User], Client], buyer: User
) -> None:
    client, former = client_of(buyer), buyer.email

    response = ask(client, NEW)
    assert response["Location"] == reverse("account_email_verification_sent")
    buyer.refresh_from_db()
    assert buyer.email == former, "nothing changes before the code"

    page = client.get(response["Location"])
    assert NEW in page.content.decode()
    client.post(response["Location"], {"code": code_sent_to(NEW)})

    buyer.refresh_from_db()
    assert buyer.email == NEW
    assert list(buyer.emailaddress_set.values_list("email", "primary", "verified")) == [(NEW, True, True)]
    assert NEW in last_mail(former).text, "the former address is told"


def test_changing_it_asks_who_is_there(client_of: Callable[[User], Client], buyer: User) -> None:
    response = client_of(buyer).post(reverse("account_email"), {"email": NEW, "action_add": "1"})

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not Mail.objects.filter(recipient=NEW).exists()


def test_a_wrong_code_changes_nothing(client_of: Callable[[User], Client], buyer: User) -> None:
    client, former = client_of(buyer), buyer.email
    ask(client, NEW)

    client.post(reverse("account_email_verification_sent"), {"code": "AAAA-AAAA"})

    buyer.refresh_from_db()
    assert buyer.email == former


def test_somebody_elses_address_is_answered_alike_and_cannot_be_taken(
    client_of: Callable[[User], Client], buyer: User, expert: User
) -> None:
    client, former = client_of(buyer), buyer.email

    response = ask(client, expert.email)

    assert response["Location"] == reverse("account_email_verification_sent")
    refused = client.post(response["Location"], {"code": code_sent_to(expert.email)})
    assert fields_in_error(refused.content.decode()) == {"code"}, "even with the right code"
    buyer.refresh_from_db()
    assert buyer.email == former
    assert expert.emailaddress_set.count() == 1


@pytest.mark.parametrize("email", ["", "pas une adresse"])
def test_a_bad_address_is_said_beside_its_field(
    client_of: Callable[[User], Client], buyer: User, email: str
) -> None:
    response = ask(client_of(buyer), email)

    assert fields_in_error(response.content.decode()) == {"email"}


def test_ones_own_address_is_no_change(client_of: Callable[[User], Client], buyer: User) -> None:
    response = ask(client_of(buyer), buyer.email)

    assert fields_in_error(response.content.decode()) == {"email"}
    assert not Mail.objects.exists()


def test_addresses_are_not_asked_for_without_end(client_of: Callable[[User], Client], buyer: User) -> None:
    client = client_of(buyer)
    cache.clear()

    answers = [ask(client, f"essai{n}@example.test").status_code for n in range(11)]

    assert answers[-1] == 429
