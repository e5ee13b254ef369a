"""Between two versions: revisions taken on or refused, versions flagged as incomplete, questions, more time."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from orders import actions, notifications, tasks
from orders.models import Order, OrderEvent, RevisionRequest
from tests import factories

Kind = OrderEvent.Kind
State = RevisionRequest.State
WORDS = {"wrong": "Le ton", "expected": "Plus direct"}


def later(**delay):
    return time_machine.travel(clock.now() + timedelta(**delay), tick=False)


def revised(order: Order, **more) -> Order:
    return actions.request_revision(order, actor=order.buyer, **WORDS, **more)


def used_up(order: Order) -> Order:
    """Delivered twice: the one revision of the order is used."""
    order = revised(order)
    return factories.deliver(order, "Version 2")


def facts(order: Order):
    return (
        Order.objects.filter(pk=order.pk).values().get(),
        list(order.revision_requests.values()),
        order.events.count(),
    )


# D18
def test_a_revision_has_a_target_of_half_the_time_and_three_days_at_least(delivered_order):
    order = revised(delivered_order)

    asked = order.revision_requests.get()
    assert asked.due_at == order.revision_due_at
    assert abs(order.revision_due_at - clock.now() - timedelta(days=3)) < timedelta(seconds=5), (
        "5 days / 2 < 3"
    )


def test_a_long_order_gives_half_its_time_to_a_revision(buyer, expert):
    offer = factories.make_offer(expert, delivery_days=20)
    order = factories.deliver(factories.start(factories.pay(factories.place(buyer, offer))))

    assert abs(revised(order).revision_due_at - clock.now() - timedelta(days=10)) < timedelta(seconds=5)


# E21
# E21, A66
def test_an_overdue_revision_shows_and_both_are_told(delivered_order, buyer, expert):
    order = revised(delivered_order)
    for moment in ({"days": 2, "minutes": 1}, {"days": 3, "minutes": 1}):
        with later(**moment):
            for _twice in range(2):
                tasks.remind()

    with later(days=3, minutes=2):
        order = factories.fresh(order)
        assert order.is_revision_late
        assert not order.is_late, "the countdown binds the first deliverable only"
        assert list(Order.objects.revision_late(clock.now())) == [order]
    told = [event.data["what"] for event in order.events.filter(kind=Kind.REMINDED)]
    assert told == ["revision_soon", "revision_late"]


def test_the_expert_is_reminded_that_they_may_still_refuse_unless_they_answered(delivered_order, expert):
    order = revised(delivered_order)
    with later(hours=25):
        tasks.remind()
    assert [e.data["what"] for e in order.events.filter(kind=Kind.REMINDED)] == ["revision_answer"]


def test_an_answered_revision_is_not_reminded_of(delivered_order, expert):
    order = actions.accept_revision(revised(delivered_order), actor=expert)
    with later(hours=25):
        tasks.remind()
    assert not order.events.filter(kind=Kind.REMINDED).exists()


# B9, E19
def test_a_refused_revision_comes_back_to_the_buyer_with_its_whole_time(delivered_order, expert, buyer):
    order = revised(delivered_order)
    with later(hours=30):
        order = actions.refuse_revision(order, actor=expert, reason="C'est un autre périmètre.")
        assert order.acceptance_due_at == clock.now() + timedelta(days=7)

    assert order.state == Order.State.DELIVERED
    assert order.revision_round == 0, "the round is given back"
    asked = order.revision_requests.get()
    assert (asked.state, asked.refusal) == (State.REFUSED, "C'est un autre périmètre.")
    before = facts(order)
    with pytest.raises(Refusal):
        revised(order)
    assert facts(order) == before, "a version is refused once: accept it, or dispute it"
    assert actions.accept_delivery(order, actor=buyer).state == Order.State.COMPLETED


def test_after_a_refusal_the_buyer_may_dispute(delivered_order, expert, buyer):
    order = actions.refuse_revision(revised(delivered_order), actor=expert, reason="Hors périmètre")

    assert actions.open_dispute(order, actor=buyer).state == Order.State.DISPUTED


def test_after_a_refusal_silence_accepts(delivered_order, expert):
    order = actions.refuse_revision(revised(delivered_order), actor=expert, reason="Hors périmètre")
    with later(days=7, minutes=1):
        for _twice in range(2):
            tasks.accept_unanswered()

    assert factories.fresh(order).accepted_automatically


def test_a_refusal_takes_a_reason_and_is_for_the_expert(delivered_order, expert, buyer, stranger, staff):
    order = revised(delivered_order)
    before = facts(order)

    with pytest.raises(Refusal):
        actions.refuse_revision(order, actor=expert, reason="  ")
    for person in (buyer, stranger, staff):
        with pytest.raises(Refusal):
            actions.refuse_revision(order, actor=person, reason="Non")

    assert facts(order) == before


# Rework answer of section 4.0
def test_silence_takes_a_revision_on(delivered_order, expert):
    order = revised(delivered_order)
    with later(hours=48, minutes=1):
        for _twice in range(2):
            tasks.answer_revisions()
        before = facts(order)
        with pytest.raises(Refusal):
            actions.refuse_revision(order, actor=expert, reason="Trop tard")
        assert facts(order) == before

    assert order.revision_requests.get().state == State.ACCEPTED
    assert order.events.filter(kind=Kind.REVISION_ACCEPTED).count() == 1
    assert factories.fresh(order).state == Order.State.ACTIVE


def test_delivering_takes_the_revision_on(delivered_order):
    order = used_up(delivered_order)

    assert order.revision_requests.get().state == State.ACCEPTED
    assert [d.version for d in order.deliverables.all()] == [1, 2]


# E28
def test_the_time_to_answer_restarts_at_each_delivery(delivered_order):
    order = revised(delivered_order)
    with later(days=2):
        order = factories.deliver(order, "Version 2")
        assert order.acceptance_due_at == clock.now() + timedelta(days=7)


# E16
def test_a_version_flagged_as_incomplete_uses_up_no_round(delivered_order, buyer):
    order = revised(delivered_order, incomplete=True)

    assert (order.state, order.revision_round, order.revisions_left) == (Order.State.ACTIVE, 0, 1)
    assert order.is_being_revised
    assert order.revision_requests.get().is_incomplete
    order = factories.deliver(order, "Complet")
    assert revised(order).revision_round == 1, "the revision of the order is still there"


def test_the_expert_is_told_of_missing_files_as_such_and_not_of_a_revision(delivered_order, expert):
    order = revised(delivered_order, incomplete=True)

    notifications.announce(order.events.get(kind=Kind.REVISION_REQUESTED).pk)

    kinds = Notification.objects.filter(user=expert).values_list("kind", flat=True)
    assert "version_incomplete" in kinds
    assert "revision_requested" not in kinds


def test_a_version_may_be_flagged_when_the_rounds_are_used_up(delivered_order):
    order = revised(used_up(delivered_order), incomplete=True)

    assert order.state == Order.State.ACTIVE


# E20, D9
def test_beyond_the_limit_a_revision_waits_for_the_word_of_the_expert(delivered_order, buyer, expert):
    order = used_up(delivered_order)
    with pytest.raises(Refusal):
        revised(order)
    actions.ask_one_more(order, actor=buyer, **WORDS)
    order = factories.fresh(order)
    assert order.state == Order.State.DELIVERED, "nothing begins before the expert agrees"

    order = actions.accept_revision(order, actor=expert)

    assert order.state == Order.State.ACTIVE
    assert (order.extra_rounds, order.revision_round, order.revisions_left) == (1, 2, 0)
    assert order.revision_due_at is not None


def test_beyond_the_limit_silence_is_no(delivered_order, buyer):
    order = used_up(delivered_order)
    with later(days=6):
        actions.ask_one_more(order, actor=buyer, **WORDS)
        order = factories.fresh(order)
        assert order.acceptance_due_at == clock.now() + timedelta(hours=72), (
            "a day to decide after the answer"
        )
    with later(days=8, minutes=1):
        for _twice in range(2):
            tasks.accept_unanswered()
            tasks.answer_revisions()
        order = factories.fresh(order)

    assert order.state == Order.State.DELIVERED
    assert order.revision_requests.last().state == State.REFUSED
    assert order.extra_rounds == 0
    with pytest.raises(Refusal):
        actions.ask_one_more(order, actor=buyer, **WORDS)


def test_one_more_is_asked_once_by_the_buyer_when_nothing_is_left(delivered_order, buyer, expert, stranger):
    with pytest.raises(Refusal):
        actions.ask_one_more(delivered_order, actor=buyer, **WORDS)
    order = used_up(delivered_order)
    before = facts(order)
    for person in (expert, stranger):
        with pytest.raises(Refusal):
            actions.ask_one_more(order, actor=person, **WORDS)
    assert facts(order) == before
    actions.ask_one_more(order, actor=buyer, **WORDS)
    before = facts(order)
    with pytest.raises(Refusal):
        actions.ask_one_more(order, actor=buyer, **WORDS)
    assert facts(order) == before


# E27
def test_the_buyer_takes_more_time_once(delivered_order, buyer, expert):
    due = delivered_order.acceptance_due_at

    order = actions.extend_acceptance(delivered_order, actor=buyer)

    assert order.acceptance_due_at == due + timedelta(days=7)
    before = facts(order)
    with pytest.raises(Refusal):
        actions.extend_acceptance(order, actor=buyer)
    assert facts(order) == before


def test_the_reminders_follow_the_longer_time(delivered_order, buyer):
    order = actions.extend_acceptance(delivered_order, actor=buyer)

    assert order.next_reminder_at == order.acceptance_due_at - timedelta(days=7) + timedelta(days=3, hours=12)
    with later(days=7, minutes=1):
        tasks.accept_unanswered()
        assert factories.fresh(order).state == Order.State.DELIVERED
    with later(days=14, minutes=1):
        tasks.accept_unanswered()
        assert factories.fresh(order).state == Order.State.COMPLETED


@pytest.mark.parametrize("who", ["expert", "stranger", "staff"])
def test_nobody_else_takes_the_buyer_s_time(request, delivered_order, who):
    before = facts(delivered_order)
    with pytest.raises(Refusal):
        actions.extend_acceptance(delivered_order, actor=request.getfixturevalue(who))
    assert facts(delivered_order) == before


# A34
def test_a_question_about_the_deliverable_uses_no_round_and_waits_for_its_answer(
    delivered_order, buyer, expert
):
    due = delivered_order.acceptance_due_at

    actions.ask_about(delivered_order, actor=buyer, text="D'où vient la marge de 2027 ?")

    order = factories.fresh(delivered_order)
    assert (order.state, order.revision_round, order.acceptance_due_at) == (Order.State.DELIVERED, 0, due)
    assert order.question_at is not None
    event = order.events.get(kind=Kind.QUESTION_ASKED)
    notifications.announce(event.pk)
    assert Notification.objects.get(key=f"order_event:{event.pk}", user=expert).kind == "delivery_question"
    actions.say(order, author=expert, body="De la page 12.")
    assert factories.fresh(order).question_at is None


def test_a_question_needs_words_and_a_deliverable(delivered_order, started_order, buyer, expert):
    before = facts(delivered_order)
    with pytest.raises(Refusal):
        actions.ask_about(delivered_order, actor=buyer, text=" ")
    with pytest.raises(Refusal):
        actions.ask_about(delivered_order, actor=expert, text="Et ceci ?")
    assert facts(delivered_order) == before
    actions.accept_delivery(delivered_order, actor=buyer)
    with pytest.raises(Refusal):
        actions.ask_about(delivered_order, actor=buyer, text="Trop tard ?")


# E29
def test_a_revision_at_the_last_second_and_the_clock_cannot_both_win(delivered_order, buyer):
    with later(days=7, minutes=1):
        order = revised(delivered_order)
        for _twice in range(2):
            tasks.accept_unanswered()
        assert factories.fresh(order).state == Order.State.ACTIVE
    with pytest.raises(TransitionNotAllowed):
        actions.accept_delivery(factories.fresh(order), actor=buyer)


@pytest.mark.parametrize("ending", ["dispute", "agree"])
def test_whatever_the_order_does_next_closes_an_open_revision(delivered_order, buyer, expert, ending):
    order = revised(delivered_order)
    if ending == "dispute":
        actions.open_dispute(order, actor=buyer)
    else:
        change = actions.request_cancellation(order, actor=expert, reason="Fin")
        actions.accept_change(change, actor=buyer)

    assert order.revision_requests.get().state == State.CLOSED


def room_act(name: str, order: Order) -> str:
    return reverse(name, args=[order.public_id])


def test_the_expert_refuses_in_the_room_and_the_buyer_reads_why(client_of, delivered_order, expert, buyer):
    order = revised(delivered_order)
    room = client_of(expert).get(order.get_absolute_url()).content.decode()
    assert room_act("order_revision_refuse", order) in room
    empty = client_of(expert).post(room_act("order_revision_refuse", order), {"reason": ""})
    assert empty.status_code == 422
    assert factories.fresh(order).state == Order.State.ACTIVE

    client_of(expert).post(
        room_act("order_revision_refuse", order), {"reason": "Le budget n'était pas compris."}
    )

    room = client_of(buyer).get(order.get_absolute_url()).content.decode()
    assert "Le budget n&#x27;était pas compris." in room
    assert room_act("order_acceptance", order) in room
    assert room_act("order_revision", order) not in room, "it was refused once"


def test_the_buyer_takes_more_time_and_asks_in_the_room(client_of, delivered_order, buyer, expert):
    client = client_of(buyer)
    room = client.get(delivered_order.get_absolute_url()).content.decode()
    assert room_act("order_more_time", delivered_order) in room
    client.post(room_act("order_more_time", delivered_order))
    client.post(room_act("order_question", delivered_order), {"text": "Et la marge ?"})

    order = factories.fresh(delivered_order)
    assert order.acceptance_extended_at is not None
    assert order.question_at is not None
    room = client.get(order.get_absolute_url()).content.decode()
    assert room_act("order_more_time", order) not in room
    assert "Et la marge ?" in client_of(expert).get(order.get_absolute_url()).content.decode()
