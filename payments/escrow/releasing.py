"""Letting go of what is held: to the expert, back to the buyer, or not yet."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import ledger, rails, refunds
from payments.invoices import issuing
from payments.models import Earning, EscrowHold, LedgerBalance, Refund, Withdrawal
from payments.models.payment import next_attempt
from payments.outbox import after_commit, send_refund
from payments.payout_outbox import level_transfer


@transaction.atomic
def release(hold: EscrowHold, *, clearing: timedelta) -> Earning:
    """Pay the expert what is left of a hold, less the commission frozen with the payment, and less what they owe.

    It may be withdrawn once ``clearing`` has passed. Raises ``Refusal`` when the money is frozen or gone.
    """
    hold = _movable(hold)
    now = clock.now()
    payment = hold.payment
    gross = hold.remaining_cents
    commission = payment.terms.commission_on(gross)
    net = gross - commission.ttc
    owed = min(_locked_debt(hold.payee_id), net)
    ledger.post(
        f"payment:{payment.pk}:release",
        ledger.Kind.RELEASE,
        [
            ledger.debit(ledger.escrow(payment), gross),
            ledger.credit(ledger.payable(hold.payee_id), net - owed),
            ledger.credit(ledger.receivable(hold.payee_id), owed),
            ledger.credit(ledger.COMMISSION, commission.ht),
            ledger.credit(ledger.VAT_COLLECTED, commission.vat),
        ],
        subject=f"payment:{payment.pk}",
        occurred_at=now,
    )
    if hold.refunded_cents:
        hold.release_rest(now)
    else:
        hold.release_whole(now)
    hold.net_cents, hold.commission_cents = net, commission.ttc
    hold.save()
    earning = Earning.objects.create(
        hold=hold,
        expert_id=hold.payee_id,
        gross_cents=gross,
        commission_cents=commission.ttc,
        commission_vat_cents=commission.vat,
        net_cents=net,
        recouped_cents=owed,
        transfer_due_at=now
        if net > owed and rails.rail_of(payment.payee) == Withdrawal.Rail.CONNECT
        else None,
        released_at=now,
        available_at=now + clearing,
    )
    if earning.transfer_due_at is not None:
        after_commit(level_transfer, earning.pk)
    issuing.issue_for(earning)
    return earning


def _locked_debt(expert_id: int) -> int:
    """What an expert owes us. Locked, because two releases at once must not both pay it."""
    code = ledger.receivable(expert_id).code
    row = LedgerBalance.objects.select_for_update().filter(account__code=code).first()
    return row.balance_cents if row else 0


@transaction.atomic
def refund(hold: EscrowHold, amount_cents: int | None = None, *, reason: str) -> Refund:
    """Decide to give the buyer back all or part of what is held; the gateway is asked after the commit.

    After a part, ``release`` pays the expert the rest, with the commission on that rest. Raises ``Refusal`` when
    the money is frozen or gone, or the amount is not between one cent and what is left.
    """
    hold = _movable(hold)
    payment = hold.payment
    remaining = hold.remaining_cents
    amount = remaining if amount_cents is None else amount_cents
    if not 0 < amount <= remaining:
        raise Refusal(
            _("This amount cannot be refunded: it must be more than zero and at most what is still held.")
        )
    if amount == remaining:
        hold.refund_rest()
    else:
        hold.refunded_cents += amount
        hold.commission_cents = payment.terms.commission_on(remaining - amount).ttc
        hold.net_cents = remaining - amount - hold.commission_cents
    hold.save()
    decided = Refund.objects.create(
        hold=hold,
        amount_cents=amount,
        reason=reason[:200],
        route=refunds.route_of(payment),
        next_attempt_at=next_attempt(1, clock.now()),
    )
    ledger.post(
        f"refund:{decided.pk}:decided",
        ledger.Kind.REFUND_DECIDED,
        [ledger.debit(ledger.escrow(payment), amount), ledger.credit(ledger.refund_due(payment), amount)],
        subject=f"payment:{payment.pk}",
    )
    after_commit(send_refund, decided.pk)
    return decided


@transaction.atomic
def retry_refund(failed: Refund) -> Refund:
    """Ask the gateway again for a refund that the bank refused. Raises ``Refusal`` for any other."""
    failed = failed.locked()
    if failed.state != Refund.State.FAILED:
        raise Refusal(_("Only a refund that the bank refused can be sent again."))
    refunds.refuse_while_contested(failed.hold.payment)
    failed.decide_again(next_attempt(1, clock.now()))
    failed.save()
    after_commit(send_refund, failed.pk)
    return failed


@transaction.atomic
def freeze(hold: EscrowHold) -> EscrowHold:
    """Let nothing leave a hold until ``unfreeze``. Twice changes nothing. Raises ``Refusal`` when the money is gone.

    What a bank's examination had frozen before stays frozen when that ends.
    """
    hold = _locked(hold)
    hold.payment.chargebacks.running().update(froze_hold=False)
    if hold.state != EscrowHold.State.FROZEN:
        _refuse_if_gone(hold)
        hold.freeze()
        hold.save()
    return hold


@transaction.atomic
def unfreeze(hold: EscrowHold) -> EscrowHold:
    """Let the money move again. Twice changes nothing. Raises ``Refusal`` when it is gone, or a bank examines it."""
    hold = _locked(hold)
    if hold.state != EscrowHold.State.HELD:
        _refuse_if_gone(hold)
        refunds.refuse_while_contested(hold.payment)
        hold.unfreeze()
        hold.save()
    return hold


@transaction.atomic
def hold_back(hold: EscrowHold, *, until: datetime) -> None:
    """Move the day on which what was released can be withdrawn; nothing happens where nothing was released."""
    Earning.objects.filter(hold=hold).update(available_at=until)


def clears_at(hold: EscrowHold) -> datetime | None:
    """When what was released of it can be withdrawn; ``None`` when nothing was released."""
    found: datetime | None = Earning.objects.filter(hold=hold).values_list("available_at", flat=True).first()
    return found


def _locked(hold: EscrowHold) -> EscrowHold:
    """The hold, fresh and locked, with what its release needs, in one query."""
    return EscrowHold.objects.select_for_update(of=("self",)).select_related("payment__payee").get(pk=hold.pk)


def _movable(hold: EscrowHold) -> EscrowHold:
    hold = _locked(hold)
    if hold.state == EscrowHold.State.FROZEN:
        raise Refusal(_("This payment is frozen while our team examines the order."))
    _refuse_if_gone(hold)
    return hold


def _refuse_if_gone(hold: EscrowHold) -> None:
    if not hold.is_open:
        raise Refusal(_("This payment has already been paid out or refunded."))
