"""The fourteen days of consumers and very small firms: who has them, from when, and to the cent what they come to."""  # B59

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import BuyerProfile
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from orders import actions, notifications, tasks
from orders.models import BuyerDeclaration, CancellationRecord, Declared, Order, Pause
from orders.models.declarations import due_now, last_moment
from payments import ledger
from payments.models import Invoice, Refund
from tests import factories
from tests.payments import cash

pytestmark = pytest.mark.django_db
State, As = Order.State, BuyerProfile.BuyerAs
AT_ONCE = Declared(As.CONSUMER, at_once=True, waives=True)
MOMENT = datetime(2026, 11, 3, 9, tzinfo=UTC)
"""A Tuesday: the fourteenth day after it is one too."""


@pytest.fixture(autouse=True)
def _then():
    with clock.at(MOMENT):
        yield
    assert ledger.audit() == []


def paid(buyer, offer, declared=AT_ONCE, **fields) -> Order:
    return factories.pay(factories.place(buyer, offer, declared=declared, **fields))


def after(**delay):
    return clock.at(MOMENT + timedelta(**delay))


def money_of(order) -> tuple[int, int, int]:
    """What went back, what the expert has, what we kept."""
    back = sum(Refund.objects.filter(hold__payment__order=order).values_list("amount_cents", flat=True))
    ours = -ledger.balance(ledger.COMMISSION) - ledger.balance(ledger.VAT_COLLECTED)
    return back, ledger.balance(ledger.payable(order.expert_id)), abs(ours)


@pytest.mark.parametrize(
    ("paid_on", "last"),
    [
        (date(2026, 11, 3), date(2026, 11, 17)),
        (date(2026, 11, 7), date(2026, 11, 23)),  # a Saturday: to the Monday
        (date(2026, 12, 11), date(2026, 12, 28)),  # Christmas, then a week-end
        (date(2026, 10, 20), date(2026, 11, 3)),  # across the end of summer time
    ],
)
def test_the_right_lasts_fourteen_whole_days_and_ends_on_a_working_day(paid_on, last):
    until = last_moment(
        datetime(paid_on.year, paid_on.month, paid_on.day, 22, 30, tzinfo=UTC) - timedelta(hours=9)
    )

    assert clock.local_day(until - timedelta(seconds=1)) == last
    assert clock.local_day(until) == last + timedelta(days=1)


def test_what_was_declared_is_kept_word_for_word_and_never_altered(buyer, offer):
    order = paid(buyer, offer, Declared(As.SMALL_FIRM, at_once=True, waives=True, language="en"))

    kept = order.declaration
    assert kept.wording.splitlines()[0].startswith("I order for a firm of five employees")
    assert "I expressly ask" in kept.wording
    assert "I lose the right" in kept.wording
    assert kept.digest == hashlib.sha256(kept.wording.encode()).hexdigest()
    assert (kept.version, kept.made_at) == (1, MOMENT)
    with pytest.raises(DatabaseError), transaction.atomic():
        BuyerDeclaration.objects.filter(pk=kept.pk).update(wording="Autre chose")
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.delete()


def test_a_firm_has_no_such_right(buyer, offer, client_of):
    order = paid(buyer, offer, Declared(As.FIRM, at_once=True, waives=True))

    with pytest.raises(Refusal):
        actions.withdraw(order, actor=buyer)
    assert factories.fresh(order).state == State.ACTIVE
    assert not order.declaration.waives
    assert client_of(buyer).get(reverse("order_withdrawal", args=[order.public_id])).status_code == 404


