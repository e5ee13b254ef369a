"""Whom we declare, with what: every expert who was credited for work in the year. Amounts are cents.

Freelance work is a *personal service*: there is no exemption for small sellers (that of fewer than 30 sales and at most
2,000 € is for goods alone), and companies are declared as people are. Excluded are only public bodies and listed
companies (annex V, section I, B.4), whom we do not have. What counts is what was credited, by the quarter of the release;
what was taken back comes off the same quarter, or off that of the refund when the sale was of another year.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import BankAccount, LegalEntity, LegalForm, User
from payments import ledger
from payments.models import LedgerTransaction, TaxDetails
from payments.reporting import periods

Kind = LedgerTransaction.Kind

UNION = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
"""Sellers who live elsewhere are not declared (annex V, section I, B.3)."""
PEOPLE = frozenset({LegalForm.NONE, LegalForm.MICRO, LegalForm.EI, LegalForm.OTHER})
"""Forms in which the expert sells as a natural person."""


@dataclass
class Quarter:
    """What was credited, how often, and what we kept of it."""

    consideration_cents: int = 0
    activities: int = 0
    fees_cents: int = 0


@dataclass
class Seller:
    """One seller as the declaration has them: a person, or a company with all the experts who work through it."""

    key: str
    experts: list[User]
    entity: LegalEntity | None
    details: TaxDetails | None
    account: BankAccount | None
    quarters: list[Quarter] = field(default_factory=lambda: [Quarter() for _number in range(4)])

    @property
    def is_person(self) -> bool:
        return self.entity is None or self.entity.form in PEOPLE

    @property
    def name(self) -> str:
        if self.is_person or self.entity is None:
            return self.experts[0].get_full_name()
        return self.entity.name

    @property
    def country(self) -> str:
        """Where the seller is resident."""
        if self.is_person and self.details is not None:
            return self.details.tax_country
        return self.entity.country if self.entity else "FR"

    @property
    def consideration_cents(self) -> int:
        return sum(quarter.consideration_cents for quarter in self.quarters)

    @property
    def fees_cents(self) -> int:
        return sum(quarter.fees_cents for quarter in self.quarters)

    @property
    def activities(self) -> int:
        return sum(quarter.activities for quarter in self.quarters)

    @property
    def is_declared(self) -> bool:
        """Whether this seller goes into the file: resident in the Union, and credited something."""
        return self.country in UNION and self.consideration_cents > 0

    @property
    def missing(self) -> list[str]:
        """What the declaration wants and we do not have, in words for the team."""
        found = []
        if self.entity is None or not self.entity.address or not self.entity.city:
            found.append(_("address"))
        if self.is_person:
            known = self.details
            if known is None or known.born_on is None:
                found.append(_("date of birth"))
            if known is None or not (known.birth_city and known.birth_country):
                found.append(_("place of birth"))
            if known is None or not known.number:
                found.append(_("tax number"))
        elif self.entity is not None and not self.entity.siren:
            found.append("SIREN")
        return found

    @property
    def can_be_written(self) -> bool:
        """Whether the schema takes this seller: a city for everyone, and a date of birth for a person."""
        if self.entity is None or not self.entity.city:
            return False
        return not self.is_person or (self.details is not None and self.details.born_on is not None)


CREDITED = """
WITH moved AS (
    SELECT t.id, t.subject, t.kind, t.occurred_at,
           max(split_part(a.code, ':', 2)::bigint) FILTER (WHERE a.code LIKE 'expert%%') AS expert,
           -coalesce(sum(p.amount_cents) FILTER (WHERE a.code LIKE 'expert%%'), 0) AS net,
           -coalesce(sum(p.amount_cents) FILTER (WHERE a.code = ANY(%(ours)s)), 0) AS fees
      FROM ledger_transaction t
      JOIN ledger_posting p ON p.transaction_id = t.id
      JOIN ledger_account a ON a.id = p.account_id
     WHERE t.occurred_at >= %(start)s AND t.occurred_at < %(end)s AND t.kind = ANY(%(kinds)s)
     GROUP BY t.id
), dated AS (
    SELECT m.*, CASE WHEN e.released_at >= %(start)s AND e.released_at < %(end)s THEN e.released_at
                     ELSE m.occurred_at END AS at
      FROM moved m
      LEFT JOIN payments_escrowhold h
             ON m.subject LIKE 'payment:%%' AND h.payment_id = split_part(m.subject, ':', 2)::bigint
      LEFT JOIN payments_earning e ON e.hold_id = h.id
     WHERE m.expert IS NOT NULL AND (%(expert)s::bigint IS NULL OR m.expert = %(expert)s)
)
SELECT d.expert,
       coalesce(
           (SELECT l.id FROM accounts_legalentity l WHERE l.user_id = d.expert AND l.created_at <= d.at
             ORDER BY l.created_at DESC, l.id DESC LIMIT 1),
           (SELECT l.id FROM accounts_legalentity l WHERE l.user_id = d.expert
             ORDER BY l.created_at, l.id LIMIT 1)
       ) AS entity,
       extract(quarter FROM d.at AT TIME ZONE %(zone)s)::int AS quarter,
       sum(d.net)::bigint, sum(d.fees)::bigint, count(*) FILTER (WHERE d.kind = 'release')
  FROM dated d
 GROUP BY 1, 2, 3
 ORDER BY 1, 2, 3
"""
"""By expert, by who they were in law at the time, and by quarter: net, fees, number of sales."""
EARNED = [
    Kind.RELEASE,
    Kind.REFUND_CLAWBACK,
    Kind.DISPUTE_LOST,
    Kind.COMMISSION_ADJUST,
    Kind.GOODWILL,
]


def sellers_of(year: int, *, expert: User | None = None) -> list[Seller]:
    """The sellers of a year, by name, in five queries. With an ``expert``, their own part alone."""
    period = periods.year(year)
    with connection.cursor() as cursor:
        cursor.execute(
            CREDITED,
            {
                "start": period.start,
                "end": period.end,
                "kinds": [str(kind) for kind in EARNED],
                "ours": [ledger.COMMISSION.code, ledger.VAT_COLLECTED.code],
                "expert": expert.pk if expert else None,
                "zone": settings.TIME_ZONE,
            },
        )
        rows = cursor.fetchall()
    people = User.objects.in_bulk({row[0] for row in rows})
    entities = LegalEntity.objects.in_bulk({row[1] for row in rows if row[1]})
    details = {row.expert_id: row for row in TaxDetails.objects.filter(expert__in=people)}
    paid_on = {row.user_id: row for row in BankAccount.objects.current().filter(user__in=people)}
    found: dict[str, Seller] = {}
    for expert_id, entity_id, quarter, net, fees, sales in rows:
        person, entity = people[expert_id], entities.get(entity_id)
        key = f"E{person.pk}"
        if entity is not None and entity.form not in PEOPLE and entity.siren:
            key = f"S{entity.siren}"
        seller = found.setdefault(
            key, Seller(key, [], entity, details.get(person.pk), paid_on.get(person.pk))
        )
        if person not in seller.experts:
            seller.experts.append(person)
        seller.entity = entity or seller.entity
        part = seller.quarters[quarter - 1]
        part.consideration_cents += net
        part.fees_cents += fees
        part.activities += sales
    for seller in found.values():
        for part in seller.quarters:
            part.consideration_cents, part.fees_cents = (
                max(0, part.consideration_cents),
                max(0, part.fees_cents),
            )
    return sorted(found.values(), key=lambda seller: (seller.name.casefold(), seller.key))
