"""What a cancellation leaves on a profile, who corrects it, and counts that are never worked out by a page."""

from datetime import timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders import actions, tasks
from orders.models import CancellationRecord, OrderEvent, TrackRecord
from orders.queries.people import buyer_page
from tests import factories

pytestmark = pytest.mark.django_db


def track(user, side) -> tuple[int, int, int, int]:
    found = TrackRecord.objects.filter(user=user, side=side).first()
    return (found.completed, found.cancelled, found.due, found.on_time) if found else (0, 0, 0, 0)


def agreed(order, asker):
    change = actions.request_cancellation(order, actor=asker, reason="Empêchement")
    other = order.expert if asker == order.buyer else order.buyer
    actions.accept_change(change, actor=other)
    return CancellationRecord.objects.get(order=order)


# A75, E40


@pytest.mark.parametrize("asker", ["buyer", "expert"])
def test_an_agreed_cancellation_stands_on_the_profile_of_who_asked_with_a_neutral_score(started_order, asker):
    person = getattr(started_order, asker)

    written = agreed(started_order, person)

    assert (written.subject, written.side, written.cause, written.score) == (person, asker, "agreed", 3)
    assert track(person, asker)[1] == 1


def test_a_buyer_who_cancels_before_the_start_is_recorded(active_order):
    actions.cancel_before_start(active_order, actor=active_order.buyer)

    written = CancellationRecord.objects.get()
    assert (written.subject, written.cause) == (active_order.buyer, "before_start")


def test_a_late_order_that_its_buyer_cancels_is_on_the_profile_of_the_expert(started_order):
    # E13: the expert's lateness ended it, and only the expert's facts count it
    with time_machine.travel(started_order.due_at + timedelta(hours=25)):
        actions.cancel_late(started_order, actor=started_order.buyer)

    written = CancellationRecord.objects.get()
    assert (written.subject, written.cause) == (started_order.expert, "late")
    assert track(started_order.expert, "expert") == (0, 1, 1, 0)
    assert track(started_order.buyer, "buyer") == (0, 0, 0, 0)


def test_a_settlement_is_recorded_on_who_proposed_it(started_order):
    # E24
    change = actions.propose_settlement(started_order, actor=started_order.expert, refund_cents=40_00)
    actions.accept_change(change, actor=started_order.buyer)

    written = CancellationRecord.objects.get()
    assert (written.subject, written.cause) == (started_order.expert, "shared")


def test_an_expert_who_declines_or_never_starts_and_an_unpaid_order_leave_no_record(
    active_order, buyer, offer, staff
):
    # E1, E4: an order nobody began is not a cancellation
    actions.decline(active_order, actor=active_order.expert, reason="Complet")
    silent = factories.pay(factories.place(buyer, offer))
    with time_machine.travel(silent.start_due_at + timedelta(minutes=1)):
        actions.cancel_not_started(silent)
    actions.cancel_before_start(factories.place(buyer, offer), actor=buyer)
    actions.cancel_as_staff(factories.pay(factories.place(buyer, offer)), actor=staff, reason="Fraude")

    assert not CancellationRecord.objects.exists()


# A76, D11, E40


# Section 3 number 2
def test_the_other_party_sets_cause_and_score_once_and_what_stood_before_is_kept(started_order):
    agreed(started_order, started_order.expert)
    buyer = started_order.buyer

    written = actions.amend_record(
        started_order, actor=buyer, cause="unavailable", score=2, comment="Plus de nouvelles."
    )

    assert (written.cause, written.score) == ("unavailable", 2)
    assert (written.first_cause, written.first_score) == ("agreed", 3)
    with pytest.raises(Refusal):
        actions.amend_record(started_order, actor=buyer, cause="other", score=1)
    written.refresh_from_db()
    assert (written.cause, written.score) == ("unavailable", 2)


@pytest.mark.parametrize("who", ["expert", "stranger"])
def test_nobody_else_touches_a_record(started_order, stranger, who):
    written = agreed(started_order, started_order.expert)
    actor = stranger if who == "stranger" else started_order.expert

    with pytest.raises(Refusal):
        actions.amend_record(started_order, actor=actor, cause="other", score=5)
    written.refresh_from_db()
    assert written.amended_at is None


def test_after_fourteen_days_a_record_stands(started_order):
    agreed(started_order, started_order.expert)

    with time_machine.travel(clock.now() + timedelta(days=14, minutes=1)), pytest.raises(Refusal):
        actions.amend_record(started_order, actor=started_order.buyer, cause="other", score=1)


@pytest.mark.parametrize(("cause", "score"), [("nonsense", 3), ("other", 0), ("other", 6)])
def test_an_unknown_cause_or_score_is_refused(started_order, cause, score):
    agreed(started_order, started_order.expert)

    with pytest.raises(Refusal):
        actions.amend_record(started_order, actor=started_order.buyer, cause=cause, score=score)


