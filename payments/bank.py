"""Payments into, and withdrawals out of, the operator's own bank account. Amounts are cents.

Each payment has a reference of its own, with check digits (ISO 11649), so that a bank line finds it by itself; what
does not is matched by our team. Money stays on an account of its own until it belongs to somebody.
"""

import hashlib
import re
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ExpertProfile, User
from marketplace.kernel import clock, sealing
from marketplace.kernel.errors import Refusal
from payments import escrow, ledger, statements, withdrawals
from payments.models import BankLine, BankStatement, Payment, SepaBatch, Withdrawal
from payments.own_transfers import payment_of


@transaction.atomic
def import_statement(content: bytes, *, name: str, actor: User) -> BankStatement:
    """Read in a statement, once: transfers that came in are matched by their reference, those that left mark
    withdrawals as paid. Raises ``Refusal`` when the file cannot be read or was read in before.
    """
    _refuse_without_licence()
    entries = statements.read(content)
    digest = hashlib.sha256(content).hexdigest()
    if BankStatement.objects.filter(digest=digest).exists():
        raise Refusal(_("This file has been read in before."))
    statement = BankStatement.objects.create(name=name[:120], digest=digest, imported_by=actor)
    for entry in entries:
        if entry.amount_cents < 0:
            _mark_paid(entry)
        elif entry.amount_cents:
            _receive(entry, statement)
    return statement


def _mark_paid(entry: statements.Entry) -> None:
    """A transfer of ours left: its name is the withdrawal's."""
    found = re.fullmatch(r"V-(\d{6,})", entry.end_to_end)
    withdrawal = Withdrawal.objects.filter(pk=int(found[1])).first() if found else None
    if (
        withdrawal is not None
        and withdrawal.state == Withdrawal.State.SENT
        and withdrawal.rail == Withdrawal.Rail.SEPA
        and withdrawal.amount_cents == -entry.amount_cents
    ):
        withdrawals.confirm_paid(withdrawal)


def _receive(entry: statements.Entry, statement: BankStatement) -> None:
    line, is_new = BankLine.objects.get_or_create(
        entry_key=entry.key,
        defaults={
            "statement": statement,
            "booked_on": entry.booked_on,
            "amount_cents": entry.amount_cents,
            "sender": entry.name,
            "sealed_iban": sealing.seal(entry.iban) if entry.iban else "",
            "words": entry.words,
        },
    )
    if not is_new:
        return
    _post(line, "received", ledger.Kind.BANK_RECEIVED, ledger.BANK, ledger.UNMATCHED, line.amount_cents)
    payment = payment_of(f"{entry.words} {entry.end_to_end}")
    if payment is not None:
        match(line, payment)


@transaction.atomic
def match(line: BankLine, payment: Payment) -> BankLine:
    """Say which payment a transfer is for. Short, the payment keeps waiting; over, the rest is to be sent back;
    late, the buyer is paid back. Raises ``Refusal`` when the line is matched or the payment is not ours to receive.
    """
    payment, line = payment.locked(), line.locked()
    if line.payment_id is not None or line.returned_at is not None:
        raise Refusal(_("This transfer is matched or sent back already."))
    line.payment, line.matched_at = payment, clock.now()
    line.save(update_fields=["payment", "matched_at"])
    if payment.received_at is not None:
        line.excess_cents = line.amount_cents  # paid a second time: all of it goes back
        line.save(update_fields=["excess_cents"])
        return line
    total = payment.bank_lines.aggregate(total=Sum("amount_cents"))["total"] or 0
    if total < payment.amount_cents:
        instructions = {
            **payment.transfer_instructions,
            "received": total,
            "missing": payment.amount_cents - total,
        }
        escrow.mark_awaiting_transfer(payment, instructions)
        return line
    line.excess_cents = total - payment.amount_cents
    line.save(update_fields=["excess_cents"])
    escrow.receive(
        payment,
        amount_cents=payment.amount_cents,
        gateway_id=f"bank:{payment.pk}",
        occurred_at=timezone.make_aware(datetime.combine(line.booked_on, time(12))),
        method=Payment.Method.TRANSFER,
        source=ledger.UNMATCHED,
    )
    return line


