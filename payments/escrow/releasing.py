"""Letting go of what is held: to the expert, back to the buyer, or not yet."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.kernel import clock
from marketplace.kernel.compiled import STAND_IN, WORD, Compiled
from marketplace.kernel.errors import Refusal
from marketplace.kernel.writing import draw_many, write
from payments import ledger, rails, refunds
from payments.invoices import issuing
from payments.models import Earning, EscrowHold, LedgerBalance, Refund, Withdrawal
from payments.models.payment import next_attempt
from payments.outbox import after_commit, send_refund
from payments.payout_outbox import level_transfer

_RELEASED = ("state", "released_cents", "released_at", "net_cents", "commission_cents")
_TO_RELEASE = Compiled(
    lambda key: (
        EscrowHold.objects.select_for_update(no_key=True, of=("self",))
        .select_related("payment__payee", "payment__payer__buyer_profile")
        .filter(payment__in=[key])
        .order_by("pk")
    ),
    STAND_IN,
)
_DEBTS = Compiled(
    lambda code: (
        LedgerBalance.objects.select_for_update(no_key=True, of=("self",))
        .filter(account__code__in=[code])
        .order_by("pk")
        .values_list("account__code", "balance_cents")
    ),
    WORD,
)


@transaction.atomic
def release(hold: EscrowHold, *, clearing: timedelta) -> Earning:
    """Pay the expert what is left of a hold, less the commission frozen with the payment, and less what they owe.

    It may be withdrawn once ``clearing`` has passed. Raises ``Refusal`` when the money is frozen or gone.
    """
    return release_all({hold.payment_id: clearing})[hold.payment_id]


@transaction.atomic
def release_all(clearing: Mapping[int, timedelta]) -> dict[int, Earning]:
    """Release the holds of several payments, each with its own time to clear, all or none. Earnings by payment.

    Raises ``Refusal`` when the money of one is frozen or gone. Two who release never wait in a circle: holds are locked in
    the order of their keys, then what their experts owe in that of the ledger's accounts, then balances by expert.
    """
    now = clock.now()
    holds = _all_movable(list(clearing))
    owed = _locked_debts({hold.payee_id for hold in holds})
    keys = draw_many(Earning, len(holds))
    movements, earnings = [], []
    for key, hold in zip(keys, sorted(holds, key=attrgetter("payee_id")), strict=True):
        payment = hold.payment
        gross = hold.remaining_cents
        commission = payment.terms.commission_on(gross)
        net = gross - commission.ttc
        recouped = min(owed.get(hold.payee_id, 0), net)
        if recouped:
            owed[hold.payee_id] -= recouped
        movements.append(
            ledger.Movement(
                f"payment:{payment.pk}:release",
                ledger.Kind.RELEASE,
                [
                    ledger.debit(ledger.escrow(payment), gross),
                    ledger.credit(ledger.payable(hold.payee_id), net - recouped),
                    ledger.credit(ledger.receivable(hold.payee_id), recouped),
                    ledger.credit(ledger.COMMISSION, commission.ht),
                    ledger.credit(ledger.VAT_COLLECTED, commission.vat),
                ],
                subject=f"payment:{payment.pk}",
                occurred_at=now,
            )
        )
        if hold.refunded_cents:
            hold.release_rest(now)
        else:
            hold.release_whole(now)
        hold.net_cents, hold.commission_cents = net, commission.ttc
        to_transfer = net > recouped and rails.rail_of(payment.payee) == Withdrawal.Rail.CONNECT
        earning = Earning(
            pk=key,
            hold=hold,
            expert=payment.payee,
            gross_cents=gross,
            commission_cents=commission.ttc,
            commission_vat_cents=commission.vat,
            net_cents=net,
            recouped_cents=recouped,
            transfer_due_at=now if to_transfer else None,
            released_at=now,
            available_at=now + clearing[payment.pk],
        )
        if to_transfer:
            after_commit(level_transfer, key)
        earnings.append(earning)
    ledger.post_all(movements)
    write([earnings], [(hold, _RELEASED) for hold in holds])
    issuing.issue_sales(earnings)
    return {earning.hold.payment_id: earning for earning in earnings}


def _locked_debts(expert_ids: Collection[int]) -> dict[int, int]:
    """What experts owe us, in cents. Locked, because two releases at once must not both pay it."""
    codes = {ledger.receivable(expert_id).code: expert_id for expert_id in expert_ids}
    return {codes[code]: cents for code, cents in _DEBTS.rows_of(list(codes))}


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
    """The hold, fresh and locked, with its payment."""
    return (
        EscrowHold.objects.select_for_update(no_key=True, of=("self",))
        .select_related("payment__payee")
        .get(pk=hold.pk)
    )


def _movable(hold: EscrowHold) -> EscrowHold:
    hold = _locked(hold)
    _refuse_unmovable(hold)
    return hold


def _all_movable(payment_ids: list[int]) -> list[EscrowHold]:
    """The holds of payments, fresh and locked, with what their release and its invoice need, in one query."""
    holds: list[EscrowHold] = _TO_RELEASE.objects(_TO_RELEASE.rows_of(payment_ids))
    if len(holds) != len(payment_ids):
        raise EscrowHold.DoesNotExist(f"one of the payments {payment_ids} has no hold")
    for hold in holds:
        _refuse_unmovable(hold)
    return holds


def _refuse_unmovable(hold: EscrowHold) -> None:
    if hold.state == EscrowHold.State.FROZEN:
        raise Refusal(_("This payment is frozen while our team examines the order."))
    _refuse_if_gone(hold)


def _refuse_if_gone(hold: EscrowHold) -> None:
    if not hold.is_open:
        raise Refusal(_("This payment has already been paid out or refunded."))
