"""An expert's account with us over a period, read from the ledger alone. Amounts are cents.

The account is what we owe the expert: their balance, what is set aside while a bank decides, less what they owe us.
What was there at the start, and each movement, gives what is there at the end, to the cent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, Sum

from accounts.models import User
from payments import ledger
from payments.models import Earning, EscrowHold, LedgerPosting, LedgerTransaction, Payment, Withdrawal
from payments.reporting.periods import Period

Kind = LedgerTransaction.Kind
SOLD = {Kind.RELEASE}
GIVEN_BACK = {Kind.REFUND_CLAWBACK, Kind.DISPUTE_LOST}
WITHDRAWN = {Kind.WITHDRAWAL_REQUESTED, Kind.WITHDRAWAL_FAILED}
SHOWN_ALTHOUGH_NOTHING_MOVES = {Kind.DISPUTE_HOLD, Kind.DISPUTE_UNHOLD}


class DoesNotAddUp(Exception):
    """Opening and movements are not the closing: the ledger or its reader is wrong, and no document is made."""


@dataclass(frozen=True)
class Entry:
    """One movement. ``gross - commission == amount`` for what is sold or given back; otherwise both are zero.

    ``aside_cents`` is what moved between the balance and what is set aside, which leaves the account as it was.
    """

    transaction_id: int
    at: datetime
    kind: str
    reference: str
    title: str
    amount_cents: int
    commission_ht_cents: int = 0
    commission_vat_cents: int = 0
    gross_cents: int = 0
    aside_cents: int = 0
    balance_cents: int = 0

    @property
    def commission_cents(self) -> int:
        return self.commission_ht_cents + self.commission_vat_cents


@dataclass(frozen=True)
class Standing:
    """What an expert has with us at a moment. ``available + clearing + aside - owed`` is the account."""

    held_cents: int
    clearing_cents: int
    available_cents: int
    aside_cents: int
    owed_cents: int
    on_the_way_cents: int

    @property
    def account_cents(self) -> int:
        return self.available_cents + self.clearing_cents + self.aside_cents - self.owed_cents


@dataclass(frozen=True)
class Account:
    """An expert's account over a period."""

    expert: User
    period: Period
    opening: Standing
    closing: Standing
    entries: list[Entry] = field(default_factory=list)

    def total(self, name: str, kinds: Iterable[str] | None = None) -> int:
        """The sum of a column, over all movements or those of some kinds."""
        return sum(getattr(entry, name) for entry in self.entries if kinds is None or entry.kind in kinds)

    @property
    def sales(self) -> int:
        """How many payments were released."""
        return sum(entry.kind in SOLD for entry in self.entries)

    @property
    def is_empty(self) -> bool:
        return not self.entries and not self.opening.account_cents and not self.closing.held_cents


def account_over(expert: User, period: Period) -> Account:
    """Read an account, in a handful of queries. Raises ``DoesNotAddUp``."""
    opening, closing = standing_at(expert, period.start), standing_at(expert, period.end)
    entries, balance = [], opening.account_cents
    for entry in _entries(expert, period):
        balance += entry.amount_cents
        entries.append(Entry(**{**entry.__dict__, "balance_cents": balance}))
    if balance != closing.account_cents:
        raise DoesNotAddUp(f"expert {expert.pk}, {period}: {balance} is not {closing.account_cents}")
    return Account(expert, period, opening, closing, entries)


def standing_at(expert: User, moment: datetime) -> Standing:
    """What an expert had with us just before a moment."""
    payable, aside, owed, on_the_way = (
        ledger.payable(expert).code,
        ledger.set_aside(expert).code,
        ledger.receivable(expert).code,
        ledger.in_transit(expert).code,
    )
    sums = dict(
        LedgerPosting.objects.filter(
            account__code__in=[payable, aside, owed, on_the_way], transaction__occurred_at__lt=moment
        )
        .order_by()
        .values_list("account__code")
        .annotate(total=Sum("amount_cents"))
    )
    balance = -sums.get(payable, 0)
    clearing = max(0, min(_clearing(expert, payable, moment), balance))
    return Standing(
        held_cents=_held(expert, moment),
        clearing_cents=clearing,
        available_cents=balance - clearing,
        aside_cents=-sums.get(aside, 0),
        owed_cents=sums.get(owed, 0),
        on_the_way_cents=-sums.get(on_the_way, 0),
    )


