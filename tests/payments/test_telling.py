"""Facts go up after the commit, at least once, and never from inside the transaction."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.kernel import clock
from payments import escrow, tasks
from payments.models import Payment, Refund
from payments.telling import tell_payment
from tests.payments import cash

pytestmark = pytest.mark.django_db


def later(**span) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(**span))


def test_each_fact_is_told_after_the_commit(payment, listener, errands, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        escrow.mark_failed(payment, "declined")
        assert listener.heard == []
    with django_capture_on_commit_callbacks(execute=True):
        escrow.mark_awaiting_transfer(payment, {"iban": "FR76"})
    with django_capture_on_commit_callbacks(execute=True):
        cash.receive(payment)

    payment.refresh_from_db()
    assert listener.heard == [
        ("failed", payment.pk),
        ("transfer awaited", payment.pk),
        ("received", payment.pk),
    ]
    assert payment.told_at is not None
    assert payment.tell_due_at is None


def test_nothing_is_told_of_what_was_rolled_back(payment, listener):
    tell_payment(payment.pk)

    assert listener.heard == []


def test_a_fact_that_nobody_heard_is_told_by_the_sweep(hold, listener, errands):
    assert tasks.sweep_facts() == 0, "the errand has a minute first"

    with later(minutes=2):
        assert tasks.sweep_facts() == 1
        assert listener.heard == [("received", hold.payment.pk)]
    with later(minutes=5):
        assert tasks.sweep_facts() == 0


def test_a_listener_that_fails_is_told_again(hold, listener, errands):
    listener.deaf = True
    with later(minutes=2):
        tasks.sweep_facts()
    assert listener.heard == []
    assert Payment.objects.get().told_at is None

    listener.deaf = False
    with later(minutes=4):
        assert tasks.sweep_facts() == 1
    assert listener.heard == [("received", hold.payment.pk)]


def test_a_newer_fact_is_not_closed_by_the_telling_of_an_older_one(payment, listener, monkeypatch):
    escrow.mark_failed(payment, "declined")

    def pay_meanwhile(self, payment_id):
        listener.heard.append(("failed", payment_id))
        with time_machine.travel(clock.now() + timedelta(seconds=5)):
            cash.receive(payment)

    monkeypatch.setattr(listener, "payment_failed", pay_meanwhile)
    tell_payment(payment.pk)

    assert Payment.objects.get().tell_due_at is not None
    tell_payment(payment.pk)
    assert listener.heard[-1] == ("received", payment.pk)


def test_an_expired_payment_has_nothing_left_to_tell(payment, listener, errands):
    escrow.mark_failed(payment, "declined")
    escrow.expire(payment)

    with later(minutes=2):
        assert tasks.sweep_facts() == 0
    assert listener.heard == []


def test_a_refund_is_told_by_the_sweep_too(hold, listener, errands):
    refund = escrow.refund(hold, reason="cancelled")
    Refund.objects.filter(pk=refund.pk).update(tell_due_at=clock.now() - timedelta(seconds=1))

    assert tasks.sweep_facts() == 1
    assert listener.heard == [("refund settled", refund.pk)]


def test_without_a_listener_payments_still_work(hold, settings):
    settings.PAYMENT_OBSERVER = ""

    tell_payment(hold.payment.pk)

    assert Payment.objects.get().told_at is not None


def test_a_sweep_of_nothing_is_one_query_a_table(django_assert_num_queries):
    with django_assert_num_queries(3):  # savepoint, select, release
        tasks.sweep_refunds()


def test_a_sweep_handles_a_batch_in_a_fixed_number_of_statements(buyer, expert, django_assert_num_queries):
    for _ in range(5):
        cash.receive(cash.ask(buyer, expert))
    with later(minutes=2), django_assert_num_queries(4 + 6):
        assert tasks.sweep_facts() == 5
