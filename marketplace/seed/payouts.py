"""What experts of the demo world have already withdrawn: paid, on its way, and one that came back."""

from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import payouts, queries, withdrawals
from payments.gateways import PayoutState, PayoutStatus
from payments.models import Earning, Withdrawal
from payments.payouts import REFUSED
from payments.reporting import tax

TOWNS = ("Lyon", "Nantes", "Lille", "Bordeaux", "Rennes")
SHARES = (30, 20, 25)
"""How much of what is available each asks for, in percent: paid, returned, on its way."""


def load_withdrawals() -> int:
    """Give the experts who earned most a past of withdrawals, once. Returns how many there are."""
    if Withdrawal.objects.exists():
        return 0
    experts = User.objects.filter(pk__in=Earning.objects.values("expert")).order_by("date_joined", "pk")
    return sum(_withdraws(expert) for expert in experts)


def load_tax_details() -> int:
    """Give most of those who earned something their tax details, once: the declaration shows what the others lack."""
    experts = User.objects.filter(pk__in=Earning.objects.values("expert"), tax_details=None).order_by("pk")
    count = 0
    for expert in experts:
        if expert.pk % 4:
            first = f"{3_000_000_000 + expert.pk * 7_919 % 999_999_999}"
            tax.declare(
                expert,
                born_on=date(1975 + expert.pk % 22, 1 + expert.pk % 12, 1 + expert.pk % 28),
                birth_city=TOWNS[expert.pk % len(TOWNS)],
                birth_country="FR",
                tax_country="FR",
                number=f"{first}{int(first) % 511:03d}",
            )
            count += 1
    return count


@transaction.atomic
def _withdraws(expert: User) -> int:
    now, count = clock.now(), 0
    outcomes = (PayoutState.PAID, PayoutState.FAILED, PayoutState.PENDING)
    for days_ago, share, outcome in zip((9, 5, 0), SHARES, outcomes, strict=True):
        with clock.at(now - timedelta(days=days_ago)):
            cents = queries.balance_of(expert).available_cents * share // 100
            if cents < 10_00:
                continue
            try:
                withdrawal = withdrawals.request_withdrawal(expert, cents)
            except Refusal:
                continue  # their bank account was not given yet at that time
            count += 1
            _settle(withdrawal, outcome)
    return count


def _settle(withdrawal: Withdrawal, outcome: PayoutState) -> None:
    """What the sandbox's bank answered: the last one waits for the worker, who sends it in front of the visitor."""
    if outcome == PayoutState.PENDING:
        return
    status = PayoutStatus(
        gateway_id=f"sbx_po_past_{withdrawal.pk}",
        reference=str(withdrawal.public_id),
        state=outcome,
        failure=REFUSED if outcome == PayoutState.FAILED else "",
        arrives_on=(withdrawal.created_at + timedelta(days=2)).date(),
    )
    with clock.at(withdrawal.created_at + timedelta(days=1)):
        payouts.book(withdrawal, status)
