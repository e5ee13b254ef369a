"""A company writes to an expert from a profile; an expert never begins."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from messaging import actions, replies
from messaging.models import Contact, Message, Notification
from tests import factories


@pytest.fixture
def contact(buyer, expert):
    return actions.make_contact(
        company=buyer, expert=expert, subject="Premier échange", body="Bonjour Claire."
    )


def address(expert):
    return reverse("expert_contact", args=[expert.expert_profile.slug])


# K9
def test_a_company_writes_from_a_profile_and_both_go_on_freely(buyer, expert, client_of):  # K39, K40
    company, other = client_of(buyer), client_of(expert)
    profile = company.get(expert.expert_profile.get_absolute_url()).content.decode()
    assert address(expert) in profile

    company.post(address(expert), {"body": "Pouvez-vous m'aider ?", "files": [factories.a_file()]})
    contact = Contact.objects.get()
    page = reverse("conversation", args=[contact.public_id])
    assert page in other.get(reverse("conversations")).content.decode()
    assert "Pouvez-vous" in other.get(page).content.decode()
    other.post(page, {"body": "Bien sûr, appelez le 06 12 34 56 78."})
    read = company.get(page).content.decode()

    assert "Bien sûr" in read
    assert contact.conversation.messages.last().contact_details  # noted, never blocked
    assert Notification.objects.filter(user=expert, kind="contact_message").count() == 1
    assert Notification.objects.filter(user=buyer, kind="contact_message").count() == 1


def test_its_files_open_for_both_sides_and_nobody_else(buyer, expert, stranger, client_of):
    contact = actions.make_contact(
        company=buyer, expert=expert, subject="Dossier", body="Voici.", files=[factories.a_file()]
    )
    file = contact.conversation.messages.get().attachments.get()

    assert client_of(buyer).get(file.url).status_code == 200
    assert client_of(expert).get(file.url).status_code == 200
    assert client_of(stranger).get(file.url).status_code == 404


def test_an_expert_can_never_open_a_conversation(expert, buyer, client_of):  # K39
    colleague = factories.make_expert("Paul", "Renard")
    assert client_of(colleague).post(address(expert), {"body": "Bonjour"}).status_code == 404
    with pytest.raises(Refusal):
        actions.make_contact(company=expert, expert=colleague, subject="x", body="Bonjour")
    with pytest.raises(Refusal):
        actions.make_contact(company=expert, expert=buyer, subject="x", body="Bonjour")
    assert not Contact.objects.exists()
    assert not Message.objects.exists()


def test_an_offer_leads_to_a_message_only_where_its_expert_allows_it(offer, buyer, expert, client_of):  # B32
    client = client_of(buyer)
    link = f"{address(expert)}?offer={offer.pk}"
    assert link not in client.get(offer.get_absolute_url()).content.decode()
    assert client.post(link, {"body": "Une question"}).status_code == 404
    assert not Contact.objects.exists()

    client_of(expert).post(reverse("profile_availability"), {"part": "contact", "allowed": "1"})
    assert link in client.get(offer.get_absolute_url()).content.decode()
    client.post(link, {"body": "Une question"})

    assert Contact.objects.get().conversation.subject == offer.title


def test_writing_again_joins_the_same_conversation(contact, buyer, expert, client_of):
    again = actions.make_contact(company=buyer, expert=expert, subject="Autre", body="Encore moi.")
    assert again == contact
    assert contact.conversation.messages.count() == 2
    assert client_of(buyer).get(address(expert)).url == contact.get_absolute_url()


def test_a_day_has_only_so_many_first_messages(buyer, monkeypatch):
    monkeypatch.setattr(rules, "MAX_CONTACTS_A_DAY", 1)
    actions.make_contact(company=buyer, expert=factories.make_expert("A", "B"), subject="x", body="Bonjour")
    with pytest.raises(Refusal):
        actions.make_contact(
            company=buyer, expert=factories.make_expert("C", "D"), subject="x", body="Bonjour"
        )
    assert Contact.objects.count() == 1


def test_an_empty_message_is_refused_next_to_its_field(buyer, expert, client_of):
    answer = client_of(buyer).post(address(expert), {"body": "  "})
    assert answer.status_code == 422
    assert not Contact.objects.exists()


def test_strangers_find_no_conversation(contact, stranger, client_of):
    page = contact.get_absolute_url()
    assert client_of(stranger).get(page).status_code == 404
    assert client_of(stranger).post(page, {"body": "Bonjour"}).status_code == 404
    assert contact.conversation.messages.count() == 1


def test_the_usual_reply_time_is_measured_on_what_was_written(contact, buyer, expert):
    start = clock.now() + timedelta(hours=1)
    for round_, minutes in enumerate((10, 30, 600)):
        with time_machine.travel(start + timedelta(days=round_), tick=False):
            actions.write_in_contact(contact, author=buyer, body="Question")
        with time_machine.travel(start + timedelta(days=round_, minutes=minutes), tick=False):
            assert replies.usual_minutes(expert, start) is None or round_ == 2
            actions.write_in_contact(contact, author=expert, body="Réponse")

    with time_machine.travel(start + timedelta(days=4), tick=False):
        assert replies.usual_minutes(expert, start) == 30
        replies.measure()
    expert.expert_profile.refresh_from_db()
    assert expert.expert_profile.usual_reply_minutes
