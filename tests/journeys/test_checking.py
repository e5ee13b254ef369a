"""A deliverable is checked: sent back as incomplete, asked about, given more time, accepted by the clock, kept as a file.

And what both then say of it: written blind, changed, answered, reported, taken off by the team.
"""

import io
import zipfile
from datetime import timedelta

from playwright.sync_api import expect

from accounts.models import User
from marketplace.kernel import clock
from messaging.models import Report
from orders import tasks
from orders.models import Order, Review
from payments import ledger
from tests import factories
from tests.journeys.walker import PDF, Walker, last_mail

MISSING = "Le fichier des hypothèses ne s’ouvre pas."
ASKED = "D’où vient la marge de 2027 ?"
BROKEN_RULE = "Une adresse privée y est écrite."


def from_the_menu(walker: Walker) -> None:
    walker.page.locator('[popovertarget="order-actions"]').click()


def taken_home(walker: Walker, order: Order) -> list[str]:
    """The names in the zip of an order, as this person downloads it."""
    walker.open("order", order.public_id)
    from_the_menu(walker)
    with walker.page.expect_download() as download:
        walker.page.get_by_role("link", name=walker.say("Download everything"), exact=True).click()
    return zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())).namelist()


# A34, B1, B2, E16, E26, E27, E28
def test_a_deliverable_is_completed_asked_about_and_accepted_by_the_clock(
    walk, buyer: User, expert: User, delivered_order: Order
) -> None:
    client, seller = walk(buyer), walk(expert)
    client.open("order_revision", delivered_order.public_id)
    client.fill("#act", wrong=MISSING, expected="Le même fichier, lisible.")
    client.page.locator('#act [name="incomplete"]').check()
    client.press("Send the instructions", within="#act")
    client.is_told("Your instructions are sent.")
    assert factories.fresh(delivered_order).revision_round == 0, "what was incomplete uses no round"

    seller.open("order", delivered_order.public_id)
    seller.sees(MISSING, within="#act")
    seller.deliver("Le voici, enregistré autrement.", {**PDF, "name": "hypotheses.pdf"}, again=True)

    client.open("order", delivered_order.public_id)
    client.sees("Deliverable no. %(n)s: yours to check", n=2, within="#act")
    from_the_menu(client)
    client.follow("Ask a question", within="body")
    client.press("Send the question", within="#act")
    client.sees("Write your question.", within="#act")
    client.fill("#act", text=ASKED)
    client.press("Send the question", within="#act")
    client.sees("%(expert)s has your question.", within="#act", expert=expert.first_name)
    seller.open("order", delivered_order.public_id)
    seller.sees("%(buyer)s asks about your deliverable", within="#act", buyer=buyer.first_name)
    seller.write("De la page 12.")
    seller.open("order", delivered_order.public_id)
    seller.sees("%(buyer)s is checking your deliverable", within="#act", buyer=buyer.first_name)

    client.open("order", delivered_order.public_id)
    client.sees("De la page 12.", within="#thread")
    client.sees_not("%(expert)s has your question.", within="#act", expert=expert.first_name)
    before = factories.fresh(delivered_order).acceptance_due_at
    from_the_menu(client)
    client.press("Take %(days)s more days", within="body", days=7)
    client.is_at("order", delivered_order.public_id)
    due = factories.fresh(delivered_order).acceptance_due_at
    assert due == before + timedelta(days=7)
    from_the_menu(client)
    expect(client.button("Take %(days)s more days", within="body", days=7)).to_have_count(0)

    reminded = 0
    for hours in range(int((due - clock.now()).total_seconds() // 3600)):
        with clock.at(clock.now() + timedelta(hours=hours)):
            reminded += tasks.remind()
    assert reminded == 3
    assert delivered_order.reference in last_mail(buyer.email).text
    with clock.at(due + timedelta(minutes=1)):
        assert tasks.accept_unanswered() == 1

    client.open("order", delivered_order.public_id)
    client.sees("Order completed", within="#act")
    for walker in (client, seller):
        found = taken_home(walker, delivered_order)
        assert any(name.endswith("/hypotheses.pdf") for name in found)
        assert any(name.endswith(f"/{delivered_order.deed.name}") for name in found), sorted(found)
    assert ledger.audit() == []


# B19, B20, B60
def test_reviews_are_written_blind_changed_answered_reported_and_taken_off(
    walk, buyer: User, expert: User, stranger: User, staff: User, completed_order: Order
) -> None:
    client, seller = walk(buyer), walk(expert)
    client.open("order", completed_order.public_id)
    client.review(4, "Clair, rue des Carmes 12.")
    client.page.locator("#review").get_by_text(client.say("Change my review")).click()
    client.fill("#review", comment="Clair et chiffré. Claire habite 12 rue des Carmes.")
    client.press("Save the review", within="#review")
    seller.open("order", completed_order.public_id)
    seller.sees_not("Clair et chiffré")
    seller.review(5, "Des consignes nettes.")
    seller.sees("Clair et chiffré", within="#review")
    seller.page.locator("#review").get_by_text(seller.say("Answer in public")).click()
    seller.fill("#review", text="Merci de votre confiance.")
    seller.press("Publish my answer", within="#review")
    seller.sees("Merci de votre confiance.", within="#review")

    reader = walk(stranger)
    reader.page.goto(completed_order.offer.get_absolute_url())
    reader.sees("Clair et chiffré", within="#reviews")
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
