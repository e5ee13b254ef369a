"""What an order costs the database, from the click to money in escrow."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.bench import placing
from orders.models import Order, OrderEvent, OrderLine
from payments import ledger
from payments.models import EscrowHold, LedgerPosting
from payments.sandbox import actions as sandbox
from payments.sandbox.models import SandboxCallback
from payments.sandbox.outbox import signed
from tests.orders.checkout.kit import payment_url, session_of, typed, url


def test_an_order_placed_and_funded_asks_little_of_the_database(buyer, offer):
    said = placing.statements(lambda: placing.funded(offer, buyer))

    assert Order.objects.get().state == Order.State.ACTIVE
    assert len(said) <= 18


def test_the_reference_of_the_bench_does_the_same_work(buyer, offer):
    said = placing.statements(placing.undone(lambda: placing.funded(offer, buyer)))
    assert not Order.objects.exists()

    placing.replay(said)

    order = Order.objects.get()
    assert order.state == Order.State.ACTIVE
    assert ledger.balance(ledger.escrow(order.payment)) == order.total_cents
    assert EscrowHold.objects.get().payment == order.payment
    assert OrderLine.objects.get().order == order
    assert set(order.events.values_list("kind", flat=True)) == {OrderEvent.Kind.PLACED, OrderEvent.Kind.PAID}
    assert order.conversation.participants.count() == 2
    assert LedgerPosting.objects.count() == 2


def test_a_purchase_takes_six_requests_and_few_queries(client, client_of, buyer, offer):
    """From the offer to the room of its funded order; what the payment provider shows and writes itself is not ours."""
    browser = client_of(buyer)
    client.get(offer.get_absolute_url())  # so that what is drawn once for everybody is
    asked = []

    def answered(act):
        with CaptureQueriesContext(connection) as seen:
            response = act()
        asked.append(
            [query["sql"] for query in seen if not re.search("SAVEPOINT|sandbox_sandbox", query["sql"])]
        )
        return response

    answered(lambda: browser.get(offer.get_absolute_url()))
    answered(lambda: browser.get(url(offer)))
    answered(lambda: browser.post(url(offer), typed(offer)))
    order = Order.objects.get()
    sandbox.pay(session_of(order), "card")
    body, headers = signed(SandboxCallback.objects.get())
    answered(
        lambda: client.post(
            reverse("payment_webhook"), body, content_type=headers.pop("Content-Type"), headers=headers
        )
    )
    back = answered(lambda: browser.get(f"{payment_url(order)}?back=1"))
    room = answered(lambda: browser.get(back["Location"]))

    assert (room.status_code, Order.objects.get().state) == (200, Order.State.ACTIVE)
    assert len(asked) == 6
    assert sum(len(queries) for queries in asked) <= 60, [len(queries) for queries in asked]