@transaction.atomic
def send_back(line: BankLine) -> BankLine:
    """Our team has sent back what belongs to nobody, or was too much. Raises ``Refusal`` when nothing is left."""
    line = line.locked()
    cents = line.amount_cents if line.payment_id is None else line.excess_cents
    if line.returned_at is not None or not cents:
        raise Refusal(_("Nothing of this transfer is left to send back."))
    line.returned_at = clock.now()
    line.save(update_fields=["returned_at"])
    _post(line, "returned", ledger.Kind.BANK_RETURNED, ledger.UNMATCHED, ledger.BANK, cents)
    return line


def _post(
    line: BankLine, step: str, kind: str, debited: ledger.Account, credited: ledger.Account, cents: int
) -> None:
    ledger.post(
        f"bank:{line.pk}:{step}",
        kind,
        [ledger.debit(debited, cents), ledger.credit(credited, cents)],
        subject=f"bank_line:{line.pk}",
    )


# --- Files of transfers ---------------------------------------------------------------------------------------


@transaction.atomic
def make_batch(*, actor: User) -> SepaBatch:
    """Gather the withdrawals that wait for a transfer of our bank, those of suspended experts aside. Raises ``Refusal`` when there is none."""
    _refuse_without_licence()
    waiting = Withdrawal.objects.select_for_update(no_key=True, of=("self",)).filter(
        rail=Withdrawal.Rail.SEPA, state=Withdrawal.State.REQUESTED, batch=None
    )
    waiting = waiting.exclude(expert__expert_profile__status=ExpertProfile.Status.SUSPENDED)
    chosen = [row.pk for row in waiting if row.bank_account_id is not None]
    if not chosen:
        raise Refusal(_("No withdrawal waits for a transfer of our bank."))
    batch = SepaBatch.objects.create(created_by=actor)
    Withdrawal.objects.filter(pk__in=chosen).update(batch=batch)
    return batch


@transaction.atomic
def approve_batch(batch: SepaBatch, *, actor: User) -> SepaBatch:
    """A second person lets a file leave. Raises ``Refusal`` for the one who made it, or when it is approved."""
    batch = batch.locked()
    if batch.approved_by_id is not None:
        raise Refusal(_("This file is approved already."))
    if batch.created_by_id == actor.pk:
        raise Refusal(_("Another member of the team must approve what you made."))
    batch.approved_by, batch.approved_at = actor, clock.now()
    batch.save(update_fields=["approved_by", "approved_at"])
    for withdrawal in batch.withdrawals.select_for_update(no_key=True).filter(
        state=Withdrawal.State.REQUESTED
    ):
        withdrawal.mark_sent(f"{batch}:{withdrawal.reference}", clock.now())
        withdrawal.save()
    return batch


def file_of(batch: SepaBatch) -> bytes:
    """The file for the bank, pain.001.001.03. Raises ``Refusal`` before it is approved."""
    if batch.approved_at is None:
        raise Refusal(_("Another member of the team must approve this file first."))
    config: dict[str, Any] = {
        "name": settings.OPERATOR_NAME,
        "IBAN": settings.OPERATOR_IBAN,
        "batch": True,
        "currency": "EUR",
    }
    if settings.OPERATOR_BIC:
        config["BIC"] = settings.OPERATOR_BIC
    from sepaxml import SepaTransfer  # loaded by who needs it

    transfers = SepaTransfer(config, clean=True)
    for withdrawal in batch.withdrawals.select_related("bank_account").order_by("pk"):
        account = withdrawal.bank_account
        if account is None or withdrawal.state == Withdrawal.State.CANCELLED:
            continue
        line: dict[str, Any] = {
            "name": account.holder,
            "IBAN": account.iban,
            "amount": withdrawal.amount_cents,
            "execution_date": timezone.localdate(batch.approved_at),
            "description": f"{settings.SITE_NAME} {withdrawal.reference}",
            "endtoend_id": withdrawal.reference,
        }
        if account.bic:
            line["BIC"] = account.bic
        transfers.add_payment(line)
    content: bytes = transfers.export(validate=True)
    return content


def _refuse_without_licence() -> None:
    if not settings.OWN_FUNDS:
        raise Refusal(_("This installation holds no money of others on its own bank account."))
