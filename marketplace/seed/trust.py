"""Who is behind the demo accounts: businesses, bank accounts, documents, candidates and the club that votes."""

import hashlib
import random
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from schwifty import IBAN
from stdnum import luhn

from accounts import actions as accounts
from accounts import mandate
from accounts.actions.consents import agree
from accounts.models import (
    BankAccount,
    ClubMember,
    Consent,
    Document,
    ExpertProfile,
    LegalEntity,
    LegalForm,
    Suspension,
    User,
    VatPeriod,
)
from accounts.models.matrix import REQUIRED, RULES, Kind, Requirement
from marketplace.demo.experts import BY_KEY, Expert
from marketplace.demo.model import french
from marketplace.demo.papers import specimen
from marketplace.demo.stories import DEMO_EXPERT
from marketplace.kernel import clock, sealing
from offers.models import Category

EXPIRING, REFUSED, WAITING, UMBRELLA = "karim-benali", "sophie-tran", "thomas-girard", "yann-le-goff"
"""Experts whose file is not plain: a certificate that runs out, a renewal refused, one to check, an umbrella company."""
CLUB = {
    "finance-gestion": (DEMO_EXPERT, "vincent-roux", "nadia-mbaye", "marc-delattre"),
    "ressources-humaines": ("ines-carpentier", "caroline-weber"),
}


POSTCODES = {
    "Paris": "75010", "Lyon": "69003", "Toulouse": "31000", "Lille": "59000", "Nantes": "44000", "Bordeaux": "33000",
    "Marseille": "13006", "Strasbourg": "67000", "Grenoble": "38000", "Rouen": "76000", "Tours": "37000",
    "Clermont-Ferrand": "63000", "Rennes": "35000", "Annecy": "74000", "Montpellier": "34000", "Nice": "06000",
    "Angers": "49000", "Brest": "29200", "Aix-en-Provence": "13100", "Dijon": "21000",
    "Saint-Denis de La Réunion": "97400",
}  # fmt: skip


def load_standing(experts: dict[str, User]) -> None:
    """Give each expert a business, a bank account and documents that count. Once: those who have them keep them."""
    done = set(LegalEntity.objects.filter(user__in=experts.values()).values_list("user_id", flat=True))
    for key, user in experts.items():
        if user.pk not in done:
            _stand(BY_KEY[key], user)


def _stand(expert: Expert, user: User) -> None:
    draw = random.Random(f"standing of {expert.key}")  # noqa: S311 - the same past at each load, not a secret
    since = user.date_joined
    form = _form(expert, draw)
    name = "Portage Horizon" if form == LegalForm.PORTAGE else expert.name
    if form in LegalEntity.COMPANIES:
        name = f"{expert.last_name} Conseil"
    siren = _with_key(f"{draw.randrange(10_000_000, 99_999_999)}")
    siret = _with_key(f"{siren}0001")
    entity = LegalEntity.objects.create(
        user=user, form=form, name=name, siren=siren, siret=siret, created_at=since,
        vat_number=f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}" if expert.vat == "registered" else "",
        address=f"{draw.randint(1, 98)} rue des Écoles", postal_code=POSTCODES[expert.city], city=expert.city,
    )  # fmt: skip
    VatPeriod.objects.create(user=user, regime=expert.vat, since=clock.local_day(since))
    number = IBAN.generate(
        "FR", bank_code="30006", branch_code="00001", account_code=f"{draw.randrange(10**10):011d}"
    )
    BankAccount.objects.create(
        user=user, holder=name, sealed_iban=sealing.seal(str(number)), country="FR", last_four=str(number)[-4:],
        bic=str(number.bic or ""), bank=number.bank_name or "", created_at=since, usable_from=since,
    )  # fmt: skip
    Consent.objects.get_or_create(
        user=user, text=Consent.Text.MANDATE, version=mandate.VERSION,
        defaults={"language": "fr", "digest": mandate.digest("fr"), "name": user.get_full_name(), "given_at": since},
    )  # fmt: skip
    for requirement in REQUIRED[form]:
        _paper(user, entity, requirement, age=draw.randint(6, 40), draw=draw)
    match expert.key:
        case name if name == EXPIRING:
            _age(user, Kind.VIGILANCE, days_left=12)
        case name if name == REFUSED:
            _age(user, Kind.INSURANCE, days_left=9)
            refused = _paper(user, entity, _asking(form, Kind.INSURANCE), age=2, draw=draw, state="in_review")
            refused.state, refused.refusal = Document.State.REFUSED, Document.Refusal.INCOMPLETE
            refused.refusal_note = french(
                "La page des garanties manque. Envoyez l'attestation complète de l'année en cours."
            )
            refused.decided_at = clock.now() - timedelta(hours=20)
            refused.save()
        case name if name == WAITING:
            _age(user, Kind.TAX, days_left=5)
            _paper(user, entity, _asking(form, Kind.TAX), age=1, draw=draw, state="in_review")


