"""What both say of an order that ended: written blind, changed, answered, reported, taken off by the team."""

from accounts.models import User
from messaging.models import Report
from orders.models import Order, Review
from tests.journeys.walker import last_mail

BROKEN_RULE = "Une adresse privée y est écrite."


# B19, B20, B60
def test_reviews_are_written_blind_changed_answered_reported_and_taken_off(
    walk, buyer: User, expert: User, stranger: User, staff: User, completed_order: Order
) -> None:
    client, seller, reader = walk(buyer), walk(expert), walk(stranger)
    client.open("order", completed_order.public_id)
    client.review(4, "Clair, rue des Carmes 12.")
    client.page.locator("#review").get_by_text(client.say("Change my review")).click()
    client.fill("#review", comment="Clair et chiffré. Claire habite 12 rue des Carmes.")
    client.press("Save the review", within="#review")
    reader.page.goto(completed_order.offer.get_absolute_url())
    reader.sees_not("Clair et chiffré")
    seller.open("order", completed_order.public_id)
    seller.sees_not("Clair et chiffré")
    seller.sees("Write yours to see it: both are published together.", within="#review")
    seller.review(5, "Des consignes nettes.")
    seller.sees("Clair et chiffré", within="#review")
    seller.page.locator("#review").get_by_text(seller.say("Answer in public")).click()
    seller.fill("#review", text="Merci de votre confiance.")
    seller.press("Publish my answer", within="#review")
    seller.sees("Merci de votre confiance.", within="#review")
    seller.sees_not("Answer in public", within="#review")
    client.open("order", completed_order.public_id)
    client.sees("Des consignes nettes.", within="#review")
    client.sees_not("Change my review", within="#review")

    reader.page.goto(completed_order.offer.get_absolute_url())
    reader.sees("Clair et chiffré", within="#reviews")
    reader.sees("Commande vérifiée", within="#reviews")
    reader.sees("Merci de votre confiance.", within="#reviews")
    reader.follow("Report this review", within="#reviews")
    reader.press("Send my report")
    reader.sees("Choose what is wrong.")
    reader.page.locator('[name="reason"]').first.check()
    reader.fill(words="L’adresse de quelqu’un y est écrite.")
    reader.press("Send my report")
    reader.is_at("report_received")

    report, review = Report.objects.get(), Review.objects.get(author=buyer)
    clerk = walk(staff, path="/admin/")
    clerk.open("admin:orders_review_change", review.pk)
    clerk.follow("Take off our pages", within="body")
    clerk.fill(reason=BROKEN_RULE)
    clerk.press("Take off our pages")
    clerk.sees("The review is off our pages and its author is told why.", within="body")
    clerk.open("admin:messaging_report_change", report.pk)
    clerk.follow("We acted on it", within="body")
    clerk.fill(reason="L’avis est retiré.")
    clerk.press("We acted on it")
    clerk.sees("The report has its outcome and its reporter is told.", within="body")

    reader.page.goto(completed_order.offer.get_absolute_url())
    reader.sees_not("Clair et chiffré")
    assert "L’avis est retiré." in last_mail(stranger.email).text
    client.open("order", completed_order.public_id)
    client.sees(BROKEN_RULE, within="#review")
    completed_order.offer.refresh_from_db()
    assert completed_order.offer.rating_count == 0
