"""A revision outside what was ordered, or beyond its rounds, that the expert makes at a price: it begins once paid."""

import pytest
import time_machine
from django.urls import reverse

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders import actions, tasks
from orders.models import Order, OrderExtra, RevisionRequest
from orders.notifications import told_of
from payments import ledger
from payments.models import EscrowHold
from tests import factories
from tests.orders.test_extras import money_of, paid
from tests.orders.test_revising import WORDS, revised, used_up

PRICE = 80_00


@pytest.fixture
def asked(delivered_order, buyer) -> Order:
    """The round of the order is used; one more is asked for."""
    order = used_up(delivered_order)
    actions.ask_one_more(order, actor=buyer, **WORDS)
    return factories.fresh(order)


def price(order: Order, cents: int | None = PRICE) -> OrderExtra:
    actions.refuse_revision(order, actor=order.expert, reason="Ce sont d’autres chiffres.", price_cents=cents)
    return OrderExtra.objects.select_related("order").get(order=order)


# E20, D9: beyond the limit it needs consent or an extra
def test_beyond_the_limit_a_revision_begins_once_its_price_is_paid(asked):
    extra = price(asked)
    order = factories.fresh(asked)
    assert (order.state, extra.state, order.total_cents) == ("delivered", "proposed", 120_00)

    actions.accept_extra(extra, actor=order.buyer)
    assert factories.fresh(order).state == "delivered", "nothing begins before the money is there"
    paid(OrderExtra.objects.get(pk=extra.pk))

    order, request = factories.fresh(order), order.revision_requests.last()
    assert (order.state, order.total_cents) == ("active", 200_00)
    assert (order.extra_rounds, order.revision_round, order.revisions_left) == (1, 2, 0)
    assert request.state == RevisionRequest.State.ACCEPTED
    assert request.due_at == order.revision_due_at > clock.now()
    order = factories.deliver(order, "Version 3")
    actions.accept_delivery(order, actor=order.buyer)
    refunded, net, commission = money_of(order)
    assert (refunded, net + commission) == (0, 200_00)
    assert ledger.audit() == []


# E19: scope creep is refused with a reason; the buyer accepts, disputes, or buys an extra
def test_what_was_never_ordered_is_refused_and_may_be_bought_without_using_up_a_round(delivered_order):
    order = revised(delivered_order)
    assert order.revisions_left == 0
    extra = price(order)
    order = factories.fresh(order)
    assert (order.state, order.revisions_left) == ("delivered", 1)

    paid(actions.accept_extra(extra, actor=order.buyer))

    order = factories.fresh(order)
    assert (order.state, order.revisions_left) == ("active", 1)
    told = {kind for event in order.events.all() for _person, kind, _params in told_of(event)}
    assert {"round_priced", "round_paid_expert", "round_paid_buyer"} <= told
    assert "revision_refused" not in told, "the price says it"


@pytest.mark.parametrize("end", ["accepts", "disputes", "refuses", "waits"])
def test_a_price_binds_nobody(asked, end):
    extra = price(asked)
    order = factories.fresh(asked)
    assert order.acceptance_due_at > extra.due_at, "time to decide once the price is gone"
    match end:
        case "accepts":
            actions.accept_delivery(order, actor=order.buyer)
        case "disputes":
            actions.open_dispute(order, actor=order.buyer)
        case "refuses":
            actions.refuse_extra(extra, actor=order.buyer)
        case "waits":
            with time_machine.travel(extra.due_at, tick=True):
                tasks.accept_unanswered()
                tasks.expire_extras()

    extra.refresh_from_db()
    order = factories.fresh(order)
    assert not extra.is_open
    assert (order.extra_rounds, order.total_cents) == (0, 120_00)
    assert order.state == {"accepts": "completed", "disputes": "disputed"}.get(end, "delivered")


def test_money_that_comes_after_the_version_was_accepted_goes_back(asked):
    extra = price(asked)
    extra = actions.accept_extra(extra, actor=asked.buyer)
    actions.accept_delivery(factories.fresh(asked), actor=asked.buyer)

    extra = paid(extra)

    assert extra.payment.hold.state == EscrowHold.State.REFUNDED
    assert factories.fresh(asked).state == "completed"
    assert ledger.audit() == []


@pytest.mark.parametrize("cents", [0, 4_99, 50_000_01])
def test_a_price_outside_the_limits_changes_nothing(asked, cents):
    before = asked.events.count()
    with pytest.raises(Refusal):
        price(asked, cents)

    assert asked.revision_requests.last().state == RevisionRequest.State.OPEN
    assert asked.events.count() == before
    assert not OrderExtra.objects.exists()


def test_files_that_are_missing_are_owed_and_never_sold(delivered_order, client_of):
    order = revised(delivered_order, incomplete=True)
    page = client_of(order.expert).get(reverse("order_revision_refuse", args=[order.public_id]))
    assert "price_cents" not in page.context["act_form"].fields

    with pytest.raises(Refusal):
        price(order)
    assert factories.fresh(order).state == "active"


def test_what_was_proposed_while_revising_ends_when_the_revision_is_refused(delivered_order):
    order = revised(delivered_order)
    extra = actions.propose_extra(order, actor=order.expert, title="Traduction", price_cents=PRICE)

    actions.refuse_revision(order, actor=order.expert, reason="Hors du périmètre.")

    extra.refresh_from_db()
    assert extra.state == OrderExtra.State.CLOSED


def test_the_expert_prices_it_in_the_room_and_the_buyer_pays_it_there(asked, client_of):
    desk, page = client_of(asked.expert), reverse("order_revision_refuse", args=[asked.public_id])
    typed = {"reason": "Ce sont d’autres chiffres.", "price_cents": "beaucoup"}
    response = desk.post(page, typed)
    assert response.status_code == 422
    assert "d’autres chiffres" in response.content.decode()
    assert not OrderExtra.objects.exists()

    desk.post(page, typed | {"price_cents": "80"})

    extra = OrderExtra.objects.get()
    room = client_of(asked.buyer).get(asked.get_absolute_url()).content.decode()
    assert extra.price_cents == PRICE
    assert reverse("extra_payment", args=[extra.public_id]) in room
    assert client_of(asked.buyer).get(reverse("extra_payment", args=[extra.public_id])).status_code == 200
    assert desk.get(asked.get_absolute_url()).status_code == 200
