"""Who sells and who buys, as an invoice freezes them."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from accounts.models import LegalEntity, LegalForm, User

FRANCE = "FR"
SIREN = re.compile(r"\b(\d{3})[  ]?(\d{3})[  ]?(\d{3})\b")


def seller(entity: LegalEntity, expert: User) -> dict[str, Any]:
    """The legal status in whose name an invoice is: the expert's own, or the umbrella company that employs them."""
    name = entity.name or expert.get_full_name()
    if entity.form in LegalEntity.TRADERS and not re.search(r"\bEI\b", name):
        name = f"{name} EI"
    form = entity.get_form_display() if entity.form in LegalEntity.COMPANIES else ""
    return {
        "name": name,
        "form": str(form),
        "siren": entity.siren,
        "siret": entity.siret,
        "vat_number": entity.vat_number,
        "address": entity.address,
        "postal_code": entity.postal_code,
        "city": entity.city,
        "country": entity.country or FRANCE,
        "contact": expert.get_full_name() if entity.form == LegalForm.PORTAGE else "",
    }


def operator() -> dict[str, Any]:
    """Us."""
    known = settings.OPERATOR
    found = SIREN.search(known["registration"])
    place = re.search(r"^(?P<street>.*?),?\s*(?P<code>\d{5})\s+(?P<city>[^,\d]+)$", known["address"].strip())
    return {
        "name": known["name"],
        "form": known["form"],
        "siren": "".join(found.groups()) if found else "",
        "siret": "",
        "registration": known["registration"],
        "vat_number": known["vat"].replace(" ", ""),
        "address": place["street"] if place else known["address"],
        "postal_code": place["code"] if place else "",
        "city": place["city"].strip() if place else "",
        "country": FRANCE,
        "contact": "",
    }


def expert_as_buyer(entity: LegalEntity, expert: User) -> dict[str, Any]:
    """The expert, whom we charge the commission."""
    return {**seller(entity, expert), "contact": "", "is_business": True}


def buyer(user: User, billing: Mapping[str, Any]) -> dict[str, Any]:
    """Whom an order was made out to: the billing details frozen with it, or else those of the account."""
    known: Any = billing or _of_account(user)
    vat_number = str(known.get("vat_number") or "").replace(" ", "")
    company = str(known.get("company") or "")
    person = str(known.get("name") or user.get_full_name())
    return {
        "name": company or person,
        "form": "",
        "contact": person if company else "",
        "siren": known.get("siren") or (vat_number[4:] if re.fullmatch(r"FR..\d{9}", vat_number) else ""),
        "siret": "",
        "vat_number": vat_number,
        "address": str(known.get("address") or ""),
        "postal_code": str(known.get("postal_code") or ""),
        "city": str(known.get("city") or ""),
        "country": str(known.get("country") or FRANCE),
        "is_business": known["buyer_as"] != "consumer"
        if known.get("buyer_as")
        else bool(company or vat_number),
    }


def _of_account(user: User) -> dict[str, str]:
    profile = getattr(user, "buyer_profile", None)
    names = ("buyer_as", "company", "siren", "address", "postal_code", "city", "country", "vat_number")
    return {name: getattr(profile, name, "") or "" for name in names} | {"name": user.get_full_name()}
