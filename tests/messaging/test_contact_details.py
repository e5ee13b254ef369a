"""Contact details in what people write: seen, said kindly to the writer and to staff, never edited nor held back."""

import json
import re

import pytest

from marketplace.kernel import contact_details
from messaging.models import Message
from orders import actions
from tests import factories

SEEN = [
    ("Écrivez-moi à camille.roy+pro@exemple.fr", ["email"]),
    ("camille (at) exemple (point) fr", ["email"]),
    ("Mon portable : 06 12 34 56 78.", ["phone"]),
    ("+33 (0)6 12 34 56 78", ["phone"]),
    ("06.12.34.56.78 ou 0033612345678", ["phone"]),
    ("+44 20 7946 0958", ["phone"]),
    ("Passons sur WhatsApp", ["platform"]),
    ("https://www.malt.fr/profile/camille", ["platform"]),
    ("FR76 3000 6000 0112 3456 7890 189", ["iban"]),
    ("fr7630006000011234567890189 merci", ["iban"]),
    ("DE89370400440532013000", ["iban"]),
    ("camille@exemple.fr, 06 12 34 56 78", ["email", "phone"]),
]
INNOCENT = [
    "",
    "Bonjour, je commence lundi.",
    "Le devis est de 12 500,00 € pour 24 mois, soit 300 000 €.",
    "Commande J-1042, version 2.1.3, le 23/11/2026 à 14 h 20.",
    "SIRET 732 829 320 00074, SIREN 732829320",
    "Facture 2026-0612345678-A et 1 234 567 890 lignes",
    "La cellule B12:C34 @ 3 % l’an",
    "FR12 3456 7890 1234 5678 9012 345 n’est pas un compte",
    "Marché malté, équipe slack de 12 personnes",
]


@pytest.mark.parametrize(("text", "kinds"), SEEN)
def test_contact_details_are_seen(text, kinds):  # A30, A31
    assert contact_details.find(text) == kinds


@pytest.mark.parametrize("text", INNOCENT)
def test_figures_dates_and_references_are_no_contact_details(text):
    assert contact_details.find(text) == []


@pytest.mark.parametrize("text", ["a" * 5_000 + "@" + "1 " * 2_500, "FR76 " * 1_000, "+33 " * 1_200])
def test_long_texts_that_only_begin_like_contact_details_are_none(text):
    assert contact_details.find(text) == []


def test_a_message_with_a_phone_number_is_sent_as_written_and_only_its_writer_is_told(
    client_of, buyer, expert, active_order
):  # A30, A31, E25: not edited, not blocked
    words = "Appelez-moi au 06 12 34 56 78 & merci."
    response = client_of(buyer).post(f"{active_order.get_absolute_url()}messages/", {"body": words})

    assert response.status_code == 302
    said = Message.objects.get(kind="text")
    assert said.body == words
    assert said.contact_details == ["phone"]
    mine = client_of(buyer).get(active_order.get_absolute_url()).content.decode()
    theirs = client_of(expert).get(active_order.get_absolute_url()).content.decode()
    assert "message-warning" in mine
    assert "un numéro de téléphone" in mine
    assert "message-warning" not in theirs
    assert "06 12 34 56 78" in theirs


def test_several_details_are_named_as_people_name_them(client_of, buyer, active_order):  # A30
    words = "Appelez-moi au 06 12 34 56 78 ou écrivez à ines@exemple.fr."
    client_of(buyer).post(f"{active_order.get_absolute_url()}messages/", {"body": words})

    page = client_of(buyer).get(active_order.get_absolute_url()).content.decode()

    assert "une adresse e-mail et un numéro de téléphone" in page


def test_staff_see_which_messages_hold_contact_details(client_of, staff, buyer, active_order):
    actions.say(active_order, author=buyer, body="Mon adresse : a@exemple.fr")
    actions.say(active_order, author=buyer, body="Rien de tel ici.")
    client = client_of(staff)

    room = client.get(active_order.get_absolute_url()).content.decode()
    listed = client.get("/admin/messaging/message/", {"contact": "email"}).content.decode()
    none = client.get("/admin/messaging/message/", {"contact": "iban"}).content.decode()

    assert room.count("message-warning") == 1
    assert "a@exemple.fr" in listed
    assert "Rien de tel ici." not in listed
    assert "a@exemple.fr" not in none


def test_the_composer_carries_the_patterns_of_the_server(client_of, buyer, active_order):
    """The browser warns before sending with the expressions the server uses after."""
    page = client_of(buyer).get(active_order.get_absolute_url())
    patterns = json.loads(page.context["contact_patterns"])

    assert patterns == list(contact_details.PATTERNS.values())
    assert "data-contact-warning" in page.content.decode()
    assert not any(re.search(r"\(\?<|\(\?P|\\Z|\\A", pattern) for pattern in patterns), (
        "Python alone reads it"
    )


def test_an_opening_message_prepared_by_the_expert_is_not_flagged(active_order):
    assert Message.objects.get(kind="opening").contact_details == []


def test_files_alone_hold_no_words(active_order, buyer):
    said = actions.say(active_order, author=buyer, body="", files=[factories.a_file()])

    assert said.contact_details == []
