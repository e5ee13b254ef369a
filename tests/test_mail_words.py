"""Every kind of notification, written in both languages with what orders really say of it."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from marketplace.kernel import clock
from messaging import actions as messaging
from messaging import words
from messaging.models import Mail, Notification
from orders import actions as order_actions
from orders import notifications
from orders.models import Order, OrderEvent

pytestmark = pytest.mark.django_db

LANGUAGES = ["fr", "en"]
MOMENT = datetime(2026, 11, 23, 13, 20, tzinfo=UTC)


class _Text(HTMLParser):
    """The words and the links of a mail, as a reader has them."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.hidden += tag in ("style", "title")
        if tag == "a":
            self.links.append(found.get("href") or "")
        if tag == "img":
            self.images.append(found)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def read(html: str) -> _Text:
    parser = _Text()
    parser.feed(html)
    return parser


OF_ACCOUNTS = {
    "usable_from_at": MOMENT.isoformat(),
    "account": "FR•• •••• 0189",
    "reasons": "Attestation de vigilance : expirée.",
    "document": "Extrait Kbis",
    "until": "lundi 23 novembre 2026",
    "day": "9 décembre 2026",
    "again": "lundi 23 novembre 2026",
    "why": "Il est illisible",
    "note": "La photo est floue.",
    "who": "Le comité",
    "candidate": "Paul Mercier",
    "ground": "Manquement à la charte ou aux conditions",
    "takes_effect_at": MOMENT.isoformat(),
    "closing": "La facture le montre.",
    "answer": "Nous avons lu votre réponse.",
    "buyer": "Thomas Girard",
    "missing": "Attestation de vigilance : expirée.",
    "name": "Inès Laurent",
    "company": "Chocolaterie des Carmes",
    "role": "Comptable",
}
"""What accounts say of their facts."""

OF_CALLS = {
    "other": "Inès Laurent",
    "call_in": [MOMENT.isoformat(), "Europe/Paris"],
    "new_in": [MOMENT.isoformat(), "America/New_York"],
    "answer_in": [MOMENT.isoformat(), "Europe/Paris"],
}
"""What a call adds, in its reader's zone."""

OF_OTHERS = {
    "count": 2,
    "days": 15,
    "destination": "FR•• •••• 0189",
    "not_before_at": MOMENT.isoformat(),
    "client": "Inès Laurent",
    "label": "Premier versement",
    "n": 1,
    "outcome": "partage",
    "percent": 30,
    "part": 30,
    "number": "FA-2026-0042",
    "seller": "Claire Fontaine",
    "proposer": "Inès Laurent",
    "what": "Une offre",
    "subject": "Une offre",
    "answer_due_at": MOMENT.isoformat(),
    "net_cents": 108_00,
    "expires_at": MOMENT.isoformat(),
    "year": 2026,
    "sent_at": MOMENT.isoformat(),
}
"""What the books, disputes, withdrawals, first messages and personal data say of theirs."""


