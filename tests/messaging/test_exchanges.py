"""K6: the contact page, its address, and what a member asked the team before."""

from datetime import timedelta

import pytest

from marketplace.kernel import clock
from messaging import actions

pytestmark = pytest.mark.django_db
TITLE = 'id="exchanges"'


def ask(user, body):
    return actions.ask_team(
        name=user.first_name, email=user.email, topic="question", body=body, language="fr", user=user
    )


def test_a_member_reads_what_they_asked_and_what_was_answered(client_of, buyer, staff):
    """K6: the question, the answer and the date, escaped."""
    asked = ask(buyer, "Puis-je <b>changer</b> de carte ?")
    actions.answer_request(asked, actor=staff, body="Oui, depuis votre compte.")
    ask(buyer, "Et de langue ?")

    page = client_of(buyer).get("/contact/").content.decode()

    assert TITLE in page
    assert "Puis-je &lt;b&gt;changer&lt;/b&gt; de carte ?" in page
    assert "Oui, depuis votre compte." in page
    assert asked.reference in page
    assert page.index("Et de langue ?") < page.index("Oui, depuis votre compte."), "the latest first"
    assert page.count('<article class="exchange') == 2


def test_only_the_last_five_and_only_ones_own(client, client_of, buyer, stranger):
    """K6."""
    for number in range(7):
        with clock.at(clock.now() + timedelta(minutes=number)):
            ask(buyer, f"Demande numéro {number}.")
    with clock.at(clock.now() + timedelta(hours=1)):
        ask(stranger, "Un secret d’une autre.")

    page = client_of(buyer).get("/contact/").content.decode()
    assert [n for n in range(7) if f"Demande numéro {n}." in page] == [2, 3, 4, 5, 6]
    assert "Un secret" not in page
    assert TITLE not in client.get("/contact/").content.decode()


def test_who_never_wrote_sees_no_empty_list_and_everyone_the_address(client, client_of, buyer, settings):
    """K6: a form and an e-mail address."""
    settings.OPERATOR = {**settings.OPERATOR, "email": "equipe@jalon.example"}
    assert TITLE not in client_of(buyer).get("/contact/").content.decode()

    page = client.get("/contact/").content.decode()
    assert 'name="body"' in page
    assert 'href="mailto:equipe@jalon.example"' in page
