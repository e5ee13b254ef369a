"""Placing an order: what is frozen, what is refused, and what a double click does."""

import uuid

import pytest

from marketplace.kernel import rules
from marketplace.kernel.errors import Refusal
from offers import actions as offer_actions
from offers.models import Offer
from orders import actions
from orders.models import Order, OrderEvent
from payments.models import Payment
from tests import factories


def test_an_order_adds_up_the_offer_and_its_add_ons(buyer, offer):  # A98
    express, slides = offer.add_ons.all()

    order = factories.place(buyer, offer, add_on_ids=[express.pk, slides.pk])

    assert order.total_cents == 120_00 + 35_00 + 50_00
    assert order.delivery_seconds == (5 - 2 + 1) * 86_400
    assert [line.title for line in order.lines.all()] == [offer.title, "Livraison express", "Diaporama"]
    assert order.payment.amount_cents == order.total_cents
    assert order.state == Order.State.PENDING_PAYMENT
    assert order.payment_due_at is not None
    assert list(order.events.values_list("kind", flat=True)) == [OrderEvent.Kind.PLACED]


def test_savings_never_leave_less_than_a_day(buyer, expert, category):
    offer = factories.make_offer(
        expert, category=category, delivery_days=2, add_ons=(("Express", 10_00, -5),)
    )

    order = factories.place(buyer, offer, add_on_ids=[offer.add_ons.get().pk])

    assert order.delivery_seconds == 86_400


# E7
def test_an_order_keeps_its_own_copy_of_every_term(active_order, offer):
    offer_actions.edit_offer(
        offer,
        terms={
            "title": "Autre chose",
            "price_cents": 999_00,
            "delivery_days": 60,
            "revisions": 9,
            "ip_clause": Offer.IpClause.LICENCE,
            "opening_message": "Autre message",
        },
        add_ons=[],
    )
    offer_actions.delete(offer)

    order = factories.fresh(active_order)

    assert order.title == "Business plan complet"
    assert order.total_cents == 120_00
    assert order.revisions_included == 1
    assert order.rights == Offer.IpClause.FULL_ASSIGNMENT
    assert order.commission_bp == rules.COMMISSION_OFFER_BP  # B52
    order = factories.start(order)
    assert (order.due_at - order.started_at).days == 5


# E6
def test_a_price_changed_meanwhile_is_shown_again_before_paying(buyer, offer):
    seen = offer.version
    offer_actions.edit_offer(offer, terms={"price_cents": 150_00})

    with pytest.raises(actions.TermsChanged):
        factories.place(buyer, offer, version=seen)

    assert not Order.objects.exists()
    assert not Payment.objects.exists()


def test_an_add_on_of_another_offer_is_refused(buyer, offer, category):
    other = factories.make_offer(
        factories.make_expert("Karim", "Benali"), category=category, add_ons=(("Piège", 1_00, 0),)
    )

    with pytest.raises(Refusal):
        factories.place(buyer, offer, add_on_ids=[other.add_ons.get().pk])

    assert not Order.objects.exists()


# E8
def test_nobody_orders_their_own_offer(expert, offer):
    with pytest.raises(Refusal):
        factories.place(expert, offer)

    assert not Order.objects.exists()


@pytest.mark.parametrize("act", [offer_actions.pause, offer_actions.delete])
def test_an_offer_off_sale_cannot_be_ordered(buyer, offer, act):
    act(offer)

    with pytest.raises(Refusal):
        factories.place(buyer, offer)

    assert not Order.objects.exists()


# E10
def test_an_expert_who_may_not_sell_cannot_be_ordered_from(buyer, offer, expert):
    expert.expert_profile.status = "suspended"
    expert.expert_profile.save()

    with pytest.raises(Refusal):
        factories.place(buyer, offer)

    assert not Order.objects.exists()


# E11
def test_a_double_click_places_one_order(buyer, offer):
    token = uuid.uuid4()

    first = factories.place(buyer, offer, token=token)
    second = factories.place(buyer, offer, token=token)

    assert first.pk == second.pk
    assert Order.objects.count() == 1
    assert Payment.objects.count() == 1


def test_the_same_token_of_another_buyer_is_another_order(buyer, stranger, offer):
    token = uuid.uuid4()

    mine = factories.place(buyer, offer, token=token)
    theirs = factories.place(stranger, offer, token=token)

    assert mine.pk != theirs.pk


# A54, A100
def test_payment_opens_the_conversation_with_the_experts_message(active_order):
    message = active_order.conversation.messages.get()

    assert active_order.state == Order.State.ACTIVE
    assert active_order.started_at is None
    assert active_order.due_at is None, "the countdown does not run before Start"
    assert message.author == active_order.expert
    assert message.body == active_order.opening_message


def test_nothing_is_said_before_the_payment(placed_order, buyer):
    assert not placed_order.conversation.messages.exists()

    with pytest.raises(Refusal):
        actions.say(placed_order, author=buyer, body="Bonjour")

    assert not placed_order.conversation.messages.exists()


def test_a_payment_confirmed_twice_confirms_once(active_order):
    actions.confirm_payment(active_order)

    assert active_order.events.filter(kind=OrderEvent.Kind.PAID).count() == 1
    assert active_order.conversation.messages.count() == 1


def test_money_that_comes_after_the_end_goes_back(placed_order, buyer):
    order = actions.cancel_before_start(placed_order, actor=buyer)
    payment = order.payment
    payment.refresh_from_db()

    order = factories.pay(order)

    assert order.state == Order.State.CANCELLED
    assert order.hold.refunds.get().amount_cents == order.total_cents


def test_a_transfer_has_its_own_time_to_pay(buyer, offer):
    order = factories.place(buyer, offer, method="transfer")
    order = actions.await_transfer(order)

    assert (order.payment_due_at - order.placed_at).days == 7
    assert order.events.filter(kind=OrderEvent.Kind.TRANSFER_AWAITED).count() == 1

    actions.await_transfer(order)

    assert order.events.filter(kind=OrderEvent.Kind.TRANSFER_AWAITED).count() == 1
