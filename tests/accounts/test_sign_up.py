"""Creating an account: role, names, language, code by mail, and what a stranger may not learn."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import BuyerProfile, ExpertProfile, User
from messaging.models import Mail
from tests.accounts.pages import code_sent_to, fields_in_error, is_signed_in, last_mail, shape, typed

pytestmark = pytest.mark.django_db

PASSWORD = "Bonne-Route-2026"


def answers(**changes: str) -> dict[str, str]:
    return {
        "role": "buyer",
        "first_name": "Nadia",
        "last_name": "Belkacem",
        "email": "nadia@example.test",
        "password1": PASSWORD,
        "website": "",
        **changes,
    }


def url(name: str, language: str = "fr") -> str:
    with translation.override(language):
        return reverse(name)


def sign_up(client: Client, language: str = "fr", **changes: str) -> Any:
    return client.post(url("account_signup", language), answers(**changes))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("role", "buys", "sells"), [("buyer", True, False), ("expert", False, True), ("both", True, True)]
)
def test_an_account_is_created_verified_and_signed_in(
    client: Client, language: str, role: str, buys: bool, sells: bool
) -> None:
    response = sign_up(client, language, role=role)

    assert response.status_code == 302
    assert not is_signed_in(client), "the address is not verified yet"
    verification = url("account_email_verification_sent", language)
    assert response["Location"] == verification

    response = client.post(verification, {"code": code_sent_to("nadia@example.test")})

    assert response["Location"] == url("after_login", language)
    assert is_signed_in(client)
    user = User.objects.get(email="nadia@example.test")
    assert (user.first_name, user.last_name, user.language) == ("Nadia", "Belkacem", language)
    assert (user.is_buyer, user.is_expert) == (buys, sells)
    assert user.emailaddress_set.get().verified
    assert BuyerProfile.objects.filter(user=user).exists()
    assert ExpertProfile.objects.filter(user=user).exists() == sells
    if sells:
        assert user.expert_profile.status == ExpertProfile.Status.PENDING, "staff admit experts"


def test_a_new_account_cannot_sign_in_before_its_address_is_verified(client: Client) -> None:
    sign_up(client)
    cache.clear()  # ten seconds later: a code may be sent again
    other = Client()

    response = other.post(url("account_login"), {"login": "nadia@example.test", "password": PASSWORD})

    assert response["Location"] == url("account_email_verification_sent")
    assert not is_signed_in(other)


@pytest.mark.parametrize("forged", ["admin", "staff", "", "buyer,expert"])
def test_a_forged_role_creates_no_account(client: Client, forged: str) -> None:
    response = sign_up(client, role=forged)

    assert response.status_code == 200
    assert (
        "role" in fields_in_error(response.content.decode()) or "id_role_error" in response.content.decode()
    )
    assert not User.objects.exists()
    assert not Mail.objects.exists()


def test_extra_fields_give_no_rank(client: Client) -> None:
    sign_up(client, is_staff="1", is_superuser="on", status="approved")

    user = User.objects.get()
    assert not user.is_staff
    assert not user.is_superuser


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("first_name", "x" * 61),
        ("last_name", "voir http://piege.example"),
        ("last_name", "<script>"),
        ("email", "nadia"),
        ("email", ""),
        ("password1", ""),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_the_rest_is_kept(
    client: Client, field: str, value: str
) -> None:
    response = sign_up(client, **{field: value})

    html = response.content.decode()
    assert fields_in_error(html) == {field}
    kept = typed(html)
    for name in {"first_name", "last_name", "email"} - {field}:
        assert kept[name] == answers()[name]
    assert kept["password1"] == "", "a password is never sent back"
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "weak",
    [
        "Court-1",
        "toutenminuscules-1",
        "TOUTENMAJUSCULES-1",
        "SansChiffre-",
        "SansSpecial2026",
        "Nadia@example.test1",
    ],
)
def test_a_weak_password_is_refused_with_what_it_lacks(client: Client, weak: str) -> None:
    response = sign_up(client, password1=weak)

    assert fields_in_error(response.content.decode()) == {"password1"}
    assert not User.objects.exists()


def test_the_password_rules_are_written_before_typing(client: Client) -> None:
    html = client.get(url("account_signup")).content.decode()

    assert 'id="id_password1_helptext"' in html
    assert 'aria-describedby="id_password1_helptext"' in html


def test_a_link_may_choose_the_role_beforehand(client: Client) -> None:
    html = client.get(url("account_signup") + "?role=expert").content.decode()
    forged = client.get(url("account_signup") + "?role=admin").content.decode()

    assert 'value="expert" id="id_role_1" checked' in html
    assert 'value="buyer" id="id_role_0" checked' in forged


def test_robots_fall_into_the_trap_without_learning_it(client: Client) -> None:
    response = sign_up(client, website="https://spam.example")

    assert response.status_code == 302
    assert response["Location"] == url("account_email_verification_sent")
    assert not User.objects.exists()
    html = client.get(url("account_signup")).content.decode()
    assert "style=" not in html, "the policy forbids inline styles: a class hides the trap"


def test_a_known_address_is_answered_like_a_new_one(buyer: User) -> None:
    known, new = Client(), Client()

    answer_known = sign_up(known, email=buyer.email)
    answer_new = sign_up(new, email="nobody@example.test")

    assert answer_known.status_code == answer_new.status_code == 302
    assert answer_known["Location"] == answer_new["Location"]
    for address in (
        answer_known["Location"],
        url("account_login"),
        url("account_signup"),
        url("account_reset_password"),
    ):
        page_known, page_new = known.get(address, follow=True), new.get(address, follow=True)
        assert page_known.redirect_chain == page_new.redirect_chain, address
        assert shape(page_known.content.decode(), buyer.email) == shape(
            page_new.content.decode(), "nobody@example.test"
        ), address
    wrong_known = known.post(answer_known["Location"], {"code": "AAAA-AAAA"})
    wrong_new = new.post(answer_new["Location"], {"code": "AAAA-AAAA"})
    assert shape(wrong_known.content.decode(), buyer.email) == shape(
        wrong_new.content.decode(), "nobody@example.test"
    )
    assert User.objects.filter(email=buyer.email).count() == 1


def test_the_owner_of_a_known_address_is_told_in_their_language(client: Client, buyer: User) -> None:
    User.objects.filter(pk=buyer.pk).update(language="en")

    sign_up(client, "fr", email=buyer.email.upper())

    mail = last_mail(buyer.email)
    assert url("account_reset_password", "en") in mail.text
    assert "http://testserver/en/" in mail.html
    assert "/account/password/reset/" in mail.html
    assert not is_signed_in(client)


def test_a_lost_code_is_sent_again_and_the_former_one_no_longer_works(client: Client) -> None:
    sign_up(client)
    first = code_sent_to("nadia@example.test")
    cache.clear()  # ten seconds later: a code may be sent again

    client.post(url("account_email_verification_sent"), {"action": "resend"})

    second = code_sent_to("nadia@example.test")
    assert second != first
    client.post(url("account_email_verification_sent"), {"code": first})
    assert not is_signed_in(client)
    client.post(url("account_email_verification_sent"), {"code": second})
    assert is_signed_in(client)


def test_three_wrong_codes_end_the_sign_up(client: Client) -> None:
    sign_up(client)
    right = code_sent_to("nadia@example.test")

    for _attempt in range(3):
        client.post(url("account_email_verification_sent"), {"code": "AAAA-AAAA"})
    client.post(url("account_email_verification_sent"), {"code": right})

    assert not is_signed_in(client)


def test_one_may_start_again_with_another_address(client: Client) -> None:
    sign_up(client, email="nadai@example.test")

    response = client.post(url("account_logout"), {"next": url("account_signup")})

    assert response["Location"] == url("account_signup")
    assert client.get(url("account_signup")).status_code == 200
    sign_up(client)
    client.post(url("account_email_verification_sent"), {"code": code_sent_to("nadia@example.test")})
    assert is_signed_in(client)


def test_too_many_sign_ups_from_one_place_are_stopped(client: Client) -> None:
    codes = [sign_up(client, role="nobody").status_code for _attempt in range(21)]

    assert codes[:20] == [200] * 20
    assert codes[20] == 429


def test_names_are_kept_as_typed(client: Client) -> None:
    sign_up(client, first_name="  Jean-Noël ", last_name="d’Étretat O'Neil")

    user = User.objects.get()
    assert (user.first_name, user.last_name) == ("Jean-Noël", "d’Étretat O'Neil")
