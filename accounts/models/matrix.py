"""Which document proves what, for how long, and who must show it.

Sources: L8222-1, R8222-1 and D8222-5 of the Code du travail (vigilance, every six months), L243-15 of the Code de la
sécurité sociale, article 30 of regulation (EU) 2022/2065 (identity of traders), L1254-1 and following of the Code du
travail (portage salarial).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.models.legal import LegalForm


class Kind(models.TextChoices):
    """What a document is."""

    IDENTITY = "identity", _("Identity card or passport")
    KBIS = "kbis", _("Kbis extract")
    RNE = "rne", _("Extract of the national register (RNE)")
    CREATION = "creation", _("Receipt of registration (business being created)")
    RIB = "rib", _("Bank details (RIB)")
    VIGILANCE = "vigilance", _("URSSAF certificate of vigilance")
    TAX = "tax", _("Certificate of tax compliance")
    INSURANCE = "insurance", _("Professional liability insurance")
    DPAE = "dpae", _("Declaration before hiring (DPAE)")
    GUARANTEE = "guarantee", _("Financial guarantee of the umbrella company")
    AGREEMENT = "agreement", _("Umbrella company agreement")


class Counted(models.TextChoices):
    """From what the last day of a document is worked out."""

    ISSUE = "issue", "date of the document plus some months"
    STATED = "stated", "last day written on the document"
    UPLOAD = "upload", "day it was sent plus some days"
    FOREVER = "forever", "until it changes"


@dataclass(frozen=True)
class KindRule:
    """How long a kind of document is valid, and what is typed from it.

    ``months`` go with ISSUE, ``days`` with UPLOAD. ``max_age`` is the oldest a document may be when it is sent.
    ``details`` are further fields typed from the document: (name, label, obligatory).
    """

    counted: Counted
    months: int = 0
    days: int = 0
    max_age: timedelta | None = None
    details: tuple[tuple[str, Any, bool], ...] = ()

    def valid_until(self, *, issued_on: date | None, ends_on: date | None, uploaded_on: date) -> date | None:
        """The last day a document counts, or None when it has none."""
        if self.counted == Counted.ISSUE and issued_on is not None:
            return add_months(issued_on, self.months)
        if self.counted == Counted.STATED:
            return ends_on
        if self.counted == Counted.UPLOAD:
            return uploaded_on + timedelta(days=self.days)
        return None


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


RULES: Mapping[str, KindRule] = {
    Kind.IDENTITY: KindRule(Counted.STATED),
    Kind.KBIS: KindRule(
        Counted.FOREVER, max_age=rules.MAX_ISSUE_AGE, details=(("siren", _("SIREN on the document"), True),)
    ),
    Kind.RNE: KindRule(
        Counted.FOREVER, max_age=rules.MAX_ISSUE_AGE, details=(("siren", _("SIREN on the document"), True),)
    ),
    Kind.CREATION: KindRule(Counted.UPLOAD, days=rules.CREATION_RECEIPT_LASTS.days),
    Kind.RIB: KindRule(Counted.FOREVER),
    Kind.VIGILANCE: KindRule(
        Counted.ISSUE, months=6, details=(("security_code", _("Security code of the certificate"), True),)
    ),
    Kind.TAX: KindRule(Counted.ISSUE, months=6),
    Kind.INSURANCE: KindRule(
        Counted.STATED,
        details=(("insurer", _("Insurer"), True), ("policy", _("Policy number"), True)),
    ),
    Kind.DPAE: KindRule(Counted.FOREVER, details=(("receipt", _("Receipt number"), True),)),
    Kind.GUARANTEE: KindRule(Counted.STATED),
    Kind.AGREEMENT: KindRule(Counted.FOREVER),
}
MAX_COVER = timedelta(days=366)
"""An insurance certificate covers a year at most."""


@dataclass(frozen=True)
class Requirement:
    """Something an expert must prove; any of the ``kinds`` proves it, the first being the usual one."""

    key: str
    label: Any
    hint: Any
    kinds: tuple[str, ...]


IDENTITY = Requirement(
    "identity",
    _("Identity"),
    _("A card or passport that is still valid. Only our team sees it, and each look is written down."),
    (Kind.IDENTITY,),
)
REGISTRATION = Requirement(
    "registration",
    _("Registration of the business"),
    _("A Kbis or RNE extract of less than three months; a receipt of registration counts for 90 days."),
    (Kind.KBIS, Kind.RNE, Kind.CREATION),
)
BANK = Requirement(
    "bank", _("Bank details"), _("The RIB of the account we pay, in the name of the business."), (Kind.RIB,)
)
VIGILANCE = Requirement(
    "vigilance",
    _("Certificate of vigilance"),
    _("From your URSSAF account. Counts for six months from its own date."),
    (Kind.VIGILANCE,),
)
TAX = Requirement(
    "tax",
    _("Tax compliance"),
    _("From your space on impots.gouv.fr. Counts for six months from its own date."),
    (Kind.TAX,),
)
INSURANCE = Requirement(
    "insurance",
    _("Professional liability insurance"),
    _("The certificate of the current year, with the activity you sell."),
    (Kind.INSURANCE,),
)
DPAE = Requirement("dpae", _("Declaration before hiring"), _("Your umbrella company has it."), (Kind.DPAE,))
GUARANTEE = Requirement(
    "guarantee",
    _("Financial guarantee"),
    _("The certificate of the umbrella company that employs you."),
    (Kind.GUARANTEE,),
)
AGREEMENT = Requirement(
    "agreement",
    _("Umbrella company agreement"),
    _("The agreement or contract between you and the umbrella company."),
    (Kind.AGREEMENT,),
)

_BUSINESS = (IDENTITY, REGISTRATION, BANK, VIGILANCE, TAX, INSURANCE)
REQUIRED: Mapping[str, tuple[Requirement, ...]] = {
    LegalForm.NONE: (IDENTITY,),
    LegalForm.MICRO: _BUSINESS,
    LegalForm.EI: _BUSINESS,
    LegalForm.EURL: _BUSINESS,
    LegalForm.SARL: _BUSINESS,
    LegalForm.SASU: _BUSINESS,
    LegalForm.SAS: _BUSINESS,
    LegalForm.PORTAGE: (*_BUSINESS, DPAE, GUARANTEE, AGREEMENT),
    LegalForm.OTHER: _BUSINESS,
}
PROOFS_FOR_BUYERS = (Kind.KBIS, Kind.RNE, Kind.CREATION, Kind.VIGILANCE, Kind.TAX, Kind.INSURANCE)
"""What a client must be able to show an inspector: the contents of the vigilance pack."""


def requirement(key: str) -> Requirement | None:
    """A requirement by its name in addresses."""
    return next((item for item in REQUIRED[LegalForm.PORTAGE] if item.key == key), None)


def requirement_of(kind: str) -> Requirement:
    """What a kind of document proves."""
    return next(item for item in REQUIRED[LegalForm.PORTAGE] if kind in item.kinds)