def test_before_the_start_everything_goes_back_and_no_mark_is_left(buyer, offer):
    order = paid(buyer, offer)

    with after(days=1):
        order = actions.withdraw(order, actor=buyer, statement="J'ai changé d'avis.")

    assert (order.state, order.cancel_cause) == (State.CANCELLED, "withdrawn")
    assert money_of(order) == (120_00, 0, 0)
    assert not Invoice.objects.exists()
    assert not CancellationRecord.objects.exists()
    order.declaration.refresh_from_db()
    assert (order.declaration.refund_cents, order.declaration.kept_cents) == (120_00, 0)
    for event in order.events.all():
        notifications.announce(event.pk)
    assert Notification.objects.filter(user=buyer, kind="order_paid_withdrawable").exists()
    for person, kind in ((buyer, "order_withdrawn_buyer"), (order.expert, "order_withdrawn_expert")):
        assert Notification.objects.filter(user=person, kind=kind).exists()
    with pytest.raises(Refusal):
        actions.withdraw(order, actor=buyer)


def test_after_an_express_request_the_part_done_is_paid_to_the_cent(buyer, offer):
    order = factories.start(paid(buyer, offer))  # five days

    with after(days=1, hours=6):  # a quarter of the time
        order = actions.withdraw(order, actor=buyer)

    assert money_of(order) == (90_00, 27_00, 3_00)
    assert (order.refunded_cents, order.earned_cents, order.rights_pass) == (90_00, 27_00, False)
    sale = Invoice.objects.get(kind=Invoice.Kind.INVOICE)
    assert (sale.ttc_cents, sale.ht_cents) == (30_00, 25_00)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(minutes=st.integers(0, 14 * 24 * 60), at_once=st.booleans(), cents=st.integers(20_01, 9_999_99))
def test_at_any_minute_the_parts_of_a_withdrawal_are_the_price_to_the_cent(
    buyer, offer, minutes, at_once, cents
):
    with cash.undone():
        type(offer).objects.filter(pk=offer.pk).update(price_cents=cents)
        offer.refresh_from_db()
        order = paid(buyer, offer, Declared(As.CONSUMER, at_once=at_once))
        if at_once:
            order = factories.start(order)
        with after(minutes=minutes):
            due = due_now(factories.fresh(order), order.declaration)
            order = actions.withdraw(factories.fresh(order), actor=buyer)
        back, net, ours = money_of(order)
        assert (back, net + ours) == (due.refund_cents, due.kept_cents)
        assert back + net + ours == order.total_cents == cents
        assert ours == (due.kept_cents * 2 + 10) // 20, "the commission of what is kept, half up"
        assert at_once or not due.kept_cents
        assert ledger.audit() == []


def test_a_pause_is_no_work_and_a_late_delivery_is_worth_nothing(buyer, offer):
    order = factories.start(paid(buyer, offer))
    with after(days=1):
        assert due_now(order, order.declaration).kept_cents == 24_00
        actions.pause(order, Pause.Cause.BUYER_ITEM, actor=order.expert, item="Le bilan")
    with after(days=3):
        assert due_now(factories.fresh(order), order.declaration).kept_cents == 24_00
        order = actions.resume(factories.fresh(order), actor=order.expert)
    with after(days=7, minutes=1):
        assert due_now(factories.fresh(order), order.declaration).kept_cents == 0


def test_a_delivery_late_before_its_dispute_is_worth_nothing(buyer, offer):
    order = factories.start(paid(buyer, offer))
    with after(days=5, minutes=1):
        actions.open_dispute(order, actor=buyer)
        assert due_now(factories.fresh(order), order.declaration).kept_cents == 0


def test_work_done_in_full_with_the_waiver_ends_the_right(buyer, offer):
    order = factories.deliver(factories.start(paid(buyer, offer)))

    with after(days=2), pytest.raises(Refusal):
        actions.withdraw(order, actor=buyer)
    assert factories.fresh(order).state == State.DELIVERED
    assert money_of(order) == (0, 0, 0)
    done = actions.accept_delivery(factories.fresh(order), actor=buyer)
    with pytest.raises(Refusal):
        actions.withdraw(done, actor=buyer)


