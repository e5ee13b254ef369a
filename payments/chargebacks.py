"""A payment contested at the buyer's bank, as the provider tells of it. Amounts are cents.

While the bank examines it nothing of it moves: a held payment freezes, and of a released one the expert's share is
set aside. Lost, the money comes out of where it lies; won, everything returns to where it was.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import calls, clawback, ledger, refunds
from payments.calls import Answer, Errand
from payments.gateways import DisputeState, DisputeStatus, gateway
from payments.models import Chargeback, Earning, EscrowHold, GatewayCall, Payment, Refund
from payments.observer import observer
from payments.outbox import perform_call
from payments.telling import after_commit, tell_chargeback, tell_refund

State = Chargeback.State
REASON = "chargeback"
OVER = {DisputeState.WON: State.WON, DisputeState.CLOSED: State.CLOSED}
"""Nothing was lost. What the bank took is on its way back until the provider says that it is reinstated."""


@transaction.atomic
def book(payment: Payment, status: DisputeStatus, *, by_hand: bool = False) -> Chargeback:
    """Bring a chargeback up to what the provider says. Repeating changes nothing, and a decision is final.

    ``by_hand``: our team says it in the provider's stead. Once the provider tells of it, it is the provider's, with
    the amounts that really left. Raises ``ValueError`` when it is known as one of another payment: its claim must not close against this one.
    """
    payment = payment.locked()
    hold = EscrowHold.objects.select_for_update(no_key=True).get(payment=payment)
    if not by_hand:
        _adopt(payment, status.gateway_id)
    chargeback, is_new = Chargeback.objects.select_for_update(no_key=True).get_or_create(
        gateway_id=status.gateway_id,
        defaults={
            "payment": payment,
            "by_hand": by_hand,
            "amount_cents": status.amount_cents,
            "reason": status.reason[:60],
            "answer_by": status.answer_by,
            "state": State.INQUIRY if status.state == DisputeState.INQUIRY else State.OPEN,
        },
    )
    if chargeback.payment_id != payment.pk:
        raise ValueError(
            f"dispute {status.gateway_id} is of payment {chargeback.payment_id}, not {payment.pk}"
        )
    if is_new:
        _set_aside(chargeback, hold)
        _owe_telling(chargeback)
    if not chargeback.is_running:
        return chargeback
    is_taken_over, chargeback.by_hand = chargeback.by_hand and not by_hand, by_hand
    if status.withdrawn_cents and (is_taken_over or not chargeback.withdrawn_cents):
        _take(chargeback, status)
    if status.state == DisputeState.OPEN and chargeback.state == State.INQUIRY:
        chargeback.state = State.OPEN
    chargeback.answer_by = status.answer_by
    if status.state == DisputeState.LOST:
        _lose(chargeback, hold)
    elif status.state in OVER and (status.is_reinstated or not chargeback.withdrawn_cents):
        _post(chargeback, "won", ledger.Kind.DISPUTE_WON, _till(payment), _claim(chargeback))
        _close(chargeback, hold, OVER[status.state])
    chargeback.save()
    return chargeback


def _adopt(payment: Payment, gateway_id: str) -> None:
    """What our team recorded under the bank's reference, and the provider now tells of under its own, is one."""
    if not Chargeback.objects.filter(gateway_id=gateway_id).exists():
        payment.chargebacks.running().filter(by_hand=True).update(gateway_id=gateway_id)


def _till(payment: Payment) -> ledger.Account:
    """Where the payment came in, and the bank takes it back from."""
    return ledger.BANK if refunds.came_to_our_bank(payment) else ledger.PSP


def _set_aside(chargeback: Chargeback, hold: EscrowHold) -> None:
    if hold.state == EscrowHold.State.HELD:
        hold.freeze()
        hold.save()
        chargeback.froze_hold = True
    earning = Earning.objects.select_for_update(no_key=True).filter(hold=hold).first()
    if earning is not None:
        chargeback.held_cents = _share_there(earning, hold, chargeback.amount_cents)
        ledger_legs = ledger.payable(hold.payee_id), ledger.set_aside(hold.payee_id)
        _post(chargeback, "hold", ledger.Kind.DISPUTE_HOLD, *ledger_legs, cents=chargeback.held_cents)
    chargeback.save()


def _share_there(earning: Earning, hold: EscrowHold, cents: int) -> int:
    """The expert's part of an amount that was released, as far as it is still on their balance."""
    released = min(cents, hold.released_cents - hold.clawed_back_cents)
    share = clawback.shares_of(earning, released, hold.clawed_back_cents).net_cents if released else 0
    return min(share, ledger.balance(ledger.payable(hold.payee_id)))


