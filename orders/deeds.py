"""The deed of an order's rights, drawn from the clause it froze: what it says, and the file it becomes.

A deed names each right, its extent, purpose, territory and duration (Intellectual Property Code, art. L. 131-3):
a global assignment of works to come would be void (art. L. 131-1), so it is made when the work is accepted.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import LegalEntity
from marketplace.kernel import clock, pdf, sizes
from marketplace.kernel.money import format_money
from offers.models import Offer
from orders.models import Order, RightsDeed


def make(order: Order) -> RightsDeed | None:
    """Write the deed of an order that passes rights on; any number of runs makes one. ``None`` when nothing passes."""
    if not order.rights_pass:
        return None
    existing = RightsDeed.objects.filter(order=order).first()
    if existing is not None:
        return existing
    with translation.override(order.buyer.language):
        content = pdf.render("rights_deed", written(order), language=order.buyer.language)
        name = pgettext("file name", "rights deed") + f" {order.reference}.pdf"
    deed = RightsDeed(
        order=order,
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=clock.now(),
    )
    with transaction.atomic():
        locked = order.locked()
        existing = RightsDeed.objects.filter(order=locked).first()
        if existing is not None:
            return existing
        deed.file.save(name, ContentFile(content), save=False)
        deed.save()
    return deed


def written(order: Order) -> dict[str, Any]:
    """What the deed says, in the language in force."""
    full = order.rights == Offer.IpClause.FULL_ASSIGNMENT
    ended = order.ended_at or order.cancelled_at or clock.now()
    billing = order.billing or {}
    seller = order.expert.legal_entities.filter(created_at__lte=ended).order_by("-created_at").first()
    given, received = (
        (_("Assigned by the expert"), _("Assigned to the buyer"))
        if full
        else (_("Granted by the expert"), _("Granted to the buyer"))
    )
    return {
        "site": settings.SITE_NAME,
        "title": _("Assignment of rights in the work delivered")
        if full
        else _("Licence of use of the work delivered"),
        "reference": order.reference,
        "lead": _(
            "Drawn up at the end of the order, from the clause that both parties accepted when it was placed."
        ),
        "foot": f"{settings.SITE_NAME} · {order.reference}",
        "page_words": _("Page"),
        "parties": [
            {
                "role": given,
                "name": _named(seller) or order.expert.display_name,
                "lines": _seller(order, seller),
            },
            {
                "role": received,
                "name": billing.get("company") or order.buyer.display_name,
                "lines": _lines(
                    order.buyer.display_name if billing.get("company") else "",
                    billing.get("address", ""),
                    f"{billing.get('postal_code', '')} {billing.get('city', '')}".strip(),
                    _siren(billing.get("siren", "")),
                ),
            },
        ],
        "work_title": _("The work"),
        "work": [
            [_("Order"), f"{order.reference}, {order.title}"],
            [_("Placed on"), clock.in_words(order.placed_at)],
            [_("Ended on"), clock.in_words(ended)],
            [_("Price including VAT"), _price(order)],
        ],
        "clause_title": _("What passes to the buyer"),
        "clause": _(
            "The expert assigns to the buyer, exclusively, all the economic rights in the work listed below. "
            "The price of the order includes this assignment. The expert's moral rights remain."
        )
        if full
        else _(
            "The expert grants the buyer the right to use the work listed below under the terms of this licence. "
            "The rights that it does not name stay with the expert. The price of the order includes this licence."
        ),
        "scope": [
            [
                _("Reproduction"),
                _("To copy and fix the work, in whole or in part, on any medium, in any number."),
            ],
            [
                _("Representation"),
                _("To show and make it available to the public by any means, networks included."),
            ],
            [_("Adaptation"), _("To modify, translate, complete and merge it with other works.")],
            [_("Distribution"), _("To sell, lend, license or pass it on to third parties.")],
            [_("Purpose"), _("Any use, commercial or not, internal or public.")],
            [_("Territory"), _("The whole world.")],
            [_("Duration"), _("The legal duration of copyright, extensions included.")],
        ]
        if full
        else [],
        "terms_title": _("Terms of the licence"),
        "terms": "" if full else order.rights_text,
        "files_title": _("What was delivered"),
        "files_head": [_("File"), _("Version"), _("Size")],
        "files": _files(order),
        "files_note": _(
            "Under each name, the file's SHA-256 digest: it tells whether a copy is the file delivered."
        ),
        "no_files": _("The written answers handed over in the order, kept with it."),
        "proof_title": _("Agreement"),
        "proof": [
            [_("Clause accepted by the buyer"), clock.in_words(order.placed_at)],
            *(
                [[_("Order accepted by the expert"), clock.in_words(order.started_at)]]
                if order.started_at
                else []
            ),
            [_("Rights passed"), f"{clock.in_words(ended)}, {_how(order)}"],
        ],
    }


def _how(order: Order) -> str:
    if order.state == Order.State.RESOLVED:
        return _("by a ruling of our team")
    if order.state == Order.State.CANCELLED:
        return _("by a settlement of both parties")
    return _("by acceptance of the work")


def _price(order: Order) -> str:
    total = format_money(order.total_cents, full=True)
    if not order.refunded_cents:
        return total
    return _("%(total)s, of which %(refund)s were paid back") % {
        "total": total,
        "refund": format_money(order.refunded_cents, full=True),
    }


def _files(order: Order) -> list[list[str]]:
    rows = []
    for deliverable in order.deliverables.prefetch_related("files").order_by("version"):
        for file in deliverable.files.all():
            rows.append(
                [f"{file.name}\n{_digest(file)}", str(deliverable.version), sizes.in_words(file.size)]
            )
    return rows


def _digest(file: Any) -> str:
    """A file's fingerprint in groups a line can break between."""
    digest = hashlib.sha256()
    try:
        with file.file.open("rb") as source:
            for piece in (
                source.chunks() if hasattr(source, "chunks") else iter(lambda: source.read(65536), b"")
            ):
                digest.update(piece)
    except FileNotFoundError:
        return _("The file can no longer be read.")
    text = digest.hexdigest()
    return " ".join(text[start : start + 16] for start in range(0, 64, 16))


def _named(seller: LegalEntity | None) -> str:
    return seller.name if seller is not None and seller.is_business else ""


def _seller(order: Order, seller: LegalEntity | None) -> list[str]:
    """The expert, and the business they sell through."""
    if seller is None or not seller.is_business:
        return []
    return _lines(
        order.expert.display_name if seller.name else "",
        seller.address,
        f"{seller.postal_code} {seller.city}".strip(),
        f"SIRET {seller.spaced_siret}" if seller.siret else "",
    )


def _siren(number: str) -> str:
    digits = "".join(number.split())
    return f"SIREN {digits[:3]} {digits[3:6]} {digits[6:]}" if digits else ""


def _lines(*lines: str) -> list[str]:
    return [line for line in lines if line]
