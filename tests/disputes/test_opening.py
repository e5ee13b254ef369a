"""A party opens a dispute: the order freezes, its money too, and nobody opens a second one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from disputes import actions
from disputes.models import Dispute
from disputes.queries.facts import facts, suggested
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders import actions as orders
from orders.models import Order, OrderEvent
from payments.models import EscrowHold
from tests import factories

WORDS = "Le livrable ne correspond pas au brief, malgré deux retouches demandées."


def page_of(order: Order) -> str:
    return reverse("order_dispute", args=[order.public_id])


def typed(**changes: str) -> dict[str, str]:
    return {"ground": "unsuitable", "statement": WORDS, **changes}


@pytest.fixture
def disputed(delivered_order):
    return actions.open_dispute(
        delivered_order, actor=delivered_order.buyer, ground="unsuitable", statement=WORDS
    )


def test_a_dispute_freezes_the_order_and_its_money(delivered_order):
    dispute = actions.open_dispute(
        delivered_order, actor=delivered_order.buyer, ground="unsuitable", statement=f"  {WORDS} "
    )

    order = factories.fresh(delivered_order)
    assert order.state == Order.State.DISPUTED
    assert order.acceptance_due_at is None, "it must not be accepted by itself any more"
    assert order.hold.state == EscrowHold.State.FROZEN
    assert (dispute.opened_by, dispute.statement, dispute.is_ruled) == (order.buyer, WORDS, False)
    event = order.events.get(kind=OrderEvent.Kind.DISPUTED)
    assert event.actor == order.buyer
    with pytest.raises(TransitionNotAllowed):
        orders.accept_delivery(order, actor=order.buyer)


def test_an_expert_may_open_one_while_working(started_order):
    dispute = actions.open_dispute(started_order, actor=started_order.expert, ground="abuse", statement=WORDS)

    assert dispute.opened_by == started_order.expert
    assert factories.fresh(started_order).state == Order.State.DISPUTED


def test_the_second_to_open_one_is_refused(disputed):
    order = disputed.order

    with pytest.raises(Refusal, match="already open"):
        actions.open_dispute(order, actor=order.expert, ground="abuse", statement=WORDS)

    assert Dispute.objects.count() == 1
    assert order.events.filter(kind=OrderEvent.Kind.DISPUTED).count() == 1


def test_strangers_and_staff_cannot_open_one(delivered_order, stranger, staff):
    for person in (stranger, staff):
        with pytest.raises(Refusal):
            actions.open_dispute(delivered_order, actor=person, ground="abuse", statement=WORDS)

    assert factories.fresh(delivered_order).state == Order.State.DELIVERED
    assert not Dispute.objects.exists()


def test_an_order_not_begun_is_cancelled_rather_than_disputed(active_order):
    with pytest.raises(Refusal):
        actions.open_dispute(active_order, actor=active_order.buyer, ground="too_slow", statement=WORDS)

    assert factories.fresh(active_order).state == Order.State.ACTIVE
    assert not Dispute.objects.exists()


@pytest.mark.parametrize("bad", [{"ground": "because"}, {"statement": "   "}, {"statement": "x" * 5_001}])
def test_a_dispute_without_a_ground_or_a_statement_is_refused(delivered_order, bad):
    with pytest.raises(Refusal):
        actions.open_dispute(delivered_order, actor=delivered_order.buyer, **{**typed(), **bad})

    assert factories.fresh(delivered_order).state == Order.State.DELIVERED


def test_the_page_says_what_follows_and_opens_it(delivered_order, client_of):
    client = client_of(delivered_order.buyer)

    page = client.get(page_of(delivered_order))
    assert page.status_code == 200
    assert "120" in page.content.decode()

    answer = client.post(page_of(delivered_order), typed())

    assert answer.status_code == 302
    assert answer["Location"] == page_of(delivered_order)
    assert Dispute.objects.get().ground == "unsuitable"


def test_the_expert_is_offered_the_grounds_of_an_expert(delivered_order, client_of):
    buyers = client_of(delivered_order.buyer).get(page_of(delivered_order)).context["form"]
    experts = client_of(delivered_order.expert).get(page_of(delivered_order)).context["form"]

    assert "rework_refused" in dict(buyers.fields["ground"].choices)
    assert "rework_refused" not in dict(experts.fields["ground"].choices)
    answer = client_of(delivered_order.expert).post(page_of(delivered_order), typed(ground="rework_refused"))
    assert answer.status_code == 422
    assert not Dispute.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ground": ""}, "ground"),
        ({"statement": ""}, "statement"),
        ({"statement": "Trop court."}, "statement"),
    ],
)
def test_a_mistake_stands_by_its_field_and_what_was_typed_is_kept(delivered_order, client_of, changes, field):
    answer = client_of(delivered_order.buyer).post(page_of(delivered_order), typed(**changes))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    kept = typed(**changes)["statement"]
    assert kept in answer.content.decode()
    assert factories.fresh(delivered_order).state == Order.State.DELIVERED
    assert not Dispute.objects.exists()


def test_two_clicks_open_one_dispute(delivered_order, client_of):
    client = client_of(delivered_order.buyer)

    first = client.post(page_of(delivered_order), typed())
    second = client.post(page_of(delivered_order), typed())

    assert first.status_code == second.status_code == 302
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_and_staff_do_not_find_the_page(delivered_order, stranger, staff, client_of, method):
    for person in (stranger, staff):
        assert getattr(client_of(person), method)(page_of(delivered_order)).status_code == 404

    assert not Dispute.objects.exists()


def test_visitors_are_asked_to_sign_in(delivered_order, client):
    assert client.get(page_of(delivered_order)).status_code == 302
    assert client.post(page_of(delivered_order), typed()).status_code == 302
    assert not Dispute.objects.exists()


def test_an_unpaid_order_is_hidden_from_its_expert(placed_order, client_of):
    assert client_of(placed_order.expert).get(page_of(placed_order)).status_code == 404


@pytest.mark.parametrize("fixture", ["placed_order", "active_order"])
def test_an_order_that_cannot_be_disputed_sends_back_to_its_room(request, fixture, client_of):
    order = request.getfixturevalue(fixture)

    answer = client_of(order.buyer).post(page_of(order), typed())

    assert answer.status_code == 302
    assert answer["Location"] == order.get_absolute_url()
    assert not Dispute.objects.exists()


def test_the_page_reads_little(delivered_order, client_of, django_assert_max_num_queries):
    client = client_of(delivered_order.buyer)

    with django_assert_max_num_queries(8):
        client.get(page_of(delivered_order))


def test_an_order_whose_time_to_claim_is_over_sends_back_to_its_room(completed_order, client_of):
    with clock.at(completed_order.completed_at + timedelta(days=15)):
        answer = client_of(completed_order.buyer).post(page_of(completed_order), typed())

    assert answer.status_code == 302
    assert not Dispute.objects.exists()


# A67
def test_a_late_order_suggests_its_own_ground(started_order):
    with clock.at(started_order.due_at + timedelta(hours=5)):
        order = factories.fresh(started_order)
        assert suggested(order, "buyer") == "late"
        assert next(f.ground for f in facts(order, "buyer")) == "late"
    assert "late" not in {f.ground for f in facts(factories.fresh(started_order), "buyer")}


# Rulings


@pytest.mark.parametrize("side", ["buyer", "expert"])
def test_after_a_refused_cancellation_either_party_may_dispute_on_that_ground(started_order, side):  # A74, D2
    change = orders.request_cancellation(
        started_order, actor=started_order.buyer, reason="Le projet s'arrête."
    )
    orders.refuse_change(change, actor=started_order.expert)
    order = factories.fresh(started_order)

    fact = facts(order, side)[0]
    assert (fact.ground, fact.weighs) == ("no_cancelling", True)
    dispute = actions.open_dispute(order, actor=getattr(order, side), ground=fact.ground, statement=WORDS)

    assert dispute.is_open
    assert factories.fresh(order).state == Order.State.DISPUTED
