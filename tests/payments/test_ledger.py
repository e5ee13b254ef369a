"""Movements are recorded once, balanced, and read back in the sense people expect."""

import pytest
from django.db import IntegrityError, connection, transaction

from payments import ledger
from payments.models import LedgerAccount, LedgerPosting, LedgerTransaction

pytestmark = pytest.mark.django_db

SUSPENSE = ledger.Account("suspense:incoming", LedgerAccount.Kind.LIABILITY, "471")
TILL = ledger.Account("till:shop", LedgerAccount.Kind.ASSET, "531")


def move(key: str = "test:1", cents: int = 100_00, **more):
    legs = [ledger.debit(TILL, cents), ledger.credit(SUSPENSE, cents)]
    return ledger.post(key, "test", legs, **more)


def test_a_movement_is_recorded_with_its_postings_and_balances():
    posted = move(subject="test:9", source={"from": "nowhere"})

    row = LedgerTransaction.objects.get(pk=posted.transaction_id)
    assert posted.is_new
    assert (row.kind, row.subject, row.source) == ("test", "test:9", {"from": "nowhere"})
    assert ledger.balance(TILL) == 100_00
    assert ledger.balance(SUSPENSE) == 100_00, "a debt is positive on its own side"
    assert ledger.balance("nothing:here") == 0


def test_a_movement_takes_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        move()
    with django_assert_num_queries(1):
        move("test:2")


def test_the_same_key_and_content_is_a_no_op():
    first = move(source={"event": "a"})
    again = move(source={"event": "b"})

    assert again == ledger.Posted(first.transaction_id, is_new=False)
    assert ledger.balance(TILL) == 100_00
    assert LedgerPosting.objects.count() == 2


@pytest.mark.parametrize("other", [{"cents": 100_01}, {"subject": "another:1"}])
def test_the_same_key_with_another_content_is_refused(other):
    move()

    with pytest.raises(ledger.Conflict, match="test:1"):
        move(**other)

    assert ledger.balance(TILL) == 100_00


def test_the_order_of_the_legs_is_not_content():
    move()
    ledger.post("test:1", "test", [ledger.credit(SUSPENSE, 100_00), ledger.debit(TILL, 100_00)])

    assert LedgerTransaction.objects.count() == 1


@pytest.mark.parametrize(
    "legs",
    [
        [],
        [ledger.debit(TILL, 5)],
        [ledger.debit(TILL, 0), ledger.credit(SUSPENSE, 0)],
        [ledger.debit(TILL, 5), ledger.credit(SUSPENSE, 4)],
    ],
)
def test_what_does_not_balance_is_refused_before_it_is_written(legs):
    with pytest.raises(ledger.Unbalanced):
        ledger.post("test:1", "test", legs)

    assert not LedgerTransaction.objects.exists()


def test_legs_of_nothing_are_left_out():
    vat = ledger.credit(ledger.VAT_COLLECTED, 0)
    ledger.post("test:1", "test", [ledger.debit(TILL, 5), ledger.credit(SUSPENSE, 5), vat])

    assert LedgerPosting.objects.count() == 2


def test_two_legs_of_one_account_are_kept_apart_and_summed():
    legs = [ledger.debit(TILL, 3), ledger.debit(TILL, 4), ledger.credit(SUSPENSE, 7)]
    ledger.post("test:1", "test", legs)

    assert ledger.balance(TILL) == 7
    assert LedgerPosting.objects.count() == 3


def test_an_account_that_may_not_overdraw_stays_at_or_above_zero():
    move()
    too_much = [ledger.debit(SUSPENSE, 100_01), ledger.credit(TILL, 100_01)]

    with pytest.raises(IntegrityError, match="would stand at -1 cents"), transaction.atomic():
        ledger.post("test:2", "test", too_much)

    assert ledger.balance(SUSPENSE) == 100_00


def test_platform_accounts_are_summed_and_have_no_row_to_lock():
    ledger.post("test:1", "test", [ledger.debit(ledger.PSP, 9), ledger.credit(SUSPENSE, 9)])
    ledger.post("test:2", "test", [ledger.debit(ledger.PSP_FEES, 20), ledger.credit(ledger.PSP, 20)])

    assert ledger.balance(ledger.PSP) == -11
    assert ledger.balance(ledger.PSP_FEES) == 20
    assert not LedgerAccount.objects.filter(code=ledger.PSP.code, balance__isnull=False).exists()


def test_a_correction_is_a_movement_of_its_own():
    wrong = move()
    legs = [ledger.debit(SUSPENSE, 100_00), ledger.credit(TILL, 100_00)]
    ledger.post("test:1:undone", "test", legs, reverses=wrong.transaction_id)

    assert ledger.balance(TILL) == 0
    assert (
        LedgerTransaction.objects.get(pk=wrong.transaction_id).reversed_by.idempotency_key == "test:1:undone"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.post(
            "test:1:undone-again",
            "test",
            [ledger.debit(TILL, 1), ledger.credit(SUSPENSE, 1)],
            reverses=wrong.transaction_id,
        )


@pytest.mark.parametrize("hostile", ["'; DROP TABLE ledger_posting; --", "é\n€ \\ {} []"])
def test_keys_and_subjects_are_data(hostile):
    move(key=hostile, subject=hostile)

    assert LedgerTransaction.objects.get().subject == hostile
    assert ledger.audit() == []


def test_the_digest_is_the_same_when_postings_are_read_back():
    move()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.content_sha256 = ledger_digest(t.kind, t.subject, array_agg(a.code), array_agg(p.amount_cents))"
            " FROM ledger_transaction t JOIN ledger_posting p ON p.transaction_id = t.id"
            " JOIN ledger_account a ON a.id = p.account_id GROUP BY t.id"
        )
        assert cursor.fetchall() == [(True,)]