def _clearing(expert: User, payable: str, moment: datetime) -> int:
    """What was credited for releases that could not be withdrawn yet."""
    payments = Earning.objects.filter(expert=expert, released_at__lt=moment, available_at__gt=moment)
    subjects = [f"payment:{pk}" for pk in payments.values_list("hold__payment", flat=True)]
    if not subjects:
        return 0
    found = LedgerPosting.objects.filter(
        account__code=payable, transaction__subject__in=subjects, transaction__occurred_at__lt=moment
    )
    return -(found.aggregate(total=Sum("amount_cents"))["total"] or 0)


def _held(expert: User, moment: datetime) -> int:
    """The expert's net part of what was held for their orders."""
    holds = EscrowHold.objects.filter(payee=expert, held_at__lt=moment).exclude(released_at__lt=moment)
    payments = {
        ledger.escrow(hold.payment).code: hold.payment
        for hold in holds.select_related("payment").order_by("pk")
    }
    if not payments:
        return 0
    sums = (
        LedgerPosting.objects.filter(account__code__in=list(payments), transaction__occurred_at__lt=moment)
        .order_by()
        .values_list("account__code")
        .annotate(total=Sum("amount_cents"))
    )
    return sum(-cents - payments[code].terms.commission_on(-cents).ttc for code, cents in sums if cents)


def _entries(expert: User, period: Period) -> Iterable[Entry]:
    own = {
        ledger.payable(expert).code: "balance",
        ledger.set_aside(expert).code: "aside",
        ledger.receivable(expert).code: "owed",
    }
    moved = LedgerPosting.objects.filter(
        account__code__in=list(own),
        transaction__occurred_at__gte=period.start,
        transaction__occurred_at__lt=period.end,
    )
    rows = list(
        LedgerTransaction.objects.filter(pk__in=moved.values("transaction")).order_by("occurred_at", "pk")
    )
    legs: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    shares = LedgerPosting.objects.filter(transaction__in=legs).filter(
        Q(account__code__in=[*own, ledger.COMMISSION.code, ledger.VAT_COLLECTED.code])
    )
    for transaction, code, cents in shares.values_list("transaction", "account__code", "amount_cents"):
        name = own.get(code, code)
        legs[transaction][name] = legs[transaction].get(name, 0) + cents
    about = names_of(row.subject for row in rows)
    for row in rows:
        leg = legs[row.pk]
        amount = -(leg.get("balance", 0) + leg.get("aside", 0) + leg.get("owed", 0))
        aside = -leg.get("aside", 0)
        if not amount and row.kind not in SHOWN_ALTHOUGH_NOTHING_MOVES:
            continue
        ht, vat = -leg.get(ledger.COMMISSION.code, 0), -leg.get(ledger.VAT_COLLECTED.code, 0)
        reference, title = about.get(row.subject, ("", ""))
        yield Entry(
            transaction_id=row.pk,
            at=row.occurred_at,
            kind=row.kind,
            reference=reference,
            title=title,
            amount_cents=amount,
            commission_ht_cents=ht,
            commission_vat_cents=vat,
            gross_cents=amount + ht + vat if ht or vat or row.kind in SOLD | GIVEN_BACK else 0,
            aside_cents=aside,
        )


def names_of(subjects: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What people call the rows that movements are about: reference and title. One query for each kind of row."""
    wanted: dict[str, set[int]] = {}
    for subject in subjects:
        kind, _colon, key = subject.partition(":")
        if key.isdigit():
            wanted.setdefault(kind, set()).add(int(key))
    found = {
        f"payment:{payment.pk}": (payment.reference, payment.description)
        for payment in Payment.objects.filter(pk__in=wanted.get("payment", ()))
    }
    found |= {
        f"withdrawal:{row.pk}": (row.reference, row.destination)
        for row in Withdrawal.objects.filter(pk__in=wanted.get("withdrawal", ()))
    }
    found |= {
        f"earning:{row.pk}": (row.hold.payment.reference, row.hold.payment.description)
        for row in Earning.objects.filter(pk__in=wanted.get("earning", ())).select_related("hold__payment")
    }
    return found