def test_the_canceller_answers_once(started_order):
    agreed(started_order, started_order.expert)
    expert = started_order.expert
    with pytest.raises(Refusal):
        actions.answer_record(started_order, actor=expert, text="Trop tôt")
    actions.amend_record(started_order, actor=started_order.buyer, cause="unavailable", score=1)

    actions.answer_record(started_order, actor=expert, text="J’étais malade.")

    with pytest.raises(Refusal):
        actions.answer_record(started_order, actor=expert, text="Encore")
    assert CancellationRecord.objects.get().reply == "J’étais malade."
    kinds = set(started_order.events.values_list("kind", flat=True))
    assert {OrderEvent.Kind.CANCELLATION_RATED, OrderEvent.Kind.CANCELLATION_ANSWERED} <= kinds


def test_a_cancelled_order_takes_no_review_of_work(started_order):
    # E39
    agreed(started_order, started_order.expert)

    with pytest.raises(Refusal):
        actions.leave_review(
            factories.fresh(started_order), author=started_order.buyer, rating=1, comment="Non"
        )
    started_order.expert.expert_profile.refresh_from_db()
    assert started_order.expert.expert_profile.rating_count == 0


# Counts


def test_reliability_is_counted_when_it_happens(client, started_order, buyer, offer):
    order = factories.deliver(started_order)
    actions.accept_delivery(order, actor=buyer)
    late = factories.start(factories.pay(factories.place(buyer, offer)))
    with time_machine.travel(late.due_at + timedelta(hours=1)):
        late = factories.deliver(late)
        actions.accept_delivery(late, actor=buyer)

    assert track(order.expert, "expert") == (2, 0, 2, 1)
    assert track(buyer, "buyer") == (2, 0, 0, 0)
    assert TrackRecord.objects.get(user=order.expert).on_time_percent == 50
    page = client.get(order.expert.expert_profile.get_absolute_url()).content.decode()
    assert "50 % des premiers livrables" in page.replace("\u00a0", " ").replace("&nbsp;", " ")  # B28


# Pages


def test_the_public_reads_the_cancellations_of_an_expert(client, started_order):
    agreed(started_order, started_order.expert)
    actions.amend_record(
        started_order, actor=started_order.buyer, cause="unavailable", score=2, comment="Plus de nouvelles."
    )

    page = client.get(started_order.expert.expert_profile.get_absolute_url()).content.decode()

    assert "Plus de nouvelles." in page
    assert 'id="cancellations"' in page


def test_experts_read_a_buyers_page_and_the_public_and_other_buyers_do_not(
    client, client_of, started_order, stranger, django_assert_num_queries: DjangoAssertNumQueries
):
    # A77
    buyer = started_order.buyer
    agreed(started_order, buyer)
    url = f"/buyers/{buyer.public_id}/"

    assert client.get(url).status_code == 302
    assert client_of(stranger).get(url).status_code == 404
    page = client_of(started_order.expert).get(url).content.decode()
    assert 'id="cancellations"' in page
    assert buyer.email not in page
    with django_assert_num_queries(4):
        buyer_page(buyer)


def test_judging_and_answering_in_the_browser(client_of, started_order):
    agreed(started_order, started_order.expert)
    url = f"/orders/{started_order.public_id}/cancellation-record/"
    buyer, expert = client_of(started_order.buyer), client_of(started_order.expert)
    assert expert.get(url).status_code == 302, "nothing to answer yet"
    assert buyer.post(url, {"cause": "x", "score": "9"}).status_code == 422

    buyer.post(url, {"cause": "silent", "score": "1", "comment": "Silence complet."})
    assert "Silence complet." in expert.get(url).content.decode()
    expert.post(url, {"text": "Panne de réseau."})

    written = CancellationRecord.objects.get()
    assert (written.cause, written.score, written.reply) == ("silent", 1, "Panne de réseau.")
    assert buyer.get(url).status_code == 302


# E1: silence before the start counts in how often an expert answers, and leaves no mark
def test_how_often_an_expert_answers_is_counted_and_shown(client, buyer, offer):
    factories.start(factories.pay(factories.place(buyer, offer)))
    declined = factories.pay(factories.place(buyer, offer))
    actions.decline(declined, actor=declined.expert, reason="Complet.")
    changed = factories.pay(factories.place(buyer, offer))
    actions.cancel_before_start(changed, actor=buyer)
    silent = factories.pay(factories.place(buyer, offer))
    with time_machine.travel(silent.start_due_at, tick=True):
        for _twice in range(2):
            tasks.cancel_not_started()

    track = silent.expert.track_records.get(side="expert")
    assert (track.asked, track.answered, track.answered_percent) == (3, 2, 66)
    assert track.cancelled == 0
    page = client.get(silent.expert.expert_profile.get_absolute_url()).content.decode()
    assert "66" in page
