"""What two parties change in a running order: a later date, a late or agreed cancellation, a split."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from orders import actions, notifications, queries, tasks
from orders.models import Order, OrderEvent
from orders.models.changes import ChangeRequest
from payments import ledger
from payments.models import Earning, Refund
from tests import factories

pytestmark = pytest.mark.django_db

HOURS = timedelta(hours=1)
Kind = OrderEvent.Kind
State = ChangeRequest.State


def act(name: str, order: Order) -> str:
    return reverse(name, args=[order.public_id])


def en(path: str) -> str:
    """The English page, whatever language the last request left behind."""
    return "/en" + path.removeprefix("/en")


def later(order: Order, days: int = 3):
    return factories.fresh(order).due_at + timedelta(days=days)


def extend(order: Order, days: int = 3) -> ChangeRequest:
    return actions.propose_extension(
        order, actor=order.expert, due_at=later(order, days), message="Il me manque vos comptes."
    )


def ask_cancel(order: Order, who: str = "buyer") -> ChangeRequest:
    return actions.request_cancellation(order, actor=getattr(order, who), reason="Le projet s'arrête.")


def split(order: Order, who: str = "expert", refund_cents: int = 40_00) -> ChangeRequest:
    return actions.propose_settlement(
        order, actor=getattr(order, who), refund_cents=refund_cents, message="La moitié est faite."
    )


def footprint(order: Order) -> tuple:
    """All that a refused act could have moved."""
    row = Order.objects.filter(pk=order.pk).values().get()
    return (
        row,
        order.events.count(),
        list(order.changes.values()),
        Refund.objects.count(),
        Earning.objects.count(),
    )


def refuses(order: Order, doing, match: str | None = None) -> None:
    before = footprint(order)
    with translation.override("en"), pytest.raises(Refusal, match=match), transaction.atomic():
        doing()
    assert footprint(order) == before


def told(order: Order) -> dict[str, list[str]]:
    """Tell of all that happened; for each party, the kinds of notification of the last event."""
    last = order.events.order_by("pk").last()
    for event in order.events.all():
        notifications.announce(event.pk)
    found: dict[str, list[str]] = {"buyer": [], "expert": []}
    for line in Notification.objects.filter(key__startswith=f"order_event:{last.pk}"):
        found["buyer" if line.user_id == order.buyer_id else "expert"].append(line.kind)
    return found


def page(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response
    return response.content.decode()


# --- One request at a time ---


@pytest.mark.parametrize("first", [extend, ask_cancel, split])
@pytest.mark.parametrize("second", [extend, ask_cancel, split])
def test_a_second_request_waits_for_the_first(started_order, first, second):
    first(started_order)

    refuses(started_order, lambda: second(started_order), "already waits")


def test_the_database_keeps_one_open_request(started_order):
    change = extend(started_order)
    change.pk, change.public_id = None, None
    twin = ChangeRequest(
        order=started_order,
        kind="cancellation",
        proposed_by=started_order.buyer,
        answer_due_at=clock.now() + HOURS,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_time_to_answer_is_the_one_of_the_day_it_was_ordered(started_order):
    started_order.timers["change_answer"] = 3600
    started_order.save()

    change = ask_cancel(started_order)

    assert change.answer_due_at - change.created_at == HOURS


def test_an_order_older_than_the_delay_follows_the_rule(started_order):
    del started_order.timers["change_answer"], started_order.timers["late_grace"]
    started_order.save()

    change = ask_cancel(started_order)

    assert change.answer_due_at - change.created_at == rules.ORDER_TIMERS.change_answer
    assert started_order.late_cancel_at == started_order.due_at + rules.ORDER_TIMERS.late_grace


# E23
@pytest.mark.parametrize("ask", [extend, ask_cancel, split])
def test_a_dispute_closes_it(started_order, ask):
    change = ask(started_order)
    actions.open_dispute(started_order, actor=started_order.buyer)

    change.refresh_from_db()
    assert change.state == State.CLOSED
    refuses(
        started_order, lambda: actions.accept_change(change, actor=started_order.buyer), "no longer waits"
    )


def test_a_ruling_closes_a_split_proposed_during_the_dispute(delivered_order, staff):
    change = split(actions.open_dispute(delivered_order, actor=delivered_order.buyer))
    actions.settle(delivered_order, actor=staff, refund_cents=60_00, reason="Jugé")

    change.refresh_from_db()
    assert change.state == State.CLOSED


def test_an_acceptance_of_the_deliverable_closes_it(delivered_order):
    change = split(delivered_order)
    actions.accept_delivery(delivered_order, actor=delivered_order.buyer)

    change.refresh_from_db()
    assert change.state == State.CLOSED
    assert Refund.objects.count() == 0


def test_it_does_not_stop_the_automatic_acceptance(delivered_order):
    change = ask_cancel(delivered_order)
    Order.objects.filter(pk=delivered_order.pk).update(acceptance_due_at=clock.now())

    assert tasks.accept_unanswered() == 1

    change.refresh_from_db()
    assert (factories.fresh(delivered_order).state, change.state) == (Order.State.COMPLETED, State.CLOSED)


@pytest.mark.parametrize("ask", [extend, ask_cancel, split])
def test_nobody_answers_oneself_and_strangers_answer_nothing(started_order, stranger, staff, ask):
    change = ask(started_order)
    asker = change.proposed_by
    other = started_order.expert if asker == started_order.buyer else started_order.buyer

    for person in (asker, stranger, staff):
        refuses(started_order, lambda person=person: actions.accept_change(change, actor=person))
        refuses(started_order, lambda person=person: actions.refuse_change(change, actor=person))
    for person in (other, stranger, staff):
        refuses(started_order, lambda person=person: actions.withdraw_change(change, actor=person))


@pytest.mark.parametrize("ask", [extend, ask_cancel, split])
def test_a_refusal_or_a_withdrawal_changes_nothing_and_frees_the_place(started_order, ask):
    before = factories.fresh(started_order)
    change = ask(started_order)
    asker = change.proposed_by
    other = started_order.expert if asker == started_order.buyer else started_order.buyer

    actions.refuse_change(change, actor=other)
    again = ask(started_order)
    actions.withdraw_change(again, actor=asker)

    after = factories.fresh(started_order)
    assert (after.state, after.due_at) == (before.state, before.due_at)
    assert list(started_order.changes.values_list("state", flat=True)) == [State.REFUSED, State.WITHDRAWN]
    for answer, person in ((actions.accept_change, other), (actions.withdraw_change, asker)):
        for asked in (change, again):
            refuses(started_order, lambda a=answer, c=asked, p=person: a(c, actor=p), "no longer waits")


# --- A later date (E15) ---


def test_a_later_date_holds_once_it_is_accepted(started_order, buyer):
    present = started_order.due_at
    change = extend(started_order)
    assert factories.fresh(started_order).due_at == present

    actions.accept_change(change, actor=buyer)

    assert factories.fresh(started_order).due_at == change.new_due_at == present + timedelta(days=3)


@pytest.mark.parametrize(("days", "why"), [(0, "later than"), (-1, "later than"), (181, "at most 180 days")])
def test_a_date_must_be_later_and_not_too_far(started_order, days, why):
    refuses(started_order, lambda: extend(started_order, days), why)


def test_a_late_expert_cannot_propose_a_date_that_has_passed(started_order):
    with time_machine.travel(started_order.due_at + timedelta(days=2), tick=False):
        refuses(started_order, lambda: extend(started_order, 1), "has not passed")
        assert extend(started_order, 3).state == State.OPEN


def test_the_longest_extension_is_allowed(started_order):
    assert extend(started_order, 180).state == State.OPEN


@pytest.mark.parametrize("state", ["active_order", "delivered_order", "completed_order"])
def test_no_later_date_when_the_countdown_does_not_run(request, state):
    order = request.getfixturevalue(state)

    refuses(
        order,
        lambda: actions.propose_extension(
            order, actor=order.expert, due_at=clock.now() + timedelta(days=30), message="x"
        ),
        "while the delivery time is running",
    )


def test_the_buyer_does_not_propose_a_date(started_order, buyer):
    refuses(
        started_order,
        lambda: actions.propose_extension(started_order, actor=buyer, due_at=later(started_order)),
    )


def test_left_unanswered_the_date_stays(started_order):
    present = started_order.due_at
    change = extend(started_order)
    assert tasks.expire_requests() == 0

    with time_machine.travel(change.answer_due_at, tick=False):
        assert tasks.expire_requests() == 1
        assert tasks.expire_requests() == 0

    change.refresh_from_db()
    assert change.state == State.EXPIRED
    assert factories.fresh(started_order).due_at == present


def test_a_request_ends_with_its_own_date(started_order, buyer):
    with time_machine.travel(started_order.due_at + 2 * HOURS, tick=False):
        change = actions.propose_extension(
            started_order, actor=started_order.expert, due_at=clock.now() + 5 * HOURS, message="Ce soir"
        )
    assert change.answer_due_at == change.new_due_at

    with time_machine.travel(change.new_due_at + timedelta(seconds=1), tick=False):
        refuses(started_order, lambda: actions.accept_change(change, actor=buyer), "no longer be agreed")


def test_a_deliverable_makes_it_pointless(started_order):
    change = extend(started_order)
    factories.deliver(started_order)

    change.refresh_from_db()
    assert change.state == State.CLOSED


def test_an_accepted_later_date_takes_the_lateness_away(started_order, buyer):
    with time_machine.travel(started_order.due_at + 30 * HOURS, tick=False):
        assert factories.fresh(started_order).may_cancel_late
        actions.accept_change(extend(started_order), actor=buyer)

        assert not factories.fresh(started_order).is_late
        refuses(started_order, lambda: actions.cancel_late(started_order, actor=buyer), "not late enough")


# --- Late (E13, E17) ---


def test_the_buyer_cancels_alone_after_the_grace(started_order, buyer):
    with time_machine.travel(started_order.due_at + 24 * HOURS, tick=False):
        actions.cancel_late(started_order, actor=buyer)

    order = factories.fresh(started_order)
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.LATE)
    assert order.hold.refunded_cents == order.total_cents
    assert not order.conversation.is_open
    assert ledger.audit() == []


# E13
def test_not_one_second_before(started_order, buyer):
    with time_machine.travel(started_order.due_at + 24 * HOURS - timedelta(seconds=1), tick=False):
        refuses(started_order, lambda: actions.cancel_late(started_order, actor=buyer), "not late enough")


def test_nobody_else_cancels_what_is_late(started_order, expert, stranger, staff):
    with time_machine.travel(started_order.due_at + 48 * HOURS, tick=False):
        for person in (expert, stranger, staff):
            refuses(started_order, lambda person=person: actions.cancel_late(started_order, actor=person))


def test_a_deliverable_however_late_takes_the_right_away(started_order, buyer):
    with time_machine.travel(started_order.due_at + 48 * HOURS, tick=False):
        factories.deliver(started_order)
        refuses(started_order, lambda: actions.cancel_late(started_order, actor=buyer), "handed over")
        actions.request_revision(started_order, actor=buyer, wrong="a", expected="b")
        refuses(started_order, lambda: actions.cancel_late(started_order, actor=buyer), "handed over")


def test_a_pending_later_date_does_not_keep_the_buyer(started_order, buyer):
    with time_machine.travel(started_order.due_at + 24 * HOURS, tick=False):
        change = extend(started_order)
        actions.cancel_late(started_order, actor=buyer)

    change.refresh_from_db()
    assert change.state == State.CLOSED


# --- An agreed cancellation (E22) ---


@pytest.mark.parametrize("who", ["buyer", "expert"])
@pytest.mark.parametrize("state", ["started_order", "delivered_order"])
def test_both_agree_and_everything_is_paid_back(request, state, who):
    order = request.getfixturevalue(state)
    change = ask_cancel(order, who)
    other = order.expert if who == "buyer" else order.buyer

    actions.accept_change(change, actor=other)

    order = factories.fresh(order)
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.AGREED)
    assert order.cancel_reason == "Le projet s'arrête."
    assert order.hold.refunded_cents == order.total_cents
    assert Earning.objects.count() == 0
    assert not order.conversation.is_open
    assert ledger.audit() == []


def test_a_reason_is_needed(started_order, buyer):
    refuses(
        started_order,
        lambda: actions.request_cancellation(started_order, actor=buyer, reason="  "),
        "Say why",
    )


@pytest.mark.parametrize("state", ["placed_order", "active_order", "completed_order"])
@pytest.mark.parametrize("ask", [ask_cancel, split])
def test_there_is_nothing_to_agree_on_before_the_start_nor_after_the_end(request, state, ask):
    order = request.getfixturevalue(state)

    refuses(order, lambda: ask(order, "buyer"))


def test_strangers_ask_for_nothing(started_order, stranger, staff):
    for person in (stranger, staff):
        refuses(
            started_order,
            lambda person=person: actions.request_cancellation(started_order, actor=person, reason="x"),
        )
        refuses(
            started_order,
            lambda person=person: actions.propose_settlement(started_order, actor=person, refund_cents=1),
        )


@pytest.mark.parametrize("who", ["buyer", "expert"])
def test_silence_agrees_while_nothing_was_delivered(started_order, who):
    change = ask_cancel(started_order, who)

    with time_machine.travel(change.answer_due_at, tick=False):
        assert tasks.expire_requests() == 1
        assert tasks.expire_requests() == 0

    order = factories.fresh(started_order)
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.AGREED)
    assert order.hold.refunded_cents == order.total_cents
    assert Refund.objects.count() == 1
    assert told(order) == {"buyer": ["order_cancelled_agreed"], "expert": ["order_cancelled_agreed"]}


def test_silence_after_a_deliverable_lets_it_expire_and_a_dispute_may_follow(started_order, buyer):
    change = ask_cancel(started_order)
    factories.deliver(started_order)

    with time_machine.travel(change.answer_due_at, tick=False):
        assert tasks.expire_requests() == 1
        assert tasks.expire_requests() == 0
        change.refresh_from_db()
        assert change.state == State.EXPIRED
        assert factories.fresh(started_order).state == Order.State.DELIVERED
        assert Refund.objects.count() == 0
        assert told(started_order) == {"buyer": ["request_expired"], "expert": ["request_lapsed"]}
        assert actions.open_dispute(started_order, actor=buyer).state == Order.State.DISPUTED


def test_a_request_never_stops_the_countdown(started_order):
    due_at = started_order.due_at
    ask_cancel(started_order, "expert")

    with time_machine.travel(due_at + HOURS, tick=False):
        order = factories.fresh(started_order)
        assert order.due_at == due_at
        assert order.is_late


# --- A settlement (E24) ---


@pytest.mark.parametrize("who", ["buyer", "expert"])
@pytest.mark.parametrize("state", ["started_order", "delivered_order"])
def test_a_settlement_pays_exactly_what_was_shown(request, state, who):
    order = request.getfixturevalue(state)
    change = split(order, who, 33_33)
    seen = actions.preview_split(order, refund_cents=33_33)
    assert seen.refund_cents + seen.net_cents + seen.commission.ttc == order.total_cents

    actions.accept_change(change, actor=order.expert if who == "buyer" else order.buyer)

    order, earning = factories.fresh(order), Earning.objects.get()
    said = order.events.get(kind=Kind.CANCELLED).data
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.SETTLED)
    assert Refund.objects.get().amount_cents == said["refund_cents"] == 33_33
    assert earning.net_cents == said["net_cents"] == seen.net_cents
    assert (earning.commission_cents, earning.commission_vat_cents) == (
        seen.commission.ttc,
        seen.commission.vat,
    )
    assert order.acceptance_due_at is None
    assert not order.conversation.is_open
    assert ledger.audit() == []


@pytest.mark.parametrize("refund_cents", [0, 120_00, 120_01])
def test_a_settlement_leaves_something_to_each_side(started_order, refund_cents):
    refuses(started_order, lambda: split(started_order, refund_cents=refund_cents), "something to each side")


def test_an_unanswered_settlement_expires_without_moving_a_cent(started_order):
    change = split(started_order)

    with time_machine.travel(change.answer_due_at, tick=False):
        assert tasks.expire_requests() == 1

    change.refresh_from_db()
    assert change.state == State.EXPIRED
    assert factories.fresh(started_order).state == Order.State.ACTIVE
    assert (Refund.objects.count(), Earning.objects.count()) == (0, 0)


def test_a_settlement_cannot_be_accepted_twice(started_order, buyer):
    change = split(started_order)
    actions.accept_change(change, actor=buyer)

    refuses(started_order, lambda: actions.accept_change(change, actor=buyer), "no longer waits")


# --- Who is told ---


def test_each_request_and_answer_is_told_to_the_other_side_alone(started_order, buyer, expert):
    change = extend(started_order)
    assert told(started_order) == {"buyer": ["extension_proposed"], "expert": []}
    actions.refuse_change(change, actor=buyer)
    assert told(started_order) == {"buyer": [], "expert": ["extension_refused"]}
    actions.accept_change(extend(started_order), actor=buyer)
    assert told(started_order) == {"buyer": [], "expert": ["extension_agreed"]}
    change = ask_cancel(started_order)
    assert told(started_order) == {"buyer": [], "expert": ["cancel_requested"]}
    actions.refuse_change(change, actor=expert)
    assert told(started_order) == {"buyer": ["cancellation_refused"], "expert": []}
    change = split(started_order)
    assert told(started_order) == {"buyer": ["settlement_proposed"], "expert": []}
    actions.withdraw_change(change, actor=expert)
    assert told(started_order) == {"buyer": ["request_withdrawn"], "expert": []}
    actions.refuse_change(split(started_order), actor=buyer)
    assert told(started_order) == {"buyer": [], "expert": ["settlement_refused"]}
    actions.accept_change(split(started_order, "buyer"), actor=expert)
    assert told(started_order) == {"buyer": ["order_settled"], "expert": []}


def test_an_agreement_and_a_late_cancellation_are_told(started_order, buyer, expert, offer):
    actions.accept_change(ask_cancel(started_order), actor=expert)
    assert told(started_order) == {"buyer": ["order_cancelled_agreed"], "expert": []}

    other = factories.start(factories.pay(factories.place(buyer, offer)))
    with time_machine.travel(other.due_at + 25 * HOURS, tick=False):
        actions.cancel_late(other, actor=buyer)
        assert told(other) == {"buyer": ["order_cancelled_refunded"], "expert": ["order_cancelled_late"]}


# --- The room ---


@pytest.mark.parametrize("ask", [extend, ask_cancel, split])
def test_the_room_asks_the_other_side_and_lets_the_asker_withdraw(client_of, staff, started_order, ask):
    change = ask(started_order)
    asker = change.proposed_by
    other = started_order.expert if asker == started_order.buyer else started_order.buyer
    path = en(started_order.get_absolute_url())
    accept, refuse, withdraw = (
        f'action="{en(reverse(name, args=[change.public_id]))}"'
        for name in ("change_accept", "change_refuse", "change_withdraw")
    )

    theirs, own, read = (page(client_of(person), path) for person in (other, asker, staff))

    for text in (theirs, own, read):
        assert 'id="request"' in text
    assert (accept in theirs, refuse in theirs, withdraw in theirs) == (True, True, False)
    assert (accept in own, refuse in own, withdraw in own) == (False, False, True)
    assert (accept in read, refuse in read, withdraw in read) == (False, False, False)
    for text in (theirs, own):
        for name in ("order_extension", "order_ask_cancel", "order_settlement"):
            assert act(name, started_order).removeprefix("/en") not in text, "one request at a time"


def test_the_figures_are_shown_to_both_before_agreeing(client_of, buyer, expert, started_order):
    split(started_order, refund_cents=40_00)

    for person in (buyer, expert):
        text = page(client_of(person), en(started_order.get_absolute_url()))
        for figure in ("€40.00", "€72.00", "€8.00", "VAT of €1.33 included", "€120.00"):
            assert figure in text


def test_an_answer_from_the_room(client_of, buyer, started_order):
    change = extend(started_order)
    client = client_of(buyer)
    assert client.get(reverse("change_accept", args=[change.public_id])).status_code == 302
    assert started_order.changes.open().exists(), "reading never acts"

    client.post(reverse("change_accept", args=[change.public_id]))
    again = client.post(reverse("change_accept", args=[change.public_id]), follow=True)

    assert factories.fresh(started_order).due_at == change.new_due_at
    assert 'role="alert"' in again.content.decode()
    assert 'id="request"' not in again.content.decode()


def test_an_old_page_does_not_accept_another_request(client_of, buyer, expert, started_order):
    old = split(started_order, refund_cents=100_00)
    actions.withdraw_change(old, actor=expert)
    split(started_order, refund_cents=1)

    client_of(buyer).post(reverse("change_accept", args=[old.public_id]))

    assert factories.fresh(started_order).state == Order.State.ACTIVE
    assert Refund.objects.count() == 0


def test_strangers_and_staff_find_nothing(client_of, stranger, staff, started_order):
    change = split(started_order)
    for person in (stranger, staff):
        client = client_of(person)
        for name in ("change_accept", "change_refuse", "change_withdraw"):
            assert client.post(reverse(name, args=[change.public_id])).status_code == 404
        for name in ("order_extension", "order_ask_cancel", "order_settlement", "order_cancel_late"):
            assert client.get(act(name, started_order)).status_code == 404
            assert client.post(act(name, started_order)).status_code == 404


def test_each_side_finds_its_own_pages(client_of, buyer, expert, started_order):
    assert client_of(buyer).get(act("order_extension", started_order)).status_code == 404
    assert client_of(expert).get(act("order_cancel_late", started_order)).status_code == 404
    assert client_of(buyer).get(act("order_cancel_late", started_order)).status_code == 302
    for person in (buyer, expert):
        for name in ("order_ask_cancel", "order_settlement"):
            assert 'method="post"' in page(client_of(person), act(name, started_order))


def test_the_expert_proposes_a_date_at_the_same_time_of_day(client_of, expert, started_order):
    client = client_of(expert)
    present = timezone.localtime(started_order.due_at)
    day = (present + timedelta(days=4)).date()
    assert 'type="date"' in page(client, act("order_extension", started_order))

    client.post(
        act("order_extension", started_order),
        {"day": day.isoformat(), "message": "Il me manque vos comptes."},
    )

    asked = timezone.localtime(started_order.changes.get().new_due_at)
    assert (asked.date(), asked.time()) == (day, present.time())


@pytest.mark.parametrize("day", ["", "bientôt", "2020-01-01", "2099-01-01", "9999-12-31", "0001-01-01"])
def test_a_date_that_is_none_says_why_and_keeps_what_was_typed(client_of, expert, started_order, day):
    before = footprint(started_order)

    response = client_of(expert).post(
        act("order_extension", started_order), {"day": day, "message": "Mes mots"}
    )

    assert response.status_code == 422
    assert "day" in response.context["form"].errors
    assert "Mes mots" in response.content.decode()
    assert footprint(started_order) == before


def test_a_cancellation_without_words_is_refused_next_to_the_field(client_of, buyer, started_order):
    response = client_of(buyer).post(act("order_ask_cancel", started_order), {"reason": " "})

    assert response.status_code == 422
    assert 'id="id_reason_error"' in response.content.decode()
    assert not started_order.changes.exists()


def test_a_settlement_is_seen_before_it_is_sent(client_of, buyer, started_order):
    client, path = client_of(buyer), en(act("order_settlement", started_order))
    typed = {"refund_cents": "40", "message": "La moitié."}

    shown = client.post(path, typed)
    assert shown.status_code == 200
    assert "€72.00" in shown.content.decode()
    assert 'name="seen" value="4000"' in shown.content.decode()
    assert not started_order.changes.exists()

    changed = client.post(path, {**typed, "refund_cents": "60", "seen": "4000"})
    assert "€54.00" in changed.content.decode(), "other amounts are shown again"
    assert not started_order.changes.exists()

    client.post(path, {**typed, "refund_cents": "60", "seen": "6000"})
    assert started_order.changes.get().refund_cents == 60_00


def test_the_slider_shows_the_figures_and_never_sends_anything(client_of, buyer, started_order):
    address = reverse("order_settlement", args=[started_order.public_id])
    typed = {"refund_cents": "40", "message": "La moitié est faite.", "seen": "4000"}

    for words in (typed, {**typed, "message": ""}):
        answer = client_of(buyer).post(address, words, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert answer.context["split"].refund_cents == 40_00
    wrong = client_of(buyer).post(address, {**typed, "refund_cents": "x"}, headers={"HX-Request": "true"})

    assert wrong.context["split"] is None
    assert not started_order.changes.exists()


@pytest.mark.parametrize("amount", ["", "0", "120", "-5", "abc", "12.345", "1e3"])
def test_a_split_that_is_none_says_why(client_of, expert, started_order, amount):
    response = client_of(expert).post(
        act("order_settlement", started_order), {"refund_cents": amount, "message": "Mes mots"}
    )

    assert response.status_code == 422
    assert "refund_cents" in response.context["form"].errors
    assert "Mes mots" in response.content.decode()
    assert not started_order.changes.exists()


def test_a_late_order_says_so_and_offers_the_way_out_after_the_grace(client_of, buyer, expert, started_order):
    path = en(started_order.get_absolute_url())
    cancel = "late-cancellation/"
    with time_machine.travel(started_order.due_at + HOURS, tick=False):
        text = page(client_of(buyer), path)
        assert "badge-bad" in text
        assert "you can cancel alone and get everything back" in text
        assert cancel not in text
    with time_machine.travel(started_order.due_at + 25 * HOURS, tick=False):
        assert cancel in page(client_of(buyer), path)
        assert cancel not in page(client_of(expert), path)
        client = client_of(buyer)
        assert "€120" in page(client, en(act("order_cancel_late", started_order)))
        client.post(act("order_cancel_late", started_order))
        again = client.post(act("order_cancel_late", started_order), follow=True)

    assert factories.fresh(started_order).cancel_cause == Order.CancelCause.LATE
    assert 'role="alert"' in again.content.decode()


def test_an_order_on_time_says_nothing_of_lateness(client_of, buyer, started_order):
    text = page(client_of(buyer), en(started_order.get_absolute_url()))

    assert "badge-bad" not in text
    assert "late-cancellation/" not in text


def test_pages_opened_too_late_send_back_to_the_room(client_of, buyer, expert, completed_order):
    before = footprint(completed_order)
    for name, person in (
        ("order_extension", expert),
        ("order_ask_cancel", buyer),
        ("order_settlement", expert),
        ("order_cancel_late", buyer),
    ):
        for send in (client_of(person).get, client_of(person).post):
            response = send(act(name, completed_order))
            assert response.status_code == 302
            assert response["Location"] == completed_order.get_absolute_url()
    assert footprint(completed_order) == before


@pytest.mark.parametrize("end", ["late", "agreed", "settled"])
def test_every_end_is_said_to_every_side(client_of, buyer, expert, staff, started_order, end):
    if end == "late":
        with time_machine.travel(started_order.due_at + 25 * HOURS, tick=False):
            actions.cancel_late(started_order, actor=buyer)
    else:
        change = ask_cancel(started_order) if end == "agreed" else split(started_order, "buyer")
        actions.accept_change(change, actor=expert)
    order = Order.objects.select_related("payment__hold").get(pk=started_order.pk)

    for side, person in (("buyer", buyer), ("expert", expert), ("staff", staff)):
        step = queries.next_step(order, side)
        said = "".join(part.words for part in step.words.parts)
        assert "%(" not in said
        assert ("40" in said) == (end == "settled")
        path = en(order.get_absolute_url())
        for address in (path, path.removeprefix("/en")):
            assert client_of(person).get(address).status_code == 200


def test_an_open_request_costs_the_room_no_query(buyer, started_order, django_assert_num_queries):
    def gather() -> None:
        queries.room(queries.room_orders(buyer).get(pk=started_order.pk), buyer)

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as without:
        gather()
    split(started_order)
    with django_assert_num_queries(len(without)):
        gather()
