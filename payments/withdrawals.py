"""What is decided about experts' money: to be paid, and by which way. Amounts are cents.

The row of the expert's balance is locked first, so of two requests at once the second sees what the first left.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts import rules as account_rules
from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import format_money
from payments import ledger, notifications, payouts, queries, rails
from payments.models import Earning, LedgerBalance, PayeeAccount, PayoutPreference, Withdrawal
from payments.models.payment import next_attempt
from payments.payout_outbox import send_withdrawal
from payments.paypal import client as paypal
from payments.reporting import tax
from payments.telling import after_commit

Rail = Withdrawal.Rail

FORGOTTEN_AFTER = timedelta(days=80)
"""Stripe lets money of experts in France stay with it for 90 days at most."""


@transaction.atomic
def request_withdrawal(expert: User, amount_cents: int, *, is_automatic: bool = False) -> Withdrawal:
    """Send an expert any part of what is available to them; it leaves after the commit.

    Raises ``Refusal`` when they may not be paid yet, owe us something, or ask for more than is available.
    """
    refuse_unless_payable(expert)
    LedgerBalance.objects.select_for_update(no_key=True).filter(
        account__code=ledger.payable(expert).code
    ).first()
    available = queries.balance_of(expert).available_cents
    if not 0 < amount_cents <= available:
        raise Refusal(
            _("You can withdraw up to %(amount)s at the moment.")
            % {"amount": format_money(available, full=True)}
        )
    rail = rails.rail_of(expert)
    payee = PayeeAccount.objects.filter(expert=expert).first() if rail == Rail.CONNECT else None
    now = clock.now()
    withdrawal = Withdrawal.objects.create(
        expert=expert,
        amount_cents=amount_cents,
        rail=rail,
        destination=rails.destination_of(expert, rail),
        bank_account=accounts.bank_account_of(expert) if rail != Rail.PAYPAL else None,
        gateway_account=payee.gateway_id if payee else "",
        is_automatic=is_automatic,
        next_attempt_at=next_attempt(1, now),
        created_at=now,
    )
    ledger.post(
        f"withdrawal:{withdrawal.pk}:requested",
        ledger.Kind.WITHDRAWAL_REQUESTED,
        [
            ledger.debit(ledger.payable(expert), amount_cents),
            ledger.credit(ledger.in_transit(expert), amount_cents),
        ],
        subject=f"withdrawal:{withdrawal.pk}",
    )
    notifications.withdrawal_requested(withdrawal)
    if rail in Withdrawal.AUTOMATIC:
        after_commit(send_withdrawal, withdrawal.pk)
    return withdrawal


def refuse_unless_payable(expert: User) -> None:
    """Raise ``Refusal`` with the first reason why this expert may not be paid now."""
    standing = accounts.legal_standing(expert)
    if not standing.may_be_paid:
        raise Refusal(str(next(iter(standing.reasons(accounts.Act.BE_PAID)))))
    tax.refuse_if_withheld(expert)
    owed = ledger.balance(ledger.receivable(expert))
    if owed:
        raise Refusal(
            _("You owe %(amount)s after a refund: your next earnings settle it, and withdrawals open again.")
            % {"amount": format_money(owed, full=True)}
        )
    if rails.rail_of(expert) == Rail.CONNECT:
        payee = PayeeAccount.objects.filter(expert=expert).first()
        if payee is None or not payee.is_ready:
            raise Refusal(_("Complete your account at our payment provider first."))
        rests_until = payee.bank_changed_at + account_rules.BANK_COOLING if payee.bank_changed_at else None
        if rests_until and rests_until > clock.now():
            raise Refusal(
                _("Your new bank account can be paid from %(moment)s.")
                % {"moment": clock.in_words(rests_until)}
            )


@transaction.atomic
def cancel(withdrawal: Withdrawal) -> Withdrawal:
    """Take back a withdrawal that nobody has sent yet. Raises ``Refusal`` for any other."""
    withdrawal = withdrawal.locked()
    taken = withdrawal.rail in Withdrawal.AUTOMATIC or withdrawal.batch_id is not None
    if withdrawal.state != Withdrawal.State.REQUESTED or taken:
        raise Refusal(_("This withdrawal is already on its way."))
    withdrawal.cancel(clock.now())
    withdrawal.save()
    ledger.post(
        f"withdrawal:{withdrawal.pk}:cancelled",
        ledger.Kind.WITHDRAWAL_FAILED,
        [
            ledger.debit(ledger.in_transit(withdrawal.expert_id), withdrawal.amount_cents),
            ledger.credit(ledger.payable(withdrawal.expert_id), withdrawal.amount_cents),
        ],
        subject=f"withdrawal:{withdrawal.pk}",
    )
    return withdrawal


@transaction.atomic
def confirm_paid(withdrawal: Withdrawal, *, reference: str = "") -> Withdrawal:
    """Staff or the bank's answer say that a transfer sent by hand arrived. Raises ``Refusal`` for any other."""
    withdrawal = withdrawal.locked()
    if not withdrawal.is_under_way or withdrawal.rail in Withdrawal.AUTOMATIC:
        raise Refusal(_("Only a withdrawal that our team sends can be marked."))
    if withdrawal.state == Withdrawal.State.REQUESTED:
        withdrawal.mark_sent(reference, clock.now())
    return payouts.settle_paid(withdrawal)


