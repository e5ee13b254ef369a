"""Orders that do not go straight: a call that moves twice, a question nobody answers, a question too broad, a split."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.models import User
from marketplace.kernel import clock
from messaging.models import Mail, Notification
from offers import openings
from offers.models import Category
from orders import tasks
from orders.models import Call, CustomRequest, Order
from payments import ledger
from payments.models import Earning, Refund
from tests import factories
from tests.journeys.test_late_and_refused import shoot
from tests.journeys.walker import Walker


def choose(walker: Walker, call: Call, days: int) -> None:
    """Tick a free time, so many days from now."""
    slot = next(
        at
        for at in openings.free(call.expert, minutes=30, keeping=call.pk)
        if at > clock.now() + timedelta(days=days)
    )
    walker.page.locator(f'label:has([name="slot"][value="{openings.stamp(slot)}"])').click()


def test_a_call_is_moved_by_its_buyer_then_by_agreement(
    walk, buyer: User, expert: User, category: Category
) -> None:
    order = factories.pay(factories.place(buyer, factories.make_call(expert, category=category)))
    call = Call.objects.get(order=order)
    first = call.starts_at
    client, seller = walk(buyer), walk(expert)

    client.open("order_call", order.public_id)
    client.follow("Move the call")
    choose(client, call, 4)
    shoot(client, "call-move")
    client.press("Move the call")
    client.is_at("order_call", order.public_id)
    call.refresh_from_db()
    assert call.starts_at > first
    assert Mail.objects.filter(recipient=expert.email, calendar__contains="SEQUENCE:1").exists()

    seller.open("order_call", order.public_id)
    seller.follow("Propose another time")
    choose(seller, call, 6)
    seller.press("Propose this time")
    moved = call.starts_at
    client.open("buyer_orders")
    client.sees("Another time to answer")
    shoot(client, "orders-to-answer")
    client.open("order_call", order.public_id)
    shoot(client, "call-proposed")
    client.press("Accept this time", within="#proposal")
    client.is_at("order_call", order.public_id)

    call.refresh_from_db()
    assert call.starts_at > moved
    assert (call.sequence, call.moved_by_buyer) == (2, 1)


@pytest.fixture
def asked(buyer: User, expert: User, category: Category) -> Order:
    offer = factories.make_offer(
        expert, category=category, kind="question", title="Votre question de TVA", price_cents=40_00
    )
    return factories.pay(factories.place(buyer, offer, brief="La TVA est-elle due sur un acompte ?"))


def test_a_question_nobody_answers_is_paid_back_by_itself(walk, asked: Order) -> None:
    expert, client = walk(asked.expert), walk(asked.buyer)
    expert.open("order", asked.public_id)
    expert.press("Start", within="#act")
    expert.follow("Write the answer", within="#act")

    Order.objects.filter(pk=asked.pk).update(due_at=clock.now() - timedelta(hours=25))
    tasks.refund_unanswered()
    client.open("order", asked.public_id)
    shoot(client, "question-refunded")
    client.sees(client.money(40_00))
    expert.fill("#act", note="Trop tard.")
    expert.press("Deliver to the buyer", within="#act")
    expert.sees_not("Trop tard.", within="#act")

    order = factories.fresh(asked)
    assert order.cancel_cause == Order.CancelCause.UNANSWERED
    assert Refund.objects.get().amount_cents == 40_00
    assert Notification.objects.filter(user=asked.buyer, kind="order_cancelled_refunded").count() == 1


def test_a_question_too_broad_becomes_a_proposal(walk, asked: Order) -> None:
    expert, client = walk(asked.expert), walk(asked.buyer)
    expert.open("order", asked.public_id)
    shoot(expert, "question-expert")
    expert.follow("Propose a custom offer", within="#act")
    expert.fill(
        "#act", price="600", delivery_days="6", scope="Une étude de vos contrats.", note="C'est une étude."
    )
    shoot(expert, "question-instead")
    expert.press("Pay back and propose", within="#act")
    proposal = CustomRequest.objects.get().invitations.get()
    expert.is_at("invitation", proposal.public_id)

    client.open("order", asked.public_id)
    shoot(client, "question-proposed")
    client.follow("See the proposal", within="#act")
    client.follow("Choose this proposal")
    client.sees(client.money(600_00))
    shoot(client, "question-choice")
    assert Refund.objects.get().amount_cents == 40_00


# B40
def test_a_question_declined_goes_to_another_expert_as_it_was_typed(walk, asked: Order) -> None:
    other = factories.make_expert("Marc", "Delorme")
    offer = factories.make_offer(
        other,
        category=asked.offer.category,
        kind="question",
        title="Une question de fiscalité",
        price_cents=55_00,
    )
    expert, client = walk(asked.expert), walk(asked.buyer)
    expert.open("order", asked.public_id)
    expert.follow("Decline", within="#act")
    expert.fill("#act", reason="Ce n'est pas mon domaine.")
    expert.press("Decline and pay back", within="#act")

    client.open("order", asked.public_id)
    client.sees("Ce n'est pas mon domaine.")
    shoot(client, "question-declined")
    client.page.locator("#act").get_by_role("link", name="Une question de fiscalité").click()
    client.is_at("checkout", offer.pk)
    expect(client.page.locator('[name="brief"]')).to_have_value(asked.brief)
    shoot(client, "question-again")
    client.choose_terms(brief=asked.brief)
    client.order(55_00)
    client.pay_by_card(55_00)

    again = Order.objects.get(expert=other)
    client.is_at("order", again.public_id)
    assert (again.brief, again.state) == (asked.brief, Order.State.ACTIVE)
    assert Refund.objects.get().amount_cents == 40_00
    assert ledger.audit() == []


def test_a_split_is_read_to_the_cent_by_both_before_it_ends_the_order(walk, started_order: Order) -> None:
    expert, client = walk(started_order.expert), walk(started_order.buyer)
    expert.open("order_settlement", started_order.public_id)
    expert.page.locator("jalon-split input").fill("60")
    expert.sees(expert.money(60_00, full=True), within="#amounts")
    expert.page.locator('[name="refund_cents"]').fill("40,01")
    expert.fill(message="Le projet s'arrête plus tôt.")
    expert.sees(expert.money(40_01), within="#amounts")
    shoot(expert, "split-preview")
    expert.press("Send this proposal")
    expert.is_at("order", started_order.public_id)

    client.open("buyer_orders")
    client.page.locator(".order-row .button-primary").click()
    client.sees(client.money(40_01), within="#request")
    shoot(client, "split-asked")
    client.press("Accept these amounts", within="#request")
    expect(client.page.locator("#request")).to_have_count(0)
    shoot(client, "split-done")

    order = factories.fresh(started_order)
    assert order.cancel_cause == Order.CancelCause.SETTLED
    assert Refund.objects.get().amount_cents == 40_01
    earning = Earning.objects.get()
    assert 40_01 + earning.net_cents + earning.commission_cents == order.total_cents
    assert ledger.audit() == []
