"""The books against themselves and against the provider's, each night; and what comes to our own bank account."""

from datetime import timedelta

from celery import shared_task
from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import format_money
from payments import calls, ledger, notifications, payouts
from payments.calls import Answer, Errand
from payments.gateways import GatewayRefused, GatewayUnavailable, Movement, PayoutState, PayoutStatus, gateway
from payments.models import (
    BooksReport,
    Chargeback,
    Earning,
    GatewayCall,
    LedgerTransaction,
    PayeeAccount,
    Payment,
    Refund,
    Withdrawal,
)
from payments.telling import after_commit

COMPARED = timedelta(days=3)
"""How far back the provider's lines are looked at each night: each is seen three times."""
TOO_LONG = timedelta(hours=24)


def check() -> BooksReport:
    """Ask every question, keep the answers, and tell the team when something is wrong. Calls the network."""
    now = clock.now()
    findings = [str(finding) for finding in ledger.audit()]
    own, ours = ledger.own_funds(), ledger.balance(ledger.PSP)
    if own < 0:
        findings.append(f"own funds are below zero: {format_money(own, 'en', full=True)}")
    silent = GatewayCall.objects.unsettled_since(now - TOO_LONG).count()
    if silent:
        findings.append(f"{silent} call(s) to the provider without an answer for a day")
    theirs, compared = None, 0
    try:
        theirs = gateway().balance()
        if theirs is not None and theirs != ours:
            findings.append(f"the provider holds {theirs} cents, our books say {ours}")
        movements = gateway().movements(now - COMPARED)
        compared = len(movements)
        findings += [
            f"the provider's line {line.gateway_id} ({line.kind}, {line.amount_cents} cents) is not in our books"
            for line in movements
            if not _is_known(line)
        ]
        findings += _experts()
    except (GatewayUnavailable, GatewayRefused) as error:
        findings.append(f"the provider could not be asked: {error}")
    report = BooksReport.objects.create(
        taken_at=now,
        own_funds_cents=own,
        ledger_cents=ours,
        gateway_cents=theirs,
        movements=compared,
        findings=findings,
    )
    if findings:
        for member in User.objects.filter(is_staff=True, is_active=True):
            if member.has_perm("payments.view_booksreport"):
                notifications.books_unsound(member, report)
    return report


@shared_task
def check_again() -> None:
    """The same on demand, in a worker: what it finds is in the report."""
    check()


def _is_known(line: Movement) -> bool:
    """Whether our books have the thing a line of the provider is about."""
    match line.kind:
        case "charge" | "payment":
            return LedgerTransaction.objects.filter(idempotency_key=f"bt:{line.gateway_id}:fee").exists()
        case "refund" | "payment_refund" | "refund_failure" | "payment_failure_refund":
            return Refund.objects.filter(gateway_id=line.source_id).exists()
        case "transfer":
            return payouts.knows_transfer(line.source_id)
        case "transfer_refund":
            key = f"transfer_reversal:{line.source_id}"
            return LedgerTransaction.objects.filter(idempotency_key=key).exists()
        case "adjustment":
            return Chargeback.objects.filter(gateway_id=line.source_id).exists()
        case "payout" | "payout_failure":
            return LedgerTransaction.objects.filter(
                idempotency_key__startswith=f"payout:{line.source_id}"
            ).exists()
    return False


def _experts() -> list[str]:
    """Experts' accounts that moved lately, compared one by one."""
    recent = Earning.objects.filter(transferred_cents__gt=0, released_at__gte=clock.now() - 10 * COMPARED)
    found = []
    for account in PayeeAccount.objects.filter(expert__in=recent.values("expert")):
        theirs = gateway().balance(account.gateway_id)
        ours = ledger.balance(f"psp:stripe:connect:{account.expert_id}") - _leaving(account.expert_id)
        if theirs is not None and theirs != ours:
            found.append(
                f"the account of expert {account.expert_id} holds {theirs} cents, our books say {ours}"
            )
    return found


def _leaving(expert_id: int) -> int:
    """Payouts on their way have left the provider's figure, and ours only once they are paid."""
    sent = Withdrawal.objects.filter(
        expert_id=expert_id, rail=Withdrawal.Rail.CONNECT, state=Withdrawal.State.SENT
    )
    return sent.aggregate(total=Sum("amount_cents"))["total"] or 0