def test_work_done_in_full_without_the_waiver_is_due_whole(buyer, offer):
    order = factories.deliver(factories.start(paid(buyer, offer, Declared(As.CONSUMER, at_once=True))))

    order = actions.withdraw(order, actor=buyer)

    assert money_of(order) == (0, 108_00, 12_00)
    assert order.rights_pass


def test_without_an_express_request_work_waits_for_the_end_of_the_right(buyer, offer):
    order = paid(buyer, offer, Declared(As.CONSUMER))
    assert order.work_from == order.withdraw_until == last_moment(MOMENT)
    assert order.start_due_at == order.work_from + order.timer("start")

    with pytest.raises(Refusal):
        actions.start(order, actor=order.expert)
    with after(days=5):
        tasks.cancel_not_started()
    assert factories.fresh(order).state == State.ACTIVE
    with after(days=15):
        with pytest.raises(Refusal):
            actions.withdraw(order, actor=buyer)
        assert factories.start(order).is_started
    order.declaration.refresh_from_db()
    assert due_now(factories.fresh(order), order.declaration).kept_cents == 0, "nothing is owed (L221-25)"


def test_a_call_waits_too_or_is_paid_back_until_it_is_held(buyer, expert):
    offer = factories.make_call(expert)
    with pytest.raises(actions.SlotTaken):
        factories.place(buyer, offer, declared=Declared(As.CONSUMER))
    order = paid(buyer, offer)

    order = actions.withdraw(order, actor=buyer)

    assert money_of(order)[0] == order.total_cents
    assert not factories.fresh(order).booking.is_live


def test_a_dispute_does_not_take_the_right_away(buyer, offer):
    order = factories.start(paid(buyer, offer))
    with after(days=1):
        actions.open_dispute(order, actor=order.expert)
    with after(days=13):
        order = actions.withdraw(factories.fresh(order), actor=buyer)

    assert order.state == State.CANCELLED
    assert money_of(order) == (96_00, 21_60, 2_40), "one day of five is due, however long the dispute lasted"


def test_time_in_a_dispute_taken_back_is_no_work(buyer, offer):
    order = factories.start(paid(buyer, offer))
    with after(days=1):
        before = actions.standing(order)
        actions.open_dispute(order, actor=buyer)
    with after(days=11):
        order = actions.withdraw_dispute(factories.fresh(order), actor=buyer, before=before)
        assert order.progress_percent == 20
    with after(days=12):
        assert factories.fresh(order).progress_percent == 40
        order = actions.withdraw(factories.fresh(order), actor=buyer)

    assert money_of(order) == (72_00, 43_20, 4_80), "two days of five were worked, ten were not"


def test_nobody_else_withdraws_and_not_after_the_last_day(buyer, offer):
    order = factories.start(paid(buyer, offer))

    with pytest.raises(Refusal):
        actions.withdraw(order, actor=order.expert)
    with after(days=15), pytest.raises(Refusal):
        actions.withdraw(order, actor=buyer)
    assert factories.fresh(order).state == State.ACTIVE
    assert money_of(order) == (0, 0, 0)


def test_the_buyer_finds_the_right_on_the_order_and_uses_it_in_two_steps(buyer, offer, client_of):
    order = factories.start(paid(buyer, offer))
    browser, page = client_of(buyer), reverse("order_withdrawal", args=[order.public_id])
    with after(days=1, hours=6):
        assert page in browser.get(order.get_absolute_url()).content.decode()
        assert page not in client_of(order.expert).get(order.get_absolute_url()).content.decode()

        shown = browser.get(page).content.decode()
        assert "30,00\u00a0€" in shown
        assert "90,00\u00a0€" in shown
        assert order.declaration.digest in shown
        assert browser.post(page, {"statement": "x" * 10_001}).status_code == 422
        assert factories.fresh(order).state == State.ACTIVE

        assert browser.post(page, {"statement": ""}).url == order.get_absolute_url()
    assert factories.fresh(order).state == State.CANCELLED
    assert "button-danger-filled" not in browser.get(page).content.decode()
