"""An instalment the client contests at their bank: lost, the mission stops for our team; nobody is paid twice."""  # E37

import pytest

from messaging.models import Notification
from missions import actions
from missions.models import Instalment, Mission
from missions.payment_observer import MissionPaymentObserver
from payments import chargebacks, ledger
from payments.gateways import DisputeState, DisputeStatus
from payments.models import Chargeback, EscrowHold, Payment
from tests import factories
from tests.missions.conftest import pay

pytestmark = pytest.mark.django_db
State = Mission.State


def bank(payment: Payment, state=DisputeState.OPEN, *, back=False) -> Chargeback:
    """What the bank does with an instalment, told twice as the sweep may."""
    cents = payment.amount_cents
    status = DisputeStatus(
        "dp_1", "cs_1", state, cents, withdrawn_cents=cents, fee_cents=20_00, is_reinstated=back
    )
    chargeback = chargebacks.book(payment, status)
    for _twice in range(2):
        MissionPaymentObserver().charged_back(chargeback.pk)
    return chargeback


def first_of(mission: Mission) -> Instalment:
    return mission.instalments.select_related("payment").get(number=1)


def test_lost_the_instalment_counts_as_paid_back_and_our_team_decides(running, buyer, expert, staff, balance):
    paid = first_of(running).payment
    assert balance(expert) == 900_00
    bank(paid)
    assert balance(expert) == 0, "set aside while the bank examines it"
    running.refresh_from_db()
    assert running.state == State.RUNNING

    bank(paid, DisputeState.LOST)

    running.refresh_from_db()
    assert (running.state, running.refunded_cents) == (State.CONTESTED, 1_800_00)
    assert first_of(running).state == Instalment.State.REFUNDED
    assert ledger.balance(ledger.COMMISSION) == ledger.balance(ledger.VAT_COLLECTED) == 0
    assert running.events.filter(kind="contested").count() == 1
    for person, side in ((buyer, "buyer"), (expert, "expert")):
        kinds = set(Notification.objects.filter(user=person).values_list("kind", flat=True))
        assert {f"chargeback_opened_{side}", f"chargeback_lost_{side}"} <= kinds

    second = factories.make_user("Paul", "Roy", is_staff=True, is_superuser=True)
    actions.rule(running, actor=staff, verdict=actions.Verdict("stop", "Rien n'est dû.", 0))
    actions.confirm_ruling(running, actor=second)
    running.refresh_from_db()
    assert (running.state, running.refunded_cents) == (State.STOPPED, 1_800_00)


def test_what_was_done_all_the_same_is_asked_for_again_with_its_commission(running, expert, balance):
    bank(first_of(running).payment, DisputeState.LOST)
    running.refresh_from_db()

    proposal = actions.propose_ending(running, actor=expert, percent_done=20, reason="Un cinquième est fait")
    mission = actions.answer_ending(proposal, actor=running.client, agrees=True)
    pay(mission, mission.instalments.count())

    mission.refresh_from_db()
    assert mission.state == State.STOPPED
    assert balance(expert) == 1_200_00 - 180_00
    assert ledger.balance(ledger.COMMISSION) == 150_00


def test_won_the_mission_has_gone_on_all_the_time(running, expert, balance):
    paid = first_of(running).payment
    bank(paid)
    actions.ask_second(running, actor=expert)
    bank(paid, DisputeState.WON, back=True)

    running.refresh_from_db()
    assert (running.state, running.refunded_cents) == (State.RUNNING, 0)
    assert balance(expert) == 900_00


def test_lost_before_it_was_paid_to_the_expert_it_leaves_what_is_held(running, expert, balance):
    actions.ask_second(running, actor=expert)
    pay(running, 2)
    actions.hand_over(running, actor=expert, words="Tout est livré.")
    paid = pay(running, 3).payment
    hold = EscrowHold.objects.get(payment=paid)
    assert hold.state == EscrowHold.State.HELD
    bank(paid)
    bank(paid, DisputeState.LOST)

    hold.refresh_from_db()
    assert (hold.state, hold.remaining_cents) == (EscrowHold.State.REFUNDED, 0)
    assert balance(expert) == 900_00 + 1_800_00
    assert ledger.balance(ledger.DISPUTE_FEES) == 20_00