@transaction.atomic
def book_own_payout(status: PayoutStatus) -> None:
    """Our own money left the provider for our bank, or came back."""
    legs = [ledger.debit(ledger.BANK, status.amount_cents), ledger.credit(ledger.PSP, status.amount_cents)]
    if status.state in (PayoutState.PENDING, PayoutState.PAID):
        ledger.post(f"payout:{status.gateway_id}", ledger.Kind.PLATFORM_PAYOUT, legs)
    elif status.state == PayoutState.FAILED:
        paid = LedgerTransaction.objects.filter(idempotency_key=f"payout:{status.gateway_id}").first()
        if paid is not None:
            back = [
                ledger.debit(ledger.PSP, status.amount_cents),
                ledger.credit(ledger.BANK, status.amount_cents),
            ]
            ledger.post(
                f"payout:{status.gateway_id}:failed", ledger.Kind.PLATFORM_PAYOUT, back, reverses=paid.pk
            )


@transaction.atomic
def send_own_money(amount_cents: int, *, reference: str) -> GatewayCall:
    """Send our own money from the provider to our bank; it leaves after the commit. Once per reference.

    Raises ``Refusal`` when that is more than our own: the rest belongs to buyers and experts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments.own_payout'))")
    key = f"own_payout:{reference}"
    if not GatewayCall.objects.filter(key=key).exists():
        asked = GatewayCall.objects.filter(kind=GatewayCall.Kind.OWN_PAYOUT, state__in=GatewayCall.OPEN)
        ours = ledger.own_funds_at_provider() - sum(call.payload["amount_cents"] for call in asked)
        if amount_cents > ours:
            raise Refusal(
                _(
                    "Of what lies at the payment provider, %(ours)s is ours. The rest belongs to buyers and experts: "
                    "nothing was sent."
                )
                % {"ours": format_money(max(ours, 0), full=True)}
            )
    try:
        call = calls.ask(
            GatewayCall.Kind.OWN_PAYOUT, key, {"amount_cents": amount_cents, "reference": reference}
        )
    except ValueError as error:
        raise Refusal(_("This reference is in the books with another amount.")) from error
    after_commit(calls.perform_call, call.pk)
    return call


def _send_own_payout(call: GatewayCall) -> Answer:
    asked = call.payload
    sent = gateway().pay_out(
        "",
        asked["amount_cents"],
        reference=asked["reference"],
        label=asked["reference"],
        idempotency_key=call.key,
    )
    return Answer(sent.gateway_id, {"state": sent.state.value})


def _find_own_payout(call: GatewayCall) -> Answer | None:
    found = gateway().find_payout("", since=call.created_at, idempotency_key=call.key)
    return Answer(found.gateway_id, {"state": found.state.value}) if found else None


def _book_own_payout(call: GatewayCall) -> None:
    asked, state = call.payload, PayoutState(call.answer["state"])
    book_own_payout(
        PayoutStatus(call.object_id, asked["reference"], state, amount_cents=asked["amount_cents"])
    )


calls.register(GatewayCall.Kind.OWN_PAYOUT, Errand(_send_own_payout, _find_own_payout, _book_own_payout))


@transaction.atomic
def fund_paypal(amount_cents: int, *, reference: str) -> None:
    """Our own money went from our bank to our PayPal account, which experts are paid from. Once per reference.

    Raises ``Refusal`` when the reference is known with another amount.
    """
    try:
        ledger.post(
            f"payout:paypal:{reference}",
            ledger.Kind.PLATFORM_PAYOUT,
            [ledger.debit(ledger.PAYPAL, amount_cents), ledger.credit(ledger.BANK, amount_cents)],
        )
    except ledger.Conflict as conflict:
        raise Refusal(_("This reference is in the books with another amount.")) from conflict


def warn_of_fraud(reference: str, event_id: str) -> None:
    """A bank suspects that a payment was not made by the card's owner: our team may refund before it is contested."""
    payment = Payment.objects.filter(public_id=reference).first()
    if payment is not None:
        for member in User.objects.filter(is_staff=True, is_active=True):
            if member.has_perm("payments.view_payment"):
                notifications.fraud_warning(member, payment, event_id)
