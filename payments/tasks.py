"""The clock of this app: sweeps that redo what a lost queue forgot, and the nightly audit.

Sweeps claim their rows under SKIP LOCKED by moving the due time forward, then hand each to a small task.
"""

import logging
from datetime import timedelta
from typing import Any

from celery import Task, shared_task
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import books, withdrawals
from payments.inbox import process_event
from payments.invoices import issuing
from payments.invoices.papers import draw_invoice
from payments.models import (
    BooksExport,
    Chargeback,
    Earning,
    GatewayCall,
    InboundEvent,
    Invoice,
    Payment,
    Refund,
    Withdrawal,
)
from payments.models.facts import TELL_AGAIN_AFTER
from payments.outbox import perform_call, send_refund, tell_payment, tell_refund
from payments.payout_outbox import level_transfer, send_withdrawal
from payments.reporting import einvoicing, exports, notices, tax
from payments.reporting.exports import make_export
from payments.telling import tell_chargeback

logger = logging.getLogger(__name__)

BATCH = 200
CLAIMED_FOR = timedelta(minutes=5)
"""How long the task of a claimed row may take before another sweep claims it again."""


class LedgerUnsound(Exception):
    """The nightly audit found something that must not be."""


@shared_task
def sweep_inbox() -> int:
    """Read again the messages that are still pending. Returns how many were handed on."""
    return _sweep(InboundEvent.objects.due(clock.now()), "next_attempt_at", CLAIMED_FOR, process_event)


@shared_task
def sweep_facts() -> int:
    """Tell again what nobody noted as told. Returns how many were handed on."""
    now = clock.now()
    return (
        _sweep(Payment.objects.untold(now), "tell_due_at", TELL_AGAIN_AFTER, tell_payment)
        + _sweep(Refund.objects.untold(now), "tell_due_at", TELL_AGAIN_AFTER, tell_refund)
        + _sweep(Chargeback.objects.untold(now), "tell_due_at", TELL_AGAIN_AFTER, tell_chargeback)
    )


@shared_task
def sweep_refunds() -> int:
    """Send again the refunds that did not leave, ask about those under way. Returns how many were handed on."""
    return _sweep(Refund.objects.to_send(clock.now()), "next_attempt_at", CLAIMED_FOR, send_refund)


@shared_task
def sweep_calls() -> int:
    """Carry out again what was asked of the gateway and not settled. Returns how many were handed on."""
    return _sweep(GatewayCall.objects.due(clock.now()), "next_attempt_at", CLAIMED_FOR, perform_call)


@shared_task
def sweep_transfers() -> int:
    """Bring experts' accounts at the provider up to what they earned. Returns how many were handed on."""
    return _sweep(Earning.objects.to_transfer(clock.now()), "transfer_due_at", CLAIMED_FOR, level_transfer)


@shared_task
def sweep_withdrawals() -> int:
    """Send withdrawals, ask about those on their way. Returns how many were handed on."""
    return _sweep(Withdrawal.objects.to_send(clock.now()), "next_attempt_at", CLAIMED_FOR, send_withdrawal)


@shared_task
def issue_missing_invoices() -> int:
    """Issue what could not be invoiced when it was released, and draw what no worker drew. Returns how many."""
    count = issuing.issue_missing()
    for pk in Invoice.objects.undrawn().order_by("pk").values_list("pk", flat=True)[:BATCH]:
        draw_invoice.delay(pk)
        count += 1
    return count


@shared_task
def make_exports() -> int:
    """Make the exports of the books that a lost queue forgot. Returns how many were handed on."""
    return _sweep(BooksExport.objects.to_make(clock.now()), "next_attempt_at", exports.TRY_AGAIN, make_export)


@shared_task
def dispatch_invoices() -> int:
    """Take invoices to the approved platform, if there is one. Returns how many moved."""
    return einvoicing.dispatch_invoices()


@shared_task
def tell_of_the_year() -> int:
    """In January, tell each expert that the summary of the year is ready; once, however often this runs."""
    today = clock.today()
    return notices.tell_of_year(today.year - 1) if today.month == 1 else 0


@shared_task
def ask_for_tax_details() -> int:
    """Ask experts who earned something for what the declaration wants of them, twice. Returns how many were asked."""
    return tax.ask_for_missing(clock.now())


@shared_task
def pay_out_forgotten() -> int:
    """Send experts what has stayed at the provider for almost as long as the law lets it. Returns how many."""
    count = 0
    for expert in User.objects.filter(pk__in=withdrawals.forgotten_experts()):
        try:
            count += withdrawals.pay_out_forgotten(expert) is not None
        except Refusal as refusal:
            logger.warning("the balance of expert %s cannot be paid out: %s", expert.pk, refusal)
    return count


@shared_task
def audit_ledger() -> None:
    """Check the books against themselves and against the provider, keep the report, and fail loudly on a finding."""
    report = books.check()
    for finding in report.findings:
        logger.critical("ledger: %s", finding)
    if report.findings:
        raise LedgerUnsound(f"{len(report.findings)} finding(s); the first: {report.findings[0]}")


def _sweep(due: QuerySet[Any], column: str, claimed_for: timedelta, task: Task[..., Any]) -> int:
    with transaction.atomic():
        claimed = list(
            due.select_for_update(no_key=True, skip_locked=True, of=("self",))
            .order_by(column)
            .values_list("pk", flat=True)[:BATCH]
        )
        if claimed:
            due.model._default_manager.filter(pk__in=claimed).update(**{column: clock.now() + claimed_for})
    for pk in claimed:
        task.delay(pk)
    return len(claimed)
