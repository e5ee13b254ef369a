"""The same instant on real threads: one commit wins, and money moves once."""

import threading

import pytest
from django.db import connection

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from payments import escrow, inbox, ledger
from payments.models import Earning, EscrowHold, InboundEvent, LedgerTransaction, Payment, Refund
from payments.sandbox import actions as sandbox
from payments.sandbox.models import SandboxRefund, SandboxSession
from tests.payments import cash

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run acts together; return what each gave back or raised."""
    gate = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(index, act):
        try:
            gate.wait(10)
            results[index] = act()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def errors(results):
    return [result for result in results if isinstance(result, Exception)]


def test_two_callbacks_at_once_receive_once(payment):
    cash.checkout(payment)
    page = sandbox.pay(SandboxSession.objects.get(), "card")
    events = [
        InboundEvent.objects.create(
            event_id=f"evt_{number}",
            kind="checkout.paid",
            subject="checkout",
            object_id=page.token,
            payload={},
        )
        for number in range(4)
    ]

    results = at_once(
        *[lambda event=event: inbox.process(event) for event in events], lambda: escrow.refresh(payment)
    )

    assert errors(results) == []
    assert EscrowHold.objects.count() == LedgerTransaction.objects.count() == 1
    assert InboundEvent.objects.filter(state="processed").count() == 4


def test_two_releases_pay_once(hold, expert):
    results = at_once(*[lambda: escrow.release(hold, clearing=cash.CLEARING)] * 4)

    assert len([result for result in errors(results) if isinstance(result, Refusal)]) == 3
    assert Earning.objects.count() == 1
    assert ledger.balance(ledger.payable(expert)) == 108_00


def test_a_release_against_a_refund_has_one_winner(hold):
    results = at_once(
        lambda: escrow.release(hold, clearing=cash.CLEARING), lambda: escrow.refund(hold, reason="cancelled")
    )

    assert len(errors(results)) == 1
    assert isinstance(errors(results)[0], Refusal)
    assert Earning.objects.count() + Refund.objects.count() == 1


def test_refunds_at_once_never_give_back_more_than_is_held(hold):
    results = at_once(*[lambda: escrow.refund(hold, 50_00, reason="x")] * 4)

    assert len(errors(results)) == 2
    hold.refresh_from_db()
    assert (hold.refunded_cents, hold.remaining_cents) == (100_00, 20_00)


def test_money_against_the_expiry_is_held_or_goes_back(payment):
    results = at_once(lambda: cash.receive(payment), lambda: escrow.expire(payment))

    payment.refresh_from_db()
    hold = EscrowHold.objects.get()
    if payment.state == Payment.State.RECEIVED:
        assert isinstance(results[1], Refusal)
        assert hold.state == EscrowHold.State.HELD
    else:
        assert errors(results) == []
        assert hold.state == EscrowHold.State.REFUNDED


def test_two_clicks_at_once_open_one_page(payment):
    results = at_once(*[lambda: cash.checkout(payment)] * 4)

    assert len(set(results)) == 1
    assert SandboxSession.objects.count() == 1


def test_first_earnings_of_one_expert_at_once_all_count(buyer, expert):
    """The expert's account does not exist yet, and each release wants to create it."""
    holds = [cash.receive(cash.ask(buyer, expert)) for _ in range(4)]

    results = at_once(*[lambda hold=hold: escrow.release(hold, clearing=cash.CLEARING) for hold in holds])

    assert errors(results) == []
    assert ledger.balance(ledger.payable(expert)) == 4 * 108_00


def test_refunds_sent_at_once_leave_once(payment):
    from payments.outbox import send_refund

    cash.checkout(payment)
    sandbox.pay(SandboxSession.objects.get(), "card")
    refund = escrow.refund(escrow.refresh(payment).hold, reason="cancelled")

    results = at_once(*[lambda: send_refund.run(refund.pk)] * 4)

    assert errors(results) == []
    assert SandboxRefund.objects.count() == 1
    assert ledger.balance(ledger.PSP) == 0


def test_movements_in_opposite_directions_do_not_deadlock(buyer, expert):
    from payments.models import LedgerAccount

    left = ledger.Account("till:left", LedgerAccount.Kind.ASSET, "531")
    right = ledger.Account("till:right", LedgerAccount.Kind.ASSET, "531")
    bank = ledger.Account("bank:main", LedgerAccount.Kind.ASSET, "512", may_overdraw=True)
    for till in (left, right):
        ledger.post(f"fund:{till.code}", "test", [ledger.debit(till, 100), ledger.credit(bank, 100)])

    def move(source, target, name):
        def moves():
            for number in range(10):
                legs = [ledger.debit(target, 1), ledger.credit(source, 1)]
                ledger.post(f"{name}:{number}", "test", legs, occurred_at=clock.now())

        return moves

    results = at_once(
        move(left, right, "a"), move(right, left, "b"), move(left, right, "c"), move(right, left, "d")
    )

    assert errors(results) == []
    assert ledger.balance(left) == ledger.balance(right) == 100


def test_the_last_cent_is_spent_once(hold, expert):
    """Thirty withdrawals of 7 € on 100 €: fourteen pass."""
    from payments.models import LedgerAccount

    payment = hold.payment
    escrow.refund(hold, 20_00, reason="x")
    outside = ledger.Account("psp:stripe:elsewhere", LedgerAccount.Kind.ASSET, "5171", may_overdraw=True)

    def withdraw(number):
        source = ledger.escrow(payment)
        return lambda: ledger.post(
            f"test:{number}", "test", [ledger.debit(source, 7_00), ledger.credit(outside, 7_00)]
        )

    results = [
        result for start in range(0, 30, 10) for result in at_once(*map(withdraw, range(start, start + 10)))
    ]

    assert len(errors(results)) == 16
    assert ledger.balance(ledger.escrow(payment)) == 2_00
    put_back = [ledger.debit(outside, 98_00), ledger.credit(ledger.escrow(payment), 98_00)]
    ledger.post("test:back", "test", put_back)
