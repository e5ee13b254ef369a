"""What is added while the work runs: its own payment, its own hold, and the same end as the rest, to the cent."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders import actions, tasks
from orders.models import Order, OrderEvent, OrderExtra, OrderLine
from orders.payment_observer import OrderPaymentObserver
from payments import escrow, ledger
from payments.models import Earning, EscrowHold, Payment, Refund
from tests import factories

SLIDES, EXPRESS = 1, 0
"""Places of the add-ons in the order's list: 50 € and a day more, 35 € and two days saved."""

pytestmark = pytest.mark.django_db


def paid(extra: OrderExtra) -> OrderExtra:
    """The gateway reports the price of an extra, and orders are told."""
    escrow.receive(
        extra.payment,
        amount_cents=extra.price_cents,
        gateway_id=f"gw-extra-{extra.pk}",
        occurred_at=clock.now(),
    )
    OrderPaymentObserver().payment_received(extra.payment_id)
    return OrderExtra.objects.get(pk=extra.pk)


def add(order: Order, number: int = SLIDES) -> OrderExtra:
    return paid(actions.choose_add_on(order, actor=order.buyer, number=number))


def propose(order: Order, **terms) -> OrderExtra:
    terms = {"title": "Traduction", "price_cents": 80_00, "days": 2, "message": "En anglais", **terms}
    return actions.propose_extra(order, actor=order.expert, **terms)


def money_of(order: Order) -> tuple[int, int, int]:
    """Refunded, net and commission over every payment of an order."""
    payments = [order.payment_id, *order.extras.exclude(payment=None).values_list("payment", flat=True)]
    earnings = Earning.objects.filter(hold__payment__in=payments)
    return (
        sum(Refund.objects.filter(hold__payment__in=payments).values_list("amount_cents", flat=True)),
        sum(earning.net_cents for earning in earnings),
        sum(earning.commission_cents for earning in earnings),
    )


# E18


# B10
def test_an_add_on_bought_mid_order_has_its_own_payment_hold_and_commission(started_order):
    due = started_order.due_at
    extra = add(started_order)

    order = factories.fresh(started_order)
    hold = extra.payment.hold
    assert extra.state == "paid"
    assert (hold.amount_cents, hold.commission_cents, hold.net_cents) == (50_00, 5_00, 45_00)
    assert extra.payment.commission_bp == order.commission_bp
    assert order.payment.hold.amount_cents == 120_00, "what was held before has not moved"
    assert order.total_cents == 170_00
    assert order.net_cents == 153_00
    assert order.due_at == due + timedelta(days=1)
    assert order.lines.get(extra=extra).price_cents == 50_00
    assert not ledger.audit()


def test_an_add_on_that_saves_time_never_leaves_less_than_a_day(started_order):
    with time_machine.travel(started_order.due_at - timedelta(hours=60), tick=False):
        add(started_order, EXPRESS)
        assert factories.fresh(started_order).due_at == clock.now() + timedelta(hours=24)


def test_before_the_start_an_add_on_changes_the_time_that_will_run(active_order):
    add(active_order)

    order = factories.start(factories.fresh(active_order))
    assert order.due_at - order.started_at == timedelta(days=6)


def test_an_add_on_keeps_the_price_it_had_when_the_order_was_placed(started_order):
    started_order.offer.add_ons.update(price_cents=999_00)

    extra = actions.choose_add_on(started_order, actor=started_order.buyer, number=SLIDES)

    assert extra.price_cents == extra.payment.amount_cents == 50_00


def test_the_reminders_follow_a_date_that_an_add_on_brings_nearer(started_order):
    before = started_order.due_at
    add(started_order, EXPRESS)

    order = factories.fresh(started_order)
    assert order.due_at < before
    assert order.next_reminder_at == order.due_at - order.timer("due_soon")


def test_nothing_counts_until_it_is_paid(started_order):
    before = Order.objects.filter(pk=started_order.pk).values().get()

    actions.choose_add_on(started_order, actor=started_order.buyer, number=SLIDES)

    assert Order.objects.filter(pk=started_order.pk).values().get() == before
    assert EscrowHold.objects.count() == 1


