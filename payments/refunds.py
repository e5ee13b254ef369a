"""What the gateway says of a refund, written down. The decision was taken before; see `payments.escrow`."""

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import ledger
from payments.gateways import RefundState, RefundStatus
from payments.models import Payment, Refund
from payments.telling import after_commit, tell_refund


@transaction.atomic
def book(refund: Refund, status: RefundStatus) -> Refund:
    """Bring a refund up to what the gateway says, and the ledger with it. Doing it twice changes nothing.

    A refund that succeeded may fail days later: the money is then back with us, and owed to the buyer again.
    """
    refund = refund.locked()
    if refund.gateway_id and refund.gateway_id != status.gateway_id:
        return refund  # news of an earlier round
    now = clock.now()
    if status.state == RefundState.PENDING and refund.state == Refund.State.DECIDED:
        refund.mark_sent(status.gateway_id, now)
        refund.save()
    elif status.state == RefundState.SUCCEEDED and refund.state in Refund.UNDER_WAY:
        refund.gateway_id = status.gateway_id
        refund.succeed(now)
        refund.save()
        _post(refund, "succeeded", ledger.Kind.REFUND_SUCCEEDED)
        after_commit(tell_refund, refund.pk)
    elif status.state == RefundState.FAILED and refund.state != Refund.State.FAILED:
        had_left = refund.state == Refund.State.SUCCEEDED
        refund.gateway_id = status.gateway_id
        refund.fail(status.failure, now)
        refund.save()
        if had_left:
            _post(refund, "failed", ledger.Kind.REFUND_FAILED)
        after_commit(tell_refund, refund.pk)
    return refund


@transaction.atomic
def refuse(refund: Refund, reason: str) -> Refund:
    """The gateway will not carry it out: the money stays owed to the buyer, and staff are told."""
    refund = refund.locked()
    if refund.state == Refund.State.DECIDED:
        refund.fail(reason, clock.now())
        refund.save()
        after_commit(tell_refund, refund.pk)
    return refund


def refuse_while_contested(payment: Payment) -> None:
    """Raise ``Refusal`` while the buyer's bank examines a payment: what it gives back must not be given twice."""
    if payment.chargebacks.running().exists():
        raise Refusal(_("The buyer's bank is examining this payment: wait for its decision."))


def came_to_our_bank(payment: Payment) -> bool:
    """Whether a payment came to our own bank account, not to the provider."""
    return payment.gateway_id.startswith("bank:")


def route_of(payment: Payment) -> str:
    """How money of this payment goes back: the way it came, unless it came to our own bank."""
    return Refund.Route.BY_HAND if came_to_our_bank(payment) else Refund.Route.GATEWAY


@transaction.atomic
def paid_by_hand(refund: Refund, *, reference: str) -> Refund:
    """Our team paid the buyer back by bank transfer, which the reference proves: the way it was paid is gone, or was
    our own bank. Raises ``Refusal`` when it is paid back, or still in the provider's hands.
    """
    refund = refund.locked()
    refuse_while_contested(refund.hold.payment)
    failed = refund.state == Refund.State.FAILED
    if not failed and not (refund.is_by_hand and refund.state in Refund.UNDER_WAY):
        raise Refusal(_("This refund is paid back, or still with the payment provider."))
    now = clock.now()
    if failed:
        refund.decide_again(now)
    refund.route, refund.bank_reference = Refund.Route.BY_HAND, reference[:120]
    refund.succeed(now)
    refund.save()
    _post(refund, "succeeded", ledger.Kind.REFUND_SUCCEEDED)
    after_commit(tell_refund, refund.pk)
    return refund


def _post(refund: Refund, outcome: str, kind: str) -> None:
    payment = refund.hold.payment
    due, psp = ledger.refund_due(payment), ledger.BANK if refund.is_by_hand else ledger.PSP
    source, target = (due, psp) if outcome == "succeeded" else (psp, due)
    key = f"refund:{refund.pk}:{outcome}"
    ledger.post(
        key if refund.round == 1 else f"{key}:{refund.round}",
        kind,
        [ledger.debit(source, refund.amount_cents), ledger.credit(target, refund.amount_cents)],
        subject=f"payment:{payment.pk}",
        source={"refund": refund.gateway_id},
    )
