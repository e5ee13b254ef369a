"""What strangers and hostile pages try: forged forms, forged hosts, doors that lead elsewhere, floods."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.forms import ModelForm
from django.test import Client
from django.urls import get_resolver, reverse

from marketplace.kernel import limits, rules
from marketplace.kernel.rules import Rate
from messaging.models import Message
from orders.models import Order
from tests.access.table import TABLE

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings.base",
    "SECRET_KEY": "a-long-and-random-key-of-production-0123456789-abcdefghijklmnopqrstuvwxyz",
    "SEALING_KEYS": "bG9jYWwgb25seTogbm90IGEgc2VjcmV0IGF0IGFsbCE=",
    "SITE_URL": "https://www.exemple.fr",
    "ALLOWED_HOSTS": "www.exemple.fr",
    "CSRF_TRUSTED_ORIGINS": "https://www.exemple.fr",
    "DATABASE_URL": "postgresql://jalon@localhost/jalon",
    "REDIS_URL": "redis://localhost:6379/0",
    "PAYMENT_GATEWAY": "payments.stripe.gateway.StripeGateway",
    "STRIPE_SECRET_KEY": "rk_live_example",
    "STRIPE_WEBHOOK_SECRET": "whsec_a",
    "STRIPE_CONNECT_WEBHOOK_SECRET": "whsec_b",
    "STRIPE_ACCOUNTS_WEBHOOK_SECRET": "whsec_c",
    "OPERATOR_ADDRESS": "10 rue de Rivoli, 75004 Paris",
    "OPERATOR_REGISTRATION": "RCS Paris 552 032 534",
    "OPERATOR_VAT": "FR83552032534",
    "OPERATOR_DIRECTOR": "Camille Delorme",
    "OPERATOR_EMAIL": "bonjour@exemple.fr",
}


def under_production(*words, **more):
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env={**clean, **PRODUCTION, **more},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_production_settings_pass_every_check_of_a_deployment():
    done = under_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr


def test_files_may_lie_in_buckets_and_failures_go_to_a_collector():
    script = (
        "import django; django.setup();"
        "from django.core.files.storage import storages; from django.conf import settings as s;"
        "private, public = storages['private'], storages['default'];"
        "assert private.querystring_auth and not public.querystring_auth;"
        "assert 'X-Amz-Signature' in private.url('2026/01/a', expire=60);"
        "assert public.url('a.webp') == 'https://media.exemple.fr/a.webp';"
        "assert 'https://media.exemple.fr' in s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'];"
        "assert all('http://127.0.0.1:9' in s.CONTENT_SECURITY_POLICY['DIRECTIVES'][f'{kind}-src'] for kind in ('img', 'media', 'frame'));"
        "import sentry_sdk; assert sentry_sdk.get_client().options['send_default_pii'] is False;"
        "assert any('Prometheus' in each for each in s.MIDDLEWARE)"
    )
    more = {
        "FILES_BACKEND": "s3",
        "S3_ENDPOINT_URL": "http://127.0.0.1:9",
        "S3_REGION": "fr-par",
        "S3_ACCESS_KEY": "a",
        "S3_SECRET_KEY": "b",
        "S3_MEDIA_BUCKET": "media",
        "S3_PRIVATE_BUCKET": "private",
        "S3_MEDIA_URL": "https://media.exemple.fr",
        "SENTRY_DSN": "https://key@127.0.0.1/1",
        "METRICS_TOKEN": "read me",
    }

    done = under_production("-c", script, **more)

    assert done.returncode == 0, done.stderr


# Forged forms

BY_PROOF = {
    "payment_webhook": "signed by the gateway",
    "stripe_webhook": "signed by Stripe",
    "stripe_connect_webhook": "signed by Stripe",
    "stripe_accounts_webhook": "signed by Stripe",
    "unsubscribe": "a mail program posts there by itself; the address is signed",
    "searches_unsubscription": "a mail program posts there by itself; the address is signed",
}
ANYTHING = {"int": "1", "uuid": "0190c0de-0000-4000-8000-000000000000"}


def somewhere(name):
    """An address of a route; a forged form is refused before anything is looked up."""
    bits, _pattern, _defaults, converters = get_resolver().reverse_dict[name]
    template, parameters = bits[0]
    values = {
        each: ANYTHING.get(type(converters.get(each)).__name__.removesuffix("Converter").lower(), "x")
        for each in parameters
    }
    return "/" + template % values


def test_no_form_of_another_site_is_accepted_by_any_route(db):
    strict = Client(enforce_csrf_checks=True)

    accepted = {name for name in TABLE if strict.post(somewhere(name)).status_code != 403}

    assert accepted <= set(BY_PROOF), "say what proves who posts there"


@pytest.mark.parametrize("address", ["/language/", "/theme/"])
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://elsewhere.testserver"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_preference_is_taken_from_our_own_pages_alone(db, address, words, status):
    answer = Client(enforce_csrf_checks=True, headers=words).post(
        address, {"language": "en", "theme": "dark", "next": "/"}
    )

    assert answer.status_code == status
    assert bool(answer.cookies) == (status == 302)


def test_who_only_reads_gets_no_cookie(db, offer):
    assert not Client().get(offer.get_absolute_url()).cookies


# Doors that lead elsewhere

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_next_leads_to_another_site(client, client_of, buyer, offer, address):
    answers = [
        client.post("/language/", {"language": "en", "next": address}),
        client.post("/theme/", {"theme": "dark", "next": address}),
        client_of(buyer).get("/account/login/", {"next": address}),
        client_of(buyer).post("/account/logout/", {"next": address}),
        client_of(buyer).post(reverse("favourite_offer", args=[offer.pk]), {"next": address}),
    ]

    for answer in answers:
        assert answer.status_code == 302
        assert "evil" not in answer["Location"]
        assert "javascript" not in answer["Location"]


def test_signing_in_leads_to_no_other_site(client, buyer):
    buyer.set_password("Un-mot-2-passe")
    buyer.save()
    answer = client.post(
        "/account/login/?next=//evil.example/",
        {"login": buyer.email, "password": "Un-mot-2-passe", "next": "//evil.example/"},
    )

    assert "evil" not in answer.get("Location", "")


# Headers


def test_a_forged_host_is_refused(client, db, settings):
    settings.ALLOWED_HOSTS = ["www.exemple.fr"]

    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"Host": "www.exemple.fr"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/offers/", "/account/login/", "/no/such/page/"])
def test_every_page_tells_the_browser_what_it_may_not_do(client, db, path):
    answer = client.get(path)

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in answer["Permissions-Policy"], "passkeys go on working"


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(client, buyer):
    buyer.set_password("Un-mot-2-passe")
    buyer.save()
    client.post("/account/login/", {"login": buyer.email, "password": "Un-mot-2-passe"})

    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert settings.CSRF_COOKIE_HTTPONLY


# Addresses that people type, and words they were not asked for

NETWORK = re.compile(
    r"^import (requests|httpx|urllib3|http\.client)$|^from (requests|httpx|urllib3) |urlopen\(|create_connection\(",
    re.MULTILINE,
)
SPEAKS = {
    "payments/sandbox/outbox.py": "our own address, on a developer's machine",
    "payments/stripe/client.py": "Stripe's own library",
    "payments/paypal/client.py": "the address of PAYPAL_API_BASE",
    "marketplace/kernel/antivirus.py": "the daemon of CLAMD_URL",
    "marketplace/local": "never in production",
}


def test_only_known_modules_speak_to_the_network():
    root = Path(settings.BASE_DIR)
    apps = ("accounts", "disputes", "marketplace", "messaging", "missions", "offers", "orders", "payments")
    found = {
        page.relative_to(root).as_posix()
        for app in apps
        for page in (root / app).rglob("*.py")
        if NETWORK.search(page.read_text())
    }

    assert {page for page in found if not page.startswith(tuple(SPEAKS))} == set()


DECIDED_BY_THE_TEAM = {
    *("is_staff", "is_superuser", "is_active", "groups", "user_permissions", "password", "status", "state"),
    *("approved_at", "commission_bp", "user", "buyer", "expert", "order", "payment"),
}


def test_no_form_takes_what_only_the_team_decides(db):
    """Forms of the site that save a row by themselves name each field, and none that decides over money or rights."""
    get_resolver().url_patterns  # noqa: B018  # every view, and so every form, is loaded
    ours = [
        form
        for form in _heirs(ModelForm)
        if form.__module__.partition(".")[0]
        in {"accounts", "messaging", "offers", "orders", "payments", "missions"}
        and ".admin" not in form.__module__
        and ".staff" not in form.__module__
    ]

    for form in ours:
        named = set(form._meta.fields or ())
        assert form._meta.fields is not None, form
        assert "__all__" not in named, form
        assert not named & DECIDED_BY_THE_TEAM, form


def _heirs(form):
    for heir in form.__subclasses__():
        yield heir
        yield from _heirs(heir)


def test_what_is_posted_beside_a_form_changes_nothing(client_of, buyer):
    browser = client_of(buyer)
    extra = {
        "is_staff": "on",
        "is_superuser": "on",
        "is_expert": "on",
        "email": "other@exemple.fr",
        "balance": "1",
    }

    browser.post(
        reverse("account_settings"),
        {"first_name": "Thomas", "last_name": "Girard", "language": "fr", **extra},
    )

    before = buyer.email
    buyer.refresh_from_db()
    assert (buyer.is_staff, buyer.is_superuser, buyer.is_expert, buyer.email) == (False, False, False, before)


@pytest.mark.parametrize("secret", ["SECRET_KEY", "SEALING_KEYS", "DATABASE_URL"])
def test_production_does_not_start_without_its_secrets(secret):
    done = under_production("-c", "from django.conf import settings; settings.DEBUG", **{secret: ""})

    assert done.returncode != 0
    assert secret in done.stderr


# Floods


def test_a_flood_of_messages_meets_a_page_that_asks_to_wait_and_nothing_is_written(
    client_of, active_order, monkeypatch
):
    browser = client_of(active_order.buyer)
    path = reverse("order_message", args=[active_order.public_id])
    monkeypatch.setattr(limits, "exceeded", lambda scope, request, rate: scope == "message")
    before = Message.objects.count()

    answer = browser.post(path, {"body": "Bonjour"})

    assert answer.status_code == 429
    assert answer["Retry-After"] == str(rules.MESSAGE_RATE.seconds)
    assert "quelques minutes" in answer.content.decode()
    assert Message.objects.count() == before
    assert Order.objects.get(pk=active_order.pk).state == "active"


def test_each_person_has_a_count_of_their_own_and_it_runs_out(rf, buyer, stranger):
    rate = Rate(times=2, seconds=60)
    mine, theirs = rf.post("/"), rf.post("/")
    mine.user, theirs.user = buyer, stranger

    assert [limits.exceeded("try", mine, rate) for _ in range(3)] == [False, False, True]
    assert not limits.exceeded("try", theirs, rate)
    assert not limits.exceeded("another", mine, rate)
    cache.clear()
    assert not limits.exceeded("try", mine, rate)


def test_without_a_cache_nobody_is_stopped(rf, buyer, monkeypatch):
    asked = rf.post("/")
    asked.user = buyer

    def down(*_args):
        raise ConnectionError

    monkeypatch.setattr(limits.cache, "add", down, raising=False)
    assert not limits.exceeded("try", asked, Rate(times=0, seconds=60))


@pytest.mark.parametrize(
    "route",
    ["order_message", "order_dispute", "dispute_evidence", "document_send", "offer_images", "order_deliver"],
)
def test_what_could_be_flooded_is_counted(route, client_of, expert, monkeypatch):
    monkeypatch.setattr(limits, "exceeded", lambda *_: True)

    assert client_of(expert).post(somewhere(route)).status_code == 429


def test_suggestions_are_counted(client, db, monkeypatch):
    monkeypatch.setattr(limits, "exceeded", lambda *_: True)

    assert client.get(reverse("search_suggestions")).status_code == 429
