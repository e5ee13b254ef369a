"""The contact page and the inbox of the team: kept, assigned, answered by mail, closed; programs are not heard."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from messaging import actions
from messaging.models import CannedAnswer, ContactAnswer, ContactRequest, Mail
from tests import factories

pytestmark = pytest.mark.django_db
SAID = {
    "topic": "question",
    "name": "Inès Roy",
    "email": "ines@exemple.test",
    "order_reference": "",
    "body": "Travaillez-vous avec des associations ?",
    "website": "",
}


@pytest.fixture
def asked() -> ContactRequest:
    return actions.ask_team(
        name="Inès",
        email="ines@exemple.test",
        topic="abuse",
        body="Un souci.",
        language="en",
        order_reference="J-12",
    )


def url(asked: ContactRequest, act: str = "change") -> str:
    return f"/admin/messaging/contactrequest/{asked.pk}/{act}/"


# --- Asking ---


def test_a_visitor_writes_and_is_given_a_reference(client):  # A17
    response = client.post("/contact/", SAID, follow=True)

    kept = ContactRequest.objects.get()
    assert kept.reference in response.content.decode()
    assert (kept.name, kept.email, kept.language, kept.state) == (
        "Inès Roy",
        "ines@exemple.test",
        "fr",
        "open",
    )
    assert not Mail.objects.exists(), "an address typed by anyone receives nothing"


def test_a_member_is_answered_at_their_own_address_and_acknowledged(client_of, buyer):
    client_of(buyer).post(
        "/en/contact/", SAID | {"order_reference": " j-1042 ", "email": "autre@exemple.test"}
    )

    kept = ContactRequest.objects.get()
    assert (kept.user, kept.email, kept.order_reference, kept.language) == (
        buyer,
        buyer.email,
        "J-1042",
        "en",
    )
    (mail,) = Mail.objects.all()
    assert mail.recipient == buyer.email
    assert kept.reference in mail.subject


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "ines"}, "email"),
        ({"email": ""}, "email"),
        ({"name": ""}, "name"),
        ({"body": "  "}, "body"),
        ({"body": "x" * 5_001}, "body"),
        ({"order_reference": "la mienne"}, "order_reference"),
        ({"topic": "spam"}, "topic"),
    ],
)
def test_a_mistake_is_said_by_its_field_and_the_words_are_kept(client, wrong, field):
    response = client.post("/contact/", SAID | wrong)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert (SAID | wrong)["body"].strip()[:40] in response.content.decode()
    assert not ContactRequest.objects.exists()


def test_a_program_that_fills_in_the_trap_is_thanked_and_not_heard(client):
    response = client.post("/contact/", SAID | {"website": "http://spam.example"}, follow=True)

    assert response.status_code == 200
    assert not ContactRequest.objects.exists()


def test_one_visitor_writes_a_few_times_an_hour(client):
    answers = [client.post("/contact/", SAID).status_code for _n in range(rules.CONTACT_RATE.times + 2)]

    assert answers == [302] * rules.CONTACT_RATE.times + [422] * 2
    assert ContactRequest.objects.count() == rules.CONTACT_RATE.times


def test_the_form_is_protected_against_forgery():
    assert Client(enforce_csrf_checks=True).post("/contact/", SAID).status_code == 403


def test_an_order_and_a_topic_come_with_the_link_from_the_room(client_of, buyer, active_order):
    room = client_of(buyer).get(active_order.get_absolute_url()).content.decode()
    assert f"/contact/?topic=order&amp;order={active_order.reference}" in room

    form = client_of(buyer).get("/contact/", {"topic": "order", "order": active_order.reference})
    assert active_order.reference in form.content.decode()
    assert client_of(buyer).get("/contact/", {"topic": "<b>", "order": "x" * 500}).status_code == 200


def test_markup_in_a_message_stays_text(client, client_of, staff):
    client.post("/contact/", SAID | {"body": "<script>alert(1)</script>", "name": "<b>x</b>"})

    page = client_of(staff).get(url(ContactRequest.objects.get())).content.decode()
    assert "<script>alert(1)" not in page


# --- Answering ---


def test_staff_see_the_answer_before_it_leaves_by_mail_in_the_persons_language(client_of, staff, asked):
    canned = CannedAnswer.objects.create(title="Bonjour", body_fr="Merci.", body_en="Thank you.")
    client = client_of(staff)
    typed = {"canned": canned.pk, "body": "We look into it."}

    assert "Un souci." in client.get(url(asked, "answer")).content.decode(), "one reads what one answers"
    preview = client.post(url(asked, "answer"), typed)
    assert "Thank you." in preview.content.decode()
    assert "Merci." not in preview.content.decode()
    assert not ContactAnswer.objects.exists()

    assert client.post(url(asked, "answer"), typed | {"confirmed": "1"}).status_code == 302
    asked.refresh_from_db()
    (mail,) = Mail.objects.all()
    assert (asked.state, asked.assigned_to) == ("answered", staff)
    assert mail.recipient == "ines@exemple.test"
    assert "Our answer" in mail.subject
    assert "Thank you.\n\nWe look into it." in mail.text
    assert "Un souci." in mail.text
    assert "We look into it." in client.get(url(asked)).content.decode()
    assert LogEntry.objects.filter(object_id=str(asked.pk)).exists()


def test_an_empty_answer_is_refused_and_nothing_leaves(client_of, staff, asked):
    response = client_of(staff).post(url(asked, "answer"), {"canned": "", "body": " ", "confirmed": "1"})

    asked.refresh_from_db()
    assert response.status_code == 422
    assert asked.state == "open"
    assert not Mail.objects.exists()
    with pytest.raises(Refusal):
        actions.answer_request(asked, actor=staff, body=" ")


def test_a_request_is_assigned_closed_and_opened_again(client_of, staff, asked):
    client = client_of(staff)
    colleague = factories.make_user("Agathe", "Noël", is_staff=True)

    client.post(url(asked, "assign"), {"to": colleague.pk})
    client.post(url(asked, "close"), {"reason": "Doublon."})
    asked.refresh_from_db()
    assert (asked.assigned_to, asked.state) == (colleague, "closed")
    assert asked.settled_at is not None

    client.post(url(asked, "reopen"), {"reason": "Pas un doublon."})
    asked.refresh_from_db()
    assert (asked.state, asked.settled_at) == ("open", None)
    assert not Mail.objects.exists()


def test_only_the_team_acts_and_only_the_team_is_assigned(asked, buyer, staff):
    for act in (
        lambda: actions.answer_request(asked, actor=buyer, body="x"),
        lambda: actions.close_request(asked, actor=buyer),
        lambda: actions.reopen_request(asked, actor=buyer),
        lambda: actions.assign_request(asked, actor=staff, to=buyer),
    ):
        with pytest.raises(Refusal):
            act()
    asked.refresh_from_db()
    assert (asked.state, asked.assigned_to) == ("open", None)


def test_the_inbox_is_sorted_filtered_searched_and_leads_to_the_order(client_of, staff, asked):
    with time_machine.travel(clock.now() - timedelta(days=3), tick=False):
        older = actions.ask_team(name="A", email="a@b.test", topic="other", body="Vieux.", language="fr")
    client = client_of(staff)

    listed = client.get("/admin/messaging/contactrequest/", {"state__exact": "open"}).content.decode()
    assert listed.index(older.reference) < listed.index(asked.reference), "the oldest first"
    assert "?q=J-12" in listed
    found = client.get("/admin/messaging/contactrequest/", {"q": asked.reference}).content.decode()
    assert older.reference not in found
    assert asked.reference in found
    mine = client.get("/admin/messaging/contactrequest/", {"whose": "mine"}).content.decode()
    assert asked.reference not in mine


def test_the_home_of_the_team_counts_what_waits(client_of, staff, asked):
    home = client_of(staff).get("/admin/")

    (waiting,) = [row for row in home.context["waiting"] if "contactrequest" in row.url]
    assert (waiting.count, waiting.oldest) == (1, asked.created_at)
