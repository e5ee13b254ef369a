"""What each role of a company account reaches, on every kind of route: page, act, file. Whoever left reaches nothing."""

from uuid import uuid4

import pytest
from django.db.models import F
from django.urls import reverse

from accounts import actions as accounts
from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from messaging import queries as talks
from messaging.models import Notification, Participant
from missions import actions as missions
from orders import actions as orders
from orders import deeds, notifications
from orders.actions import requesting
from orders.models import CustomRequest, Invitation, Order, OrderEvent
from payments.models import Invoice
from tests import factories
from tests.missions.conftest import LINES, terms
from tests.orders.test_requests import BILLING, ask, counter


def member(house, first, role):
    user = factories.make_user(first, "Perrin")
    invitation = accounts.invite_member(house, actor=house.members.first(), email=user.email, role=role)
    accounts.join_company(invitation, user=user)
    user.refresh_from_db()
    return user


@pytest.fixture
def owner(db):
    user = factories.make_user("Odile", "Perrin")
    accounts.open_company(user, name="Perrin & Fils", city="Lyon")
    user.refresh_from_db()
    return user


@pytest.fixture
def house(owner):
    return owner.company


@pytest.fixture
def bruno(house):
    """The buyer who places everything."""
    return member(house, "Bruno", "buyer")


@pytest.fixture
def colleague(house):
    return member(house, "Nadia", "buyer")


@pytest.fixture
def accountant(house):
    return member(house, "Alain", "accountant")


@pytest.fixture
def delivered(bruno, offer):
    return factories.deliver(factories.start(factories.pay(factories.place(bruno, offer))))


def announce(order):
    for event in order.events.filter(announced_at=None):
        notifications.announce(event.pk)


def leave(user):
    accounts.remove_member(user, actor=user)
    user.refresh_from_db()


def test_each_role_on_each_kind_of_route(
    owner, bruno, colleague, accountant, stranger, expert, staff, category, delivered, client_of
):
    asked = ask(bruno, category, files=[factories.a_file()])
    invitation = requesting.invite(asked, actor=staff, experts=[expert])[0]
    requesting.accept_terms(invitation, actor=expert, number=1)
    contact = messaging.make_contact(company=bruno, expert=expert, subject="Un besoin", body="Bonjour.")
    quote = missions.write(contact.conversation, expert=expert, terms=terms(), lines=LINES)
    mission = missions.accept(quote, actor=bruno, name="Bruno Perrin", digest=quote.digest, siren="303265045")
    accepted = orders.accept_delivery(delivered, actor=bruno)
    deeds.make(accepted)
    invoice = Invoice.objects.filter(for_company=owner.company).first()
    deliverable = accepted.deliverables.get().files.get()
    room = accepted.public_id
    talk = {  # pages, acts opened by GET, and files of what is talked about
        "the room": accepted.get_absolute_url(),
        "its dispute": reverse("order_dispute", args=[room]),
        "its file": reverse("order_file", args=[room]),
        "a deliverable": deliverable.url,
        "the request": asked.get_absolute_url(),
        "a file of it": asked.files.get().url,
        "a negotiation": invitation.get_absolute_url(),
        "the choice": reverse("proposal_choice", args=[invitation.public_id]),
        "giving it up": reverse("request_withdrawal", args=[asked.public_id]),
        "the talk": contact.get_absolute_url(),
        "the quote": quote.get_absolute_url(),
        "the mission": mission.get_absolute_url(),
        "an instalment": reverse("instalment_payment", args=[mission.instalments.get(number=1).public_id]),
    }
    books = {
        "the quote's document": reverse("quote_file", args=[quote.public_id]),
        "its deed": reverse("order_deed", args=[room]),
    }
    if invoice is not None:
        books["an invoice"] = reverse("invoice_file", args=[invoice.public_id])
    leave(bruno)
    former, role_of = client_of(bruno), {}
    for name, url in {**talk, **books}.items():
        role_of[name] = [client_of(who).get(url).status_code for who in (owner, colleague, accountant)]
        assert former.get(url).status_code == 404, f"whoever left still opens {name}"
        assert client_of(stranger).get(url).status_code == 404, f"a stranger opens {name}"
    for name in talk:
        assert role_of[name][:2] == [200, 200] or set(role_of[name][:2]) == {302}, (name, role_of[name])
        assert role_of[name][2] == 404, f"an accountant opens {name}"
    for name in books:
        assert role_of[name] == [200, 200, 200], (name, role_of[name])

    for who in (accountant, bruno, stranger):  # acts
        page = client_of(who)
        for url, data in (
            (reverse("order_message", args=[room]), {"body": "Bonjour"}),
            (reverse("order_review", args=[room]), {"rating": 5, "comment": "Très bien, merci beaucoup."}),
            (invitation.get_absolute_url(), {"act": "counter", "number": 1}),
            (reverse("request_withdrawal", args=[asked.public_id]), {}),
            (contact.get_absolute_url(), {"body": "Bonjour"}),
            (reverse("mission_note", args=[mission.public_id]), {"words": "Bonjour"}),
        ):
            assert page.post(url, data).status_code == 404, (who.first_name, url)
    asked.refresh_from_db()
    assert asked.state == CustomRequest.State.OPEN
    assert contact.conversation.messages.count() == 1


