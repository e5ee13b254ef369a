"""A disagreement, from the button that opens it to the ruling that shares the money."""

from playwright.sync_api import expect

from accounts.models import User
from disputes.models import Dispute
from orders.models import Order
from payments import ledger
from tests import factories
from tests.journeys.walker import Walker

WORDS = "Le plan ne suit pas le brief, malgré deux messages précis."
WHY = "Un tiers du plan manque : un tiers du prix revient à l'acheteur."


def test_staff_give_a_part_back(walk, delivered_order: Order, buyer: User, expert: User, staff: User) -> None:
    client: Walker = walk(buyer, path=delivered_order.get_absolute_url())
    client.follow("Open a dispute", within="#act")
    client.press("Open the dispute")
    client.sees("Say what happened, in a few sentences.")
    client.page.locator('[name="ground"][value="unsuitable"]').check()
    client.fill(statement=WORDS)
    client.press("Open the dispute")
    client.sees("Everything stands still")
    client.sees(WORDS)

    seller: Walker = walk(expert, path=delivered_order.get_absolute_url())
    seller.sees("Order frozen: our team is examining it", within="#act")
    expect(seller.page.locator("#act :is(button, .button)")).to_have_count(0)

    clerk: Walker = walk(staff, path="/admin/")
    clerk.open("admin:disputes_dispute_change", Dispute.objects.get().pk)
    clerk.sees(WORDS)
    clerk.follow("Rule")
    clerk.page.locator('[name="decision"][value="share"]').check()
    clerk.fill(refund_cents="130", reason=WHY)
    clerk.press("See what will happen")
    expect(clerk.page.locator(".field-refund_cents .errorlist")).to_be_visible()
    clerk.fill(refund_cents="40")
    clerk.press("See what will happen")
    for cents in (120_00, 40_00, 72_00, 6_67, 1_33):
        clerk.sees(clerk.money(cents, full=True), within=".staff-preview")
    assert factories.fresh(delivered_order).state == Order.State.DISPUTED, "nothing moved yet"
    clerk.press("Confirm: %(label)s", label=clerk.say("Rule"))
    clerk.sees("The decision is written. Below the threshold it is carried out already.")

    for walker, amount in ((client, 40_00), (seller, 72_00)):
        walker.open("order", delivered_order.public_id)
        walker.sees("The dispute is resolved", within="#act")
        walker.sees(walker.money(amount), within="#act")
        walker.sees(WHY)
        walker.sees("Order resolved: the exchanges are closed.", within="#composer")
    assert factories.fresh(delivered_order).state == Order.State.RESOLVED
    assert ledger.audit() == []
