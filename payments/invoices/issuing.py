"""Issue invoices and credit notes, in the transaction of the act that they are for. Amounts are cents.

What was released is invoiced in the expert's name; our commission in ours, by a worker right after, because its one
series would make every release wait for the one before it. What goes back after a release is credited. An expert without a legal status, or who has not signed the mandate, has no invoice yet: their earnings stay
as they are, and a sweep issues what is missing once the mandate is signed. Asking twice issues once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.companies import keepers_of_books
from accounts.models import LegalEntity
from marketplace.kernel import clock
from marketplace.kernel.money import Taxed, from_ttc, half_up, split
from marketplace.kernel.writing import draw_many, write
from payments.invoices import mentions, numbering, parties
from payments.invoices.papers import draw_invoice
from payments.invoices.sellers import Sellers, sellers_of
from payments.models import Earning, Invoice, Refund
from payments.notifications import invoice_issued
from payments.observer import observer
from payments.telling import after_commit

Kind = Invoice.Kind


@dataclass(frozen=True)
class Line:
    """One line: what, how many (below zero takes off), and the price before VAT of one, in cents."""

    title: str
    ht_cents: int
    quantity: int = 1

    @property
    def total_cents(self) -> int:
        return self.quantity * self.ht_cents

    def as_json(self) -> dict[str, Any]:
        return {"title": self.title, "quantity": self.quantity, "ht_cents": self.ht_cents}


@dataclass(frozen=True)
class Draft:
    """An invoice without its number, date and sentences, which come with its place in the series of its seller.

    ``entity`` is the seller; ``None`` is us.
    """

    entity: LegalEntity | None
    row: Invoice


def issue_sales(earnings: Sequence[Earning]) -> list[Invoice]:
    """The invoices of what was released just now, for the experts who can be invoiced for; our own follow by a worker.

    The caller is in the transaction of the release, and has those earnings with their holds, payments and people.
    """
    sellers = sellers_of({earning.expert_id for earning in earnings})
    sold = [(earning, entity) for earning in earnings if (entity := sellers.invoiced_as(earning)) is not None]
    told = observer().invoicing([earning.hold.payment_id for earning, _entity in sold]) if sold else {}
    with translation.override("fr"):
        issued = _issue([_sale(earning, entity, sellers, told) for earning, entity in sold])
    for earning, _entity in sold:
        if earning.commission_cents:
            after_commit(issue_commission, earning.pk)
    return issued


@transaction.atomic
def issue_for(earning: Earning) -> Invoice | None:
    """The invoice of what was released before, then the credit notes of what went back since; our own follows by a worker."""
    sellers = sellers_of([earning.expert_id])
    if sellers.invoiced_as(earning) is None:
        return None
    sale = Invoice.objects.filter(origin=_sale_of(earning)).first() or issue_sales([earning])[0]
    if earning.hold.clawed_back_cents:
        for refund in Refund.objects.filter(hold=earning.hold_id, after_release=True).order_by("pk"):
            credit_for(refund, earning)
    return sale


@shared_task
def issue_commission(earning_id: int) -> None:
    """The invoice of our commission, once the release stands; the sweep of missing ones is its safety net."""
    charge(earning_id)


@transaction.atomic
def charge(earning_id: int) -> Invoice | None:
    """The invoice of our commission on a release. Asking twice, or twice at once, issues it once.

    The lock of the series alone keeps two from issuing it: it is the last lock of whoever takes it.
    """
    issued = Invoice.objects.filter(origin=_commission_of(earning_id))
    if found := issued.first():
        return found
    numbering.wait_for_ours()
    earning = Earning.objects.select_related("hold__payment", "expert").get(pk=earning_id)
    entity = sellers_of([earning.expert_id]).invoiced_as(earning)
    if entity is None or (found := issued.first()):
        return found
    if not earning.commission_cents:
        return None
    with translation.override("fr"):
        return _issue([_commission(earning, entity)])[0]


def _sale_of(earning: Earning) -> str:
    return f"earning:{earning.pk}:sale"


def _commission_of(earning_id: int) -> str:
    return f"earning:{earning_id}:commission"


def _sale(earning: Earning, entity: LegalEntity, sellers: Sellers, told_of: Mapping[int, Any]) -> Draft:
    payment = earning.hold.payment
    told = told_of.get(payment.pk, {})
    kind = Kind(told.get("kind", Kind.INVOICE))
    vat_bp = sellers.vat_of(earning)
    gross = from_ttc(earning.gross_cents, vat_bp)
    lines, before = _lines(earning, gross, told), []
    if kind == Kind.FINAL:
        deposits = Invoice.objects.filter(payment__in=told.get("deposits", ()), kind=Kind.DEPOSIT)
        for deposit in deposits.order_by("pk"):
            before.append({"number": deposit.number, "issued_on": deposit.issued_on.isoformat()})
            lines.insert(0, Line(deposit.title, deposit.ht_cents))
            lines.append(
                Line(
                    _("Deposit already invoiced: %(number)s") % {"number": deposit.number},
                    deposit.ht_cents,
                    -1,
                )
            )
    buyer = parties.buyer(payment.payer, told.get("buyer", {}))
    commission = Taxed(earning.commission_cents - earning.commission_vat_cents, earning.commission_vat_cents)
    return _draft(
        kind,
        _sale_of(earning),
        entity,
        lines,
        gross,
        earning=earning,
        buyer_user=payment.payer,
        for_company_id=told.get("for_company"),
        buyer=buyer,
        vat_bp=vat_bp,
        title=payment.description,
        details={
            "method": payment.method,
            "paid_on": clock.local_day(payment.received_at or earning.released_at).isoformat(),
            "commission_cents": commission.ttc,
            "before": before,
        },
    )


def _lines(earning: Earning, gross: Taxed, told: dict[str, Any]) -> list[Line]:
    """What was bought, if the whole of it was released; otherwise one line for the part that was."""
    payment = earning.hold.payment
    rows = [(title, cents) for title, cents in told.get("lines", ()) if cents]
    if rows and sum(cents for _title, cents in rows) == earning.gross_cents:
        parts = split(gross.ht, [cents for _title, cents in rows])
        return [Line(title, part) for (title, _cents), part in zip(rows, parts, strict=True)]
    if earning.gross_cents == payment.amount_cents:
        return [Line(payment.description, gross.ht)]
    return [Line(_("%(title)s, part of the price") % {"title": payment.description}, gross.ht)]


def _commission(earning: Earning, entity: LegalEntity) -> Draft:
    payment = earning.hold.payment
    amount = Taxed(earning.commission_cents - earning.commission_vat_cents, earning.commission_vat_cents)
    title = _("Commission on %(reference)s") % {"reference": payment.reference}
    return _draft(
        Kind.COMMISSION,
        _commission_of(earning.pk),
        None,
        [Line(title, amount.ht)],
        amount,
        earning=earning,
        buyer_user=earning.expert,
        buyer=parties.expert_as_buyer(entity, earning.expert),
        vat_bp=payment.vat_bp,
        title=title,
        details={"method": "balance", "paid_on": clock.local_day(earning.released_at).isoformat()},
    )


@transaction.atomic
def credit_for(refund: Refund, earning: Earning) -> list[Invoice]:
    """The credit notes of a refund after the release: to the buyer, and to the expert for the commission given back.

    Cumulative, so that any sequence of refunds ends exactly at the whole invoice.
    """
    issued = []
    earlier = Refund.objects.filter(hold=earning.hold_id, after_release=True, pk__lt=refund.pk)
    before = sum(earlier.values_list("amount_cents", flat=True))
    sale = Invoice.objects.filter(origin=_sale_of(earning)).first()
    if sale is not None:
        after = from_ttc(before + refund.amount_cents, sale.vat_bp)
        past = from_ttc(before, sale.vat_bp)
        amount = Taxed(after.ht - past.ht, after.vat - past.vat)
        issued.append(_credit(Kind.CREDIT, f"refund:{refund.pk}:sale", sale, amount, earning, refund.reason))
    charged = charge(earning.pk) if refund.commission_back_cents else None
    if charged is not None:

        def vat(cents: int) -> int:
            return half_up(earning.commission_vat_cents * cents, earning.gross_cents)

        back = vat(before + refund.amount_cents) - vat(before)
        amount = Taxed(refund.commission_back_cents - back, back)
        origin = f"refund:{refund.pk}:commission"
        issued.append(_credit(Kind.COMMISSION_CREDIT, origin, charged, amount, earning, ""))
    return [invoice for invoice in issued if invoice is not None]


@transaction.atomic
def credit_commission(earning: Earning, amount: Taxed, *, reference: str) -> Invoice | None:
    """The credit note of commission given back alone, once per reference."""
    charged = Invoice.objects.filter(origin=_commission_of(earning.pk)).first()
    if charged is None:
        return None
    origin = f"commission:{reference}"
    return _credit(Kind.COMMISSION_CREDIT, origin, charged, amount, earning, "")


def _credit(
    kind: Kind, origin: str, corrected: Invoice, amount: Taxed, earning: Earning, reason: str
) -> Invoice | None:
    if not amount.ttc or Invoice.objects.filter(origin=origin).exists():
        return None
    with translation.override("fr"):
        title = _("Refund on invoice %(number)s") % {"number": corrected.number}
    draft = _draft(
        kind,
        origin,
        corrected.series.entity,
        [Line(title, amount.ht)],
        amount,
        earning=earning,
        buyer_user=corrected.buyer_user,
        for_company_id=corrected.for_company_id,
        buyer=corrected.buyer,
        seller=corrected.seller,
        vat_bp=corrected.vat_bp,
        title=corrected.title,
        corrects=corrected,
        details={
            "method": corrected.details.get("method", ""),
            "reason": reason,
            "before": [{"number": corrected.number, "issued_on": corrected.issued_on.isoformat()}],
        },
    )
    return _issue([draft])[0]


def _draft(
    kind: Kind,
    origin: str,
    entity: LegalEntity | None,
    lines: list[Line],
    amount: Taxed,
    *,
    earning: Earning,
    seller: dict[str, Any] | None = None,
    **columns: Any,
) -> Draft:
    payment = earning.hold.payment
    invoice = Invoice(
        kind=kind,
        origin=origin,
        supplied_on=clock.local_day(earning.released_at),
        seller_user=earning.expert if entity is not None else None,
        payment=payment,
        reference=payment.reference,
        seller=seller or (parties.operator() if entity is None else parties.seller(entity, earning.expert)),
        lines=[line.as_json() for line in lines],
        ht_cents=amount.ht,
        vat_cents=amount.vat,
        ttc_cents=amount.ttc,
        **columns,
    )
    return Draft(entity, invoice)


def _issue(drafts: Sequence[Draft]) -> list[Invoice]:
    """Number the drafts in the order given, each in the series of its seller, and keep them."""
    if not drafts:
        return []
    numbers = numbering.take([draft.entity for draft in drafts])
    keys = draw_many(Invoice, len(drafts))
    for key, draft, (series, day, position, number) in zip(keys, drafts, numbers, strict=True):
        invoice = draft.row
        invoice.pk = key
        invoice.series, invoice.issued_on, invoice.position, invoice.number = series, day, position, number
        invoice.mentions = mentions.on(
            day, *_codes(draft), operator=parties.operator()["name"], seller=invoice.seller["name"]
        )
    invoices = [draft.row for draft in drafts]
    write([invoices])
    for invoice in invoices:
        after_commit(draw_invoice, invoice.pk)
        for keeper in keepers_of_books(invoice.for_company_id):
            invoice_issued(keeper, invoice)
    return invoices


def _codes(draft: Draft) -> list[str]:
    """Which sentences of law an invoice carries."""
    codes = ["nature"]
    if draft.entity is not None:
        codes.insert(0, "mandate")
    if not draft.row.vat_bp:
        codes.append("franchise")
    if draft.row.buyer["is_business"]:
        codes += ["indemnity", "penalties", "discount"]
    return codes


def issue_missing(limit: int = 200) -> int:
    """Issue what was released before its expert could be invoiced for, and what no worker charged. Returns how many."""
    signed = (
        Earning.objects.filter(expert__consents__text="mandate", expert__consents__withdrawn_at=None)
        .order_by("released_at", "pk")
        .distinct()
    )
    sales = [Kind.INVOICE, Kind.DEPOSIT, Kind.FINAL]
    unsold = signed.exclude(hold__payment__invoices__kind__in=sales)
    count = 0
    for earning in unsold.select_related("hold__payment__payer", "expert")[:limit]:
        count += issue_for(earning) is not None
    uncharged = signed.filter(commission_cents__gt=0, hold__payment__invoices__kind__in=sales).exclude(
        hold__payment__invoices__kind=Kind.COMMISSION
    )
    for earning_id in uncharged.values_list("pk", flat=True)[:limit]:
        count += charge(earning_id) is not None
    return count
