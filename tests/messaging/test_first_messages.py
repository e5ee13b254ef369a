"""B34: the first message of an account is delivered at once, and read by our team afterwards."""

import io
import json
import threading
import zipfile
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import DataExport
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.privacy import export, retention
from messaging import actions
from messaging.models import FirstMessage, Mail, Message, Notification, Report
from orders import actions as orders
from tests import factories
from tests.staff.pages import allow, last_words, list_of, logged, url_of

SAID = "Réglons plutôt par virement direct."


def talk(company, expert, body=SAID):
    return actions.make_contact(company=company, expert=expert, subject="Un échange", body=body)


@pytest.fixture
def first(buyer, expert):
    talk(buyer, expert)
    return FirstMessage.objects.get()


def test_the_first_message_of_each_account_is_delivered_and_waits_for_our_team(buyer, expert):  # B34
    contact = talk(buyer, expert)
    actions.write_in_contact(contact, author=expert, body="Bonjour Thomas.")
    for body in ("Une précision.", "Une autre."):
        actions.write_in_contact(contact, author=buyer, body=body)

    assert Notification.objects.filter(user=expert, kind="contact_message").count() == 3, "nobody waits"
    kept = FirstMessage.objects.waiting()
    assert dict(kept.values_list("author", "message__body")) == {buyer.pk: SAID, expert.pk: "Bonjour Thomas."}


def test_what_is_said_in_an_order_counts_too_and_the_words_of_an_offer_do_not(offer, buyer):  # B34
    offer.opening_message = "Bienvenue, parlez-moi de votre projet."
    offer.save()
    order = factories.start(factories.pay(factories.place(buyer, offer)))
    assert Message.objects.get().kind == "opening"
    assert not FirstMessage.objects.exists()

    orders.say(order, author=buyer, body="Bonjour.")

    assert FirstMessage.objects.get().author == buyer


def test_who_wrote_before_we_read_first_messages_is_not_asked_about(active_order, buyer):
    active_order.conversation.messages.create(author=buyer, body="Écrit l'an dernier.")

    orders.say(active_order, author=buyer, body="Bonjour.")

    assert not FirstMessage.objects.exists()


def test_a_message_refused_is_nobodys_first(active_order, buyer, stranger):
    for author, body in ((buyer, "  "), (stranger, "Bonjour.")):
        with pytest.raises(Refusal):
            actions.send_message(active_order.conversation, author=author, body=body)

    assert not FirstMessage.objects.exists()


def test_it_costs_one_statement_once_and_none_afterwards(active_order, buyer):  # B34
    def cost(body):
        with (
            CaptureQueriesContext(
                connection,
            ) as asked,
            transaction.atomic(),
        ):
            actions.send_message(active_order.conversation, author=buyer, body=body)
        return [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]

    opening, later = cost("Un."), cost("Deux.")

    assert len(opening) == len(later) + 1
    assert sum('INSERT INTO "messaging_firstmessage"' in sql for sql in opening) == 1
    assert not any("firstmessage" in sql for sql in later)


@pytest.mark.django_db(transaction=True)
def test_two_sent_at_once_are_both_said_and_one_is_the_first(active_order, buyer, expert):  # B34
    contact = actions.make_contact(company=buyer, expert=expert, subject="Un échange", body="Bonjour.")
    FirstMessage.objects.all().delete()
    Message.objects.all().delete()
    both, mistakes = threading.Barrier(2), []

    def write(conversation):
        try:
            with transaction.atomic():
                both.wait(10)
                actions.send_message(conversation, author=buyer, body="Bonjour.")
        except Exception as error:
            mistakes.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=write, args=[found])
        for found in (active_order.conversation, contact.conversation)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert mistakes == []
    assert Message.objects.filter(author=buyer).count() == 2
    assert FirstMessage.objects.get().author == buyer


def test_the_second_of_two_at_once_finds_the_first_and_is_said_all_the_same(active_order, first, monkeypatch):
    """What a second sender sees who asked before the first had committed."""
    monkeypatch.setattr("messaging.actions.talking._has_written", lambda conversation, author: False)

    orders.say(active_order, author=first.author, body="Bonjour.")

    assert FirstMessage.objects.get() == first
    assert Message.objects.filter(author=first.author).count() == 2


def test_the_home_of_the_team_leads_to_those_that_wait(first, staff, client_of):  # B34
    client = client_of(staff)
    home = client.get(reverse("admin:index")).content.decode()
    link = f"{list_of(FirstMessage)}?state__exact=waiting"

    assert link in home
    assert SAID in client.get(link).content.decode()
    page = client.get(url_of(first)).content.decode()
    assert SAID in page
    for act in ("fine", "warn", "report"):
        assert url_of(first, act) in page
        assert SAID in client.get(url_of(first, act)).content.decode(), "one reads before deciding"


def test_one_is_found_fine_without_a_word_and_nobody_is_told(first, staff, client_of):  # B34
    told = Notification.objects.count()

    client_of(staff).post(url_of(first, "fine"), {"reason": ""})

    first.refresh_from_db()
    assert (first.state, first.settled_by) == ("fine", staff)
    assert first.settled_at is not None
    assert logged(first) == [staff]
    assert Notification.objects.count() == told
    page = client_of(staff).get(url_of(first)).content.decode()
    assert url_of(first, "warn") not in page