def test_a_double_click_asks_for_one_payment(started_order):
    first, second = (
        actions.choose_add_on(started_order, actor=started_order.buyer, number=SLIDES) for _ in range(2)
    )

    assert first == second
    assert Payment.objects.count() == 2


def test_an_add_on_is_bought_once(started_order):
    add(started_order)

    with pytest.raises(Refusal):
        actions.choose_add_on(started_order, actor=started_order.buyer, number=SLIDES)
    assert started_order.extras.count() == 1


@pytest.mark.parametrize("number", [-1, 2, 99])
def test_an_add_on_that_the_offer_did_not_have_is_refused(started_order, number):
    with pytest.raises(Refusal):
        actions.choose_add_on(started_order, actor=started_order.buyer, number=number)
    assert not started_order.extras.exists()


@pytest.mark.parametrize("state", ["placed", "delivered", "completed", "disputed"])
def test_nothing_is_added_when_unpaid_delivered_disputed_or_closed(request, state):
    order = request.getfixturevalue("started_order" if state == "disputed" else f"{state}_order")
    if state == "disputed":
        order = actions.open_dispute(order, actor=order.buyer)

    for act in (lambda: add(order), lambda: propose(order)):
        with pytest.raises(Refusal):
            act()
    assert not order.extras.exists()
    assert Payment.objects.count() == 1


def test_only_the_buyer_chooses_and_only_the_expert_proposes(started_order, stranger):
    for actor in (started_order.expert, stranger):
        with pytest.raises(Refusal):
            actions.choose_add_on(started_order, actor=actor, number=0)
    for actor in (started_order.buyer, stranger):
        with pytest.raises(Refusal):
            actions.propose_extra(started_order, actor=actor, title="a", price_cents=50_00)
    assert not started_order.extras.exists()


def test_the_buyer_accepts_what_the_expert_proposes_by_paying_it(started_order):
    due = started_order.due_at
    extra = propose(started_order)
    assert extra.payment is None

    extra = paid(actions.accept_extra(extra, actor=started_order.buyer))

    order = factories.fresh(started_order)
    assert (order.total_cents, order.due_at) == (200_00, due + timedelta(days=2))
    kinds = list(order.events.values_list("kind", flat=True))[-2:]
    assert kinds == [OrderEvent.Kind.EXTRA_PROPOSED, OrderEvent.Kind.EXTRA_PAID]


def test_a_proposal_may_be_refused_or_withdrawn_and_nothing_moves(started_order):
    before = factories.fresh(started_order).total_cents
    refused = actions.refuse_extra(propose(started_order), actor=started_order.buyer)
    withdrawn = actions.withdraw_extra(propose(started_order), actor=started_order.expert)

    assert (refused.state, withdrawn.state) == ("refused", "withdrawn")
    assert factories.fresh(started_order).total_cents == before
    assert Payment.objects.count() == 1


def test_one_extra_waits_at_a_time(started_order):
    propose(started_order)

    with pytest.raises(Refusal):
        propose(started_order)
    with pytest.raises(Refusal):
        actions.choose_add_on(started_order, actor=started_order.buyer, number=SLIDES)
    assert started_order.extras.count() == 1


def test_an_unanswered_proposal_and_an_unpaid_add_on_end_by_themselves(started_order):
    extra = propose(started_order)
    with time_machine.travel(extra.due_at + timedelta(minutes=1)):
        assert tasks.expire_extras() == 1
        assert tasks.expire_extras() == 0
        chosen = actions.choose_add_on(started_order, actor=started_order.buyer, number=SLIDES)
    with time_machine.travel(chosen.due_at + timedelta(minutes=1)):
        assert tasks.expire_extras() == 1
    assert set(started_order.extras.values_list("state", flat=True)) == {"expired"}
    assert Payment.objects.get(extra=chosen).state == "expired"


@pytest.mark.parametrize("end", ["deliver", "open_dispute", "request_cancellation"])
def test_money_that_comes_once_the_order_takes_nothing_more_goes_straight_back(started_order, end):
    extra = actions.choose_add_on(started_order, actor=started_order.buyer, number=SLIDES)
    if end == "deliver":
        factories.deliver(started_order)
    elif end == "open_dispute":
        actions.open_dispute(started_order, actor=started_order.buyer)
    else:
        change = actions.request_cancellation(started_order, actor=started_order.buyer, reason="Fin")
        actions.accept_change(change, actor=started_order.expert)
    assert OrderExtra.objects.get(pk=extra.pk).state == "closed"

    extra = paid(extra)

    assert extra.state == "closed"
    assert extra.payment.hold.state == "refunded"
    assert factories.fresh(started_order).total_cents == 120_00
    assert not ledger.audit()


