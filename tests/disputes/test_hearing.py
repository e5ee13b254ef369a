"""Both sides are heard with deadlines; the parties may still end it themselves; nothing is decided by silence alone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from disputes import actions, tasks
from disputes.models import Dispute
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.workdays import add_working_days
from messaging.models import Notification
from orders.models import Order, OrderEvent
from payments.models import EscrowHold
from tests import factories

WORDS = "Le livrable ne correspond pas au brief, malgré deux retouches demandées."
OTHER = "Toutes les pages demandées sont là, dans la version remise mardi."
WHY = "La moitié du plan manque : un tiers du prix revient à l'acheteur."


@pytest.fixture
def dispute(delivered_order):
    return opened(delivered_order)


def opened(order, actor=None, ground="unsuitable"):
    return actions.open_dispute(
        order, actor=actor or order.buyer, ground=ground, statement=WORDS, wish="refund"
    )


def at(moment):
    return clock.at(moment + timedelta(minutes=1))


def page_of(order):
    return reverse("order_dispute", args=[order.public_id])


# Answering


def test_the_other_party_has_five_working_days(dispute):
    assert dispute.answer_due_at == add_working_days(dispute.opened_at, 5)
    assert dispute.stage == "answering"

    answered = actions.answer(dispute, actor=dispute.order.expert, statement=OTHER, wish="payment")

    assert (answered.answer, answered.answer_wish, answered.stage) == (OTHER, "payment", "deciding")
    assert dispute.order.events.filter(kind=OrderEvent.Kind.DISPUTE_ANSWERED).count() == 1


def test_one_answers_once_and_only_the_other_party_does(dispute, staff, stranger):
    for person in (dispute.order.buyer, staff, stranger):
        with pytest.raises(Refusal):
            actions.answer(dispute, actor=person, statement=OTHER)
    actions.answer(dispute, actor=dispute.order.expert, statement=OTHER)

    with pytest.raises(Refusal):
        actions.answer(dispute, actor=dispute.order.expert, statement="Encore autre chose, plus tard.")

    assert Dispute.objects.get().answer == OTHER


def test_silence_is_reminded_of_once_then_closes_the_time_to_answer_and_decides_nothing(dispute):
    expert = dispute.order.expert
    with at(dispute.answer_remind_at):
        tasks.keep_disputes()
        tasks.keep_disputes()
    assert Notification.objects.filter(user=expert, kind="dispute_answer_due").count() == 1

    with at(dispute.answer_due_at):
        tasks.keep_disputes()
        tasks.keep_disputes()
    dispute.refresh_from_db()
    assert dispute.stage == "deciding"
    assert Notification.objects.filter(kind="dispute_unanswered").count() == 2
    assert factories.fresh(dispute.order).state == Order.State.DISPUTED
    assert factories.fresh(dispute.order).hold.state == EscrowHold.State.FROZEN

    late = actions.answer(dispute, actor=expert, statement=OTHER)
    assert late.answer == OTHER, "before a ruling, one is still heard"


def test_the_order_tells_the_other_party_to_answer_and_by_when(dispute, client_of):
    order = dispute.order
    words = "Answer the dispute"
    assert words in client_of(order.expert).get(order.get_absolute_url()).content.decode()
    assert words not in client_of(order.buyer).get(order.get_absolute_url()).content.decode()

    actions.answer(dispute, actor=order.expert, statement="Voyez le fil.")

    assert words not in client_of(order.expert).get(order.get_absolute_url()).content.decode()


def test_the_page_tells_each_reader_who_may_still_answer(dispute, client_of, staff):
    you, other = "You may answer until", "The other party may answer until"

    def read_by(person):
        return client_of(person).get(page_of(dispute.order)).content.decode()

    assert you in read_by(dispute.order.expert)
    assert other not in read_by(dispute.order.expert)
    for person in (dispute.order.buyer, staff):
        assert you not in read_by(person)
        assert other in read_by(person)

    actions.answer(dispute, actor=dispute.order.expert, statement=OTHER)

    for person in (dispute.order.buyer, dispute.order.expert):
        assert "may answer until" not in read_by(person)


# E35: alarms, never an automatic payout
def test_staff_are_alarmed_as_it_grows_old_and_nothing_is_paid_by_itself(dispute, staff):
    for days in (*rules.DISPUTES.alarms, 90):
        with at(dispute.opened_at + timedelta(days=days)):
            tasks.keep_disputes()
            tasks.keep_disputes()

    assert Notification.objects.filter(user=staff, kind="dispute_alarm").count() == len(rules.DISPUTES.alarms)
    assert factories.fresh(dispute.order).state == Order.State.DISPUTED
    assert factories.fresh(dispute.order).hold.state == EscrowHold.State.FROZEN


# E33: opened by both at once
def test_the_second_to_open_becomes_the_respondent_with_a_statement(dispute, client_of):
    expert = dispute.order.expert
    with pytest.raises(Refusal):
        opened(dispute.order, actor=expert, ground="abuse")

    page = client_of(expert).get(page_of(dispute.order))
    assert page.status_code == 200
    answer = client_of(expert).post(
        reverse("dispute_answer", args=[dispute.order.public_id]), {"statement": OTHER, "wish": "payment"}
    )
    assert answer.status_code == 302
    assert Dispute.objects.get().answer == OTHER


def test_a_mistake_in_the_answer_stands_by_its_field_and_keeps_what_was_typed(dispute, client_of):
    answer = client_of(dispute.order.expert).post(
        reverse("dispute_answer", args=[dispute.order.public_id]), {"statement": "Trop court."}
    )

    assert answer.status_code == 422
    assert "Trop court." in answer.content.decode()
    assert Dispute.objects.get().answer == ""


@pytest.mark.parametrize("form", ["answer", "evidence", "withdrawal", "appeal"])
def test_to_reload_a_refused_form_is_to_be_on_the_page_of_the_dispute_again(
    dispute, client_of, stranger, form
):
    sent_to = reverse(f"dispute_{form}", args=[dispute.order.public_id])

    back = client_of(dispute.order.expert).get(sent_to, follow=True)

    assert back.redirect_chain == [(page_of(dispute.order), 302)]
    assert back.status_code == 200
    assert client_of(stranger).get(sent_to, follow=True).status_code == 404
    assert client_of(dispute.order.expert).put(sent_to).status_code == 405
    assert factories.fresh(dispute.order).state == Order.State.DISPUTED
    assert Dispute.objects.get().answer == ""


# Evidence


def test_evidence_is_read_by_both_parties_and_staff_alone(delivered_order, client_of, stranger, staff):
    dispute = actions.open_dispute(
        delivered_order,
        actor=delivered_order.buyer,
        ground="unsuitable",
        statement=WORDS,
        files=[factories.a_file()],
    )
    piece = dispute.evidence.get()

    answers = [
        client_of(person).get(piece.url).status_code
        for person in (delivered_order.buyer, delivered_order.expert, staff, stranger)
    ]

    assert answers == [200, 200, 200, 404]


def test_a_party_shows_a_bounded_number_of_files(dispute):
    buyer = dispute.order.buyer
    actions.show(dispute, actor=buyer, files=[factories.a_file() for _ in range(rules.DISPUTES.max_evidence)])

    with pytest.raises(Refusal):
        actions.show(dispute, actor=buyer, files=[factories.a_file()])

    assert dispute.evidence.count() == rules.DISPUTES.max_evidence


# Staff ask and write


def test_staff_ask_one_party_who_answers_in_time(dispute, staff, client_of):
    expert = dispute.order.expert
    question = actions.ask(dispute, actor=staff, asked_of=expert, body="Quelle version a été remise mardi ?")
    assert Notification.objects.filter(user=expert, kind="dispute_question").count() == 1

    refused = client_of(dispute.order.buyer).post(
        reverse("dispute_reply", args=[question.public_id]), {"body": "Moi"}
    )
    assert refused.status_code == 404
    reply = reverse("dispute_reply", args=[question.public_id])
    assert client_of(expert).get(reply).url == page_of(dispute.order), "a reload after a refused answer"
    assert client_of(dispute.order.buyer).get(reply).status_code == 404
    client_of(expert).post(reply, {"body": "La deuxième."})

    question.refresh_from_db()
    assert question.answer == "La deuxième."
    assert "La deuxième." in client_of(dispute.order.buyer).get(page_of(dispute.order)).content.decode()


def test_a_question_left_without_answer_closes_by_itself(dispute, staff):
    question = actions.ask(dispute, actor=staff, asked_of=dispute.order.buyer, body="Avez-vous les sources ?")

    with at(question.due_at):
        tasks.keep_disputes()

    question.refresh_from_db()
    assert question.closed_at
    assert factories.fresh(dispute.order).state == Order.State.DISPUTED


def test_a_note_for_the_team_is_not_shown_to_the_parties(dispute, staff, client_of):
    actions.write_note(dispute, actor=staff, body="Le client me semble pressé.", is_shared=False)
    actions.write_note(dispute, actor=staff, body="Et si vous partagiez ?", is_shared=True)

    page = client_of(dispute.order.buyer).get(page_of(dispute.order)).content.decode()

    assert "Et si vous partagiez ?" in page
    assert "Le client me semble pressé." not in page
