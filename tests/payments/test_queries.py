"""Balances, earnings and the road of each cent."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.kernel import clock
from payments import escrow
from payments.models import Earning
from payments.queries import Balance, balance_of, earnings_of, money_timeline, monthly_net
from payments.terms import CommissionTerms
from tests.payments import cash

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")


def earn(buyer, expert, cents=100_00, clearing=timedelta(days=3)) -> Earning:
    return escrow.release(cash.receive(cash.ask(buyer, expert, cents)), clearing=clearing)


def test_nobody_starts_with_money(expert):
    assert balance_of(expert) == Balance(0, 0, 0, None)


def test_money_is_held_then_clears_then_is_available(hold, buyer, expert):
    assert balance_of(expert) == Balance(108_00, 0, 0, None)

    earning = escrow.release(hold, clearing=timedelta(days=3))
    assert balance_of(expert) == Balance(0, 108_00, 0, earning.available_at)

    with time_machine.travel(earning.available_at - timedelta(seconds=1)):
        assert balance_of(expert).available_cents == 0
    with time_machine.travel(earning.available_at):
        assert balance_of(expert) == Balance(0, 0, 108_00, None)
        next_one = earn(buyer, expert)
        assert balance_of(expert) == Balance(0, 90_00, 108_00, next_one.available_at)


def test_a_frozen_hold_still_counts_and_a_refunded_part_does_not(hold, expert):
    escrow.refund(hold, 20_00, reason="late")
    escrow.freeze(hold)

    assert balance_of(expert).held_cents == 90_00


def test_one_expert_never_sees_the_money_of_another(hold, stranger):
    escrow.release(hold, clearing=cash.CLEARING)

    assert balance_of(stranger) == Balance(0, 0, 0, None)
    assert not earnings_of(stranger).exists()
    assert all(net == 0 for _, net in monthly_net(stranger))


def test_a_balance_takes_one_query(hold, buyer, expert, django_assert_num_queries):
    for _ in range(3):
        earn(buyer, expert)
    with django_assert_num_queries(1):
        balance_of(expert)


def test_each_earning_leads_to_its_payment(buyer, expert, django_assert_num_queries):
    first, second = earn(buyer, expert), earn(buyer, expert, 50_00)

    with django_assert_num_queries(1):
        rows = [(row.pk, row.hold.payment.reference, row.net_cents) for row in earnings_of(expert)]

    assert rows == [(second.pk, "J-24817", 45_00), (first.pk, "J-24817", 90_00)]


def test_months_are_those_of_paris_and_none_is_missing(buyer, expert):
    with time_machine.travel(datetime(2026, 3, 1, 0, 30, tzinfo=PARIS)):
        earn(buyer, expert, 100_00)
    with time_machine.travel(datetime(2026, 2, 28, 23, 30, tzinfo=PARIS)):
        earn(buyer, expert, 10_00)
    with time_machine.travel(datetime(2025, 12, 31, 23, 59, tzinfo=PARIS)):
        earn(buyer, expert, 200_00)

    with time_machine.travel(datetime(2026, 3, 15, tzinfo=PARIS)):
        assert monthly_net(expert, months=3) == [
            (date(2026, 1, 1), 0),
            (date(2026, 2, 1), 9_00),
            (date(2026, 3, 1), 90_00),
        ]
        year = monthly_net(expert)
    assert len(year) == 12
    assert year[0][0] == date(2025, 4, 1)
    assert year[8] == (date(2025, 12, 1), 180_00)


def amounts(lines):
    return [(line.kind, line.amount_cents) for line in lines]


def test_the_road_of_a_payment_that_was_split(hold):
    escrow.refund(hold, 40_00, reason="ruling")
    with time_machine.travel(clock.now() + timedelta(days=1)):
        escrow.release(hold, clearing=cash.CLEARING)

    expert_sees = money_timeline([hold.payment])
    buyer_sees = money_timeline([hold.payment], viewer="buyer")

    assert amounts(expert_sees) == [
        ("received", 120_00),
        ("refunded", -40_00),
        ("commission", -6_67),
        ("vat", -1_33),
        ("released", -72_00),
    ]
    assert amounts(buyer_sees) == [("received", 120_00), ("refunded", -40_00), ("released", -80_00)]
    assert buyer_sees[1].note == "On its way to the bank"
    assert [line.label for line in buyer_sees] == ["You paid", "Refunded to you", "Paid to the expert"]
    assert [line.shown_cents for line in buyer_sees] == [120_00, 40_00, 80_00]


def test_what_is_held_comes_last_and_says_when_it_is_frozen(hold):
    assert amounts(money_timeline([hold.payment])) == [("received", 120_00), ("held", -120_00)]

    escrow.freeze(hold)

    assert money_timeline([hold.payment])[-1].label == "Frozen while our team examines the order"


def test_before_the_money_came_there_is_nothing_to_tell(payment):
    assert money_timeline([payment]) == []


def test_many_payments_take_one_query(buyer, expert, django_assert_num_queries):
    payments = []
    for _ in range(4):
        payment = cash.ask(buyer, expert)
        hold = cash.receive(payment)
        escrow.refund(hold, 10_00, reason="x")
        escrow.release(hold, clearing=cash.CLEARING)
        payments.append(payment)

    with django_assert_num_queries(1):
        lines = money_timeline(payments)
    assert sum(line.amount_cents for line in lines) == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cents=st.integers(1, 1_000_000),
    parts=st.lists(st.integers(1, 400_000), max_size=3),
    rate_bp=st.sampled_from([0, 1_000, 1_500, 2_000]),
    ends=st.sampled_from(["held", "frozen", "released"]),
)
def test_the_lines_always_sum_to_zero(buyer, expert, cents, parts, rate_bp, ends):
    payment = cash.ask(buyer, expert, cents, terms=CommissionTerms(rate_bp))
    hold = cash.receive(payment)
    for part in parts:
        hold.refresh_from_db()
        if hold.is_open and part <= hold.remaining_cents:
            escrow.refund(hold, part, reason="x")
    hold.refresh_from_db()
    if hold.is_open and ends == "released":
        escrow.release(hold, clearing=cash.CLEARING)
    elif hold.is_open and ends == "frozen":
        escrow.freeze(hold)

    for viewer in ("buyer", "expert", "staff"):
        assert sum(line.amount_cents for line in money_timeline([payment], viewer=viewer)) == 0