def _form(expert: Expert, draw: random.Random) -> str:
    if expert.key == UMBRELLA:
        return LegalForm.PORTAGE
    if expert.vat == "franchise":
        return LegalForm.MICRO
    return draw.choice((LegalForm.EURL, LegalForm.SASU, LegalForm.EI))


def _with_key(digits: str) -> str:
    return digits + str(luhn.calc_check_digit(digits))


def _asking(form: str, kind: str) -> Requirement:
    return next(item for item in REQUIRED[form] if kind in item.kinds)


def _paper(
    user: User,
    entity: LegalEntity,
    requirement: Requirement,
    *,
    age: int,
    draw: random.Random,
    state: str = "accepted",
) -> Document:
    """A specimen, dated some days ago and checked on the day after."""
    now = clock.now()
    kind = requirement.kinds[0]
    issued_on = clock.today() - timedelta(days=age)
    years = 5 if kind == Kind.IDENTITY else 1
    ends_on = issued_on + timedelta(days=365 * years - 1)
    sent = now - timedelta(days=max(0, age - 2), hours=3)
    codes = {
        "siren": entity.siren,
        "security_code": f"{draw.randrange(16**10):010X}",
        "insurer": "Assurances du Levant",
        "policy": f"RC-{draw.randrange(10**6):06d}",
        "receipt": f"DPAE-{draw.randrange(10**8):08d}",
    }
    details = {name: codes[name] for name, _label, _must in RULES[kind].details}
    content = specimen(
        str(Kind(kind).label),
        [
            f"Délivré à : {user.get_full_name()}",
            f"Entreprise : {entity.name} - SIREN {entity.siren}",
            f"Fait le {issued_on:%d/%m/%Y}",
            *(f"{name} : {value}" for name, value in details.items()),
        ],
    )
    document = Document(
        user=user,
        entity=None if requirement.key == "identity" else entity,
        kind=kind,
        state=state,
        name=f"{kind}-{user.last_name.lower()}.pdf",
        content_type="application/pdf",
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        issued_on=issued_on,
        ends_on=ends_on if RULES[kind].counted == "stated" else None,
        valid_until=RULES[kind].valid_until(issued_on=issued_on, ends_on=ends_on, uploaded_on=issued_on),
        details=details,
        uploaded_at=sent,
        review_due_at=sent + timedelta(days=2),
        decided_at=sent + timedelta(hours=20) if state == "accepted" else None,
    )
    document.file.save(document.name, ContentFile(content), save=False)
    document.save()
    return document


def _age(user: User, kind: str, *, days_left: int) -> None:
    """Let a document run out soon."""
    today = clock.today()
    issued_on = today - timedelta(days=(184 if kind != Kind.INSURANCE else 365) - days_left)
    Document.objects.filter(user=user, kind=kind, state="accepted").update(
        issued_on=issued_on,
        valid_until=today + timedelta(days=days_left),
        uploaded_at=_noon(clock.now(), issued_on),
    )


def _noon(now: datetime, day: object) -> datetime:
    return now.replace(year=day.year, month=day.month, day=day.day)  # type: ignore[attr-defined]


