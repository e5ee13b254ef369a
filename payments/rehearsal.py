"""What an act would write in the ledger, read before it is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q

from payments import ledger
from payments.models import LedgerTransaction, Payment


@dataclass(frozen=True)
class Movement:
    """A movement as it would stand in the ledger: its kind in words, and its lines (account, chart number, cents)."""

    kind: str
    lines: list[tuple[str, str, int]]


def rehearse(act: Callable[[], object], payments: Iterable[Payment]) -> list[Movement]:
    """Play an act in a transaction that is undone, and return what it posted about these payments.

    A line is positive in debit, negative in credit. Raises what the act raises; nothing stays either way.
    """
    known = list(payments)
    accounts = [account(payment).code for payment in known for account in (ledger.escrow, ledger.refund_due)]
    theirs = Q(subject__in=[f"payment:{payment.pk}" for payment in known]) | Q(
        postings__account__code__in=accounts
    )
    with transaction.atomic():
        last = LedgerTransaction.objects.aggregate(pk=Max("pk"))["pk"] or 0
        act()
        rows = LedgerTransaction.objects.filter(theirs, pk__gt=last).distinct().order_by("pk")
        movements = [
            Movement(
                row.get_kind_display(),
                [
                    (posting.account.code, posting.account.pcg_code, posting.amount_cents)
                    for posting in row.postings.select_related("account").order_by("pk")
                ],
            )
            for row in rows
        ]
        transaction.set_rollback(True)
    return movements
