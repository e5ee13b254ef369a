"""How a dispute ends: its opener withdraws it, the parties settle, our team rules; and the whole case on one page."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from disputes import actions
from disputes.forms import RulingForm
from disputes.models import Dispute
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from orders import actions as orders
from orders.models import Order
from payments.models import EscrowHold, LedgerTransaction
from tests import factories
from tests.disputes.test_hearing import OTHER, WORDS, opened

WHY = "La moitié du plan manque : un tiers du prix revient à l'acheteur."


@pytest.fixture
def dispute(delivered_order):
    return opened(delivered_order)


# E34: withdrawal


def test_a_withdrawn_dispute_gives_back_the_remaining_time_to_check(delivered_order):
    due = delivered_order.acceptance_due_at
    dispute = opened(delivered_order)

    with clock.at(dispute.opened_at + timedelta(days=3)):
        actions.withdraw(dispute, actor=delivered_order.buyer)

    order = factories.fresh(delivered_order)
    assert order.state == Order.State.DELIVERED
    assert abs(order.acceptance_due_at - due - timedelta(days=3)) < timedelta(seconds=5)
    assert order.hold.state == EscrowHold.State.HELD
    assert order.next_reminder_at is not None


def test_a_withdrawn_dispute_gives_back_the_remaining_time_to_deliver(started_order):
    due = started_order.due_at
    dispute = opened(started_order, ground="abuse")

    with clock.at(dispute.opened_at + timedelta(hours=30)):
        actions.withdraw(dispute, actor=started_order.buyer)

    order = factories.fresh(started_order)
    assert order.state == Order.State.ACTIVE
    assert abs(order.due_at - due - timedelta(hours=30)) < timedelta(seconds=5)
    again = opened(order, ground="abuse")
    assert again.pk != dispute.pk
    assert Dispute.objects.waiting().get() == again


def test_only_its_opener_withdraws_and_only_before_a_ruling(dispute, staff):
    for person in (dispute.order.expert, staff):
        with pytest.raises(Refusal):
            actions.withdraw(dispute, actor=person)
    actions.rule(dispute, actor=staff, refund_cents=0, reason=WHY)

    with pytest.raises(Refusal):
        actions.withdraw(dispute, actor=dispute.order.buyer)

    assert factories.fresh(dispute.order).state == Order.State.RESOLVED


# Settlement inside


def test_the_parties_settle_inside_the_dispute_to_the_cent(dispute):
    order = dispute.order
    change = orders.propose_settlement(order, actor=order.expert, refund_cents=40_00, message="Un tiers ?")

    orders.accept_change(change, actor=order.buyer)

    order = factories.fresh(order)
    dispute = Dispute.objects.get()
    assert (order.state, order.refunded_cents, order.earned_cents) == (Order.State.CANCELLED, 40_00, 72_00)
    assert order.hold.state == EscrowHold.State.SPLIT
    assert dispute.stage == "settled"
    assert not Dispute.objects.waiting().exists()
    with pytest.raises(Refusal):
        actions.rule(
            dispute, actor=factories.make_user("Ada", "Roy", is_staff=True), refund_cents=0, reason=WHY
        )


def test_silence_never_cancels_a_disputed_order(dispute):
    with pytest.raises(Refusal):
        orders.request_cancellation(dispute.order, actor=dispute.order.buyer, reason="Annulons.")

    assert factories.fresh(dispute.order).state == Order.State.DISPUTED


# Rulings


# E32: a ruling with instructions to continue
# B13
def test_staff_relaunch_the_work_with_a_new_date(dispute, staff):
    due = clock.now() + timedelta(days=6)

    ruled = actions.rule(dispute, actor=staff, decision="relaunch", new_due_at=due, reason=WHY)

    order = factories.fresh(dispute.order)
    assert (order.state, order.revision_due_at) == (Order.State.ACTIVE, due)
    assert order.hold.state == EscrowHold.State.HELD
    assert ruled.decision == "relaunch"
    orders.deliver(order, actor=order.expert, note="Voici.", files=[factories.a_file()])
    assert factories.fresh(order).state == Order.State.DELIVERED


# E32
def test_a_relaunch_takes_no_time_from_the_first_deliverable(started_order, staff):
    dispute = opened(started_order, ground="abuse")
    due = started_order.due_at

    early = due - timedelta(minutes=1)
    with pytest.raises(Refusal, match=r"choose that day|choisissez ce jour"):
        actions.rule(dispute, actor=staff, decision="relaunch", new_due_at=early, reason=WHY)
    assert factories.fresh(started_order).state == Order.State.DISPUTED
    for days, refused in ((-1, True), (0, False)):
        answers = {
            "decision": "relaunch",
            "new_due_on": (
                clock.today() + (due.date() - clock.now().date()) + timedelta(days=days)
            ).isoformat(),
            "reason": WHY,
        }
        form = RulingForm(answers, row=dispute)
        assert form.is_valid() != refused
        assert ("new_due_on" in form.errors) == refused

    actions.rule(dispute, actor=staff, decision="relaunch", new_due_at=due, reason=WHY)
    order = factories.fresh(started_order)
    assert (order.state, order.due_at) == (Order.State.ACTIVE, due)


def test_a_large_ruling_waits_for_a_second_pair_of_eyes(dispute, staff, settings, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(rules, "DISPUTES", replace(rules.DISPUTES, four_eyes_cents=100_00))
    movements = LedgerTransaction.objects.count()

    actions.rule(dispute, actor=staff, refund_cents=40_00, reason=WHY)
    assert factories.fresh(dispute.order).state == Order.State.DISPUTED
    assert LedgerTransaction.objects.count() == movements
    with pytest.raises(Refusal):
        actions.confirm(dispute, actor=staff)
    with pytest.raises(Refusal):
        actions.rule(dispute, actor=staff, refund_cents=0, reason=WHY)

    second = factories.make_user("Ada", "Roy", is_staff=True, is_superuser=True)
    ruled = actions.confirm(dispute, actor=second)

    assert (ruled.refund_cents, ruled.ruled_by) == (40_00, staff)
    assert ruled.rulings.get().confirmed_by == second
    assert factories.fresh(dispute.order).state == Order.State.RESOLVED


def test_nobody_rules_on_their_own_order(delivered_order):
    buyer = delivered_order.buyer
    type(buyer).objects.filter(pk=buyer.pk).update(is_staff=True, is_superuser=True)
    dispute = opened(delivered_order, actor=delivered_order.expert)
    buyer.refresh_from_db()

    with pytest.raises(Refusal):
        actions.rule(dispute, actor=buyer, refund_cents=120_00, reason=WHY)

    assert factories.fresh(delivered_order).state == Order.State.DISPUTED


@pytest.mark.django_db(transaction=True)
def test_a_ruling_and_a_withdrawal_at_once_leave_one_of_them(dispute, staff):
    results = []

    def act(what):
        try:
            what()
            results.append("done")
        except Refusal:
            results.append("refused")
        finally:
            connection.close()

    buyer = dispute.order.buyer
    both = [
        lambda: actions.rule(dispute, actor=staff, refund_cents=40_00, reason=WHY),
        lambda: actions.withdraw(dispute, actor=buyer),
    ]
    threads = [threading.Thread(target=act, args=(what,)) for what in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["done", "refused"]
    order = factories.fresh(dispute.order)
    found = Dispute.objects.get()
    assert (order.state, bool(found.ruled_at), bool(found.withdrawn_at)) in [
        (Order.State.RESOLVED, True, False),
        (Order.State.DELIVERED, False, True),
    ]


@given(total=st.integers(5_00, 50_000_00), part=st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_for_any_amount_every_cent_is_accounted_for(total, part):
    """``refund + net + commission + VAT`` is what was paid, whatever the split."""
    from orders.models.money import divide
    from payments.models import Payment

    refund = round(total * part)
    payment = Payment(amount_cents=total, commission_bp=1_000, vat_bp=2_000)

    shares = divide([payment], refund)

    assert sum(s.refund_cents + s.net_cents + s.commission.ht + s.commission.vat for s in shares) == total


# The case file


def test_the_whole_case_is_on_one_page_and_in_a_pdf(dispute, client_of, staff, stranger):
    actions.answer(dispute, actor=dispute.order.expert, statement=OTHER)
    for name in ("dispute_file", "dispute_file_pdf"):
        path = reverse(name, args=[dispute.order.public_id])
        assert client_of(stranger).get(path).status_code == 404
        for person in (dispute.order.buyer, dispute.order.expert, staff):
            answer = client_of(person).get(path)
            assert answer.status_code == 200, (name, person)
            if name == "dispute_file":
                text = answer.content.decode()
                assert WORDS in text
                assert OTHER in text
            else:
                assert answer.content.startswith(b"%PDF")
