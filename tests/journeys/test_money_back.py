"""Money that comes back to a consumer who withdraws, and money that leaves for an expert's bank."""

from datetime import timedelta

from accounts.models import User
from offers.models import Offer
from orders.models import Order
from payments import escrow, ledger
from payments.models import Refund, Withdrawal
from payments.sandbox.models import SandboxRefund
from tests import factories
from tests.payments import cash


def test_a_consumer_orders_withdraws_and_is_paid_back(walk, buyer: User, offer: Offer) -> None:  # B59
    buys = walk(buyer, path=f"/offers/{offer.pk}/order/")
    page = buys.page
    assert not page.locator('[name="siren"]').is_visible()
    buys.tap('[name="buyer_as"][value="consumer"]')
    assert not page.locator('[name="siren"]').is_visible()
    assert not page.locator('[name="waives"]').is_visible()
    buys.fill(
        brief="Une chocolaterie.",
        name="Thomas Girard",
        address="12 rue des Carmes",
        postal_code="44000",
        city="Nantes",
    )
    buys.tap('[name="begins"][value="now"]')
    page.locator('[name="waives"]').check()
    page.locator('[name="terms"]').check()
    buys.order(120_00)
    buys.pay_by_card(120_00)
    order = Order.objects.get()
    buys.is_at("order", order.public_id)

    factories.start(factories.fresh(order))
    page.reload()
    buys.follow("Withdraw from the contract here", within="aside")
    buys.press("Confirm the withdrawal")
    buys.is_at("order", order.public_id)
    buys.sees("Order cancelled")

    order.refresh_from_db()
    assert (order.state, order.cancel_cause) == ("cancelled", "withdrawn")
    assert Refund.objects.get().state == Refund.State.SUCCEEDED
    assert SandboxRefund.objects.get().amount_cents == order.refunded_cents
    assert order.refunded_cents >= 119_00
    assert ledger.audit() == []


def test_an_expert_withdraws_what_they_earned(walk, buyer: User, expert: User) -> None:
    escrow.release(cash.receive(cash.ask(buyer, expert)), clearing=timedelta(0))
    earns = walk(expert, path="/dashboard/withdrawals/")
    earns.sees(earns.money(108_00, full=True))
    earns.fill(amount="50,25")
    earns.press("Ask for the withdrawal")
    earns.fill(password=factories.PASSWORD)
    earns.page.locator('main form button[type="submit"], main form button:not([type])').first.click()
    earns.sees(earns.money(57_75, full=True))
    assert Withdrawal.objects.get().amount_cents == 50_25
