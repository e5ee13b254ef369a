"""A disagreement, from the button that opens it to the ruling that shares the money."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.models import User
from disputes import actions
from disputes.models import Dispute
from marketplace.kernel import clock
from orders.models import Order
from payments import ledger
from tests import factories
from tests.journeys.walker import PDF, Walker

WORDS = "Le plan ne suit pas le brief, malgré deux messages précis."
OTHER = "Chaque chapitre du brief est dans le plan, dans l'ordre demandé."
WHY = "Un tiers du plan manque : un tiers du prix revient à l'acheteur."


def test_staff_give_a_part_back(walk, delivered_order: Order, buyer: User, expert: User, staff: User) -> None:
    client: Walker = walk(buyer, path=delivered_order.get_absolute_url())
    client.follow("Open a dispute", within="#act")
    client.press("Open the dispute")
    client.sees("Say what happened, in a few sentences.")
    client.page.locator('[name="ground"][value="unsuitable"]').check()
    client.fill(statement=WORDS)
    client.press("Open the dispute")
    client.sees("Everything stands still.")
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


@pytest.fixture
def dispute(delivered_order: Order, buyer: User) -> Dispute:
    """Open already, by the buyer."""
    return actions.open_dispute(delivered_order, actor=buyer, ground="unsuitable", statement=WORDS)


def decide(clerk: Walker, dispute: Dispute, decision: str, *cents: int, **typed: str) -> None:
    """Rule in the administration: what follows is shown, then confirmed."""
    clerk.open("admin:disputes_dispute_rule", dispute.pk)
    clerk.page.locator(f'[name="decision"][value="{decision}"]').check()
    clerk.fill(reason=WHY, **typed)
    clerk.press("See what will happen")
    for amount in cents:
        clerk.sees(clerk.money(amount, full=True), within=".staff-preview")
    clerk.press("Confirm: %(label)s", label=clerk.say("Rule"))
    clerk.sees("The decision is written. Below the threshold it is carried out already.")


@pytest.mark.parametrize(
    ("decision", "back", "net"), [("refund", 120_00, 0), ("payment", 0, 108_00)], ids=["refund", "payment"]
)
def test_one_side_is_given_everything(
    walk, dispute: Dispute, buyer: User, expert: User, staff: User, decision: str, back: int, net: int
) -> None:  # A83, A84, A85, A87
    seller: Walker = walk(expert, path=f"/orders/{dispute.order.public_id}/dispute/")
    seller.fill("#answer", statement=OTHER)
    seller.press("Send my side", within="#answer")
    seller.sees("Our team decides")
    seller.sees(OTHER)

    clerk: Walker = walk(staff, path="/admin/")
    decide(clerk, dispute, decision, 120_00, back, net)

    for walker in (seller, walk(buyer)):
        walker.open("order_dispute", dispute.order.public_id)
        walker.sees(str(Dispute.Decision(decision).label), within=".card-ruling")
        for amount in (back, net):
            walker.sees(walker.money(amount), within=".card-ruling")
        walker.sees(WHY, within=".card-ruling")
    order = factories.fresh(dispute.order)
    assert (order.state, order.refunded_cents or 0, order.earned_cents or 0) == ("resolved", back, net)
    assert ledger.audit() == []


def test_the_work_goes_on_with_a_new_date(
    walk, dispute: Dispute, buyer: User, expert: User, staff: User
) -> None:  # E32
    day = clock.today() + timedelta(days=6)
    decide(walk(staff, path="/admin/"), dispute, "relaunch", new_due_on=day.isoformat())

    client: Walker = walk(buyer, path=dispute.order.get_absolute_url())
    client.sees(WHY)
    seller: Walker = walk(expert, path=dispute.order.get_absolute_url())
    seller.sees(WHY)
    seller.deliver("Le plan, chapitre par chapitre.", PDF, again=True)

    client.page.reload()
    expect(client.page.locator("#act")).to_contain_text(client.say("Accept the deliverable"))
    assert factories.fresh(dispute.order).state == Order.State.DELIVERED
    assert ledger.audit() == []