def preview(hold: EscrowHold, cents: int) -> tuple[int, int]:
    """What a chargeback freezes of what is held, and what it sets aside from the expert's balance."""
    earning = Earning.objects.filter(hold=hold).first()
    return hold.remaining_cents, _share_there(earning, hold, cents) if earning is not None else 0


def _take(chargeback: Chargeback, status: DisputeStatus) -> None:
    """The bank took the amount, and the provider its fee: what is not in the books of it yet."""
    key = f"dispute:{chargeback.pk}:opened"
    taken = status.withdrawn_cents - chargeback.withdrawn_cents
    fee = status.fee_cents - chargeback.fee_cents
    if not taken and not fee:
        return
    ledger.post(
        f"{key}:{chargeback.gateway_id}" if chargeback.withdrawn_cents else key,
        ledger.Kind.DISPUTE_OPENED,
        [
            ledger.debit(_claim(chargeback), taken),
            ledger.debit(ledger.DISPUTE_FEES, fee),
            ledger.credit(_till(chargeback.payment), taken + fee),
        ],
        subject=f"payment:{chargeback.payment_id}",
        source={"dispute": chargeback.gateway_id},
    )
    chargeback.withdrawn_cents, chargeback.fee_cents = status.withdrawn_cents, status.fee_cents


def _lose(chargeback: Chargeback, hold: EscrowHold) -> None:
    """The claim closes against what is held, then against what was released, and what neither covers is our loss."""
    payment, left = chargeback.payment, chargeback.withdrawn_cents
    legs: list[ledger.Leg] = []
    held = min(left, hold.remaining_cents)
    if held:
        legs.append(ledger.debit(ledger.escrow(payment), held))
        _give_up(hold, held)
        _refund(hold, held)
        left -= held
    _thaw(chargeback, hold)
    earning = Earning.objects.select_for_update(no_key=True).filter(hold=hold).first()
    released = min(left, hold.released_cents - hold.clawed_back_cents)
    used = 0
    if earning is not None and released:
        refund = _refund(hold, released, after_release=True)
        legs += clawback.take_back(hold, earning, released, refund, set_aside_cents=chargeback.held_cents)
        used = next(leg.amount_cents for leg in legs if leg.account == ledger.set_aside(hold.payee_id))
        left -= released
    owed, closed = _owed_refunds(hold, left)
    legs.append(ledger.debit(ledger.refund_due(payment), owed))
    left -= owed
    legs.append(ledger.debit(ledger.BAD_DEBT, left))
    if chargeback.withdrawn_cents:
        ledger.post(
            f"dispute:{chargeback.pk}:lost",
            ledger.Kind.DISPUTE_LOST,
            [*legs, ledger.credit(_claim(chargeback), chargeback.withdrawn_cents)],
            subject=f"payment:{payment.pk}",
            source={"dispute": chargeback.gateway_id},
        )
    for refund in closed:
        _by_the_bank(refund)
    _give_share_back(chargeback, chargeback.held_cents - used)
    _end(chargeback, State.LOST)


def _owed_refunds(hold: EscrowHold, cents: int) -> tuple[int, list[Refund]]:
    """Refunds decided before and never sent, or refused: the bank has paid the buyer in our stead."""
    open_ = hold.refunds.select_for_update(no_key=True).filter(
        state__in=[Refund.State.DECIDED, Refund.State.FAILED]
    )
    found: list[Refund] = []
    owed = 0
    for refund in open_.order_by("pk"):
        if owed + refund.amount_cents <= cents:
            owed += refund.amount_cents
            found.append(refund)
    return owed, found


def _by_the_bank(refund: Refund) -> None:
    """Close a refund that nobody has to send any more."""
    if refund.state == Refund.State.FAILED:
        refund.decide_again(clock.now())
    refund.route = Refund.Route.CHARGEBACK
    refund.succeed(clock.now())
    refund.save()
    after_commit(tell_refund, refund.pk)


def _give_up(hold: EscrowHold, cents: int) -> None:
    """What is held shrinks by what the bank kept, whoever froze it."""
    if cents == hold.remaining_cents:
        if hold.state == EscrowHold.State.FROZEN:
            hold.unfreeze()
        hold.refund_rest()
    else:
        remaining = hold.remaining_cents - cents
        hold.refunded_cents += cents
        hold.commission_cents = hold.payment.terms.commission_on(remaining).ttc
        hold.net_cents = remaining - hold.commission_cents
    hold.save()


