"""A need that no offer meets, in a browser: asked, three proposals, a negotiation, an order, its end."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from marketplace.kernel import clock
from offers.models import Category
from orders.actions import requesting
from orders.models import CustomRequest, Order
from payments import ledger
from tests import factories
from tests.journeys.walker import PDF, Walker

NEED = "Un modèle financier sur trois ans, avec hypothèses, trésorerie et trois scénarios commentés."
AGREED = 1_000_00


def test_from_the_need_to_the_end_of_its_order(
    walk: Callable[..., Walker], buyer: User, expert: User, staff: User, category: Category
) -> None:
    others = [factories.make_expert("Paul", "Renard"), factories.make_expert("Lina", "Petit")]
    client = walk(buyer)
    client.open("custom_request")
    form = "main form:has([name=need])"
    client.fill(form, title="Modèle financier de levée", need=NEED, budget="900")
    client.page.locator("[name=category]").select_option(str(category.pk))
    day = timezone.localdate(clock.now()) + timedelta(days=14)
    client.page.locator("[name=wanted_on]").fill(day.isoformat())
    client.page.locator("[name=is_confidential]").check()
    client.attach(form, PDF)
    client.page.locator(f"{form} button.button-primary").click()
    client.sees("Our team is reading your request.")

    asked = CustomRequest.objects.get()
    mine, *rest = requesting.invite(asked, actor=staff, experts=[expert, *others])
    requesting.accept_terms(rest[0], actor=others[0], number=1)
    requesting.counter(
        rest[1],
        actor=others[1],
        number=1,
        price_cents=800_00,
        delivery_days=20,
        revisions=1,
        scope="Un tableur.",
    )
    seller = walk(expert)
    seller.open("pipeline")
    seller.page.get_by_role("link", name=asked.title).click()
    seller.sees("Confidential buyer")
    propose(seller, price="1200", days="10")

    client.open("request", asked.public_id)
    for name in ("Claire Fontaine", "Paul Renard", "Lina Petit"):
        client.sees(name)
    client.page.locator(f'a[href$="{mine.get_absolute_url()}"]').click()
    propose(client, price="1000", days="12")
    seller.open("invitation", mine.public_id)
    seller.press("Accept these terms")

    client.open("proposal_choice", mine.public_id)
    client.page.locator('[name="buyer_as"][value="firm"]').check()
    client.fill(
        company="Girard & Fils",
        siren="303 265 045",
        address="12 rue des Carmes",
        postal_code="44000",
        city="Nantes",
    )
    client.page.locator('[name="terms"]').check()
    client.page.locator("main aside button.button-primary").click()
    client.pay_by_card(AGREED)
    order = Order.objects.get()
    client.is_at("order", order.public_id)
    assert {invitation.state for invitation in asked.invitations.exclude(pk=mine.pk)} == {"closed"}

    seller.open("order", order.public_id)
    seller.press("Start", within="#act")
    seller.deliver("Le modèle et ses scénarios.", PDF)
    client.open("order", order.public_id)
    client.accept()
    client.sees("Order completed", within="#act")
    order.refresh_from_db()
    assert (order.state, order.net_cents) == (Order.State.COMPLETED, 800_00)  # less 20 %
    assert ledger.audit() == []


def propose(walker: Walker, *, price: str, days: str) -> None:
    """The next version of the terms."""
    walker.page.locator("#counter summary").click()
    walker.fill("#counter", price=price, delivery_days=days)
    walker.press("Send these terms")
    walker.is_told("Your terms are sent.")
