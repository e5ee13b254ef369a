"""Part of a commission given back to the expert, when less was done than it was taken for. Amounts are cents."""

from django.db import transaction

from marketplace.kernel import clock
from marketplace.kernel.money import Taxed, from_ht, half_up
from payments import ledger, rails
from payments.invoices import issuing
from payments.models import Earning, EscrowHold, LedgerBalance, Withdrawal
from payments.outbox import after_commit
from payments.payout_outbox import level_transfer


@transaction.atomic
def give_back(hold: EscrowHold, *, due_ht_cents: int, refunding_cents: int = 0, reference: str = "") -> Taxed:
    """Bring the commission taken on a released payment down to what is due, and give the rest to the expert.

    ``due_ht_cents``: the commission without VAT that stays once ``refunding_cents`` of the release are about to go
    back to the buyer, which gives its own part back in proportion. What the expert owes is paid first. ``reference``
    names the reason where one payment may give back several times. Returns what is given back here, nothing when the
    commission is already as low. Raises ``ValueError`` when nothing was released.
    """
    reason = f":{reference}" if reference else ""
    hold = (
        EscrowHold.objects.select_for_update(no_key=True, of=("self",))
        .select_related("payment__payee")
        .get(pk=hold.pk)
    )
    earning = Earning.objects.select_for_update(no_key=True).filter(hold=hold).first()
    if earning is None:
        raise ValueError("no commission was taken on a payment that was not released")
    due = from_ht(due_ht_cents, hold.payment.vat_bp)
    whole = min(
        earning.commission_cents, _whole_for(due.ttc, earning.commission_cents, earning, refunding_cents)
    )
    vat = min(earning.commission_vat_cents, _whole_for(due.vat, whole, earning, refunding_cents))
    back, back_vat = earning.commission_cents - whole, earning.commission_vat_cents - vat
    if back <= 0:
        return Taxed(ht=0, vat=0)
    issuing.charge(earning.pk)  # its invoice says what was taken, before the credit note says what goes back
    debt = LedgerBalance.objects.select_for_update(no_key=True).filter(
        account__code=ledger.receivable(hold.payee_id).code
    )
    owed = min(debt[0].balance_cents if debt else 0, back)
    ledger.post(
        f"payment:{hold.payment_id}:commission_adjust{reason}",
        ledger.Kind.COMMISSION_ADJUST,
        [
            ledger.debit(ledger.COMMISSION, back - back_vat),
            ledger.debit(ledger.VAT_COLLECTED, back_vat),
            ledger.credit(ledger.payable(hold.payee_id), back - owed),
            ledger.credit(ledger.receivable(hold.payee_id), owed),
        ],
        subject=f"payment:{hold.payment_id}",
    )
    hold.commission_cents, hold.net_cents = hold.commission_cents - back, hold.net_cents + back
    hold.save(update_fields=["commission_cents", "net_cents"])
    earning.commission_cents, earning.commission_vat_cents = whole, vat
    earning.net_cents += back
    earning.recouped_cents += owed
    if rails.rail_of(hold.payment.payee) == Withdrawal.Rail.CONNECT:
        earning.transfer_due_at = clock.now()
        after_commit(level_transfer, earning.pk)
    earning.save()
    given = Taxed(ht=back - back_vat, vat=back_vat)
    issuing.credit_commission(earning, given, reference=f"payment:{hold.payment_id}{reason}")
    return given


def _whole_for(due: int, limit: int, earning: Earning, refunding: int) -> int:
    """What a whole must be for ``due`` to stay of it once its part of a refund has gone, to the cent if possible."""
    gross = earning.gross_cents
    if refunding >= gross:
        return 0
    near = half_up(due * gross, gross - refunding)
    for whole in (near, near - 1, near + 1, near - 2, near + 2):
        if 0 <= whole <= limit and whole - half_up(whole * refunding, gross) == due:
            return whole
    return max(0, min(near, limit))