def _refund(hold: EscrowHold, cents: int, *, after_release: bool = False) -> Refund:
    """The buyer has this money already: a refund that nobody sends."""
    refund = Refund(
        hold=hold,
        amount_cents=cents,
        reason=REASON,
        route=Refund.Route.CHARGEBACK,
        after_release=after_release,
    )
    refund.succeed(clock.now())
    refund.tell_due_at = None
    refund.save()
    return refund


def _close(chargeback: Chargeback, hold: EscrowHold, state: str) -> None:
    """Everything returns to where it was."""
    _thaw(chargeback, hold)
    _give_share_back(chargeback, chargeback.held_cents)
    _end(chargeback, state)


def _thaw(chargeback: Chargeback, hold: EscrowHold) -> None:
    """What this chargeback froze may move again, unless another one is examined: the ice is then its own."""
    if not chargeback.froze_hold or hold.state != EscrowHold.State.FROZEN:
        return
    other = chargeback.payment.chargebacks.running().exclude(pk=chargeback.pk).first()
    if other is not None:
        other.froze_hold = True
        other.save(update_fields=["froze_hold"])
        return
    hold.unfreeze()
    hold.save()


def _give_share_back(chargeback: Chargeback, cents: int) -> None:
    expert = chargeback.payment.payee_id
    legs = ledger.set_aside(expert), ledger.payable(expert)
    _post(chargeback, "unhold", ledger.Kind.DISPUTE_UNHOLD, *legs, cents=cents)


def _end(chargeback: Chargeback, state: str) -> None:
    chargeback.state = state
    chargeback.closed_at = clock.now()
    _owe_telling(chargeback)


def _owe_telling(chargeback: Chargeback) -> None:
    chargeback.owe_telling()
    chargeback.save()
    after_commit(tell_chargeback, chargeback.pk)


def _claim(chargeback: Chargeback) -> ledger.Account:
    return ledger.claim(chargeback.pk)


def _post(
    chargeback: Chargeback,
    step: str,
    kind: str,
    debited: ledger.Account,
    credited: ledger.Account,
    *,
    cents: int | None = None,
) -> None:
    amount = chargeback.withdrawn_cents if cents is None else cents
    if amount:
        ledger.post(
            f"dispute:{chargeback.pk}:{step}",
            kind,
            [ledger.debit(debited, amount), ledger.credit(credited, amount)],
            subject=f"payment:{chargeback.payment_id}",
        )


# --- Answering ------------------------------------------------------------------------------------------------


def evidence_for(chargeback: Chargeback) -> dict[str, str]:
    """The file of the order, in the words a bank expects: who, what, when delivered, when accepted."""
    payment = chargeback.payment
    return {
        "customer_name": payment.payer.get_full_name(),
        "customer_email_address": payment.payer.email,
        "product_description": payment.description,
        **observer().evidence(payment.pk),
    }


@transaction.atomic
def answer(chargeback: Chargeback) -> Chargeback:
    """Send the bank our evidence, once; after the commit. Of one recorded by hand, note that our team sent it.

    Raises ``Refusal`` when it was sent, or the bank has decided.
    """
    chargeback = chargeback.locked()
    if not chargeback.is_running or chargeback.evidence_sent_at is not None:
        raise Refusal(_("The evidence was sent already, or the bank has decided."))
    chargeback.evidence_sent_at = clock.now()
    chargeback.save(update_fields=["evidence_sent_at"])
    if chargeback.by_hand:
        return chargeback
    call = calls.ask(
        GatewayCall.Kind.EVIDENCE,
        f"dispute:{chargeback.gateway_id}:evidence",
        {"dispute": chargeback.gateway_id, "evidence": evidence_for(chargeback)},
        subject=f"payment:{chargeback.payment_id}",
    )
    after_commit(perform_call, call.pk)
    return chargeback


def _send_evidence(call: GatewayCall) -> Answer:
    gateway().send_evidence(call.payload["dispute"], call.payload["evidence"])
    return Answer(call.payload["dispute"])


def _refuse_evidence(call: GatewayCall) -> None:
    Chargeback.objects.filter(gateway_id=call.payload["dispute"]).update(evidence_sent_at=None)


calls.register(GatewayCall.Kind.EVIDENCE, Errand(_send_evidence, refuse=_refuse_evidence))
