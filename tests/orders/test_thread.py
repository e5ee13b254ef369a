"""The conversation of an order: previews, read marks, sendings that come twice, two people at once, and its end."""

import io
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from PIL import Image

from marketplace.kernel import clock
from messaging import actions as messaging
from messaging import previews
from messaging.models import Attachment, Message, Participant
from orders import actions
from orders.models import OrderEvent
from tests import factories


def a_photo(name="photo.jpg", size=(1600, 1200), **options) -> object:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Paris 48.85 2.35"
    Image.new("RGB", size, "#B65C2A").save(buffer, "JPEG", exif=exif, **options)
    return factories.a_file(name, buffer.getvalue())


def send(client, order, **sent):
    return client.post(f"{order.get_absolute_url()}messages/", sent)


# --- Previews ---


def test_a_picture_is_shown_small_without_its_metadata_to_those_who_may_read(
    client_of, buyer, expert, stranger, staff, active_order
):
    actions.say(active_order, author=buyer, body="Voici.", files=[a_photo()])
    address = Attachment.objects.get().preview_url

    page = client_of(expert).get(active_order.get_absolute_url()).content.decode()
    response = client_of(expert).get(address)

    assert f'src="{address}"' in page
    content = b"".join(response.streaming_content)
    shown = Image.open(io.BytesIO(content))
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]
    assert shown.size == (640, 480)
    assert not shown.getexif()
    assert b"48.85" not in content
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(staff).get(address).status_code == 200


def test_a_preview_has_no_public_address(active_order, buyer):
    actions.say(active_order, author=buyer, body="", files=[a_photo()])
    drawn = previews.draw(Attachment.objects.get())

    with pytest.raises(ValueError, match="URL"):
        _ = drawn.preview.url
    assert previews.draw(drawn).preview.name == drawn.preview.name, "drawn once"


def test_a_picture_that_cannot_be_read_is_a_plain_file(client_of, active_order, buyer, expert):
    whole = a_photo().read()
    actions.say(active_order, author=buyer, body="", files=[factories.a_file("coupee.jpg", whole[:400])])
    address = Attachment.objects.get().preview_url

    assert client_of(expert).get(address).status_code == 404
    page = client_of(expert).get(active_order.get_absolute_url()).content.decode()
    assert address not in page
    assert "coupee.jpg" in page


def test_other_files_have_a_tile_with_their_size_and_no_preview(client_of, active_order, buyer, expert):
    actions.say(active_order, author=buyer, body="", files=[factories.a_file("plan.pdf")])

    page = client_of(expert).get(active_order.get_absolute_url()).content.decode()

    assert "file-tile file-pdf" in page
    assert "file-picture" not in page


# --- Sent once ---


def test_the_same_page_sent_twice_says_it_once(client_of, active_order, buyer):
    token = uuid.uuid4()
    client = client_of(buyer)

    for _click in range(2):
        assert send(client, active_order, body="Bonjour", token=token).status_code == 302

    assert Message.objects.filter(kind="text").count() == 1
    assert active_order.events.filter(kind=OrderEvent.Kind.MESSAGE).count() == 1


def test_a_page_gone_back_to_may_say_something_else(client_of, active_order, buyer):
    token = uuid.uuid4()
    client = client_of(buyer)

    send(client, active_order, body="Bonjour", token=token)
    send(client, active_order, body="Et aussi ceci", token=token)

    assert list(Message.objects.filter(kind="text").values_list("body", flat=True)) == [
        "Bonjour",
        "Et aussi ceci",
    ]


def test_a_nonsense_token_loses_no_words(client_of, active_order, buyer):
    assert send(client_of(buyer), active_order, body="Mon texte", token="x").status_code in (302, 422)
    answer = send(client_of(buyer), active_order, body="Mon texte", token="")

    assert answer.status_code == 302
    assert Message.objects.filter(body="Mon texte").exists()


# --- Reading ---


