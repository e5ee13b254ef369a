"""Short ways to ask for money, receive it and look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from marketplace.kernel import clock
from payments import escrow, ledger
from payments.models import EscrowHold, LedgerPosting, LedgerTransaction, Payment
from payments.terms import CommissionTerms

TEN_PERCENT = CommissionTerms(rate_bp=1_000)
CLEARING = timedelta(days=3)
DAYS_TO_PAY = timedelta(days=1)


def ask(
    buyer: User, expert: User, cents: int = 120_00, *, terms: CommissionTerms = TEN_PERCENT, **fields: Any
) -> Payment:
    """A payment that waits for its money."""
    fields.setdefault("description", "Business plan complet")
    fields.setdefault("reference", "J-24817")
    fields.setdefault("method", "card")
    fields.setdefault("expires_at", clock.now() + DAYS_TO_PAY)
    return escrow.request_payment(payer=buyer, payee=expert, amount_cents=cents, terms=terms, **fields)


def receive(payment: Payment, cents: int | None = None, gateway_id: str = "") -> EscrowHold:
    """The money comes in."""
    payment = escrow.receive(
        payment,
        amount_cents=payment.amount_cents if cents is None else cents,
        gateway_id=gateway_id or f"gw-{payment.pk}",
        occurred_at=clock.now(),
    )
    return EscrowHold.objects.get(payment=payment)


def postings(key: str) -> dict[str, int]:
    """What a movement did to each account, by its key."""
    movement = LedgerTransaction.objects.get(idempotency_key=key)
    return dict(
        LedgerPosting.objects.filter(transaction=movement).values_list("account__code", "amount_cents")
    )


def snapshot() -> tuple[Any, ...]:
    """Everything that money is: to compare before and after a refused act."""
    return (
        sorted(Payment.objects.values_list("pk", "state", "received_at", "gateway_id")),
        sorted(
            EscrowHold.objects.values_list("pk", "state", "released_cents", "refunded_cents", "net_cents")
        ),
        sorted(LedgerPosting.objects.values_list("pk", "account__code", "amount_cents")),
    )


def checkout(payment: Payment) -> str:
    """Open the payment page; returns its address."""
    return escrow.open_checkout(payment, return_url="/orders/J-24817/", cancel_url="/orders/J-24817/pay/")


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back at the end: one example of many must not see what another left behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def own_funds_and_psp() -> tuple[int, int]:
    return ledger.own_funds(), ledger.balance(ledger.PSP)
