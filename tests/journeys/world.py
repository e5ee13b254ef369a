"""A small world that fills every page: an order in each state, and words long enough to break a line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

import time_machine
from django.urls import reverse
from django.utils import translation

from accounts import actions as accounts
from accounts.models import User
from disputes import actions as disputes
from disputes.models import Dispute
from marketplace.kernel import clock
from offers import actions as offers
from offers.models import Offer
from orders import actions as orders
from orders.models import Declared, Order
from payments import escrow
from payments.sandbox import actions as sandbox
from payments.sandbox.models import SandboxSession
from tests import factories
from tests.journeys.things import Things

LONG_NAME = "2026-11-22_previsionnel_financier_chocolaterie_nantes_version_relue_et_corrigee.pdf"
LONG_LINK = (
    "https://www.exemple.test/dossiers/chocolaterie/nantes/previsionnel/2026/annexes/tableau-des-flux.xlsx"
)
STATEMENT = "Le plan remis ne suit pas le brief : les charges sociales manquent malgré deux messages précis."
BILLING = {
    "name": "Thomas Girard",
    "company": "Girard & Fils",
    "address": "12 rue des Carmes",
    "postal_code": "44000",
    "city": "Nantes",
    "country": "FR",
}


@dataclass
class World:
    """Who is there, what is sold, and the orders and payment pages that were asked for, by name."""

    buyer: User
    expert: User
    newcomer: User
    staff: User
    offer: Offer
    question: Offer
    draft: Offer
    orders: dict[str, Order] = field(default_factory=dict)
    pages: dict[str, SandboxSession] = field(default_factory=dict)

    @cached_property
    def things(self) -> Things:
        return Things(self)

    def args(self, route: str, name: str) -> list[Any]:
        """What the address of a page takes, to show the thing of this name."""
        match route:
            case "category":
                return [self.offer.category.slug]
            case "expert_profile":
                return [self.expert.expert_profile.slug]
            case "offer":
                offer = getattr(self, name)
                return [offer.pk, offer.slug]
            case "sandbox_checkout":
                return [self.pages[name].token]
            case "admin:disputes_dispute_rule" | "admin:disputes_dispute_change":
                return [Dispute.objects.get(order=self.orders[name]).pk]
            case _ if route.startswith("admin:"):
                return [self.orders[name].pk]
            case _ if name in self.orders:
                return [self.orders[name].public_id]
        return [getattr(self, name).pk]


def build(names: Iterable[str] = ()) -> World:
    """People, offers, and the orders of these names: everything through the real actions, each at its moment."""
    world = _people_and_offers()
    for name in dict.fromkeys(names):
        if name in RECIPES:
            RECIPES[name](world, name)
            world.orders[name] = factories.fresh(world.orders[name])
    return world


def _people_and_offers() -> World:
    expert = factories.make_expert("Marie-Capucine", "de La Rochefoucauld-Montbrison")
    accounts.change_photo(expert, factories.a_portrait())
    category = factories.make_category(slug="finance", description_fr="Plans, budgets, trésorerie.")
    offer = factories.make_offer(
        expert,
        category=category,
        title="Prévisionnel financier sur trois ans avec plan de trésorerie et seuil de rentabilité",
        keywords=["prévisionnel", "trésorerie"],
        faq=[{"question": "Puis-je le montrer à ma banque ?", "answer": "Oui, il est fait pour cela."}],
        includes=["Un classeur commenté", "Une synthèse de deux pages"],
        add_ons=(("Livraison express", 35_00, -2), ("Relecture par un associé expert-comptable", 50_00, 1)),
    )
    for alt in ("Une page du classeur", ""):
        picture = offers.add_image(
            offer, image=factories.an_image((1200, 800)), thumbnail=factories.an_image((400, 267))
        )
        if alt:
            offers.describe_image(picture, alt)
    offer.refresh_from_db()
    return World(
        buyer=factories.make_user("Thomas", "Girard"),
        expert=expert,
        newcomer=factories.make_expert("Inès", "Carpentier", approved=False),
        staff=factories.make_user("Sophie", "Arnaud", is_staff=True, is_superuser=True),
        offer=offer,
        question=factories.make_offer(
            expert,
            category=category,
            kind="question",
            title="Votre question de trésorerie",
            price_cents=40_00,
        ),
        draft=factories.make_offer(expert, category=category, title="Un brouillon", published=False),
    )


# Steps


def _place(world: World, name: str, offer: Offer | None = None, **fields: Any) -> Order:
    offer = offer or world.offer
    options = {
        "add_on_ids": [add_on.pk for add_on in offer.add_ons.all()],
        "billing": BILLING,
        "declared": Declared("consumer", at_once=True, waives=True) if name == "started" else None,
        "brief": f"Une chocolaterie.\n\n{LONG_LINK}",
    }
    world.orders[name] = factories.place(world.buyer, offer, **{**options, **fields})
    return world.orders[name]


def _open_page(world: World, name: str, language: str = "fr", **fields: Any) -> SandboxSession:
    """An order, and the payment page one is sent to."""
    order = _place(world, name, **fields)
    with translation.override(language):
        room = reverse("order_payment", args=[order.public_id])
        url = escrow.open_checkout(order.payment, return_url=f"{room}?back=1", cancel_url=room)
    world.pages[name] = SandboxSession.objects.get(token=url.rstrip("/").split("/")[-1])
    return world.pages[name]


def _after(world: World, name: str, act: Callable[[SandboxSession], SandboxSession], **fields: Any) -> Order:
    """The same, once something happened there and the site knows of it."""
    world.pages[name] = act(_open_page(world, name, **fields))
    escrow.refresh(world.orders[name].payment)
    return factories.fresh(world.orders[name])


def _pay(world: World, name: str, **fields: Any) -> Order:
    order = _after(world, name, lambda page: sandbox.pay(page, "card"), **fields)
    return orders.confirm_payment(order)


def _start(world: World, name: str, **fields: Any) -> Order:
    order = factories.start(_pay(world, name, **fields))
    orders.say(
        order, author=order.buyer, body=f"Voici le dossier.\n{LONG_LINK}", files=[factories.a_file(LONG_NAME)]
    )
    orders.say(order, author=order.expert, body="Bien reçu, je m'y mets.")
    return factories.fresh(order)


def _late(world: World, name: str) -> None:
    with time_machine.travel(clock.now() - timedelta(days=9), tick=False):
        _start(world, name)


def _hand_over(world: World, name: str) -> Order:
    order = _start(world, name)
    orders.deliver(order, actor=order.expert, note="Voici le plan.", files=[factories.a_file(LONG_NAME)])
    return factories.fresh(order)


def _send_back(world: World, name: str) -> Order:
    return orders.request_revision(
        _hand_over(world, name),
        actor=world.buyer,
        good="Le ton.",
        wrong="Page 3, les charges.",
        expected="Les charges à jour.",
    )


def _accept(world: World, name: str) -> Order:
    return orders.accept_delivery(_hand_over(world, name), actor=world.buyer)


def _review(world: World, name: str) -> None:
    order = _accept(world, name)
    orders.leave_review(order, author=world.buyer, rating=5, comment="Clair, chiffré, dans les temps.")
    orders.leave_review(order, author=world.expert, rating=5, comment="Un brief précis.")


def _dispute(world: World, name: str) -> Dispute:
    return disputes.open_dispute(
        _hand_over(world, name), actor=world.buyer, ground="unsuitable", statement=STATEMENT
    )


def _rule(world: World, name: str) -> None:
    disputes.rule(
        _dispute(world, name), actor=world.staff, refund_cents=40_00, reason="Un tiers du plan manque."
    )


def _extend(world: World, name: str) -> None:
    order = _start(world, name)
    assert order.due_at is not None
    later = order.due_at + timedelta(days=2)
    orders.propose_extension(order, actor=world.expert, due_at=later, message="Le greffe est fermé.")


def _settle(world: World, name: str) -> None:
    orders.propose_settlement(
        _start(world, name), actor=world.buyer, refund_cents=60_00, message="Le projet s'arrête."
    )


RECIPES: dict[str, Callable[[World, str], Any]] = {
    "unpaid": _open_page,
    "english": lambda world, name: _open_page(world, name, "en"),
    "declined": lambda world, name: _after(world, name, sandbox.decline),
    "transfer": lambda world, name: _after(world, name, sandbox.choose_transfer, method="transfer"),
    "confirming": lambda world, name: _after(world, name, sandbox.ask_confirmation),
    "expired": lambda world, name: _after(world, name, sandbox.expire),
    "active": _pay,
    "briefless": lambda world, name: _pay(world, name, brief=""),
    "started": _start,
    "asked": lambda world, name: _start(world, name, offer=world.question),
    "late": _late,
    "extension": _extend,
    "settlement": _settle,
    "delivered": _hand_over,
    "revised": _send_back,
    "redelivered": lambda world, name: factories.deliver(_send_back(world, name), "Les charges sont à jour."),
    "completed": _accept,
    "reviewed": _review,
    "cancelled": lambda world, name: orders.decline(
        _pay(world, name), actor=world.expert, reason="Complet ce mois-ci."
    ),
    "disputed": _dispute,
    "resolved": _rule,
}
"""How an order comes to be in each state."""
