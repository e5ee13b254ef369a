"""The demo world's orders whose parties agree on something else: an extra, a later date, an end, a split."""

from datetime import timedelta

import pytest

from marketplace import dashboard_queries
from marketplace.demo.stories import orders_agreed
from marketplace.kernel import clock
from marketplace.seed.lives import _live
from orders import queries
from orders.models import Order
from payments import ledger
from tests import factories

pytestmark = pytest.mark.django_db


def test_each_is_lived_through_the_real_actions_and_shows_what_waits(buyer, expert, staff, category):
    offer = factories.make_offer(expert, category=category, price_cents=380_00, delivery_days=6)
    now = clock.now() + timedelta(seconds=1)
    for story in orders_agreed.STORIES:
        assert _live(story, offer, buyer, lambda: staff, now)
        assert not _live(story, offer, buyer, lambda: staff, now), "a second seed adds nothing"

    settled = Order.objects.get(state=Order.State.CANCELLED)
    assert (settled.cancel_cause, settled.refunded_cents) == ("settled", 152_00)
    extended = Order.objects.get(extras__state="paid")
    assert extended.total_cents == 380_00 + 90_00
    assert [order.pending for order in queries.buyer_orders(buyer, "asked")] == ["extension"]
    assert [order.pending for order in dashboard_queries.orders_of(expert, "asked")] == ["cancellation"]
    assert not Order.objects.filter(started_at__isnull=False, items_missing__gt=0).exists(), (
        "begun without it"
    )
    assert ledger.audit() == []
