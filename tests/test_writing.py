"""Rows of several tables go in one statement."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from marketplace.kernel.writing import add, draw, draw_many, write
from messaging.models import Conversation, Message, Participant
from offers.models import Offer
from tests import factories


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


def test_several_rows_of_one_table_get_keys_beforehand_and_change_in_one_statement(
    buyer, django_assert_num_queries
):
    keys = draw_many(Conversation, 3)
    threads = [Conversation(pk=key, subject=f"Devis {key}") for key in keys]
    write([threads])
    for thread_ in threads:
        thread_.subject = f"Autre {thread_.pk}"

    with django_assert_num_queries(1):
        write(changed=[(thread_, ["subject"]) for thread_ in threads])

    assert dict(Conversation.objects.values_list("pk", "subject")) == {key: f"Autre {key}" for key in keys}
    with pytest.raises(DatabaseError, match="not there"), transaction.atomic():
        write(changed=[(thread_, ["subject"]) for thread_ in [*threads, Conversation(pk=max(keys) + 1)]])


def test_counters_grow_by_what_each_is_given_and_rows_that_are_gone_are_left(expert):
    offers = [factories.make_offer(expert, title=f"Étude {number}") for number in range(3)]

    add(Offer, "completed_count", {offers[0].pk: 2, offers[2].pk: 1, 0: 5})
    add(Offer, "completed_count", {offers[0].pk: 1})

    counted = Offer.objects.order_by("pk").values_list("completed_count", flat=True)
    assert list(counted) == [3, 0, 1]
