"""Both sides are heard with deadlines; the parties may still end it themselves; nothing is decided by silence alone."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from disputes import actions, tasks
from disputes.models import Dispute
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.workdays import add_working_days
from messaging.models import Notification
from orders import actions as orders
from orders.models import Order, OrderEvent
from payments.models import EscrowHold, LedgerTransaction
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


# E34: withdrawal


def test_a_withdrawn_dispute_gives_back_the_remaining_time_to_check(delivered_order):
    due = delivered_order.acceptance_due_at
    dispute = opened(delivered_order)

    with clock.at(dispute.opened_at + timedelta(days=3)):
        actions.withdraw(dispute, actor=delivered_order.buyer)

    order = factories.fresh(delivered_order)
    assert order.state == Order.State.DELIVERED
    assert abs(order.acceptance_due_at - due - timedelta(days=3)) < timedelta(seconds=5)
    assert order.hold.state == EscrowHold.State.HELD
    assert order.next_reminder_at is not None


def test_a_withdrawn_dispute_gives_back_the_remaining_time_to_deliver(started_order):
    due = started_order.due_at
    dispute = opened(started_order, ground="abuse")

    with clock.at(dispute.opened_at + timedelta(hours=30)):
        actions.withdraw(dispute, actor=started_order.buyer)

    order = factories.fresh(started_order)
    assert order.state == Order.State.ACTIVE
    assert abs(order.due_at - due - timedelta(hours=30)) < timedelta(seconds=5)
    again = opened(order, ground="abuse")
    assert again.pk != dispute.pk
    assert Dispute.objects.waiting().get() == again


def test_only_its_opener_withdraws_and_only_before_a_ruling(dispute, staff):
    for person in (dispute.order.expert, staff):
        with pytest.raises(Refusal):
            actions.withdraw(dispute, actor=person)
    actions.rule(dispute, actor=staff, refund_cents=0, reason=WHY)

    with pytest.raises(Refusal):
        actions.withdraw(dispute, actor=dispute.order.buyer)

    assert factories.fresh(dispute.order).state == Order.State.RESOLVED


# Settlement inside


def test_the_parties_settle_inside_the_dispute_to_the_cent(dispute):
    order = dispute.order
    change = orders.propose_settlement(order, actor=order.expert, refund_cents=40_00, message="Un tiers ?")

    orders.accept_change(change, actor=order.buyer)

    order = factories.fresh(order)
    dispute = Dispute.objects.get()
    assert (order.state, order.refunded_cents, order.earned_cents) == (Order.State.CANCELLED, 40_00, 72_00)
    assert order.hold.state == EscrowHold.State.SPLIT
    assert dispute.stage == "settled"
    assert not Dispute.objects.waiting().exists()
    with pytest.raises(Refusal):
        actions.rule(
            dispute, actor=factories.make_user("Ada", "Roy", is_staff=True), refund_cents=0, reason=WHY
        )


def test_silence_never_cancels_a_disputed_order(dispute):
    with pytest.raises(Refusal):
        orders.request_cancellation(dispute.order, actor=dispute.order.buyer, reason="Annulons.")

    assert factories.fresh(dispute.order).state == Order.State.DISPUTED


# Rulings


# E32: a ruling with instructions to continue
def test_staff_relaunch_the_work_with_a_new_date(dispute, staff):
    due = clock.now() + timedelta(days=6)

    ruled = actions.rule(dispute, actor=staff, decision="relaunch", new_due_at=due, reason=WHY)

    order = factories.fresh(dispute.order)
    assert (order.state, order.revision_due_at) == (Order.State.ACTIVE, due)
    assert order.hold.state == EscrowHold.State.HELD
    assert ruled.decision == "relaunch"
    orders.deliver(order, actor=order.expert, note="Voici.", files=[factories.a_file()])
    assert factories.fresh(order).state == Order.State.DELIVERED


def test_a_large_ruling_waits_for_a_second_pair_of_eyes(dispute, staff, settings, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(rules, "DISPUTES", replace(rules.DISPUTES, four_eyes_cents=100_00))
    movements = LedgerTransaction.objects.count()

    actions.rule(dispute, actor=staff, refund_cents=40_00, reason=WHY)
    assert factories.fresh(dispute.order).state == Order.State.DISPUTED
    assert LedgerTransaction.objects.count() == movements
    with pytest.raises(Refusal):
        actions.confirm(dispute, actor=staff)
    with pytest.raises(Refusal):
        actions.rule(dispute, actor=staff, refund_cents=0, reason=WHY)

    second = factories.make_user("Ada", "Roy", is_staff=True, is_superuser=True)
    ruled = actions.confirm(dispute, actor=second)

    assert (ruled.refund_cents, ruled.ruled_by) == (40_00, staff)
    assert ruled.rulings.get().confirmed_by == second
    assert factories.fresh(dispute.order).state == Order.State.RESOLVED


def test_nobody_rules_on_their_own_order(delivered_order):
    buyer = delivered_order.buyer
    type(buyer).objects.filter(pk=buyer.pk).update(is_staff=True, is_superuser=True)
    dispute = opened(delivered_order, actor=delivered_order.expert)
    buyer.refresh_from_db()

    with pytest.raises(Refusal):
        actions.rule(dispute, actor=buyer, refund_cents=120_00, reason=WHY)

    assert factories.fresh(delivered_order).state == Order.State.DISPUTED


@pytest.mark.django_db(transaction=True)
def test_a_ruling_and_a_withdrawal_at_once_leave_one_of_them(dispute, staff):
    results = []

    def act(what):
        try:
            what()
            results.append("done")
        except Refusal:
            results.append("refused")
        finally:
            connection.close()

    buyer = dispute.order.buyer
    both = [
        lambda: actions.rule(dispute, actor=staff, refund_cents=40_00, reason=WHY),
        lambda: actions.withdraw(dispute, actor=buyer),
    ]
    threads = [threading.Thread(target=act, args=(what,)) for what in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["done", "refused"]
    order = factories.fresh(dispute.order)
    found = Dispute.objects.get()
    assert (order.state, bool(found.ruled_at), bool(found.withdrawn_at)) in [
        (Order.State.RESOLVED, True, False),
        (Order.State.DELIVERED, False, True),
    ]


@given(total=st.integers(5_00, 50_000_00), part=st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_for_any_amount_every_cent_is_accounted_for(total, part):
    """``refund + net + commission + VAT`` is what was paid, whatever the split."""
    from orders.models.money import divide
    from payments.models import Payment

    refund = round(total * part)
    payment = Payment(amount_cents=total, commission_bp=1_000, vat_bp=2_000)

    shares = divide([payment], refund)

    assert sum(s.refund_cents + s.net_cents + s.commission.ht + s.commission.vat for s in shares) == total


# The case file


def test_the_whole_case_is_on_one_page_and_in_a_pdf(dispute, client_of, staff, stranger):
    actions.answer(dispute, actor=dispute.order.expert, statement=OTHER)
    for name in ("dispute_file", "dispute_file_pdf"):
        path = reverse(name, args=[dispute.order.public_id])
        assert client_of(stranger).get(path).status_code == 404
        for person in (dispute.order.buyer, dispute.order.expert, staff):
            answer = client_of(person).get(path)
            assert answer.status_code == 200, (name, person)
            if name == "dispute_file":
                text = answer.content.decode()
                assert WORDS in text
                assert OTHER in text
            else:
                assert answer.content.startswith(b"%PDF")
