"""The whole road, from the home page to the expert's earnings, as buyer, expert and staff."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from offers.models import Offer
from orders.models import Order, OrderEvent
from payments import ledger
from tests import factories
from tests.journeys.walker import PDF, Walker, last_mail

TOTAL = 155_00
NET = "139,50 €"
"""What is left of 155 € after a commission of 10 %."""
BRIEF = "Une chocolaterie à Nantes, ouverture en mars."


@pytest.fixture
def forecast(expert: User) -> Offer:
    """An offer of 120 € with accents to leave out, and an add-on of 35 € to tick."""
    return factories.make_offer(
        expert,
        title="Prévisionnel financier sur trois ans",
        description="Un modèle chiffré, relu avec vous.",
        add_ons=(("Relecture par un associé", 35_00, 1), ("Diaporama", 50_00, 0)),
    )


def test_the_road_in_french(walk, buyer: User, expert: User, staff: User, forecast: Offer) -> None:
    client = walk()
    order = the_buyer_orders(client, buyer, forecast)
    client.write("Voici le bilan de l'an dernier.", PDF)
    client.sees("Voici le bilan de l'an dernier.", within="#thread")

    seller = walk(expert)
    the_expert_starts(seller, order)
    seller.deliver("Voici la première version.", {**PDF, "name": "plan.pdf"})
    the_first_version_is_sent_back(client, order)
    the_second_is_handed_over(seller, order)
    the_buyer_accepts(client, order)
    both_review_the_other(client, seller, order)
    the_expert_is_paid(seller, order)
    staff_see_it_all(walk(staff, path="/admin/"), order)

    assert ledger.audit() == []


def test_the_road_in_english(walk, buyer: User, expert: User, forecast: Offer) -> None:
    for user in (buyer, expert):
        user.language = "en"
        user.save()
    client, seller = walk(language="en"), walk(expert, "en")

    order = the_buyer_orders(client, buyer, forecast)
    seller.open("order", order.public_id)
    seller.press("Start", within="#act")
    seller.deliver("Here is the first version.", PDF)
    client.open("order", order.public_id)
    client.accept()
    client.sees("Order completed", within="#act")
    client.review(5, "Clear and on time.")

    expect(client.page.locator("html")).to_have_attribute("lang", "en")
    client.sees("Clear and on time.")
    seller.open("dashboard_earnings")
    seller.sees("€139.50")
    assert "Jalon" in last_mail(expert.email).text
    assert ledger.audit() == []


def the_buyer_orders(visitor: Walker, buyer: User, offer: Offer) -> Order:
    """From the home page to a paid order. One signs in on the way and loses nothing."""
    page = visitor.page
    page.locator("#home-search").fill("previsionnel financier")
    page.locator("#home-search").press("Enter")
    visitor.is_at("catalogue")
    page.get_by_role("link", name=offer.title, exact=True).first.click()

    expect(page.locator("output[data-total]")).to_have_text(visitor.money(120_00))
    visitor.tap('#order [name="add_on"] >> nth=0')
    expect(page.locator("output[data-total]")).to_have_text(visitor.money(TOTAL))
    visitor.press("Order", within="#order", context="button")

    visitor.is_at("account_login")
    visitor.sign_in(buyer.email)
    visitor.is_at("checkout", offer.pk)
    expect(page.locator('[name="add_on"]:checked')).to_have_count(1)
    visitor.sees(visitor.money(TOTAL), within="#checkout-summary")
    visitor.choose_terms(brief=BRIEF)
    visitor.order(TOTAL)

    visitor.pay_by_card(TOTAL)
    order = Order.objects.get()
    visitor.is_at("order", order.public_id)
    visitor.is_told("Payment received. %(expert)s has been told.", expert=order.expert.first_name)
    visitor.sees(order.opening_message, within="#thread")
    visitor.sees(BRIEF, within="aside")
    return order


def the_expert_starts(seller: Walker, order: Order) -> None:
    """The dashboard leads to the order; reading the brief comes first, then the countdown runs."""
    seller.open("dashboard")
    seller.sees(order.reference)
    seller.page.locator("main").get_by_role("link", name=order.title, exact=True).first.click()
    seller.is_at("order", order.public_id)
    seller.sees(BRIEF, within="aside")
    seller.sees(NET, within="aside")
    with seller.page.expect_download() as download:
        seller.follow("Download %(name)s", name="bilan.pdf", within="#thread")
    assert download.value.suggested_filename == "bilan.pdf"

    seller.press("Start", within="#act")
    expect(seller.page.locator("#act jalon-countdown")).to_be_visible()
    seller.write("Bien reçu, je m'y mets.")
    seller.sees("Bien reçu, je m'y mets.", within="#thread")


def the_first_version_is_sent_back(client: Walker, order: Order) -> None:
    client.open("order", order.public_id)
    client.sees("Deliverable no.\u00a0%(n)s: yours to check", n=1, within="#act")
    client.sees("Voici la première version.", within="#act")
    with client.page.expect_download() as download:
        client.follow("Download %(name)s", name="plan.pdf", within="#act")
    assert download.value.path().read_bytes() == factories.PDF

    client.follow("Ask for a revision", within="#act")
    client.press("Send the instructions", within="#act")
    client.sees("Say what you expect in the next version.", within="#act")
    client.fill("#act", good="Le ton.", wrong="Page 3, les charges.", expected="Les charges sociales à jour.")
    client.press("Send the instructions", within="#act")
    client.is_told("Your instructions are sent.")


def the_second_is_handed_over(seller: Walker, order: Order) -> None:
    seller.open("order", order.public_id)
    seller.sees("New instructions received", within="#act")
    seller.sees("Les charges sociales à jour.", within="#act")
    seller.deliver("Les charges sont à jour.", {**PDF, "name": "plan-v2.pdf"}, again=True)
    seller.sees("plan-v2.pdf", within="#act")


def the_buyer_accepts(client: Walker, order: Order) -> None:
    """Money is released, rights pass, the conversation closes."""
    client.open("order", order.public_id)
    client.sees("Deliverable no.\u00a0%(n)s: yours to check", n=2, within="#act")
    client.accept()
    client.sees("Order completed", within="#act")
    client.sees("Order completed: the exchanges are closed.", within="#composer")
    expect(client.page.locator("#composer textarea")).to_have_count(0)


def both_review_the_other(client: Walker, seller: Walker, order: Order) -> None:
    """The first review is kept; the second publishes both, and the buyer's stands on the offer's page."""
    client.review(5, "Clair, chiffré, dans les temps.")
    client.is_told("Thank you: your review is kept until it can be published.")
    seller.open("order", order.public_id)
    seller.sees_not("Clair, chiffré, dans les temps.")
    seller.review(5, "Des consignes nettes.")
    seller.is_told("Thank you: both reviews are published.")
    client.page.goto(order.offer.get_absolute_url())
    client.sees("Clair, chiffré, dans les temps.", within="#reviews")


def the_expert_is_paid(seller: Walker, order: Order) -> None:
    seller.open("dashboard_earnings")
    seller.sees("Clearing")
    seller.sees(NET, within=".kpis")
    seller.sees(NET, within="main table")
    seller.open("order", order.public_id)
    seller.sees("Completed: %(net)s net for you", net=NET, within="#act")


def staff_see_it_all(clerk: Walker, order: Order) -> None:
    """The order, its events and its ledger entries are read, and nothing of them can be typed over."""
    page = clerk.page
    clerk.open("admin:orders_order_changelist")
    page.locator("#searchbar").fill(order.reference)
    page.locator("#searchbar").press("Enter")
    page.locator("#result_list").get_by_role("link", name=order.reference).click()
    clerk.is_at("admin:orders_order_change", order.pk)
    for kind in ("paid", "started", "delivered", "revision_requested", "delivery_accepted", "reviewed"):
        clerk.sees(str(OrderEvent.Kind(kind).label), within="#events-group")
    expect(page.locator("#content-main :is(input, select, textarea):visible")).to_have_count(0)

    clerk.open("admin:payments_ledgertransaction_changelist")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    page.locator("#result_list tbody a").first.click()
    clerk.sees(NET, within="#content-main")
    expect(page.locator("#content-main :is(input, select, textarea):visible")).to_have_count(0)
    expect(page.locator(":is(#content-main, .submit-row) :is(.deletelink, .addlink)")).to_have_count(0)
