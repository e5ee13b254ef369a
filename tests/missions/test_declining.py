"""An expert says no to a company that wrote to them: without penalty, with a word, and not for ever."""  # K48

import pytest
from django.urls import reverse

from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from messaging.models import Message, Notification
from missions import actions


@pytest.fixture
def contact(talk):
    return talk.contact


def told(user, kind):
    return Notification.objects.filter(user=user, kind=kind).count()


def test_the_company_reads_the_answer_and_where_to_look_next(contact, buyer, expert, client_of):
    address = reverse("conversation_decline", args=[contact.public_id])
    page = client_of(expert).get(contact.get_absolute_url()).content.decode()
    assert address in page
    for _twice in range(2):
        client_of(expert).post(address, {"words": "Merci, mais mon agenda est plein."})

    contact.refresh_from_db()
    assert contact.declined_at is not None
    assert not contact.conversation.is_open
    assert Message.objects.filter(body="Merci, mais mon agenda est plein.").count() == 1
    assert told(buyer, "contact_declined") == 1
    page = client_of(buyer).get(contact.get_absolute_url()).content.decode()
    assert reverse("experts") in page
    with pytest.raises(Refusal):
        messaging.write_in_contact(contact, author=buyer, body="S'il vous plaît.")


def test_the_expert_takes_the_talk_up_again(contact, buyer, expert, client_of):
    actions.decline_talk(contact, actor=expert, body="Pas cette fois.")
    for _twice in range(2):
        client_of(expert).post(reverse("conversation_resume", args=[contact.public_id]))

    contact.refresh_from_db()
    assert contact.declined_at is None
    assert told(buyer, "contact_resumed") == 1
    messaging.write_in_contact(contact, author=buyer, body="Merci !")


def test_a_word_is_needed_and_what_was_typed_stays(contact, expert, client_of):
    answer = client_of(expert).post(reverse("conversation_decline", args=[contact.public_id]), {"words": " "})

    assert answer.status_code == 422
    contact.refresh_from_db()
    assert contact.declined_at is None


def test_a_quote_that_waits_or_a_mission_that_runs_is_not_left_that_way(quote, expert):
    contact = quote.conversation.contact
    with pytest.raises(Refusal):
        actions.decline_talk(contact, actor=expert, body="Non.")
    actions.accept(quote, actor=quote.client, name="Thomas Girard", digest=quote.digest, siren="303265045")
    with pytest.raises(Refusal):
        actions.decline_talk(contact, actor=expert, body="Non.")

    contact.refresh_from_db()
    assert contact.conversation.is_open


def test_only_the_expert_declines(contact, buyer):
    with pytest.raises(Refusal):
        messaging.decline_contact(contact, actor=buyer, body="Non.")