def test_what_is_written_while_a_page_is_on_its_way_stays_unread(active_order, buyer, expert):
    seen = actions.say(active_order, author=expert, body="Lu.").created_at
    actions.say(active_order, author=expert, body="Pas encore vu.")

    messaging.mark_read(active_order.conversation, buyer, until=seen)

    from messaging import queries

    assert queries.unread_messages(buyer) == 1


def test_a_read_mark_never_goes_back(active_order, buyer):
    messaging.mark_read(active_order.conversation, buyer)
    place = Participant.objects.get(conversation=active_order.conversation, user=buyer)

    messaging.mark_read(active_order.conversation, buyer, until=clock.now() - timedelta(days=1))

    assert Participant.objects.get(pk=place.pk).last_read_at == place.last_read_at


def test_looking_marks_read_up_to_the_last_thing_shown(client_of, active_order, buyer, expert):
    actions.say(active_order, author=expert, body="Un mot.")
    client_of(buyer).get(active_order.get_absolute_url())
    place = Participant.objects.get(conversation=active_order.conversation, user=buyer)

    assert place.last_read_at == active_order.events.latest("created_at").created_at
    page = client_of(expert).get(active_order.get_absolute_url()).content.decode()
    assert page.count("message-read") == 1


def test_a_thread_known_by_its_tag_answers_304(client_of, active_order, buyer, expert):
    client = client_of(buyer)
    address = f"{active_order.get_absolute_url()}thread/"
    first = client.get(address, HTTP_HX_REQUEST="true")

    again = client.get(address, HTTP_HX_REQUEST="true", HTTP_IF_NONE_MATCH=first["ETag"])
    actions.say(active_order, author=expert, body="Du nouveau.")
    news = client.get(address, HTTP_HX_REQUEST="true", HTTP_IF_NONE_MATCH=first["ETag"])

    assert first.status_code == 200
    assert again.status_code == 304
    assert again.content == b""
    assert news.status_code == 200
    assert news["ETag"] != first["ETag"]


# --- The end ---


# B18, D4
def test_after_the_end_the_thread_is_locked_readable_and_downloadable(
    client_of, delivered_order, buyer, expert
):  # A35, E41
    actions.say(delivered_order, author=buyer, body="Merci pour ce plan.", files=[factories.a_file()])
    actions.accept_delivery(delivered_order, actor=buyer)

    for side in (buyer, expert):
        client = client_of(side)
        refused = send(client, delivered_order, body="Encore un mot")
        page = client.get(delivered_order.get_absolute_url()).content.decode()
        assert refused.status_code == 422
        assert "Encore un mot" in refused.content.decode(), "the draft can still be copied"
        assert "Merci pour ce plan." in page
        assert client.get(Attachment.objects.get().url).status_code == 200
        assert client.get(f"{delivered_order.get_absolute_url()}file/").status_code == 200
    assert not Message.objects.filter(body="Encore un mot").exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_writing_at_once_lose_nothing(active_order, buyer, expert):
    """Real threads: every word is kept, in one order that both read, and each is an event."""
    order = active_order
    gate, mistakes = threading.Barrier(2), []

    def write(author, name):
        try:
            gate.wait(5)
            for n in range(6):
                actions.say(order, author=author, body=f"{name} {n}")
        except Exception as error:
            mistakes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=pair) for pair in ((buyer, "A"), (expert, "B"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    bodies = list(Message.objects.filter(kind="text").values_list("body", flat=True))
    assert mistakes == []
    assert sorted(bodies) == sorted(f"{name} {n}" for name in "AB" for n in range(6))
    assert [b for b in bodies if b[0] == "A"] == [f"A {n}" for n in range(6)]
    moments = list(Message.objects.values_list("created_at", flat=True))
    assert moments == sorted(set(moments)), "no two words share a moment: a read mark never hides one"
    assert order.events.filter(kind=OrderEvent.Kind.MESSAGE).count() == 12
