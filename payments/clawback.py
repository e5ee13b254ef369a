"""Money given back after it was released: refunds that come late, and chargebacks lost. Amounts are cents.

The commission goes back in proportion, cumulatively, so that any sequence ends exactly at the whole of it. The
expert's part comes out of what was set aside, then out of their balance; what is not there they owe, and their next
releases pay it first.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import half_up
from payments import ledger, refunds
from payments.invoices import issuing
from payments.models import Earning, EscrowHold, LedgerBalance, Refund
from payments.models.payment import next_attempt
from payments.outbox import after_commit, send_refund
from payments.payout_outbox import level_transfer

BY_TEAM = "team"
"""The reason of a refund that our team decides apart from any dispute or claim."""


@dataclass(frozen=True)
class Shares:
    """Who gives back what of an amount: the expert's net part, and our commission with its VAT."""

    net_cents: int
    commission_ht_cents: int
    vat_cents: int

    @property
    def commission_cents(self) -> int:
        return self.commission_ht_cents + self.vat_cents


def shares_of(earning: Earning, amount_cents: int, before_cents: int) -> Shares:
    """The parts of an amount that goes back, after ``before_cents`` of the release already did."""

    def cumulative(whole: int, cents: int) -> int:
        return half_up(whole * cents, earning.gross_cents)

    after = before_cents + amount_cents
    back = cumulative(earning.commission_cents, after) - cumulative(earning.commission_cents, before_cents)
    vat = cumulative(earning.commission_vat_cents, after) - cumulative(
        earning.commission_vat_cents, before_cents
    )
    return Shares(net_cents=amount_cents - back, commission_ht_cents=back - vat, vat_cents=vat)


def preview(hold: EscrowHold, amount_cents: int) -> tuple[Shares, int, int]:
    """The shares of a refund after release, what the expert's balance gives, and what they will owe."""
    shares = shares_of(hold.earning, amount_cents, hold.clawed_back_cents)
    there = ledger.balance(ledger.payable(hold.payee_id))
    from_balance = min(shares.net_cents, there)
    return shares, from_balance, shares.net_cents - from_balance


@transaction.atomic
def refund_released(hold: EscrowHold, amount_cents: int, *, reason: str) -> Refund:
    """Give a buyer back part or all of what was already paid to the expert; the gateway is asked after the commit.

    Raises ``Refusal`` when nothing was released, a bank is examining the payment, or the amount is not between one
    cent and what is left of the release.
    """
    hold = (
        EscrowHold.objects.select_for_update(no_key=True, of=("self",))
        .select_related("payment")
        .get(pk=hold.pk)
    )
    earning = Earning.objects.select_for_update(no_key=True).filter(hold=hold).first()
    if earning is None:
        raise Refusal(_("This payment has not been released."))
    if hold.payment.chargebacks.running().exists():
        raise Refusal(_("The buyer's bank is examining this payment: wait for its decision."))
    if not 0 < amount_cents <= hold.released_cents - hold.clawed_back_cents:
        raise Refusal(
            _("This amount cannot be refunded: it must be more than zero and at most what was released.")
        )
    refund = Refund.objects.create(
        hold=hold,
        amount_cents=amount_cents,
        reason=reason[:200],
        after_release=True,
        route=refunds.route_of(hold.payment),
        next_attempt_at=next_attempt(1, clock.now()),
    )
    legs = take_back(hold, earning, amount_cents, refund)
    ledger.post(
        f"refund:{refund.pk}:clawback",
        ledger.Kind.REFUND_CLAWBACK,
        [*legs, ledger.credit(ledger.refund_due(hold.payment), amount_cents)],
        subject=f"payment:{hold.payment_id}",
    )
    after_commit(send_refund, refund.pk)
    return refund


def take_back(
    hold: EscrowHold, earning: Earning, amount_cents: int, refund: Refund, *, set_aside_cents: int = 0
) -> list[ledger.Leg]:
    """Take an amount back from everyone who had a part of it; the debits of the movement. Rows must be locked."""
    shares = shares_of(earning, amount_cents, hold.clawed_back_cents)
    expert = hold.payee_id
    aside = min(shares.net_cents, set_aside_cents)
    there = _locked_balance(ledger.payable(expert))
    from_balance = min(shares.net_cents - aside, there)
    owed = shares.net_cents - aside - from_balance
    hold.clawed_back_cents += amount_cents
    hold.save(update_fields=["clawed_back_cents"])
    refund.from_expert_cents = aside + from_balance
    refund.owed_cents = owed
    refund.commission_back_cents = shares.commission_cents
    refund.save(update_fields=["from_expert_cents", "owed_cents", "commission_back_cents"])
    earning.commission_returned_cents += shares.commission_cents
    earning.save(update_fields=["commission_returned_cents"])
    _spread(earning, aside + from_balance)
    issuing.credit_for(refund, earning)
    return [
        ledger.debit(ledger.set_aside(expert), aside),
        ledger.debit(ledger.payable(expert), from_balance),
        ledger.debit(ledger.receivable(expert), owed),
        ledger.debit(ledger.COMMISSION, shares.commission_ht_cents),
        ledger.debit(ledger.VAT_COLLECTED, shares.vat_cents),
    ]


def _spread(earning: Earning, cents: int) -> None:
    """Note which earnings the money came out of, this one first; what lies at the provider follows."""
    others = Earning.objects.filter(expert_id=earning.expert_id).exclude(pk=earning.pk)
    now = clock.now()
    for row in [earning, *others.select_for_update(no_key=True).order_by("-released_at", "-pk")]:
        part = min(cents, row.kept_cents)
        if part:
            row.returned_cents += part
            if row.transfer_id:
                row.transfer_due_at = now
                after_commit(level_transfer, row.pk)
            row.save(update_fields=["returned_cents", "transfer_due_at"])
            cents -= part
        if not cents:
            return


def _locked_balance(account: ledger.Account) -> int:
    row = LedgerBalance.objects.select_for_update(no_key=True).filter(account__code=account.code).first()
    return row.balance_cents if row else 0