def test_a_colleague_acts_in_the_buyers_place_and_the_record_keeps_the_hand(
    bruno, colleague, expert, delivered, client_of
):
    page = client_of(colleague)
    assert (
        reverse("order_acceptance", args=[delivered.public_id])
        in page.get(delivered.get_absolute_url()).content.decode()
    )
    page.post(reverse("order_message", args=[delivered.public_id]), {"body": "Je regarde à sa place."})
    said = delivered.conversation.messages.latest("pk")
    assert said.author == colleague
    announce(delivered)
    assert Notification.objects.filter(user=expert, kind="message_received").exists()
    page.post(reverse("order_acceptance", args=[delivered.public_id]))
    order = factories.fresh(delivered)
    assert order.state == Order.State.COMPLETED
    event = order.events.get(kind=OrderEvent.Kind.DELIVERY_ACCEPTED)
    assert (event.actor, event.hand) == (bruno, colleague)
    assert "Nadia Perrin" in client_of(bruno).get(order.get_absolute_url()).content.decode()


def test_mails_go_to_whoever_placed_it_then_to_the_owners(owner, bruno, colleague, expert, offer):
    order = factories.pay(factories.place(bruno, offer))
    orders.say(order, author=expert, body="Une question.")
    announce(order)
    assert Notification.objects.filter(user=bruno, kind="message_received").count() == 1
    leave(bruno)
    orders.say(factories.fresh(order), author=expert, body="Une autre.")
    announce(order)
    assert Notification.objects.filter(user=bruno, kind="message_received").count() == 1
    assert Notification.objects.filter(user=owner, kind="message_received").count() == 1
    assert not Notification.objects.filter(user=colleague, kind="message_received").exists()


def test_the_header_of_public_pages_counts_the_talks_of_the_company(bruno, colleague, expert, client_of):
    contact = messaging.make_contact(company=bruno, expert=expert, subject="Un besoin", body="Bonjour.")
    messaging.write_in_contact(contact, author=expert, body="Bonjour à vous.")
    for person in (bruno, colleague):
        counted = client_of(person).get(reverse("catalogue")).context["unread_messages"]
        assert str(counted) == str(talks.unread(person).messages)
    assert talks.unread(bruno).messages == 1


def test_talks_of_a_company_leave_the_inbox_with_the_membership(bruno, colleague, expert, client_of):
    contact = messaging.make_contact(company=bruno, expert=expert, subject="Un besoin", body="Bonjour.")
    messaging.write_in_contact(contact, author=expert, body="Bonjour à vous.")
    assert talks.unread(bruno).messages == 1
    again = messaging.make_contact(company=colleague, expert=expert, subject="Autre", body="Moi aussi.")
    assert again == contact  # one talk for the company and the expert
    assert [row.other for row in talks.inbox_rows(talks.inbox(colleague), colleague)] == [expert]
    assert [row.other for row in talks.inbox_rows(talks.inbox(expert), expert)] == [bruno]
    leave(bruno)
    assert talks.unread(bruno).messages == 0
    assert not talks.inbox(bruno).exists()
    with pytest.raises(Refusal):
        messaging.write_in_contact(contact, author=bruno, body="Encore moi.")
    assert Participant.objects.get(user=bruno).for_company == contact.for_company


def test_an_expert_reads_the_name_of_whoever_of_a_company_wrote_first(bruno, colleague, expert):
    contact = messaging.make_contact(company=colleague, expert=expert, subject="Un besoin", body="Bonjour.")
    assert messaging.make_contact(company=bruno, expert=expert, subject="Autre", body="Et moi.") == contact
    Participant.objects.filter(user=colleague).update(
        last_read_at=F("last_read_at")
    )  # written anew, behind the others

    assert bruno.pk < colleague.pk
    assert [row.other for row in talks.inbox_rows(talks.inbox(expert), expert)] == [colleague]


def test_an_accountant_places_nothing_and_nobody_buys_from_a_colleague(
    house, accountant, colleague, expert, offer, category
):
    for act in (
        lambda: factories.place(accountant, offer),
        lambda: ask(accountant, category),
        lambda: messaging.make_contact(company=accountant, expert=expert, subject="Un", body="Deux"),
    ):
        with pytest.raises(Refusal):
            act()
    invitation = accounts.invite_member(house, actor=house.members.first(), email=expert.email, role="buyer")
    accounts.join_company(invitation, user=expert)
    offer.refresh_from_db()
    with pytest.raises(Refusal):
        factories.place(colleague, type(offer).objects.get(pk=offer.pk))
    assert not Order.objects.exists()


def test_a_colleague_negotiates_and_chooses_and_the_order_is_theirs(
    bruno, colleague, expert, staff, category
):
    asked = ask(bruno, category)
    invitation = requesting.invite(asked, actor=staff, experts=[expert])[0]
    counter(invitation, expert, 1)
    invitation = Invitation.objects.get(pk=invitation.pk)
    written = counter(invitation, invitation.acting(colleague), 2, price=950_00)
    assert written.author == colleague
    requesting.accept_terms(invitation, actor=expert, number=3)
    order = requesting.choose(
        invitation, buyer=colleague, number=3, token=uuid4(), billing=BILLING, method="card"
    )
    assert (order.buyer, order.for_company) == (colleague, asked.for_company)
    assert Notification.objects.filter(user=bruno, kind="proposal_received").exists()