@transaction.atomic
def confirm_failed(withdrawal: Withdrawal, *, reason: str) -> Withdrawal:
    """Staff or the bank's answer say that a transfer sent by hand came back. Raises ``Refusal`` for any other."""
    withdrawal = withdrawal.locked()
    if not may_be_returned_by_hand(withdrawal):
        raise Refusal(_("Only a withdrawal that our team sends can be marked."))
    return payouts.settle_failed(withdrawal, reason)


def may_be_returned_by_hand(withdrawal: Withdrawal) -> bool:
    """What our team sends, until it is settled otherwise; and what PayPal calls back after it arrived."""
    if withdrawal.rail == Rail.PAYPAL_PAYOUTS:
        return withdrawal.state == Withdrawal.State.PAID
    settled = withdrawal.state in (Withdrawal.State.FAILED, Withdrawal.State.CANCELLED)
    return not settled and withdrawal.rail not in Withdrawal.AUTOMATIC


def may_be_approved(withdrawal: Withdrawal) -> bool:
    """Whether PayPal can send this withdrawal for us, once somebody of the team agrees."""
    waits = withdrawal.state == Withdrawal.State.REQUESTED and withdrawal.rail == Rail.PAYPAL
    return waits and bool(settings.PAYPAL_WITHDRAWALS) and paypal.is_set()


@transaction.atomic
def approve_paypal(withdrawal: Withdrawal) -> Withdrawal:
    """Let PayPal send a withdrawal from our account there; it leaves after the commit, and cannot be cancelled.

    Raises ``Refusal`` for any other, and when our books see less on our PayPal account than what is to leave it.
    """
    withdrawal = withdrawal.locked()
    if not may_be_approved(withdrawal):
        raise Refusal(_("Only a withdrawal to PayPal that waits for our team can be approved."))
    leaving = (
        Withdrawal.objects.on_their_way()
        .filter(rail=Rail.PAYPAL_PAYOUTS)
        .aggregate(total=Sum("amount_cents", default=0))["total"]
    )
    there = ledger.balance(ledger.PAYPAL) - leaving
    if there < withdrawal.amount_cents:
        raise Refusal(
            _("By our books, %(amount)s is free on our PayPal account. Send money there first, and note it.")
            % {"amount": format_money(there, full=True)}
        )
    withdrawal.rail = Rail.PAYPAL_PAYOUTS
    withdrawal.next_attempt_at = next_attempt(1, clock.now())
    withdrawal.save(update_fields=["rail", "next_attempt_at"])
    after_commit(send_withdrawal, withdrawal.pk)
    return withdrawal


@transaction.atomic
def choose_way(expert: User, *, way: str, paypal_email: str = "") -> PayoutPreference:
    """Be paid by bank or by PayPal from now on. Raises ``Refusal`` while money is there or on its way."""
    if not settings.PAYPAL_WITHDRAWALS:
        raise Refusal(_("PayPal withdrawals are not offered here."))
    way = PayoutPreference.Way(way)
    known = PayoutPreference.objects.filter(expert=expert).first()
    current = known.way if known else PayoutPreference.Way.BANK
    owed = ledger.balance(ledger.payable(expert)) + ledger.balance(ledger.in_transit(expert))
    if way != current and owed:
        raise Refusal(_("Change the way you are paid once your balance is empty."))
    chosen, _new = PayoutPreference.objects.update_or_create(
        expert=expert, defaults={"way": way, "paypal_email": paypal_email, "changed_at": clock.now()}
    )
    return chosen


def forgotten_experts() -> list[int]:
    """Experts whose money has waited at the provider for almost as long as it may."""
    before = clock.now() - FORGOTTEN_AFTER
    recent = Withdrawal.objects.filter(created_at__gte=before).values("expert")
    return list(
        Earning.objects.filter(released_at__lt=before, transferred_cents__gt=0)
        .exclude(expert__in=recent)
        .order_by()
        .values_list("expert", flat=True)
        .distinct()
    )


def pay_out_forgotten(expert: User) -> Withdrawal | None:
    """Send an expert all that is available, because it may not stay longer."""
    available = queries.balance_of(expert).available_cents
    return request_withdrawal(expert, available, is_automatic=True) if available else None
