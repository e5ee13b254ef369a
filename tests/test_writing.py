"""Rows of several tables go in one statement."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from marketplace.kernel.writing import draw, write
from messaging.models import Conversation, Message, Participant


def thread(*people):
    [key] = draw(Conversation)
    conversation = Conversation(pk=key, subject="Devis")
    return conversation, [Participant(conversation=conversation, user=person) for person in people]


def test_rows_that_name_each_other_are_written_at_once(buyer, expert, django_assert_num_queries):
    conversation, places = thread(buyer, expert)
    words = Message(conversation=conversation, author=buyer, body="0612345678", contact_details=["phone"])

    with django_assert_num_queries(1):
        write([conversation, places, [], words])

    kept = Message.objects.get()
    assert (kept.pk, kept.contact_details) == (words.pk, ["phone"])
    assert {place.user for place in kept.conversation.participants.all()} == {buyer, expert}
    assert not words._state.adding


def test_fields_of_locked_rows_are_saved_with_them_and_no_other(buyer):
    conversation, places = thread(buyer)
    write([conversation, places])
    words = Message(conversation=conversation, author=buyer, body="Bonjour")
    conversation.last_message_at, conversation.subject = words.created_at, "Autre"

    write([words], [(conversation, ["last_message_at"])])

    conversation.refresh_from_db()
    assert (conversation.last_message_at, conversation.subject) == (words.created_at, "Devis")


def test_nothing_is_written_when_a_part_is_refused(buyer):
    conversation, _places = thread(buyer)
    with pytest.raises(IntegrityError), transaction.atomic():
        write([conversation, *(Participant(conversation=conversation, user=buyer) for _ in range(2))])
    with pytest.raises(DatabaseError, match="not there"), transaction.atomic():
        write([Conversation(subject="Seul")], [(conversation, ["subject"])])

    assert not Conversation.objects.exists()
