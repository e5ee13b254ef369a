"""What an order costs the database, from the click to money in escrow."""

from marketplace.bench import placing
from orders.models import Order, OrderEvent, OrderLine
from payments import ledger
from payments.models import EscrowHold, LedgerPosting


def test_an_order_placed_and_funded_asks_little_of_the_database(buyer, offer):
    said = placing.statements(lambda: placing.funded(offer, buyer))

    assert Order.objects.get().state == Order.State.ACTIVE
    assert len(said) <= 20


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
