"""Second factors, recovery codes, devices: what an account asks for before it opens."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from messaging.models import Mail
from tests.factories import PASSWORD


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def sign_in(user, client=None, agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"):
    client = client or Client(headers={"user-agent": agent})
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client, response


def prove(client):
    """Type the password again, as the pages of the second factor ask."""
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.fixture
def protected(buyer):
    """A buyer whose account asks for a code; with the secret of the app and the browser that set it up."""
    client, _ = sign_in(buyer)
    prove(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response.status_code == 302
    return buyer, secret, client


def test_the_key_of_an_app_is_sealed_in_the_database(protected):
    buyer, secret, _ = protected

    kept = Authenticator.objects.get(user=buyer, type=Authenticator.Type.TOTP).data["secret"]

    assert secret not in kept


def test_the_account_opens_only_with_the_code(protected):
    buyer, secret, _ = protected
    client, response = sign_in(buyer)
    assert response.url == reverse("mfa_authenticate")
    assert client.get(reverse("account_settings")).status_code == 302, "not in yet"

    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "n’est pas le bon" in refused.content.decode()

    cache.clear()  # a code works once, and this one has switched the factor on
    opened = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert opened.status_code == 302
    assert client.get(reverse("account_settings")).status_code == 200


def test_a_recovery_code_opens_the_account_once(protected):
    buyer, *_ = protected
    codes = Authenticator.objects.get(user=buyer, type=Authenticator.Type.RECOVERY_CODES)
    code = codes.wrap().get_unused_codes()[0]

    client, _ = sign_in(buyer)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("account_settings")).status_code == 200

    again, _ = sign_in(buyer)
    again.post(reverse("mfa_authenticate"), {"code": code})
    assert again.get(reverse("account_settings")).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_its_owner_is_written_to_when_a_factor_is_added(buyer):
    client, _ = sign_in(buyer)
    prove(client)
    client.get(reverse("mfa_activate_totp"))

    client.post(reverse("mfa_activate_totp"), {"code": code_of(client.session["mfa.totp.secret"])})

    assert Mail.objects.filter(recipient=buyer.email, subject__contains="application").exists()


def test_changing_factors_asks_who_is_there(buyer):
    client = Client()
    client.force_login(buyer)

    response = client.get(reverse("mfa_activate_totp"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_reauthenticate"))


@override_settings(STAFF_SECOND_FACTOR=True)
def test_the_administration_opens_only_to_staff_with_a_second_factor(staff):
    client, _ = sign_in(staff)

    away = client.get(reverse("admin:index"))
    assert away.status_code == 302
    assert away.url == reverse("mfa_index")
    assert client.get(away.url).status_code == 200

    prove(client)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_of(client.session["mfa.totp.secret"])})
    assert client.get(reverse("admin:index")).status_code == 200


@override_settings(STAFF_SECOND_FACTOR=True)
def test_staff_cannot_remove_their_last_factor(staff):
    client, _ = sign_in(staff)
    prove(client)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_of(client.session["mfa.totp.secret"])})

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists()


def test_a_new_device_is_told_to_its_owner_and_a_known_one_is_not(buyer):
    first, _ = sign_in(buyer)
    assert not Mail.objects.filter(recipient=buyer.email).exists(), "the first of all is no news"

    sign_in(buyer)
    told = Mail.objects.filter(recipient=buyer.email)
    assert told.count() == 1

    first.post(reverse("account_logout"))
    sign_in(buyer, first)
    assert told.count() == 1


def test_a_person_sees_where_they_are_signed_in_and_ends_it_from_afar(buyer, expert):
    here, _ = sign_in(buyer, agent="Mozilla/5.0 (Windows NT 10.0) Firefox/150")
    there, _ = sign_in(buyer, agent="Mozilla/5.0 (iPhone) Safari/605")
    other, _ = sign_in(expert)

    page = here.get(reverse("account_sessions"))
    text = page.content.decode()
    assert "iPhone" in text
    far = next(s for s in page.context["sessions"] if s.session_key != here.session.session_key)

    assert other.post(reverse("account_session_end", args=[far.pk])).status_code == 404
    assert there.get(reverse("account_settings")).status_code == 200

    here.post(reverse("account_session_end", args=[far.pk]))
    assert there.get(reverse("account_settings")).status_code == 302
    assert here.get(reverse("account_settings")).status_code == 200


def test_every_other_device_is_signed_out_at_once(buyer):
    here, _ = sign_in(buyer)
    others = [sign_in(buyer)[0] for _ in range(2)]

    here.post(reverse("account_sessions_end"))

    assert [client.get(reverse("account_settings")).status_code for client in others] == [302, 302]
    assert here.get(reverse("account_settings")).status_code == 200


def test_the_pages_open_in_both_languages(protected):
    *_, client = protected
    for name in (
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_deactivate_totp",
    ):
        for language in ("fr", "en"):
            with translation.override(language):
                response = client.get(reverse(name))
            assert response.status_code == 200, (name, language)
