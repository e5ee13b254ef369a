"""Private files: downloaded by the people of the order alone, never run by a browser."""

import uuid

import pytest
from django.urls import reverse

from messaging.models import Attachment
from orders import actions
from orders.models import DeliverableFile
from tests import factories


@pytest.fixture
def files(delivered_order):
    """The addresses of an attachment and of a deliverable's file."""
    actions.say(
        delivered_order,
        author=delivered_order.buyer,
        body="Mes devis.",
        files=[factories.a_file("devis été.pdf"), factories.a_file("liste.csv", b"a;<script>\n")],
    )
    return [Attachment.objects.get(name="devis été.pdf").url, DeliverableFile.objects.get().url]


@pytest.mark.parametrize("side", ["buyer", "expert", "staff"])
def test_both_parties_and_staff_download(request, client_of, files, side):
    client = client_of(request.getfixturevalue(side))

    for address in files:
        response = client.get(address)
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == factories.PDF
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]


def test_a_name_with_accents_survives(client_of, buyer, files):
    assert "devis%20%C3%A9t%C3%A9.pdf" in client_of(buyer).get(files[0])["Content-Disposition"]


def test_text_is_sent_as_what_it_was_checked_to_be(client_of, buyer, files):
    response = client_of(buyer).get(Attachment.objects.get(name="liste.csv").url)

    assert response["Content-Type"] == "text/csv"
    assert response["Content-Disposition"].startswith("attachment;")


def test_strangers_and_visitors_get_nothing(client, client_of, stranger, files):
    for address in files:
        assert client_of(stranger).get(address).status_code == 404
        assert client.get(address).status_code == 302


def test_the_buyer_of_another_order_of_the_same_expert_gets_nothing(client_of, stranger, offer, files):
    factories.pay(factories.place(stranger, offer))

    for address in files:
        assert client_of(stranger).get(address).status_code == 404


def test_unknown_and_swapped_ids_are_not_there(client_of, buyer, files):
    client = client_of(buyer)

    assert client.get(reverse("attachment", args=[uuid.uuid4()])).status_code == 404
    assert client.get(reverse("deliverable_file", args=[uuid.uuid4()])).status_code == 404
    assert (
        client.get(reverse("deliverable_file", args=[Attachment.objects.first().public_id])).status_code
        == 404
    )


def test_a_file_lost_by_the_disk_is_not_there_rather_than_an_error(client_of, buyer, files):
    attachment = Attachment.objects.get(name="devis été.pdf")
    attachment.file.storage.delete(attachment.file.name)

    assert client_of(buyer).get(attachment.url).status_code == 404


def test_files_cannot_be_posted_to(client_of, buyer, files):
    for address in files:
        assert client_of(buyer).post(address).status_code == 405
