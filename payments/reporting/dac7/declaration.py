"""The declaration as a file: the XML that the tax office takes, and its name. Amounts leave in whole euros.

Structure: *Cahier des charges DPI-DAC7* of the DGFiP, v1.6; the schema stands in `schema/`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree

from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import half_up
from payments.invoices import parties
from payments.reporting.dac7 import NotValid
from payments.reporting.dac7.sellers import Seller

DPI = "urn:oecd:ties:dpi"
STF = "urn:oecd:ties:dpistf"
SCHEMA = Path(__file__).parent / "schema" / "DPIXML_v1.1-fr1.xsd"
RESENT, NEW, CORRECTED = "OECD0", "OECD1", "OECD2"
"""A test has a 1 before the last digit: ``OECD10`` to ``OECD12``."""
FIRST_FILE, CORRECTIONS = "DPI401", "DPI402"
LEGAL_NAME, BUSINESS_ADDRESS = "OECD207", "OECD303"


@dataclass(frozen=True)
class Made:
    """A declaration: its bytes, its name, and the reference each seller has in it."""

    content: bytes
    name: str
    references: dict[str, str]


def euros(cents: int) -> str:
    """Whole euros, rounded half up."""
    return str(half_up(cents, 100))


def make(
    year: int,
    sellers: Iterable[Seller],
    *,
    number: int,
    at: datetime,
    operator_before: str = "",
    corrects: dict[str, str] | None = None,
) -> Made:
    """Write the declaration of a year, the ``number``-th of it.

    ``operator_before`` is our own reference in the first file that left. ``corrects``: the last reference of each of
    these sellers, when the file corrects them; a file is all new or all corrections. Raises ``Refusal`` when our own details do not suffice, ``NotValid`` when the result does not fit the schema.
    """
    operator = _operator()
    before = corrects or {}
    moment = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    root_reference = f"OP_{year}_{operator['siren']}"
    references: dict[str, str] = {"operator": operator_before or f"{root_reference}_v{number}"}
    root = etree.Element(f"{{{DPI}}}DPI_OECD", nsmap={"dpi": DPI, "stf": STF}, version="1.0")
    spec = _add(root, "MessageSpec")
    for name, value in {
        "TransmittingCountry": "FR",
        "ReceivingCountry": "FR",
        "MessageType": "DPI",
        "MessageRefId": f"{root_reference}_d{number}",
        "MessageTypeIndic": CORRECTIONS if before else FIRST_FILE,
        "ReportingPeriod": f"{year}-12-31",
        "Timestamp": moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3],
    }.items():
        _text(spec, name, value)
    body = _add(root, "DPIBody")
    _platform(body, operator, references["operator"], resent=bool(operator_before))
    for seller in sellers:
        reference = f"{root_reference}_{seller.key}_v{number}"
        references[seller.key] = reference
        _seller(body, seller, reference, before.get(seller.key, ""))
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    validate(content)
    stamp = moment.strftime("%Y%m%d%H%M%S")
    return Made(content, f"DPIDAC7_{year}_{operator['siren']}_{number:03}_{stamp}.xml", references)


def validate(content: bytes) -> None:
    """Hold a file against the schema. Raises ``NotValid`` with what the schema says."""
    schema = _schema()
    parsed = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    if not schema.validate(parsed):
        raise NotValid("; ".join(f"{line.line}: {line.message}" for line in list(schema.error_log)[:5]))


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def _operator() -> dict[str, Any]:
    known = parties.operator()
    missing = [name for name in ("name", "siren", "vat_number", "address", "city") if not known[name]]
    if missing:
        raise Refusal(
            _("Our own details do not suffice for a declaration: check OPERATOR_NAME, OPERATOR_REGISTRATION, OPERATOR_VAT and OPERATOR_ADDRESS in the settings.")
        )  # fmt: skip
    return known


def _platform(body: Any, known: dict[str, Any], reference: str, *, resent: bool) -> None:
    platform = _add(body, "PlatformOperator")
    _text(platform, "ResCountryCode", "FR")
    _text(platform, "TIN", known["siren"], issuedBy="FR")
    _text(platform, "IN", known["siren"], issuedBy="FR", INType="BRN")
    _text(platform, "VAT", known["vat_number"])
    _text(platform, "Name", known["name"], nameType=LEGAL_NAME)
    _text(platform, "PlatformBusinessName", settings.SITE_NAME)
    _address(platform, known)
    _text(platform, "Nexus", "RPONEX1")
    _text(platform, "AssumedReporting", "false")
    _document(platform, RESENT if resent else NEW, reference, "")


def _seller(body: Any, seller: Seller, reference: str, before: str) -> None:
    row = _add(body, "ReportableSeller")
    identity = _add(row, "Identity")
    if seller.is_person:
        standard = _add(_add(identity, "IndividualSeller"), "Standard")
        _person(_add(standard, "IndSellerID"), seller)
    else:
        standard = _add(_add(identity, "EntitySeller"), "Standard")
        _company(_add(standard, "EntSellerID"), seller)
    if seller.account is not None and seller.account.sealed_iban:
        financial = _add(standard, "FinancialIdentifier")
        _text(financial, "Identifier", seller.account.iban, AccountNumberType="IBAN")
        if seller.account.holder:
            _text(financial, "AccountHolderName", seller.account.holder)
    _services(_add(_add(row, "RelevantActivities"), "PersonalServices"), seller)
    _document(row, CORRECTED if before else NEW, reference, before)


def _person(party: Any, seller: Seller) -> None:
    details, entity, expert = seller.details, seller.entity, seller.experts[0]
    if details is None or details.born_on is None or entity is None:
        raise ValueError(f"{seller.key} cannot be written")
    _text(party, "ResCountryCode", seller.country)
    if details.number:
        _text(party, "TIN", details.number, issuedBy=details.tax_country)
    else:
        _text(party, "TIN", "NOTIN", unknown="true")
    if entity.vat_number:
        _text(party, "VAT", entity.vat_number)
    name = _add(party, "Name", nameType=LEGAL_NAME)
    _text(name, "FirstName", expert.first_name)
    _text(name, "LastName", expert.last_name)
    _address(party, _place(seller))
    birth = _add(party, "BirthInfo")
    _text(birth, "BirthDate", details.born_on.isoformat())
    if details.birth_city and details.birth_country:
        place = _add(birth, "BirthPlace")
        _text(place, "City", details.birth_city)
        _text(_add(place, "CountryInfo"), "CountryCode", details.birth_country)


def _company(party: Any, seller: Seller) -> None:
    entity = seller.entity
    if entity is None:
        raise ValueError(f"{seller.key} cannot be written")
    _text(party, "ResCountryCode", seller.country)
    _text(party, "TIN", entity.siren, issuedBy="FR")
    _text(party, "IN", entity.siret or entity.siren, issuedBy="FR", INType="BRN")
    if entity.vat_number:
        _text(party, "VAT", entity.vat_number)
    _text(party, "Name", entity.name, nameType=LEGAL_NAME)
    _address(party, _place(seller))


def _place(seller: Seller) -> dict[str, str]:
    entity = seller.entity
    names = ("country", "address", "postal_code", "city")
    return {name: getattr(entity, name, "") for name in names}


def _address(party: Any, place: dict[str, Any]) -> None:
    address = _add(party, "Address", legalAddressType=BUSINESS_ADDRESS)
    _text(address, "CountryCode", place["country"] or "FR")
    fixed = _add(address, "AddressFix")
    for name, value in (("Street", place["address"]), ("PostCode", place["postal_code"]), ("City", place["city"])):  # fmt: skip
        if value:
            _text(fixed, name, value)


def _services(activity: Any, seller: Seller) -> None:
    def amounts(name: str, short: str, cents: list[int]) -> None:
        parent = _add(activity, name)
        for number, value in enumerate(cents, 1):
            _text(parent, f"{short}Q{number}", euros(value), currCode="EUR")

    amounts("Consideration", "Cons", [quarter.consideration_cents for quarter in seller.quarters])
    counts = _add(activity, "NumberOfActivities")
    for number, quarter in enumerate(seller.quarters, 1):
        _text(counts, f"NumbQ{number}", str(quarter.activities))
    amounts("Fees", "Fees", [quarter.fees_cents for quarter in seller.quarters])
    amounts("Taxes", "Taxes", [0, 0, 0, 0])


def _document(parent: Any, kind: str, reference: str, before: str) -> None:
    spec = _add(parent, "DocSpec")
    _text(spec, "DocTypeIndic", f"OECD1{kind[-1]}" if settings.DAC7_TEST else kind, space=STF)
    _text(spec, "DocRefId", reference, space=STF)
    if before and kind == CORRECTED:
        _text(spec, "CorrDocRefId", before, space=STF)


def _add(parent: Any, name: str, *, space: str = DPI, **attributes: str) -> Any:
    return etree.SubElement(parent, f"{{{space}}}{name}", attributes)


def _text(parent: Any, name: str, value: str, *, space: str = DPI, **attributes: str) -> None:
    _add(parent, name, space=space, **attributes).text = re.sub(r"\s+", " ", value).strip()[:200]
