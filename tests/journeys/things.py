"""What the newer pages are about: made by the real actions when the first page asks for it, and once."""

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from marketplace.kernel import clock
from messaging.actions import make_contact
from messaging.models import Contact
from missions import actions as missions
from missions.actions.quoting import LineTerms, QuoteTerms
from missions.models import Amendment, Instalment, Mission, Nda, Quote, Report
from orders.models import Order
from payments import escrow
from tests import factories
from tests.access.table import TABLE
from tests.access.world import a_proposal, address

if TYPE_CHECKING:
    from tests.journeys.world import World

LONG_TITLE = "Refonte du contrôle de gestion et de la trésorerie prévisionnelle du groupe"
LINES = [
    LineTerms("Diagnostic de la trésorerie et des engagements hors bilan", 500, "day", 800_00),
    LineTerms("Restitution devant le comité de direction", 100, "flat", 1_000_00),
]


class Things:
    """One mission, one quote that waits, one call…: several pages look at the same."""

    SHARED = (
        *("mission", "quote", "instalment", "amendment", "activity_report", "nda"),
        *("call", "request", "invitation", "conversation"),
    )

    def __init__(self, world: "World") -> None:
        self.world = world

    def path(self, route: str) -> str:
        """The address of a page of the table of routes, with what the table says it takes."""
        needs = TABLE[route][1]
        if needs in self.SHARED:
            return reverse(route, args=[getattr(self, needs).public_id])
        return address(route, needs, self.people)

    @cached_property
    def people(self) -> dict[str, Any]:
        world = self.world
        visitors = {"buyer": world.buyer, "expert": world.expert, "staff": world.staff}
        return {"order": self.order, "visitors": visitors}

    @cached_property
    def order(self) -> Order:
        return factories.start(factories.pay(factories.place(self.world.buyer, self.world.offer)))

    @cached_property
    def contact(self) -> Contact:
        return make_contact(
            company=self.world.buyer,
            expert=self.world.expert,
            subject="Votre prévisionnel et la trésorerie du groupe",
            body="Bonjour, nous préparons l'ouverture de trois boutiques.",
            files=[factories.a_file("2026_previsionnel_chocolaterie_nantes_relu_et_corrige.pdf")],
        )

    @property
    def conversation(self) -> Contact:
        return self.contact

    @cached_property
    def nda(self) -> Nda:
        return missions.propose_nda(
            self.contact, actor=self.world.buyer, name="Thomas Girard", file=factories.a_file()
        )

    @cached_property
    def quote(self) -> Quote:
        """One that waits."""
        today = clock.today()
        terms = QuoteTerms(
            title=LONG_TITLE,
            deliverables="Un diagnostic\nUn plan d'action",
            starts_on=today + timedelta(days=7),
            ends_on=today + timedelta(days=60),
        )
        return missions.write(self.order.conversation, expert=self.world.expert, terms=terms, lines=LINES)

    @cached_property
    def mission(self) -> Mission:
        """Under way since nine days: a report was sent, an amendment waits, the second instalment is due."""
        world = self.world
        began = clock.now() - timedelta(days=9)
        with clock.at(began):
            today = clock.today()
            terms = QuoteTerms(
                title=LONG_TITLE,
                deliverables="Un diagnostic\nUn plan d'action",
                starts_on=today,
                ends_on=today + timedelta(days=60),
            )
            quote = missions.write(self.contact.conversation, expert=world.expert, terms=terms, lines=LINES)
            mission = missions.accept(
                quote, actor=world.buyer, name="Thomas Girard", digest=quote.digest, siren="303265045"
            )
            first = mission.instalments.get(number=1)
            assert first.payment is not None
            escrow.receive(
                first.payment, amount_cents=first.ttc_cents, gateway_id="gw-mission", occurred_at=began
            )
            missions.confirm_payment(first)
            mission = missions.start(mission, actor=world.expert)
        missions.note(mission, actor=world.expert, words="Premier entretien tenu, les comptes sont lus.")
        return missions.ask_second(mission, actor=world.expert)

    @cached_property
    def instalment(self) -> Instalment:
        return self.mission.instalments.get(number=2)

    @cached_property
    def amendment(self) -> Amendment:
        mission = self.mission
        wish = missions.Change(
            "Deux ateliers de plus à Nantes", 7_000_00, mission.ends_on + timedelta(days=9)
        )
        return missions.propose_amendment(
            mission, actor=self.world.expert, change=wish, name="Marie-Capucine"
        )

    @cached_property
    def activity_report(self) -> Report:
        today = clock.today()
        return missions.report(
            self.mission,
            actor=self.world.expert,
            month=today,
            halves={today: 2},
            words="Un atelier avec la direction.",
        )

    @cached_property
    def call(self) -> Order:
        return factories.pay(factories.place(self.world.buyer, factories.make_call(self.world.expert)))

    @cached_property
    def invitation(self) -> Any:
        return a_proposal(self.people)

    @property
    def request(self) -> Any:
        return self.invitation.request
