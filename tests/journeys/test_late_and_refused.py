"""A delivery that is waited for, then late; a revision refused, another way found; one more at a price."""

import os
from datetime import timedelta

from accounts.models import User
from marketplace.kernel import clock
from offers.models import Offer
from orders.models import Order, Pause, RevisionRequest
from payments import ledger
from tests import factories
from tests.journeys.walker import Walker
from tests.orders.test_revising import used_up

SHOTS = os.environ.get("SHOTS", "")


def shoot(walker: Walker, name: str) -> None:
    """Keep pictures of a page where they are asked for: wide and by day, narrow and by night."""
    if not SHOTS:
        return
    page = walker.page
    for width, scheme in ((390, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(400)  # colours pass slowly from one appearance to the other
        page.screenshot(path=f"{SHOTS}/{name}-{walker.language}-{width}.png", full_page=True)
    page.emulate_media(color_scheme="null")


def test_a_pause_a_late_delivery_and_a_revision_refused(walk, buyer: User, expert: User) -> None:
    offer: Offer = factories.make_offer(expert)
    order = factories.start(factories.pay(factories.place(buyer, offer, brief="Une chocolaterie à Nantes.")))
    client, seller = walk(buyer), walk(expert)

    seller.open("order_pause", order.public_id)
    shoot(seller, "pause-form")
    seller.page.get_by_label("Vos trois derniers bilans").check()
    seller.press("Stop the dates and tell the buyer", within="#act")
    seller.sees("Vos trois derniers bilans", within="#act")
    shoot(seller, "paused-expert")
    client.open("order", order.public_id)
    shoot(client, "paused-buyer")
    client.follow("Send what is missing", within="#act")
    shoot(client, "supply-form")
    client.page.get_by_label("Vos trois derniers bilans").fill("Ils sont dans le dossier partagé.")
    client.press("Send these items", within="#act")
    assert order.pauses.get().end == Pause.End.SUPPLIED
    assert not factories.fresh(order).is_paused

    Order.objects.filter(pk=order.pk).update(due_at=clock.now() - timedelta(hours=3))
    client.open("order", order.public_id)
    client.sees(client.say("The delivery is late"), within="#act")
    shoot(client, "late-buyer")
    factories.deliver(factories.fresh(order))

    client.open("order_revision", order.public_id)
    page = client.page
    page.locator("[name=wrong]").fill("Le budget marketing manque.")
    page.locator("[name=expected]").fill("Un budget détaillé par mois.")
    shoot(client, "revision-form")
    client.press("Send the instructions", within="#act")
    seller.open("order", order.public_id)
    shoot(seller, "revision-expert")
    seller.follow("Refuse", within="#act")
    seller.page.locator("[name=reason]").fill("Ce budget n'était pas compris dans l'offre.")
    seller.press("Send this answer", within="#act")
    client.open("order", order.public_id)
    client.sees("Ce budget n'était pas compris dans l'offre.", within="#act")
    shoot(client, "refused-buyer")
    client.accept()

    order = factories.fresh(order)
    assert order.state == Order.State.COMPLETED
    assert order.revision_requests.get().state == RevisionRequest.State.REFUSED
    assert ledger.audit() == []


# E20, D9
def test_a_revision_beyond_the_order_is_priced_then_paid_and_begins(
    walk, buyer: User, expert: User, delivered_order: Order
) -> None:
    order = used_up(delivered_order)
    client, seller = walk(buyer), walk(expert)
    client.open("order", order.public_id)
    client.follow("Ask for one more revision", within="#act")
    client.fill("#act", wrong="Le budget marketing manque.", expected="Un budget par mois.")
    shoot(client, "one-more-form")
    client.press("Send the instructions", within="#act")

    seller.open("order", order.public_id)
    shoot(seller, "one-more-asked")
    seller.follow("Refuse", within="#act")
    seller.fill("#act", reason="Ce sont d'autres chiffres à réunir.", price_cents="80")
    shoot(seller, "one-more-priced")
    seller.press("Send this answer", within="#act")
    shoot(seller, "one-more-waits")

    client.open("order", order.public_id)
    client.sees("Ce sont d'autres chiffres à réunir.")
    shoot(client, "one-more-to-pay")
    client.follow("Pay %(amount)s", within="#extra", amount=client.money(80_00))
    shoot(client, "one-more-payment")
    client.tap('[name="method"][value="card"]')
    client.press("Pay %(amount)s", amount=client.money(80_00))
    client.pay_by_card(80_00)
    client.open("order", order.public_id)
    shoot(client, "one-more-begun")

    order = factories.fresh(order)
    assert (order.state, order.extra_rounds, order.total_cents) == ("active", 1, 200_00)
    seller.open("order", order.public_id)
    seller.sees("Deliver the new version", within="#act")
    assert ledger.audit() == []
