"""Money the platform gives of its own, when a decision is corrected in favour of an expert and the buyer was paid back."""

from django.db import transaction

from payments import ledger
from payments.models import LedgerTransaction


@transaction.atomic
def compensate(expert_id: int, amount_cents: int, *, reference: str, subject: str) -> bool:
    """Credit an expert at our own expense, once per reference. Cents. Returns False when it was done already."""
    key = f"goodwill:{reference}"
    if LedgerTransaction.objects.filter(idempotency_key=key).exists():
        return False
    ledger.post(
        key,
        ledger.Kind.GOODWILL,
        [ledger.debit(ledger.GOODWILL, amount_cents), ledger.credit(ledger.payable(expert_id), amount_cents)],
        subject=subject,
    )
    return True
