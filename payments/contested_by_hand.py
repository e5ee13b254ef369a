"""A payment contested at a bank that no provider tells us of: our team writes down what the bank says. Amounts are cents.

The same books as when the provider tells: frozen or set aside meanwhile, then lost or returned.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.kernel.errors import Refusal
from payments import chargebacks
from payments.gateways import DisputeState, DisputeStatus
from payments.models import Chargeback, Payment


@transaction.atomic
def record(
    payment: Payment,
    *,
    reference: str,
    amount_cents: int,
    is_taken: bool,
    fee_cents: int = 0,
    answer_by: datetime | None = None,
) -> Chargeback:
    """Freeze what a buyer's bank contests, under the bank's own reference.

    ``is_taken``: the amount and the fee left our account already. Raises ``Refusal`` when the payment was never
    received, another chargeback of it runs, the reference is known, or the amount is more than was paid.
    """
    payment = payment.locked()
    if payment.received_at is None:
        raise Refusal(_("This payment was never received: there is nothing to contest."))
    if payment.chargebacks.running().exists():
        raise Refusal(_("A chargeback of this payment is already being examined."))
    if Chargeback.objects.filter(gateway_id=reference).exists():
        raise Refusal(_("A chargeback with this reference is already known."))
    if not 0 < amount_cents <= payment.amount_cents:
        raise Refusal(_("No more can be contested than was paid."))
    state = DisputeState.OPEN if is_taken else DisputeState.INQUIRY
    told = _told(reference, state, amount_cents, fee_cents if is_taken else 0, is_taken, answer_by)
    return chargebacks.book(payment, told, by_hand=True)


@transaction.atomic
def decide(chargeback: Chargeback, *, is_lost: bool, fee_cents: int = 0) -> Chargeback:
    """Write down the bank's decision: lost, the amount is gone; won, what it had taken is back on our account.

    ``fee_cents``: what the bank asks for a case lost whose amount it had not taken before. Raises ``Refusal`` when
    the provider tells of this chargeback itself, or it is decided.
    """
    chargeback = chargeback.locked()
    if not chargeback.by_hand or not chargeback.is_running:
        raise Refusal(_("The provider tells of this chargeback itself, or it is decided."))
    is_taken = is_lost or bool(chargeback.withdrawn_cents)
    state = DisputeState.LOST if is_lost else DisputeState.WON
    fee = chargeback.fee_cents if chargeback.withdrawn_cents else fee_cents
    told = _told(
        chargeback.gateway_id,
        state,
        chargeback.amount_cents,
        fee,
        is_taken,
        chargeback.answer_by,
        is_back=True,
    )
    return chargebacks.book(chargeback.payment, told, by_hand=True)


def _told(
    reference: str,
    state: DisputeState,
    amount_cents: int,
    fee_cents: int,
    is_taken: bool,
    answer_by: datetime | None,
    *,
    is_back: bool = False,
) -> DisputeStatus:
    """What the provider would have said."""
    return DisputeStatus(
        reference,
        "",
        state,
        amount_cents,
        withdrawn_cents=amount_cents if is_taken else 0,
        fee_cents=fee_cents,
        is_reinstated=is_back,
        answer_by=answer_by,
    )