def params_of(order: Order) -> dict[str, Any]:
    """What orders say of an event, with all that some kinds add."""
    event = order.events.order_by("pk").last()
    assert event is not None
    moments = {
        f"{name}_at": MOMENT.isoformat()
        for name in ("payment_due", "start_due", "due", "acceptance_due", "available")
    }
    extra = {
        "extra": "Diaporama",
        "refund_cents": 120_00,
        "kept_cents": 30_00,
        "withdraw_end_at": MOMENT.isoformat(),
        "withdrawn_at": MOMENT.isoformat(),
        "budget_cents": 900_00,
        "price_cents": 950_00,
        "expires_at": "2026-12-20T09:00:00+00:00",
        "amount_cents": 120_00,
        "rating": 5,
        "author": "Inès",
        "excerpt": "Bonjour & merci <3",
    }
    return notifications._params(event) | moments | extra | OF_ACCOUNTS | OF_CALLS | OF_OTHERS


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", words.kinds())
def test_every_kind_makes_a_whole_mail(kind: str, language: str, completed_order: Order) -> None:
    reader = completed_order.buyer
    User.objects.filter(pk=reader.pk).update(language=language)
    reader.refresh_from_db()
    params = params_of(completed_order)

    messaging.notify(
        reader,
        key=f"test:{kind}",
        kind=kind,
        params=params,
        url_name="order",
        url_args=[completed_order.public_id],
    )

    with translation.override(language):
        said = words.render(kind, params)
        link = settings.SITE_URL + reverse("order", args=[completed_order.public_id])
        money = words.format_money(completed_order.total_cents)
    mail = Mail.objects.get(key=f"test:{kind}:{reader.pk}")
    html = read(mail.html)
    shown = plain(" ".join(html.words))
    assert mail.subject == plain(f"{said.title} ({completed_order.reference})"), (
        "the fact first, the order last"
    )
    for sentence in (said.title, said.body, said.action):
        assert sentence
        assert "%(" not in sentence
        assert plain(sentence) in shown
        assert plain(sentence) in plain(mail.text)
    assert html.links.count(link) == 1, "one button"
    assert link in mail.text
    for row in (completed_order.reference, completed_order.title, money):
        assert plain(row) in shown
        assert row in mail.text
    assert "&amp;" not in mail.text
    assert "&lt;" not in mail.text
    assert f'<html lang="{language}"' in mail.html
    assert all(image.get("alt") and str(image["src"]).startswith(settings.SITE_URL) for image in html.images)
    assert all(address.startswith(settings.SITE_URL) for address in html.links)
    assert "script" not in mail.html.lower()
    assert '<meta name="color-scheme" content="light dark">' in mail.html
    assert Notification.objects.get(user=reader).kind == kind


def test_what_people_type_never_becomes_markup(completed_order: Order) -> None:
    params = params_of(completed_order) | {
        "title": "<img src=x onerror=alert(1)>",
        "excerpt": "<a href='https://piege.example'>x</a>",
    }

    messaging.notify(
        completed_order.buyer,
        key="test",
        kind="message_received",
        params=params,
        url_name="order",
        url_args=[completed_order.public_id],
    )

    mail = Mail.objects.get()
    assert "<img src=x" not in mail.html
    assert not any("piege.example" in link for link in read(mail.html).links)


def test_told_once_even_when_asked_twice(completed_order: Order) -> None:
    for _twice in range(2):
        notifications.announce(completed_order.events.get(kind=OrderEvent.Kind.PAID).pk)

    assert Mail.objects.filter(key__startswith="order_event:").count() == 2, (
        "the buyer and the expert, once each"
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "lundi 23 novembre 2026 à 14\u00a0h\u00a020"),
        ("en", "Monday 23 November 2026, 2:20\u00a0pm"),
    ],
)
def test_moments_read_as_people_say_them(language: str, said: str) -> None:
    with translation.override(language):
        assert clock.in_words(MOMENT) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "mardi 1er décembre 2026 à 9\u00a0h\u00a005"), ("en", "Tuesday 1 December 2026, 9:05\u00a0am")],
)
def test_the_first_of_a_month_is_said_well(language: str, said: str) -> None:
    with translation.override(language):
        assert clock.in_words(datetime(2026, 12, 1, 8, 5, tzinfo=UTC)) == said


@pytest.mark.parametrize("kind", words.kinds())
def test_the_words_name_only_what_orders_say(kind: str, completed_order: Order) -> None:
    """A parameter that no event carries would fail when the notification is read, long after the act."""
    known = set(params_of(completed_order))
    known |= {re.sub("_(cents|at|in)$", "", name) for name in known}
    entry = words._registry[kind]

    for sentence in (entry.title, entry.body, entry.action):
        assert set(re.findall(r"%\((\w+)\)s", str(sentence))) <= known


def test_a_deadline_told_late_is_the_one_that_stood_then(active_order: Order) -> None:
    """A lost queue announces the payment after the expert has started: the words still hold."""
    start_due = active_order.start_due_at
    order_actions.start(active_order, actor=active_order.expert)

    notifications.announce(active_order.events.get(kind=OrderEvent.Kind.PAID).pk)

    with translation.override("fr"):
        assert clock.in_words(start_due) in Mail.objects.get(recipient=active_order.buyer.email).text
