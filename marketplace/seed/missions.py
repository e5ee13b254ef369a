"""Quotes and missions of the demo world: one quote waits, two missions run, one is over and reviewed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from marketplace.kernel import clock
from messaging.actions import make_contact
from messaging.models import Mail, Notification
from missions import actions
from missions.actions.quoting import LineTerms, QuoteTerms
from missions.models import Mission, Quote
from payments import escrow
from payments.models import Payment


@dataclass(frozen=True)
class Plan:
    """A mission of the demo world: what was asked and quoted, how long ago, and how far it has come."""

    title: str
    asked: str
    deliverables: str
    lines: tuple[LineTerms, ...]
    days_ago: int
    lasts: int
    stage: str
    review: str = ""
    thanks: str = ""


PLANS = (
    Plan(
        "Tableau de bord mensuel pour la direction",
        "Bonjour, nous aimerions un suivi mensuel clair pour notre comité de direction. Pouvez-vous chiffrer ?",
        "Un tableau de bord mensuel\nUne prise en main de deux heures",
        (LineTerms("Conception", 400, "day", 720_00), LineTerms("Prise en main", 200, "hour", 110_00)),
        2,
        30,
        "quoted",
    ),
    Plan(
        "Suivi de trésorerie hebdomadaire",
        "Bonjour, notre trésorerie est suivie au jour le jour, sans prévision. Pouvez-vous nous outiller ?",
        "Un modèle de trésorerie à treize semaines\nUn rituel hebdomadaire",
        (LineTerms("Mise en place", 300, "day", 780_00), LineTerms("Accompagnement", 400, "day", 780_00)),
        12,
        70,
        "running",
    ),
    Plan(
        "Refonte du contrôle de gestion",
        "Bonjour, notre contrôle de gestion n'a pas suivi notre croissance. Seriez-vous disponible ce trimestre ?",
        "Un diagnostic écrit\nUn plan d'action chiffré\nUn modèle budgétaire",
        (LineTerms("Diagnostic", 500, "day", 800_00), LineTerms("Modèle budgétaire", 100, "flat", 2_400_00)),
        38,
        75,
        "asked",
    ),
    Plan(
        "Préparation de la levée de fonds",
        "Bonjour, nous préparons une levée de fonds et cherchons un regard senior sur nos chiffres.",
        "Un plan d'affaires à trois ans\nUne note pour les investisseurs",
        (LineTerms("Plan d'affaires", 600, "day", 850_00), LineTerms("Note", 150, "day", 850_00)),
        95,
        60,
        "ended",
        review="Le plan d'affaires et la note sont remis et relus ensemble. Les hypothèses sont sourcées.",
        thanks="Un travail précis, des hypothèses défendables devant nos investisseurs, et des délais tenus.",
    ),
)
KEYS = ("quote:", "mission:", "instalment:", "contact_message:", "amendment:", "report:")


@transaction.atomic
def load(company: User, expert: User) -> int:
    """Live the missions of the demo world once. Returns how many were added."""
    if Quote.objects.filter(expert=expert, client=company).exists():
        return 0
    for plan in sorted(PLANS, key=lambda plan: -plan.days_ago):
        _live(plan, company, expert)
    told = Notification.objects.filter(user__in=[company, expert])
    for key in KEYS:
        Mail.objects.filter(key__contains=key).delete()
        told.filter(key__startswith=key).update(by_mail="")
    Payment.objects.filter(instalment__isnull=False).update(tell_due_at=None)
    return len(PLANS)


def _live(plan: Plan, company: User, expert: User) -> None:
    begun = clock.now() - timedelta(days=plan.days_ago)
    with clock.at(begun):
        contact = make_contact(company=company, expert=expert, subject=plan.title, body=plan.asked)
        today = clock.today()
        terms = QuoteTerms(
            title=plan.title,
            deliverables=plan.deliverables,
            starts_on=today + timedelta(days=4),
            ends_on=today + timedelta(days=plan.lasts),
        )
        quote = actions.write(contact.conversation, expert=expert, terms=terms, lines=plan.lines)
    if plan.stage == "quoted":
        return
    with clock.at(begun + timedelta(days=1)):
        mission = actions.accept(quote, actor=company, name=company.get_full_name(), digest=quote.digest)
        _pay(mission, 1)
    with clock.at(begun + timedelta(days=4)):
        mission = actions.start(mission, actor=expert)
        actions.note(mission, actor=expert, words="Premier atelier tenu avec les équipes : bon accueil.")
    _tell_of_the_work(plan, mission, begun)
    if plan.stage == "running":
        return
    with clock.at(begun + timedelta(days=34)):
        actions.ask_second(mission, actor=expert)
        if plan.stage == "asked":
            return
        _pay(mission, 2)
    with clock.at(begun + timedelta(days=plan.lasts)):
        actions.hand_over(mission, actor=expert, words=plan.review)
    with clock.at(begun + timedelta(days=plan.lasts + 2)):
        _pay(mission, 3)
        actions.validate(mission, actor=company, words=plan.thanks, rating=5)


def _tell_of_the_work(plan: Plan, mission: Mission, begun: datetime) -> None:
    """The days of the first month, and for the longest mission a second one and an amendment."""
    company, expert = mission.client, mission.expert
    with clock.at(begun + timedelta(days=9)):
        today = clock.today()
        first = clock.local_day(begun + timedelta(days=4))
        days = {day: 1 + day.day % 2 for day in (today, *_days(first, today)) if day.month == today.month}
        report = actions.report(
            mission, actor=expert, month=today, halves=days, words="Entretiens, relevé des données, cadrage."
        )
        if plan.stage != "running":
            actions.answer_report(report, actor=company, agrees=True)
    if plan.stage == "asked":
        with clock.at(begun + timedelta(days=20)):
            change = actions.Change(
                "Un atelier de plus avec l'équipe commerciale.",
                mission.total_ht_cents + 800_00,
                mission.ends_on + timedelta(days=7),
            )
            amendment = actions.propose_amendment(
                mission, actor=expert, change=change, name=expert.get_full_name()
            )
            actions.sign_amendment(
                amendment, actor=company, name=company.get_full_name(), digest=amendment.digest
            )


def _days(first: date, last: date) -> list[date]:
    """The working days between two."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5]


def _pay(mission: Mission, number: int) -> None:
    instalment = mission.instalments.select_related("payment").get(number=number)
    assert instalment.payment is not None  # noqa: S101 - asked just before
    escrow.receive(
        instalment.payment,
        amount_cents=instalment.ttc_cents,
        gateway_id=f"demo_{instalment.public_id}",
        occurred_at=clock.now(),
    )
    actions.confirm_payment(instalment)
