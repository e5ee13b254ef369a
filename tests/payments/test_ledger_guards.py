"""PostgreSQL itself refuses what the ledger forbids, whoever writes and however."""

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from payments import ledger
from payments.models import LedgerAccount, LedgerBalance, LedgerPosting, LedgerTransaction
from tests.payments.test_ledger import SUSPENSE, TILL, move

pytestmark = pytest.mark.django_db(transaction=True)

NEW = (
    "INSERT INTO ledger_transaction"
    " (idempotency_key, content_sha256, kind, subject, occurred_at, recorded_at, source)"
    " VALUES (%s, 'x', 'test', '', now(), now(), '{}') RETURNING id"
)
LINE = "INSERT INTO ledger_posting (transaction_id, account_id, amount_cents) VALUES (%s, %s, %s)"


@pytest.fixture
def till_and_suspense() -> tuple[int, int]:
    """Two accounts with 100 € behind them."""
    move()
    return LedgerAccount.objects.get(code=TILL.code).pk, LedgerAccount.objects.get(code=SUSPENSE.code).pk


def everything() -> tuple[list, list, list, list]:
    return tuple(
        list(model.objects.order_by("pk").values())
        for model in (LedgerAccount, LedgerTransaction, LedgerPosting, LedgerBalance)
    )


def in_one_transaction(act) -> None:
    """Let ``act`` write with a cursor, and commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        act(cursor)


def refused(error: type[Exception], words: str, *statements: tuple) -> None:
    """Run statements in one transaction; the database must refuse it and nothing may have moved."""
    before = everything()
    with pytest.raises(error, match=words):
        in_one_transaction(lambda cursor: [cursor.execute(sql, params) for sql, *params in statements])
    assert everything() == before


def by_hand(cursor, key, *lines):
    cursor.execute(NEW, [key])
    number = cursor.fetchone()[0]
    for account, cents in lines:
        cursor.execute(LINE, [number, account, cents])
    return number


def test_what_does_not_balance_is_refused_at_the_commit(till_and_suspense):
    till, suspense = till_and_suspense
    before = everything()

    for lines, words in (
        ([], "0 posting"),
        ([(till, 500)], "1 posting"),
        ([(till, 500), (suspense, -499)], "out of balance by 1 cents"),
        ([(till, 500), (suspense, 500)], "out of balance by 1000 cents"),
    ):
        with pytest.raises(IntegrityError, match=words):
            in_one_transaction(lambda cursor, lines=lines: by_hand(cursor, "test:2", *lines))
        assert everything() == before


def test_what_balances_passes_leg_by_leg_but_the_audit_sees_a_foreign_hand(till_and_suspense, spoiled_books):
    till, suspense = till_and_suspense

    with transaction.atomic(), connection.cursor() as cursor:
        by_hand(cursor, "test:2", (till, 500), (suspense, -500))

    assert ledger.balance(TILL) == 105_00
    assert [str(finding) for finding in ledger.audit()] == [
        "a transaction was altered: test:2 (its digest no longer matches)"
    ]


def test_checking_early_does_not_open_a_back_door(till_and_suspense):
    till, suspense = till_and_suspense
    before = everything()

    def cheat(cursor):
        number = by_hand(cursor, "test:2", (till, 500), (suspense, -500))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(LINE, [number, till, 1])

    with pytest.raises(IntegrityError, match="out of balance"):
        in_one_transaction(cheat)

    assert everything() == before


def test_currencies_do_not_mix(till_and_suspense):
    till, _ = till_and_suspense
    dollars = LedgerAccount.objects.create(code="till:dollars", kind="asset", currency="USD")
    before = everything()

    with pytest.raises(IntegrityError, match="mixes currencies"):
        in_one_transaction(lambda cursor: by_hand(cursor, "test:2", (till, -500), (dollars.pk, 500)))

    assert everything() == before


def test_a_recorded_transaction_is_closed(till_and_suspense):
    till, suspense = till_and_suspense
    number = LedgerTransaction.objects.get().pk
    refused(
        ProgrammingError,
        "closed",
        (
            "INSERT INTO ledger_posting (transaction_id, account_id, amount_cents) VALUES (%s,%s,5),(%s,%s,-5)",
            number,
            till,
            number,
            suspense,
        ),
    )


def test_nothing_is_changed_or_deleted(till_and_suspense):
    for sql in (
        "UPDATE ledger_posting SET amount_cents = amount_cents * 2",
        "UPDATE ledger_transaction SET kind = 'other'",
        "DELETE FROM ledger_posting",
        "DELETE FROM ledger_transaction",
        "DELETE FROM ledger_account",
        "DELETE FROM ledger_balance",
    ):
        refused(ProgrammingError, "append-only", (sql,))


def test_nothing_is_truncated_outside_of_tests(till_and_suspense):
    for table in ("ledger_posting", "ledger_transaction", "ledger_account", "ledger_balance"):
        refused(
            ProgrammingError,
            "append-only: TRUNCATE",
            ("SET LOCAL ledger.allow_truncate = 'off'",),
            (f"TRUNCATE {table} CASCADE",),
        )


def test_the_orm_is_refused_like_anybody(till_and_suspense):
    before = everything()

    for act in (
        lambda: LedgerPosting.objects.update(amount_cents=1),
        lambda: LedgerTransaction.objects.first().save(),
        lambda: LedgerBalance.objects.update(balance_cents=1),
        lambda: LedgerBalance.objects.create(account=LedgerAccount.objects.create(code="x", kind="asset")),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()

    assert everything() == before


def test_balances_follow_postings_and_are_not_written(till_and_suspense):
    for sql in (
        "UPDATE ledger_balance SET balance_cents = balance_cents + 1",
        "INSERT INTO ledger_balance (account_id, balance_cents) SELECT max(id) + 1, 5 FROM ledger_account",
    ):
        refused(ProgrammingError, "not written", (sql,))


def test_an_account_keeps_its_nature(till_and_suspense):
    for change in (
        "code = 'other'",
        "kind = 'income'",
        "may_overdraw = true",
        "currency = 'USD'",
        "id = id + 100",
    ):
        refused(
            ProgrammingError,
            "keeps its code",
            (f"UPDATE ledger_account SET {change} WHERE code = '{TILL.code}'",),
        )


def test_the_accountants_number_of_an_account_may_change(till_and_suspense):
    LedgerAccount.objects.filter(code=TILL.code).update(pcg_code="530")

    assert LedgerAccount.objects.get(code=TILL.code).pcg_code == "530"


def test_an_overdraft_is_refused_by_the_database(till_and_suspense):
    till, suspense = till_and_suspense
    before = everything()

    def spend_too_much(cursor):
        cursor.execute(NEW, ["test:2"])
        number = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO ledger_posting (transaction_id, account_id, amount_cents) VALUES (%s,%s,%s),(%s,%s,%s)",
            [number, suspense, 100_01, number, till, -100_01],
        )

    with pytest.raises(IntegrityError, match="would stand at -1 cents"):
        in_one_transaction(spend_too_much)

    assert everything() == before


def test_a_posting_moves_something(till_and_suspense):
    till, _ = till_and_suspense
    refused(
        IntegrityError,
        "ledger_posting_moves_something",
        ("INSERT INTO ledger_posting (transaction_id, account_id, amount_cents) VALUES (1, %s, 0)", till),
    )


def test_rolled_back_means_never_happened(till_and_suspense):
    before = everything()

    def regret(cursor):
        move("test:2")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        in_one_transaction(regret)

    assert everything() == before
    move("test:2")
    assert ledger.balance(TILL) == 200_00
