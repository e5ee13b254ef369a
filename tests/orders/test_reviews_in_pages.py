"""Where reviews are written, and where everybody reads them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from marketplace.kernel import clock
from orders import actions
from orders.models import Review
from tests import factories


def test_both_write_through_the_room(client_of, completed_order, buyer, expert):
    path = reverse("order_review", args=[completed_order.public_id])

    client_of(buyer).post(path, {"rating": "4", "comment": "Clair."})
    client_of(buyer).post(path, {"rating": "3", "comment": "Clair, sauf la fin."})
    assert Review.objects.get().rating == 3
    client_of(expert).post(path, {"rating": "5", "comment": "Réactif."})

    assert Review.objects.published().count() == 2
    for person in (buyer, expert):
        page = client_of(person).get(completed_order.get_absolute_url()).content.decode()
        assert "Clair, sauf la fin." in page
        assert "Réactif." in page


def test_staff_and_strangers_have_no_form(client_of, completed_order, staff, stranger):
    for name in ("order_review", "order_review_answer"):
        path = reverse(name, args=[completed_order.public_id])
        for person in (staff, stranger):
            assert client_of(person).get(path).status_code == 404
            assert client_of(person).post(path, {"rating": "1", "text": "x"}).status_code == 404


# B60
def test_a_review_shows_its_dates(client, both_reviews):
    review = Review.objects.get(about="expert")
    Review.objects.filter(pk=review.pk).update(
        experienced_at=clock.now() - timedelta(days=400), published_at=clock.now()
    )

    page = client.get(f"/en{both_reviews.offer.get_absolute_url()}").content.decode()

    review.refresh_from_db()
    assert "Verified order" in page
    for moment in (review.experienced_at, review.published_at):
        assert timezone.localdate(moment).isoformat() in page


def test_reading_an_average_counts_no_review(
    client, both_reviews, buyer, offer, django_assert_num_queries, expert
):
    page = both_reviews.offer.get_absolute_url()
    client.get(page)
    before = count_queries(client, page)
    for _more in range(3):
        other = factories.make_user("Jeanne", "Petit")
        order = factories.deliver(factories.start(factories.pay(factories.place(other, offer))))
        order = actions.accept_delivery(order, actor=other)
        actions.leave_review(order, author=other, rating=5, comment="Bien.")
        actions.leave_review(order, author=expert, rating=5, comment="Bien.")

    assert count_queries(client, page) == before + 1, "drawn anew: the newest three are read, none is counted"
    assert count_queries(client, page) == before


def count_queries(client, page) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return len(seen)