CANDIDATES = (
    (
        "Isabelle", "Roche", "finance-gestion", 34, 1,
        "Trente-quatre ans en finance d'entreprise : contrôle de gestion chez un équipementier, direction "
        "financière d'un groupe familial de 400 personnes, puis huit missions de retournement menées jusqu'au bout.",
        "Je voudrais que les dirigeants de PME lisent leur trésorerie sans moi. Mon premier livrable serait un "
        "tableau de trésorerie à treize semaines, avec une heure d'explication.",
    ),
    (
        "Gérard", "Lemoine", "ressources-humaines", 38, 2,
        "Directeur des ressources humaines pendant vingt ans dans la logistique et l'agroalimentaire, négociateur "
        "d'une trentaine d'accords d'entreprise, conseiller prud'homal pendant deux mandats.",
        "Transmettre à de jeunes responsables des ressources humaines la préparation d'une négociation, avec des "
        "dossiers courts et des appels de relecture.",
    ),
    (
        "Pascal", "Vidal", "finance-gestion", 31, 12,
        "Trente et un ans dans la banque de détail, dont quinze à la tête d'une agence et d'une équipe de douze "
        "conseillers, avec un suivi attentif des clients professionnels.",
        "Aider les indépendants à présenter leur dossier de crédit, avec une relecture et un appel d'une heure "
        "avant leur rendez-vous.",
    ),
)  # fmt: skip
VOICES = {
    "Isabelle": (("vincent-roux", "for", "Un parcours complet et des missions menées jusqu'au bout."),),
    "Pascal": (
        (
            "claire-delmas",
            "against",
            "L'expérience est bancaire : elle ne couvre pas la direction financière.",
        ),
        ("vincent-roux", "against", "Je n'ai pas trouvé de mission conduite côté entreprise."),
        ("nadia-mbaye", "for", "La relation avec les petites entreprises est réelle et utile."),
        ("marc-delattre", "recused", "Nous avons travaillé dans la même banque pendant six ans."),
    ),
}


def load_admission(experts: dict[str, User], categories: dict[str, Category]) -> None:
    """The club of two fields, and candidates before the club, before the committee, and not admitted."""
    from marketplace.seed.people import candidate

    for slug, keys in CLUB.items():
        for key in keys:
            ClubMember.objects.get_or_create(user=experts[key], field=categories[slug])
    for first, last, slug, years, days, record, wish in CANDIDATES:
        user = candidate(first, last)
        if user.applications.exists():
            continue
        ExpertProfile.objects.filter(user=user).update(years_of_experience=years)
        with clock.at(clock.now() - timedelta(days=days)):
            application = accounts.begin_application(user)
            answers = {
                "ground": "experience",
                "years_of_experience": years,
                "attested": True,
                "field": categories[slug],
                "track_record": french(record),
                "motivation": french(wish),
            }
            accounts.write_application(application, answers)
            accounts.sign_charter(user, name=user.get_full_name(), language="fr")
            application = accounts.send_application(application)
            for key, choice, reason in VOICES.get(first, ()):
                accounts.cast_ballot(application, member=experts[key], choice=choice, reason=french(reason))


def load_suspension(experts: dict[str, User], staff: User) -> None:
    """An announced suspension to which its expert replied: a notice that runs, and a reply that waits for our team."""
    expert = experts[UMBRELLA]
    if expert.suspensions.exists():
        return
    with clock.at(clock.now() - timedelta(days=2)):
        suspension = accounts.suspend_expert(
            expert.expert_profile,
            actor=staff,
            ground=Suspension.Ground.OUTSIDE,
            reason=french(
                "Deux clients nous montrent des messages où vous proposez de régler la suite par virement direct. "
                "La charte, article 6, demande que les paiements se fassent ici."
            ),
            lasts=timedelta(days=14),
        )
    with clock.at(clock.now() - timedelta(hours=9)):
        accounts.reply_to_suspension(
            suspension,
            actor=expert,
            text=french(
                "Le premier client était le mien avant mon inscription, je joins notre contrat de 2024 par la page "
                "de contact. Pour le second, je reconnais une maladresse et je lui ai écrit que tout se règle ici."
            ),
        )


def load_consents(*people: User) -> None:
    """What they accepted when they opened their account."""
    for user in people:
        with clock.at(user.date_joined):
            for text in (Consent.Text.TERMS, Consent.Text.PRIVACY):
                agree(user, text, source=Consent.Source.SIGN_UP)
