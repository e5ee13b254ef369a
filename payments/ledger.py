"""The only writer of postings.

Double entry: what leaves one account enters another, a debit is positive, a credit negative, and each movement
sums to zero. A known key is a no-op, a known key with other content is a bug. A correction is a new movement.
PostgreSQL enforces all of it again (see the migration `0002_ledger_guards`).
"""

import json
from collections.abc import Iterable, Sequence
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
    "Movement",
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
    "post_all",
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


@dataclass(frozen=True)
class Movement:
    """A movement to record, once per key. Legs of zero cents are left out; ``occurred_at`` is now unless told."""

    key: str
    kind: str
    legs: Sequence[Leg]
    subject: str = ""
    occurred_at: datetime | None = None
    source: dict[str, Any] | None = None
    reverses: int | None = None


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
    """Record a balanced movement, once per key, in one round trip: see ``Movement``.

    Raises ``Unbalanced`` before anything is written, ``Conflict`` when the key stands for another content
    (``occurred_at`` and ``source`` may differ), ``IntegrityError`` when an account would pass zero.
    """
    return post_all([Movement(key, kind, list(legs), subject, occurred_at, source, reverses)])[0]


def post_all(movements: Sequence[Movement]) -> list[Posted]:
    """Record several movements in one round trip, one after the other as they are given. Raises as ``post`` does."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT made.transaction_id, made.is_new, made.is_same "
            "FROM jsonb_to_recordset(%s::jsonb) AS m(place int, key text, kind text, subject text, at timestamptz, "
            "source jsonb, reverses bigint, codes text[], amounts bigint[], kinds text[], pcg text[], overdraw boolean[]), "
            "LATERAL ledger_post(m.key, m.kind, m.subject, m.at, m.source, m.reverses, "
            "m.codes, m.amounts, m.kinds, m.pcg, m.overdraw) AS made ORDER BY m.place",
            [json.dumps([_told(place, movement, now) for place, movement in enumerate(movements)])],
        )
        made = cursor.fetchall()
    for movement, (_transaction_id, _is_new, is_same) in zip(movements, made, strict=True):
        if not is_same:
            raise Conflict(f"{movement.key} is already in the ledger with another content")
    return [Posted(transaction_id=transaction_id, is_new=is_new) for transaction_id, is_new, _is_same in made]


def _told(place: int, movement: Movement, now: datetime) -> dict[str, Any]:
    """A movement as PostgreSQL is told it. Raises ``Unbalanced``."""
    lines = [leg for leg in movement.legs if leg.amount_cents]
    if len(lines) < 2 or sum(leg.amount_cents for leg in lines) != 0:
        raise Unbalanced(f"{movement.key}: {[(leg.account.code, leg.amount_cents) for leg in lines]}")
    return {
        "place": place,
        "key": movement.key,
        "kind": str(movement.kind),
        "subject": movement.subject,
        "at": (movement.occurred_at or now).isoformat(),
        "source": movement.source or {},
        "reverses": movement.reverses,
        "codes": [leg.account.code for leg in lines],
        "amounts": [leg.amount_cents for leg in lines],
        "kinds": [str(leg.account.kind) for leg in lines],
        "pcg": [leg.account.pcg_code for leg in lines],
        "overdraw": [leg.account.may_overdraw for leg in lines],
    }


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
