"""Experts who refuse order after order come to the eyes of our team."""

from datetime import timedelta

from django.urls import reverse

from marketplace.kernel import clock
from orders.models import Order, OrderEvent
from orders.queries import refusals
from tests import factories


def answered(buyer, offer, refused: str) -> None:
    """Orders answered in this order, oldest first: ``x`` refused, ``o`` begun."""
    orders = [factories.place(buyer, offer) for _answer in refused]
    for position, (order, answer) in enumerate(zip(orders, refused, strict=True)):
        paid = clock.now() - timedelta(days=len(refused) - position)
        if answer == "x":
            Order.objects.filter(pk=order.pk).update(
                state="cancelled", cancel_cause="declined", paid_at=paid, cancelled_at=paid
            )
        else:
            Order.objects.filter(pk=order.pk).update(
                state="active", paid_at=paid, started_at=paid, due_at=paid + timedelta(days=60)
            )


def test_four_refusals_in_a_row_are_shown_to_staff(buyer, offer, staff, client_of):  # E61
    answered(buyer, offer, "oxxxx")

    assert refusals.refusing_often() == {offer.expert.pk}
    page = client_of(staff).get(reverse("admin:index"))
    (row,) = [row for row in page.context["waiting"] if row.url.endswith("due=refused")]
    assert row.count == 4
    assert client_of(staff).get(row.url).status_code == 200


def test_refusals_between_orders_accepted_worry_nobody(buyer, offer):  # E61
    answered(buyer, offer, "xxxoxxxo")

    assert refusals.refusing_often() == set()
    assert not refusals.refused_by_habit().exists()


def test_nine_of_the_last_ten_refused_are_shown(buyer, offer):  # E61
    answered(buyer, offer, "xxxxxxxoxx")

    assert refusals.refusing_often() == {offer.expert.pk}


def test_eight_of_the_last_ten_are_not_over_eighty_percent(buyer, offer):
    answered(buyer, offer, "xxxxxoxxox")

    assert refusals.refusing_often() == set()


def test_a_proposal_in_place_of_a_question_is_no_refusal(buyer, offer):  # E61
    answered(buyer, offer, "oxxxx")
    last = Order.objects.order_by("-paid_at").first()
    OrderEvent.objects.create(
        order=last,
        kind="cancelled",
        actor=offer.expert,
        data={"proposal": "an address"},
        created_at=clock.now(),
    )

    assert refusals.refusing_often() == set()
    answered(buyer, offer, "x")
    assert refusals.refusing_often() == {offer.expert.pk}
    assert refusals.refused_by_habit().count() == 4
