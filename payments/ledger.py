"""The only writer of postings.

Double entry: what leaves one account enters another, a debit is positive, a credit negative, and each movement
sums to zero. A known key is a no-op, a known key with other content is a bug. A correction is a new movement.
PostgreSQL enforces all of it again (see the migration `0002_ledger_guards`).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, Sum

from accounts.models import User
from marketplace.kernel import clock
from payments.audit import Finding, audit
from payments.models import LedgerAccount, LedgerPosting, LedgerTransaction, Payment

__all__ = [
    "Account",
    "Conflict",
    "Finding",
    "Posted",
    "Unbalanced",
    "audit",
    "balance",
    "claim",
    "credit",
    "debit",
    "escrow",
    "in_transit",
    "own_funds",
    "own_funds_at_provider",
    "payable",
    "post",
    "receivable",
    "refund_due",
    "set_aside",
]

Kind = LedgerTransaction.Kind


class Unbalanced(ValueError):
    """The legs of a movement do not sum to zero, or are fewer than two."""


class Conflict(Exception):
    """A key that is already in the ledger came back with another content."""


@dataclass(frozen=True)
class Account:
    """A place where money can be. It comes into being with its first posting."""

    code: str
    kind: str
    pcg_code: str
    may_overdraw: bool = False


@dataclass(frozen=True)
class Leg:
    """One line to come: a debit is positive, a credit negative, in cents."""

    account: Account
    amount_cents: int


@dataclass(frozen=True)
class Posted:
    """What became of a movement: its row, and whether it was new."""

    transaction_id: int
    is_new: bool


PSP = Account("psp:stripe:platform", LedgerAccount.Kind.ASSET, "5171", may_overdraw=True)
"""Our balance at the payment provider."""
COMMISSION = Account("revenue:commission", LedgerAccount.Kind.INCOME, "706", may_overdraw=True)
VAT_COLLECTED = Account("vat:collected:20", LedgerAccount.Kind.LIABILITY, "44571", may_overdraw=True)
PSP_FEES = Account("expense:psp_fees", LedgerAccount.Kind.EXPENSE, "627", may_overdraw=True)
DISPUTE_FEES = Account("expense:dispute_fees", LedgerAccount.Kind.EXPENSE, "627", may_overdraw=True)
GOODWILL = Account("expense:goodwill", LedgerAccount.Kind.EXPENSE, "658", may_overdraw=True)
BAD_DEBT = Account("expense:bad_debt", LedgerAccount.Kind.EXPENSE, "654", may_overdraw=True)
BANK = Account("bank:main", LedgerAccount.Kind.ASSET, "512", may_overdraw=True)
"""Our own account at a bank."""
PAYPAL = Account("psp:paypal", LedgerAccount.Kind.ASSET, "5173", may_overdraw=True)
UNMATCHED = Account("bank:unmatched", LedgerAccount.Kind.LIABILITY, "471")
"""What came in at our bank and belongs to nobody yet."""


def escrow(payment: Payment) -> Account:
    """What we hold for one payment."""
    return Account(f"escrow:payment:{payment.pk}", LedgerAccount.Kind.LIABILITY, "4671")


def refund_due(payment: Payment) -> Account:
    """What we decided to give back of one payment, until the bank has it."""
    return Account(f"refund:payment:{payment.pk}", LedgerAccount.Kind.LIABILITY, "4674")


def payable(expert: User | int) -> Account:
    """What we owe an expert, named by account or primary key, whether it may be withdrawn yet or not."""
    expert_id = expert if isinstance(expert, int) else expert.pk
    return Account(f"expert:{expert_id}:payable", LedgerAccount.Kind.LIABILITY, "4672")


def in_transit(expert: User | int) -> Account:
    """What an expert asked for and does not have yet."""
    return Account(f"expert:{_key(expert)}:withdrawal", LedgerAccount.Kind.LIABILITY, "4672")


def set_aside(expert: User | int) -> Account:
    """What is kept from an expert's balance while a bank decides on a chargeback."""
    return Account(f"expert:{_key(expert)}:hold", LedgerAccount.Kind.LIABILITY, "4672")


