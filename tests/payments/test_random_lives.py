"""Whatever happens to a payment, in whatever order, the books add up and no cent is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import escrow, ledger
from payments.gateways import gateway
from payments.models import EscrowHold, Payment, Refund
from payments.outbox import send_refund
from payments.sandbox import actions as sandbox
from payments.sandbox.models import SandboxRefund, SandboxSession
from payments.terms import HT, TTC, CommissionTerms
from tests.payments import cash

pytestmark = pytest.mark.django_db

ACTS = st.one_of(
    st.tuples(st.sampled_from(["checkout", "decline", "pay", "transfer", "expire", "refresh", "release"])),
    st.tuples(st.sampled_from(["freeze", "unfreeze", "send refunds", "bounce", "refund rest", "retry"])),
    st.tuples(st.just("part of the transfer"), st.integers(1, 20_000)),
    st.tuples(st.just("refund"), st.integers(1, 20_000)),
    st.tuples(st.just("receive"), st.sampled_from([0, 0, 0, -1, 1])),
)


class Life:
    """One payment, and everything that may be done to it."""

    def __init__(self, payment: Payment) -> None:
        self.payment = payment

    @property
    def page(self) -> SandboxSession | None:
        return SandboxSession.objects.filter(reference=self.payment.public_id).last()

    @property
    def hold(self) -> EscrowHold | None:
        return EscrowHold.objects.filter(payment=self.payment).first()

    def act(self, name: str, number: int = 0) -> None:
        page, hold = self.page, self.hold
        refunds = list(Refund.objects.filter(hold__payment=self.payment))
        match name:
            case "checkout":
                cash.checkout(self.payment)
            case "refresh":
                escrow.refresh(self.payment)
            case "expire":
                escrow.expire(self.payment)
            case "receive" if page:
                cents = self.payment.amount_cents + number
                escrow.receive(
                    self.payment, amount_cents=cents, gateway_id=page.token, occurred_at=clock.now()
                )
            case "pay" if page:
                sandbox.pay(page, "card")
            case "decline" if page:
                sandbox.decline(page)
            case "transfer" if page:
                sandbox.choose_transfer(page)
            case "part of the transfer" if page:
                sandbox.receive_transfer(page, number)
            case "release" if hold:
                escrow.release(hold, clearing=cash.CLEARING)
            case "freeze" if hold:
                escrow.freeze(hold)
            case "unfreeze" if hold:
                escrow.unfreeze(hold)
            case "refund" if hold:
                escrow.refund(hold, number, reason="x")
            case "refund rest" if hold:
                escrow.refund(hold, reason="x")
            case "send refunds":
                for refund in refunds:
                    send_refund(refund.pk)
            case "bounce":
                for asked in SandboxRefund.objects.filter(session__reference=self.payment.public_id):
                    sandbox.settle_refund(asked, succeeds=False)
                    gateway().look_up_refund(asked.token)
            case "retry" if refunds:
                escrow.retry_refund(refunds[0])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cents=st.integers(1, 20_000),
    rate_bp=st.integers(0, 5_000),
    base=st.sampled_from([TTC, HT]),
    acts=st.lists(ACTS, max_size=14),
)
def test_no_cent_is_lost_on_any_road(buyer, expert, cents, rate_bp, base, acts):
    life = Life(cash.ask(buyer, expert, cents, terms=CommissionTerms(rate_bp, base=base)))
    owed_before = ledger.own_funds()

    for act in [("checkout",), *acts]:
        before = cash.snapshot()
        try:
            life.act(*act)
        except Refusal:
            assert cash.snapshot() == before, "a refusal moved something"
        except ValueError:
            # The sandbox was paid by nobody: `receive` came from elsewhere, and it has nothing to give back.
            assert act == ("send refunds",)

    assert ledger.audit() == []
    hold = life.hold
    if hold is not None:
        assert hold.released_cents + hold.refunded_cents + hold.remaining_cents == cents
        earned = hold.earning if hasattr(hold, "earning") else None
        kept = earned.commission_cents if earned else 0
        assert ledger.own_funds() - owed_before == kept, "only commission is ours"
        assert (earned.net_cents if earned else 0) + kept == hold.released_cents
