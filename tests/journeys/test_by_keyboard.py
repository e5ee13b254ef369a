"""The roads of a buyer, of an expert and of the team without a mouse: each thing is reached with Tab, its focus is seen, and keys alone act."""

from accounts.models import User
from disputes import actions as disputes
from offers.models import Category, Offer
from orders.models import Order
from payments import ledger
from tests import factories
from tests.journeys.walker import Walker

FARTHEST = 140
"""Presses of Tab after which something counts as out of reach."""
FOCUS = """() => {
  const at = document.activeElement, label = at.id && document.querySelector(`label[for="${at.id}"]`);
  const seen = [at, at.closest("label"), label, at.nextElementSibling].filter(Boolean).map(each => getComputedStyle(each));
  return seen.some(style => (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none");
}"""


class Typist(Walker):
    """Somebody who has a keyboard and nothing else."""

    def reach(self, selector: str) -> None:
        """Tab until the focus is there, and be able to see it."""
        for _press in range(FARTHEST):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                assert self.page.evaluate(FOCUS), f"the focus on {selector} is not seen"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached on {self.page.url}")

    def enter(self) -> None:
        """Press what has the focus, and be where it leads."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type_into(self, **fields: str) -> None:
        for name, text in fields.items():
            self.reach(f'main :is(input, textarea)[name="{name}"]')
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(text)


def test_a_buyer_orders_pays_and_writes_with_the_keyboard_alone(visit, buyer: User, offer: Offer) -> None:
    walker = Typist(visit(buyer, path=offer.get_absolute_url()))
    page = walker.page

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#"), (
        "the way past the header first"
    )
    page.keyboard.press("Enter")
    walker.reach("#order button:not([name])")
    page.keyboard.press("Enter")
    walker.is_at("checkout", offer.pk)

    walker.type_into(brief="Une chocolaterie à Nantes.")
    walker.reach('main [name="buyer_as"]')
    page.keyboard.press("Space")
    for _choice in range(4):  # arrows go round the choices
        if page.evaluate("document.activeElement.value") == "firm":
            break
        page.keyboard.press("ArrowDown")
    walker.type_into(
        company="Girard & Fils",
        siren="303 265 045",
        address="12 rue des Carmes",
        postal_code="44000",
        city="Nantes",
    )
    walker.reach('main [name="method"]')
    page.keyboard.press("Space")
    walker.reach('main [name="terms"]')
    page.keyboard.press("Space")
    walker.reach("main .summary button")
    page.keyboard.press("Enter")

    page.wait_for_url("**/sandbox/checkout/**")
    walker.reach('main [name="card"]')
    walker.reach("main button")
    page.keyboard.press("Enter")
    order = Order.objects.get()
    walker.is_at("order", order.public_id)

    walker.reach('#composer [name="body"]')
    page.keyboard.type("Bonjour, voici la suite.")
    walker.reach("#composer button:not([type=button])")
    page.keyboard.press("Enter")
    walker.sees("Bonjour, voici la suite.", within="#thread")


def test_an_expert_starts_delivers_and_is_accepted_with_the_keyboard_alone(
    visit, buyer: User, expert: User, offer: Offer
) -> None:
    order = factories.pay(factories.place(buyer, offer))
    seller = Typist(visit(expert, path=order.get_absolute_url()))

    seller.reach('#act form[action*="/start/"] .button')
    seller.enter()
    seller.reach('#act a[href*="deliver"]')
    seller.enter()
    seller.reach('#act [name="note"]')
    seller.page.keyboard.type("Voici la première version.")
    seller.reach("#act .form-actions button")
    seller.enter()
    seller.sees("Delivered. The buyer has been told.", within="body")

    client = Typist(visit(buyer, path=order.get_absolute_url()))
    client.reach('#act [data-dialog="accept-dialog"]')
    client.page.keyboard.press("Enter")
    client.reach("#accept-dialog .button-primary")
    client.enter()

    assert factories.fresh(order).state == Order.State.COMPLETED


def test_the_team_admits_an_expert_with_the_keyboard_alone(visit, category: Category, staff: User) -> None:
    """From the first page of the administration to the answer the candidate reads."""
    candidate = factories.make_expert("Paul", "Mercier", approved=False)
    application = factories.apply(candidate, category)
    clerk = Typist(visit(staff, path="/admin/"))
    page = clerk.page

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#"), (
        "the way past the menu first"
    )
    page.keyboard.press("Enter")
    clerk.reach('#content a[href*="/accounts/application/"]')
    clerk.enter()
    clerk.reach(f'#content a[href*="/accounts/application/{application.pk}/change/"]')
    clerk.enter()
    clerk.reach('.staff-act[href*="/admit/"]')
    clerk.enter()
    clerk.reach('#content [name="reason"]')
    page.keyboard.type("Trop court.")
    clerk.reach("#content .submit-row button")
    clerk.enter()
    clerk.sees("Write a whole sentence: at least 20 characters.", within="#content")
    clerk.type_into(reason="Trente ans de finance, et le goût de transmettre.")
    clerk.reach("#content .submit-row button")
    clerk.enter()

    clerk.sees("The expert is admitted.", within="body")
    application.refresh_from_db()
    assert (application.state, application.decided_by) == ("admitted", staff)


def test_the_team_rules_on_a_dispute_with_the_keyboard_alone(
    visit, delivered_order: Order, buyer: User, staff: User
) -> None:
    """What follows is shown before it is confirmed, and the money is shared, without a mouse."""
    words = "Le plan ne suit pas le brief, malgré deux messages précis."
    dispute = disputes.open_dispute(delivered_order, actor=buyer, ground="unsuitable", statement=words)
    clerk = Typist(visit(staff, path="/admin/"))
    page = clerk.page

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    clerk.reach('#content a[href*="/disputes/dispute/"]')
    clerk.enter()
    clerk.reach(f'#content a[href*="/disputes/dispute/{dispute.pk}/change/"]')
    clerk.enter()
    clerk.reach('.staff-act[href*="/rule/"]')
    clerk.enter()
    clerk.reach('#content [name="decision"]')
    page.keyboard.press("Space")
    for _choice in range(6):
        if page.evaluate("document.activeElement.value") == "share":
            break
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "share"
    clerk.type_into(refund_cents="40", reason="Un tiers du plan manque : un tiers du prix revient.")
    clerk.reach("#content .submit-row button")
    clerk.enter()
    clerk.sees(clerk.money(40_00, full=True), within=".staff-preview")
    assert factories.fresh(delivered_order).state == Order.State.DISPUTED, "nothing moved yet"
    clerk.reach('#content [name="confirmed"]')
    clerk.enter()

    clerk.sees("The decision is written. Below the threshold it is carried out already.", within="body")
    assert factories.fresh(delivered_order).state == Order.State.RESOLVED
    assert ledger.audit() == []