def receivable(expert: User | int) -> Account:
    """What an expert owes us. The next releases pay it first."""
    return Account(f"expert_receivable:{_key(expert)}", LedgerAccount.Kind.ASSET, "4673")


def claim(chargeback_id: int) -> Account:
    """What a bank took for a chargeback that is not decided."""
    return Account(f"dispute:{chargeback_id}", LedgerAccount.Kind.ASSET, "4675")


def _key(person: User | int) -> int:
    return person if isinstance(person, int) else person.pk


def debit(account: Account, amount_cents: int) -> Leg:
    return Leg(account, amount_cents)


def credit(account: Account, amount_cents: int) -> Leg:
    return Leg(account, -amount_cents)


def post(
    key: str,
    kind: str,
    legs: Iterable[Leg],
    *,
    subject: str = "",
    occurred_at: datetime | None = None,
    source: dict[str, Any] | None = None,
    reverses: int | None = None,
) -> Posted:
    """Record a balanced movement, once per key, in one round trip. Legs of zero cents are left out.

    Raises ``Unbalanced`` before anything is written, ``Conflict`` when the key stands for another content
    (``occurred_at`` and ``source`` may differ), ``IntegrityError`` when an account would pass zero.
    """
    lines = [leg for leg in legs if leg.amount_cents]
    if len(lines) < 2 or sum(leg.amount_cents for leg in lines) != 0:
        raise Unbalanced(f"{key}: {[(leg.account.code, leg.amount_cents) for leg in lines]}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT transaction_id, is_new, is_same FROM ledger_post("
            "%s, %s, %s, %s, %s::jsonb, %s, %s::text[], %s::bigint[], %s::text[], %s::text[], %s::boolean[])",
            [
                key,
                str(kind),
                subject,
                occurred_at or clock.now(),
                json.dumps(source or {}),
                reverses,
                [leg.account.code for leg in lines],
                [leg.amount_cents for leg in lines],
                [str(leg.account.kind) for leg in lines],
                [leg.account.pcg_code for leg in lines],
                [leg.account.may_overdraw for leg in lines],
            ],
        )
        transaction_id, is_new, is_same = cursor.fetchone()
    if not is_same:
        raise Conflict(f"{key} is already in the ledger with another content")
    return Posted(transaction_id=transaction_id, is_new=is_new)


def balance(account: Account | str) -> int:
    """What an account holds, in cents of its normal side: money we have, owe, earned or spent is positive."""
    code = account if isinstance(account, str) else account.code
    row = LedgerAccount.objects.select_related("balance").filter(code=code).first()
    if row is None:
        return 0
    if not row.may_overdraw:
        return row.balance.balance_cents if hasattr(row, "balance") else 0
    total = LedgerPosting.objects.filter(account=row).aggregate(total=Sum("amount_cents"))["total"] or 0
    return total if row.normal_side == LedgerAccount.Side.DEBIT else -total


def own_funds() -> int:
    """What the platform has less what it owes its users, in cents. Below zero, users' money pays our costs.

    What experts owe us and what banks dispute is not money we have.
    """
    held = LedgerPosting.objects.filter(
        account__kind=LedgerAccount.Kind.ASSET, account__pcg_code__startswith="51"
    )
    owed = LedgerPosting.objects.filter(
        account__kind=LedgerAccount.Kind.LIABILITY, account__may_overdraw=False
    )
    return sum((rows.aggregate(total=Sum("amount_cents"))["total"] or 0) for rows in (held, owed))


def own_funds_at_provider() -> int:
    """What of our balance at the provider is ours, in cents: never more than all we have, nor than lies there.

    What we sent from there to our bank or to PayPal is not there any more, however long our books know it.
    """
    elsewhere = (
        LedgerPosting.objects.filter(
            Q(account__code=PAYPAL.code) | Q(account__code=BANK.code, transaction__kind=Kind.PLATFORM_PAYOUT)
        ).aggregate(total=Sum("amount_cents"))["total"]
        or 0
    )
    ours = own_funds()
    return min(ours, ours - elsewhere, balance(PSP))