def test_money_already_there_when_the_work_is_handed_over_goes_back(started_order):
    extra = actions.choose_add_on(started_order, actor=started_order.buyer, number=SLIDES)
    escrow.receive(extra.payment, amount_cents=50_00, gateway_id="gw-x", occurred_at=clock.now())

    factories.deliver(started_order)
    OrderPaymentObserver().payment_received(extra.payment_id)

    assert Refund.objects.get().amount_cents == 50_00
    assert factories.fresh(started_order).total_cents == 120_00


def test_telling_twice_that_an_extra_is_paid_adds_it_once(started_order):
    extra = add(started_order)

    OrderPaymentObserver().payment_received(extra.payment_id)

    order = factories.fresh(started_order)
    assert order.total_cents == 170_00
    assert OrderLine.objects.filter(order=order).count() == 2
    assert order.events.filter(kind=OrderEvent.Kind.EXTRA_PAID).count() == 1


def test_an_extra_is_paid_back_alone(started_order):
    extra = add(started_order, EXPRESS)
    shortened = factories.fresh(started_order).due_at

    extra = actions.pay_back_extra(extra, actor=started_order.expert)

    order = factories.fresh(started_order)
    assert extra.state == "refunded"
    assert (order.total_cents, order.net_cents, order.extras_cents) == (120_00, 108_00, 0)
    assert order.due_at == shortened + timedelta(days=2)
    assert order.payment.hold.state == "held"
    assert Refund.objects.get().amount_cents == 35_00
    order = factories.deliver(order)
    actions.accept_delivery(order, actor=order.buyer)
    assert money_of(order) == (35_00, 108_00, 12_00)


def test_the_buyer_cannot_pay_an_extra_back_to_themselves(started_order):
    extra = add(started_order)

    with pytest.raises(Refusal):
        actions.pay_back_extra(extra, actor=started_order.buyer)
    assert not Refund.objects.exists()


def test_the_buyer_buys_an_add_on_from_the_room(client_of, started_order):
    client = client_of(started_order.buyer)
    page = client.get(started_order.get_absolute_url())
    assert "Ajouter une option" in page.content.decode()

    answer = client.post(f"/orders/{started_order.public_id}/extras/", {"number": SLIDES, "method": "card"})

    extra = started_order.extras.get()
    assert answer.status_code == 302
    assert "/sandbox/" in answer["Location"]
    paid(extra)
    answer = client.get(f"/extras/{extra.public_id}/payment/?back=1", follow=True)
    assert answer.redirect_chain[-1][0] == started_order.get_absolute_url()
    assert "170" in answer.content.decode()


def test_a_proposal_typed_badly_is_kept_and_explained(client_of, started_order):
    client = client_of(started_order.expert)
    url = f"/orders/{started_order.public_id}/extras/"

    answer = client.post(url, {"title": "", "message": "Des diapositives", "price_cents": "1", "days": "-3"})

    assert answer.status_code == 422
    assert "Des diapositives" in answer.content.decode()
    assert not started_order.extras.exists()

    client.post(url, {"title": "Relecture", "message": "Par un pair", "price_cents": "60", "days": "1"})
    extra = started_order.extras.get()
    assert (extra.title, extra.price_cents, extra.days) == ("Relecture", 60_00, 1)
    room = client_of(started_order.buyer).get(started_order.get_absolute_url()).content.decode()
    assert "Relecture" in room
    assert "Par un pair" in room


def test_strangers_find_no_extra(client_of, started_order, stranger):
    extra = propose(started_order)
    client = client_of(stranger)

    for page in ("payment", "refusal", "withdrawal", "refund"):
        assert client.post(f"/extras/{extra.public_id}/{page}/").status_code == 404
    assert client.get(f"/orders/{started_order.public_id}/extras/").status_code == 404
    assert OrderExtra.objects.get().state == "proposed"
