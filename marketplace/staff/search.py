"""One search over everything staff are asked about: people, orders, money, papers, by any reference."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from disputes.models import Dispute
from marketplace.kernel.money import format_money
from messaging.models import ContactRequest, Report
from missions.models import Mission, Quote
from orders.models import Order
from payments.models import (
    Chargeback,
    GatewayCall,
    InboundEvent,
    Invoice,
    PayeeAccount,
    Payment,
    Refund,
    Withdrawal,
)

SHOWN = 10
"""Rows of each kind: whoever finds more types more of the reference."""
SHORTEST = 2


@dataclass(frozen=True)
class Asked:
    """What was typed, read as each kind of reference it may be."""

    text: str
    number: int | None
    """The number of ``J-24817``, and of a number typed alone."""
    letter: str
    uuid: UUID | None

    def numbered(self, letter: str) -> int | None:
        """The number, if what was typed may be a reference that begins with this letter."""
        return self.number if self.letter in ("", letter) else None


NUMBERED = re.compile(r"^(?:([JMDVCR])-?)?0*(\d{1,12})(?:-\d+)?$", re.IGNORECASE)


def read(text: str) -> Asked:
    text = " ".join(text.split())[:120]
    found = NUMBERED.match(text)
    try:
        uuid = UUID(text)
    except ValueError:
        uuid = None
    return Asked(
        text=text,
        number=int(found[2]) if found else None,
        letter=(found[1] or "").upper() if found else "",
        uuid=uuid,
    )


@dataclass(frozen=True)
class Kind:
    """One kind of row: how it is found (``None``: it cannot be what was typed), and what stands beside its name."""

    model: type[Model]
    where: Callable[[Asked], Q | None]
    note: Callable[[Any], str]
    related: tuple[str, ...] = ()


def _exactly(*names: str, uuid: bool = False) -> Callable[[Asked], Q | None]:
    """A reference typed whole: these columns have an index."""

    def where(asked: Asked) -> Q | None:
        found = Q()
        for name in names:
            found |= Q(**{name: asked.text})
        if uuid and asked.uuid:
            found |= Q(public_id=asked.uuid)
        return found or None

    return where


def _people(asked: Asked) -> Q | None:
    if asked.uuid:
        return Q(public_id=asked.uuid)
    if asked.number is not None:
        return None
    words = asked.text.split()
    named = Q()
    for word in words:
        named &= Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
    return named


def _numbered(letter: str, column: str) -> Callable[[Asked], Q | None]:
    def where(asked: Asked) -> Q | None:
        if asked.uuid:
            return Q(public_id=asked.uuid)
        number = asked.numbered(letter)
        return None if number is None else Q(**{column: number})

    return where


def _mission(asked: Asked) -> Q | None:
    number = asked.numbered("M")
    return None if number is None else Q(quote__number=number)


def _quote(asked: Asked) -> Q | None:
    number = asked.numbered("D")
    return None if number is None else Q(number=number)


def _dispute(asked: Asked) -> Q | None:
    number = asked.numbered("J")
    return None if number is None else Q(order__number=number)


def _payment(asked: Asked) -> Q | None:
    found = Q(reference=asked.text.upper()) | Q(gateway_id=asked.text)
    if asked.number is not None and asked.letter in ("", "J"):
        found |= Q(reference=f"J-{asked.number}")
    return found | Q(public_id=asked.uuid) if asked.uuid else found


def _refund(asked: Asked) -> Q | None:
    found = Q(gateway_id=asked.text) | Q(bank_reference=asked.text)
    return found | Q(public_id=asked.uuid) if asked.uuid else found


def _withdrawal(asked: Asked) -> Q | None:
    found = Q(gateway_id=asked.text)
    if (number := asked.numbered("V")) is not None:
        found |= Q(pk=number)
    return found | Q(public_id=asked.uuid) if asked.uuid else found


def _money(cents: int, *words: object) -> str:
    return " · ".join([format_money(cents, full=True), *map(str, words)])


KINDS: tuple[Kind, ...] = (
    Kind(User, _people, lambda row: str(row.email)),
    Kind(
        Order,
        _numbered("J", "number"),
        lambda row: f"{row.get_state_display()} · {row.buyer} → {row.expert}",
        ("buyer", "expert"),
    ),
    Kind(Dispute, _dispute, lambda row: str(row.opened_at.date()), ("order",)),
    Kind(Mission, _mission, lambda row: str(row.get_state_display()), ("quote",)),
    Kind(Quote, _quote, lambda row: str(row.get_state_display())),
    Kind(Payment, _payment, lambda row: _money(row.amount_cents, row.get_state_display())),
    Kind(Refund, _refund, lambda row: _money(row.amount_cents, row.get_state_display()), ("hold__payment",)),
    Kind(
        Withdrawal,
        _withdrawal,
        lambda row: _money(row.amount_cents, row.get_state_display(), row.expert),
        ("expert",),
    ),
    Kind(Invoice, _exactly("number", "reference", uuid=True), lambda row: _money(row.ttc_cents)),
    Kind(Chargeback, _exactly("gateway_id"), lambda row: _money(row.amount_cents), ("payment",)),
    Kind(PayeeAccount, _exactly("gateway_id"), lambda row: str(row.expert), ("expert",)),
    Kind(
        GatewayCall,
        _exactly("key", "object_id"),
        lambda row: f"{row.get_kind_display()} · {row.get_state_display()}",
    ),
    Kind(InboundEvent, _exactly("event_id", "object_id"), lambda row: str(row.get_state_display())),
    Kind(ContactRequest, _numbered("C", "pk"), lambda row: str(row.get_topic_display())),
    Kind(Report, _numbered("R", "pk"), lambda row: str(row.get_state_display())),
)


@dataclass(frozen=True)
class Hit:
    name: str
    note: str
    url: str


@dataclass(frozen=True)
class Hits:
    """The rows of one kind. ``more``: there are others."""

    title: str
    rows: list[Hit]
    more: bool


def find(text: str, user: Any) -> Iterator[Hits]:
    """What a person of the team may see of what was typed: one bounded query a kind, whatever is found."""
    asked = read(text)
    if len(asked.text) < SHORTEST:
        return
    for kind in KINDS:
        meta = kind.model._meta
        if kind.model not in admin.site._registry or not (
            user.has_perm(f"{meta.app_label}.view_{meta.model_name}")
            or user.has_perm(f"{meta.app_label}.change_{meta.model_name}")
        ):
            continue
        where = kind.where(asked)
        if where is None:
            continue
        rows: QuerySet[Any] = kind.model._default_manager.filter(where).order_by("-pk")
        if kind.related:
            rows = rows.select_related(*kind.related)
        found = list(rows[: SHOWN + 1])
        if found:
            yield Hits(
                title=str(capfirst(str(meta.verbose_name_plural))),
                rows=[
                    Hit(
                        str(row),
                        kind.note(row),
                        reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk]),
                    )
                    for row in found[:SHOWN]
                ],
                more=len(found) > SHOWN,
            )


def search(request: HttpRequest) -> HttpResponse:
    """The page of results; a single row opens at once."""
    text = request.GET.get("q", "")
    found = list(find(text, request.user))
    if len(found) == 1 and len(found[0].rows) == 1 and not found[0].more:
        return HttpResponseRedirect(found[0].rows[0].url)
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "staff_query": text.strip(),
        "found": found,
        "too_short": len(text.strip()) < SHORTEST,
    }
    return TemplateResponse(request, "admin/staff_search.html", context)
