"""What comes by mail is a choice, but for what a right or a sum depends on; a link in each mail stops it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from messaging import actions, preferences, tasks, words
from messaging.models import Mail, MailPreference, Notification
from messaging.words import Topic

ADDRESS = "/notifications/settings/"
PARAMS = {"author": "Claire", "excerpt": "Bonjour", "title": "Plan", "reference": "J-1", "buyer": "Inès"}
NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # nine o'clock in Paris


def tell(user, kind="message_received", key="k", **params):
    return actions.notify(user, key=key, kind=kind, params=PARAMS | params, url_name="buyer_orders")


def mails(user) -> list[Mail]:
    return list(Mail.objects.filter(recipient=user.email).order_by("pk"))


def path_of(address: str) -> str:
    return address.removeprefix(settings.SITE_URL)


# --- Choosing ---


def test_without_a_choice_everything_comes_at_once(buyer):
    assert tell(buyer)
    assert not tell(buyer), "told once"

    assert len(mails(buyer)) == 1
    assert Notification.objects.get().by_mail == "own"


def test_the_page_keeps_a_choice_for_each_topic(client_of, buyer):
    chosen = {"progress": "daily", "message": "never", "reminder": "daily", "review": "at_once"}
    client = client_of(buyer)

    assert client.post(ADDRESS, chosen)["Location"] == ADDRESS

    assert preferences.choices_of(buyer) == chosen
    page = client.get(ADDRESS).content.decode()
    assert page.count("checked") == 4


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"progress": "daily", "message": "never", "reminder": "never", "review": "at_once"},
        {"progress": "hourly", "message": "never", "reminder": "daily", "review": "at_once"},
    ],
)
def test_a_choice_there_is_not_says_so_and_changes_nothing(client_of, buyer, sent):
    response = client_of(buyer).post(ADDRESS, sent)

    assert response.status_code == 422
    assert not MailPreference.objects.exists()


def test_what_is_turned_off_is_still_told_on_the_site(buyer):
    actions.choose_mail(buyer, {"message": "never"})

    tell(buyer)

    assert mails(buyer) == []
    assert Notification.objects.get().by_mail == ""


def test_money_deadlines_and_decisions_are_always_sent(buyer):
    actions.choose_mail(buyer, {topic.value: "never" for topic in Topic})
    MailPreference.objects.create(user=buyer, topic="essential", choice="never")

    tell(buyer, "payment_declined")

    assert len(mails(buyer)) == 1
    assert mails(buyer)[0].unsubscribe_url == ""


def test_reminders_can_be_gathered_but_not_stopped(buyer):
    actions.choose_mail(buyer, {"reminder": "never"})
    assert preferences.choice_of(buyer, Topic.REMINDER) == "at_once"

    actions.choose_mail(buyer, {"reminder": "daily"})
    assert preferences.choice_of(buyer, Topic.REMINDER) == "daily"


def test_every_kind_has_a_topic_and_only_mild_ones_may_be_stopped():
    stoppable = {kind for kind in words.kinds() if words.topic_of(kind).may_be_stopped}

    assert "message_received" in stoppable
    for kind in stoppable:
        assert not any(
            word in kind
            for word in ("refund", "payment", "paid", "dispute", "resolved", "cancelled", "reminder")
        ), kind
        assert kind != "order_delivered", "acceptance runs from it"


# --- Once a day ---


def test_the_daily_mail_gathers_what_was_not_read_and_comes_once(buyer):
    actions.choose_mail(buyer, {"message": "daily", "review": "daily"})
    with time_machine.travel(NINE - timedelta(hours=3), tick=False):
        tell(buyer, key="a", excerpt="Premier mot")
        tell(buyer, "review_answered", key="b")
        tell(buyer, key="c", excerpt="Déjà lu")
        Notification.objects.filter(key="c").update(read_at=NINE)
        assert tasks.send_digests() == 0, "not before its hour"
    with time_machine.travel(NINE, tick=False):
        tell(buyer, key="d", excerpt="Trop tard pour aujourd’hui")
        sent = [tasks.send_digests() for _run in range(3)]

    (digest,) = mails(buyer)
    assert sent == [1, 0, 0]
    assert "Premier mot" in digest.text
    assert "Premier mot" in digest.html
    assert "Déjà lu" not in digest.text
    assert "Trop tard" not in digest.text
    assert digest.unsubscribe_url in digest.text
    dark = digest.html.partition("prefers-color-scheme: dark")[2].partition("</style>")[0]
    assert "\n      a { color: #7CCFDB !important; }" in dark, (
        "a link carries its colour, which dark must overrule"
    )
    with time_machine.travel(NINE + timedelta(days=1), tick=False):
        assert tasks.send_digests() == 1
    assert "Trop tard" in mails(buyer)[-1].text


def test_a_daily_mail_of_things_all_read_is_not_sent(buyer):
    actions.choose_mail(buyer, {"message": "daily"})
    with time_machine.travel(NINE - timedelta(hours=3), tick=False):
        tell(buyer)
    actions.read_notifications(buyer)
    with time_machine.travel(NINE, tick=False):
        assert tasks.send_digests() == 0
    assert mails(buyer) == []


@pytest.mark.parametrize(("hours", "own"), [(30, True), (60, False)])
def test_a_reminder_whose_date_is_near_does_not_wait_for_the_daily_mail(buyer, hours, own):
    actions.choose_mail(buyer, {"reminder": "daily"})
    with time_machine.travel(NINE, tick=False):
        tell(buyer, "reminder_acceptance", acceptance_due_at=(NINE + timedelta(hours=hours)).isoformat())

    assert bool(mails(buyer)) == own


def test_the_daily_mail_speaks_the_readers_language(buyer):
    buyer.language = "en"
    buyer.save()
    actions.choose_mail(buyer, {"message": "daily"})
    with time_machine.travel(NINE - timedelta(hours=3), tick=False):
        tell(buyer)
    with time_machine.travel(NINE, tick=False):
        tasks.send_digests()

    (digest,) = mails(buyer)
    assert digest.subject == "1 thing to see today"
    assert "/en/" in digest.unsubscribe_url


# --- The link ---


def test_one_click_stops_these_mails_signed_out_and_without_a_form(buyer):
    """RFC 8058: the mail program posts `List-Unsubscribe=One-Click`, with no cookie and no token of ours."""
    tell(buyer)
    address = path_of(mails(buyer)[0].unsubscribe_url)
    program = Client(enforce_csrf_checks=True)

    response = program.post(address, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert preferences.choice_of(buyer, Topic.MESSAGE) == "never"
    assert preferences.choice_of(buyer, Topic.REVIEW) == "at_once", "the others still come"
    assert buyer.email not in response.content.decode()


def test_opening_the_link_stops_nothing(client, buyer):
    """Mail scanners open every address: only a person, or one click, stops."""
    address = path_of(preferences.unsubscribe_url(buyer, Topic.MESSAGE))

    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200
    assert not MailPreference.objects.exists()


@pytest.mark.parametrize(
    ("before", "topic"), [("at_once", Topic.MESSAGE), ("daily", Topic.MESSAGE), ("daily", None)]
)
def test_it_can_be_undone_on_the_spot_and_comes_as_before(client, buyer, before, topic):
    actions.choose_mail(buyer, {"message": before})
    address = path_of(preferences.unsubscribe_url(buyer, topic))
    page = client.post(address).content.decode()
    assert preferences.choice_of(buyer, Topic.MESSAGE) == "never"

    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page))
    client.post(address, {"again": "1", **kept})

    assert preferences.choice_of(buyer, Topic.MESSAGE) == before


def test_the_link_of_the_daily_mail_stops_what_comes_in_it(client, buyer):
    actions.choose_mail(buyer, {"message": "daily", "reminder": "daily", "review": "at_once"})

    client.post(path_of(preferences.unsubscribe_url(buyer)))

    assert preferences.choices_of(buyer) == {
        "progress": "at_once",
        "message": "never",
        "reminder": "daily",
        "review": "at_once",
    }


@pytest.mark.parametrize("mangle", [lambda t: t[:-2] + "xx", lambda t: "x", lambda t: t.split(":")[0]])
def test_a_forged_link_is_found_nowhere(client, buyer, mangle):
    token = preferences.unsubscribe_url(buyer, Topic.MESSAGE).rstrip("/").rsplit("/", 1)[-1]

    assert client.get(f"/unsubscribe/{mangle(token)}/").status_code == 404
    assert client.post(f"/unsubscribe/{mangle(token)}/").status_code == 404
    assert not MailPreference.objects.exists()


@pytest.mark.parametrize("topic", [Topic.ESSENTIAL, Topic.REMINDER])
def test_no_link_stops_what_must_leave(client, buyer, topic):
    assert client.post(path_of(preferences.unsubscribe_url(buyer, topic))).status_code == 404


@pytest.mark.parametrize("side", ["buyer", "expert"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_speak_both_languages(request, client_of, side, prefix):
    page = client_of(request.getfixturevalue(side)).get(prefix + ADDRESS).content.decode()

    assert f'<html lang="{prefix.strip("/") or "fr"}"' in page
