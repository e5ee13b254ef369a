"""What the provider says of experts' accounts, transfers and payouts, written down. Decisions are in `withdrawals`."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from marketplace.kernel import clock
from payments import ledger, notifications, rails
from payments.gateways import PayeeStatus, PayoutState, PayoutStatus
from payments.models import Earning, LedgerTransaction, PayeeAccount, Withdrawal

REFUSED = gettext_noop("The payment provider refused this payout.")
TRY_TRANSFER_AGAIN = timedelta(days=1)


@transaction.atomic
def book_payee(status: PayeeStatus) -> PayeeAccount | None:
    """Bring an expert's account up to what the provider says. Ready, it gets what waited for it."""
    account = PayeeAccount.objects.select_for_update(no_key=True).filter(gateway_id=status.gateway_id).first()
    if account is None:
        return None
    was_ready = account.is_ready
    account.state, account.missing = PayeeAccount.State(status.state.value), list(status.missing)
    account.checked_at = clock.now()
    account.save(update_fields=["state", "missing", "checked_at"])
    if account.is_ready and not was_ready:
        Earning.objects.filter(expert_id=account.expert_id, transfer_due_at__isnull=False).update(
            transfer_due_at=clock.now()
        )
        notifications.payee_ready(account)
    elif account.state == PayeeAccount.State.RESTRICTED and was_ready:
        notifications.payee_restricted(account)
    return account


@transaction.atomic
def note_bank_change(gateway_id: str) -> None:
    """The bank account behind an expert's account changed: withdrawals rest for a while, and the expert is told."""
    account = PayeeAccount.objects.select_for_update(no_key=True).filter(gateway_id=gateway_id).first()
    if account is not None:
        account.bank_changed_at = clock.now()
        account.save(update_fields=["bank_changed_at"])
        notifications.payee_bank_changed(account)


@transaction.atomic
def book_transfer(earning_id: int, transfer_id: str, amount_cents: int) -> None:
    """An earning lies on the expert's account at the provider."""
    earning = Earning.objects.select_for_update(no_key=True).get(pk=earning_id)
    earning.transfer_id = earning.transfer_id or transfer_id
    earning.transferred_cents += amount_cents
    earning.transfer_due_at = clock.now() if earning.kept_cents != earning.transferred_cents else None
    earning.save(update_fields=["transfer_id", "transferred_cents", "transfer_due_at"])
    ledger.post(
        f"transfer:{transfer_id}",
        ledger.Kind.TRANSFER,
        [
            ledger.debit(rails.connect(earning.expert_id), amount_cents),
            ledger.credit(ledger.PSP, amount_cents),
        ],
        subject=f"earning:{earning.pk}",
        source={"transfer": transfer_id},
    )
    # What waited for this money may leave now.
    Withdrawal.objects.filter(expert_id=earning.expert_id, state=Withdrawal.State.REQUESTED).update(
        next_attempt_at=clock.now()
    )


@transaction.atomic
def book_reversal(earning_id: int, reversal_id: str, amount_cents: int) -> None:
    """Part of a transfer came back to us."""
    earning = Earning.objects.select_for_update(no_key=True).get(pk=earning_id)
    earning.transferred_cents -= amount_cents
    earning.transfer_due_at = clock.now() if earning.kept_cents < earning.transferred_cents else None
    earning.save(update_fields=["transferred_cents", "transfer_due_at"])
    ledger.post(
        f"transfer_reversal:{reversal_id}",
        ledger.Kind.TRANSFER_REVERSAL,
        [
            ledger.debit(ledger.PSP, amount_cents),
            ledger.credit(rails.connect(earning.expert_id), amount_cents),
        ],
        subject=f"earning:{earning.pk}",
        source={"reversal": reversal_id},
    )


def knows_transfer(transfer_id: str) -> bool:
    """Whether a transfer is in our books. An earning may have several: commission given back follows by its own."""
    return LedgerTransaction.objects.filter(idempotency_key=f"transfer:{transfer_id}").exists()


def postpone_transfer(earning_id: int) -> None:
    Earning.objects.filter(pk=earning_id, transfer_due_at__isnull=False).update(
        transfer_due_at=clock.now() + TRY_TRANSFER_AGAIN
    )


@transaction.atomic
def book(withdrawal: Withdrawal, status: PayoutStatus) -> Withdrawal:
    """Bring a withdrawal up to what the provider says. Repeating changes nothing.

    A payout may fail after it was paid: the money is then back where it left from, and the expert's again.
    """
    withdrawal = withdrawal.locked()
    if withdrawal.gateway_id and withdrawal.gateway_id != status.gateway_id:
        return withdrawal
    now = clock.now()
    if withdrawal.state == Withdrawal.State.REQUESTED:
        withdrawal.mark_sent(status.gateway_id, now, status.arrives_on)
        withdrawal.save()
    if status.state == PayoutState.PAID and withdrawal.state == Withdrawal.State.SENT:
        return settle_paid(withdrawal, fee_cents=status.fee_cents)
    if status.state == PayoutState.FAILED and withdrawal.state in (
        Withdrawal.State.SENT,
        Withdrawal.State.PAID,
    ):
        return settle_failed(withdrawal, status.failure or REFUSED)
    return withdrawal


def settle_paid(withdrawal: Withdrawal, *, fee_cents: int = 0) -> Withdrawal:
    """It is on the expert's account; what sending it cost is ours to bear. The row must be locked."""
    withdrawal.pay(clock.now())
    withdrawal.save()
    source = rails.source_of(withdrawal.rail, withdrawal.expert_id)
    _post(withdrawal, "paid", ledger.Kind.WITHDRAWAL_PAID, ledger.in_transit(withdrawal.expert_id), source)
    if fee_cents:
        _post(withdrawal, "fee", ledger.Kind.PSP_FEE, ledger.PSP_FEES, source, fee_cents)
    notifications.withdrawal_paid(withdrawal)
    return withdrawal


def settle_failed(withdrawal: Withdrawal, reason: str) -> Withdrawal:
    """It came back, or never left: the amount is the expert's again. The row must be locked."""
    was_paid = withdrawal.state == Withdrawal.State.PAID
    withdrawal.fail(reason, clock.now())
    withdrawal.save()
    back_from = (
        rails.source_of(withdrawal.rail, withdrawal.expert_id)
        if was_paid
        else ledger.in_transit(withdrawal.expert_id)
    )
    _post(
        withdrawal, "failed", ledger.Kind.WITHDRAWAL_FAILED, back_from, ledger.payable(withdrawal.expert_id)
    )
    notifications.withdrawal_failed(withdrawal)
    return withdrawal


def _post(
    withdrawal: Withdrawal,
    step: str,
    kind: str,
    debited: ledger.Account,
    credited: ledger.Account,
    cents: int | None = None,
) -> None:
    amount = withdrawal.amount_cents if cents is None else cents
    ledger.post(
        f"withdrawal:{withdrawal.pk}:{step}",
        kind,
        [ledger.debit(debited, amount), ledger.credit(credited, amount)],
        subject=f"withdrawal:{withdrawal.pk}",
        source={"payout": withdrawal.gateway_id},
    )