def test_many_are_found_fine_together_and_what_was_read_meanwhile_is_left(
    first, expert, stranger, staff, client_of
):  # B34
    talk(stranger, expert, "Bonjour Claire.")
    other = FirstMessage.objects.get(author=stranger)
    actions.warn_author(first, actor=staff, warning="Les paiements se font ici.")
    chosen = {"action": "all_fine", "_selected_action": [first.pk, other.pk]}

    page = client_of(staff).post(list_of(FirstMessage), chosen, follow=True).content.decode()

    assert list(FirstMessage.objects.order_by("pk").values_list("state", flat=True)) == ["warned", "fine"]
    assert "1 message est lu" in page
    assert "1 message reste inchangé" in page
    assert logged(other) == [staff]


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "À propos de votre premier message"), ("en", "A word about your first message")],
)
def test_a_warning_reaches_its_author_in_their_language_and_its_reader_hears_nothing(
    language, title, first, buyer, expert, staff, client_of
):  # B34
    buyer.language = language
    buyer.save()
    client, why = client_of(staff), "« par virement direct » : article 6, les paiements se font ici."
    assert client.post(url_of(first, "warn"), {"reason": " "}).status_code == 422

    client.post(url_of(first, "warn"), {"reason": why})
    client.post(url_of(first, "warn"), {"reason": "Une autre fois."})

    first.refresh_from_db()
    assert (first.state, first.warning, first.settled_by) == ("warned", why, staff)
    (told,) = Notification.objects.filter(kind="first_message_warned")
    assert (told.user, told.params["reason"]) == (buyer, why)
    (mail,) = Mail.objects.filter(recipient=buyer.email, key__startswith="first_message:")
    assert title in mail.subject
    assert why in mail.text
    assert why in last_words(first)
    assert Message.objects.get().body == SAID, "the message stays as it is"


def test_one_handed_over_becomes_a_report_that_somebody_else_judges(first, buyer, staff, client_of):  # B34
    answers = {"ground": "outside", "reason": "Demande un virement direct."}

    client_of(staff).post(url_of(first, "report"), answers)

    first.refresh_from_db()
    kept = Report.objects.get()
    assert (first.state, first.report, first.settled_by) == ("reported", kept, staff)
    assert (kept.subject, kept.person, kept.reporter, kept.reason) == ("message", buyer, staff, "outside")
    assert (kept.excerpt, kept.words) == (SAID, answers["reason"])
    assert client_of(staff).get(kept.url).status_code == 200
    with pytest.raises(Refusal):
        actions.settle_report(kept, actor=staff, upheld=True, outcome="Vu.")
    assert not Notification.objects.filter(user=buyer, kind="first_message_warned").exists()


def test_only_the_team_judges_only_once_and_never_its_own(first, staff, stranger):
    with pytest.raises(Refusal):
        actions.find_fine(first, actor=stranger)
    with pytest.raises(Refusal):
        actions.warn_author(first, actor=staff, warning="  ")
    FirstMessage.objects.update(author=staff)
    for act in (
        lambda: actions.find_fine(first, actor=staff),
        lambda: actions.hand_to_reports(first, actor=staff, reason="abuse", words=""),
    ):
        with pytest.raises(Refusal):
            act()

    first.refresh_from_db()
    assert first.state == "waiting"
    assert not Report.objects.exists()


def test_whoever_only_reads_the_list_marks_nothing(first, client_of):
    reader = allow(factories.make_user("Nadia", "Roux", is_staff=True), "messaging.view_firstmessage")
    client = client_of(reader)

    assert client.get(list_of(FirstMessage)).status_code == 200
    client.post(list_of(FirstMessage), {"action": "all_fine", "_selected_action": [first.pk]})
    assert client.post(url_of(first, "fine"), {"reason": ""}).status_code == 403

    first.refresh_from_db()
    assert first.state == "waiting"


def test_the_list_costs_the_same_however_many_wait(first, expert, staff, client_of):
    client = client_of(staff)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(list_of(FirstMessage))
        return len(asked)

    cost()
    before = cost()
    for n in range(5):
        talk(factories.make_user(f"Anne{n}", "Roy"), expert)

    assert cost() == before


def test_it_goes_with_the_words_of_its_message(first, staff):  # B34, B64
    actions.warn_author(first, actor=staff, warning="Les paiements se font ici.")
    with clock.at(clock.now() + timedelta(days=4 * 365)):
        retention.forget_old_talk()
    assert FirstMessage.objects.exists()

    with clock.at(clock.now() + timedelta(days=6 * 365)):
        assert retention.forget_old_talk() == 1

    assert Message.objects.get().body == ""
    assert not FirstMessage.objects.exists()


def test_its_author_finds_it_in_the_copy_of_their_data_and_its_reader_does_not(
    first, buyer, expert, staff
):  # B34
    actions.warn_author(first, actor=staff, warning="Les paiements se font ici.")

    def copy(user):
        made = DataExport.objects.create(user=user)
        assert export.build(made.pk)
        made.refresh_from_db()
        return zipfile.ZipFile(io.BytesIO(made.file.read()))

    (row,) = json.loads(copy(buyer).read("data/messaging.firstmessage.author.json"))
    assert row["warning"] == "Les paiements se font ici."
    assert not any("firstmessage" in name for name in copy(expert).namelist())


def test_those_that_wait_stand_first_the_oldest_before_the_others(
    first, expert, stranger, staff, client_of
):  # B34
    for name in ("Anne", "Paul"):
        talk(factories.make_user(name, "Roy"), expert)
    rows = list(FirstMessage.objects.order_by("created_at"))
    actions.find_fine(rows[0], actor=staff)

    shown = client_of(staff).get(list_of(FirstMessage)).context["cl"].result_list

    assert [row.pk for row in shown] == [rows[1].pk, rows[2].pk, rows[0].pk]
