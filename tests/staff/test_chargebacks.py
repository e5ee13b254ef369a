"""A chargeback that no provider tells of: staff write down what the bank says, and the same books follow."""  # E37, B51

import pytest
from django.urls import reverse

from missions.payment_observer import MissionPaymentObserver
from orders import actions
from orders.models import Order
from payments import chargebacks, contested_by_hand, ledger
from payments.gateways import DisputeState, DisputeStatus
from payments.models import Chargeback, EscrowHold, GatewayCall
from payments.models import LedgerTransaction as Movement
from tests import factories
from tests.payments import cash
from tests.staff.pages import last_words, logged, url_of

LETTER = {
    "amount_cents": "120,00",
    "reference": "CB-2026-118",
    "answer_by": "2026-12-20",
    "is_taken": "on",
    "fee_cents": "15,00",
    "reason": "Lettre de la banque du 20 novembre.",
}


@pytest.fixture(autouse=True)
def _books_add_up(db):
    yield
    assert ledger.audit() == []


def act(client, row, page, **answers):
    return client.post(url_of(row, page), {"reason": "Lettre de la banque.", "confirmed": "1", **answers})


def follow(chargeback):
    """What a worker does after the commit."""
    MissionPaymentObserver().charged_back(chargeback.pk)


@pytest.fixture
def recorded(delivered_order, staff, client_of) -> Chargeback:
    client = client_of(staff)
    act(client, delivered_order.hold, "contest", **LETTER)
    chargeback = Chargeback.objects.get()
    follow(chargeback)
    return chargeback


def test_staff_see_what_follows_then_record_what_the_bank_says(delivered_order, staff, client_of):
    client, hold = client_of(staff), delivered_order.hold
    before = cash.snapshot()
    seen = client.post(url_of(hold, "contest"), LETTER)
    assert [line[1] for line in seen.context["preview"]] == ["120,00\xa0€", "0,00\xa0€", "135,00\xa0€"]
    assert cash.snapshot() == before

    done = client.post(url_of(hold, "contest"), {**LETTER, "confirmed": "1"})

    assert done["Location"] == url_of(hold)
    chargeback = Chargeback.objects.get()
    assert (chargeback.by_hand, chargeback.state, chargeback.gateway_id) == (True, "open", "CB-2026-118")
    assert cash.postings(f"dispute:{chargeback.pk}:opened") == {
        f"dispute:{chargeback.pk}": 12000,
        "expense:dispute_fees": 1500,
        "psp:stripe:platform": -13500,
    }
    assert EscrowHold.objects.get(pk=hold.pk).state == EscrowHold.State.FROZEN
    assert "Lettre de la banque du 20 novembre." in last_words(hold)
    page = client.get(url_of(chargeback)).content.decode()
    assert str(delivered_order) in page
    assert url_of(chargeback, "answer") not in page
    assert act(client, hold, "contest", **LETTER)["Location"] == url_of(hold)
    assert Chargeback.objects.count() == 1, "one is examined already"


def test_a_letter_that_cannot_be_right_is_said_next_to_its_field(delivered_order, staff, client_of, recorded):
    other = factories.pay(factories.place(delivered_order.buyer, delivered_order.offer)).hold
    before = cash.snapshot()
    answer = client_of(staff).post(
        url_of(other, "contest"), {**LETTER, "amount_cents": "120,01", "reason": ""}
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"amount_cents", "reference", "reason"}
    assert cash.snapshot() == before
    assert logged(other) == []


def test_lost_the_order_ends_and_the_money_is_with_the_buyer(recorded, delivered_order, staff, client_of):
    client = client_of(staff)
    seen = client.post(url_of(recorded, "lost"), {"reason": "Lettre."})
    assert "120,00" in str(seen.context["preview"])
    act(client, recorded, "lost")
    recorded.refresh_from_db()
    follow(recorded)

    assert recorded.state == Chargeback.State.LOST
    order = factories.fresh(delivered_order)
    assert (order.state, order.cancel_cause, order.refunded_cents) == ("cancelled", "charged_back", 120_00)
    assert ledger.balance(ledger.DISPUTE_FEES) == 15_00
    assert not GatewayCall.objects.filter(kind__in=["refund", "evidence"]).exists()
    movements = Movement.objects.count()
    act(client, recorded, "won")
    assert Movement.objects.count() == movements, "a decision is final"


def test_won_the_order_goes_on_and_the_bank_has_the_evidence_by_another_way(
    recorded, delivered_order, staff, client_of
):
    client = client_of(staff)
    act(client, recorded, "answered")
    act(client, recorded, "won")
    recorded.refresh_from_db()
    follow(recorded)

    assert recorded.state == Chargeback.State.WON
    assert recorded.evidence_sent_at is not None
    assert not GatewayCall.objects.filter(kind="evidence").exists()
    assert ledger.balance(ledger.claim(recorded.pk)) == 0
    order = factories.fresh(delivered_order)
    assert actions.accept_delivery(order, actor=order.buyer).state == Order.State.COMPLETED


def test_an_inquiry_freezes_and_moves_nothing_until_the_bank_takes_it_with_its_decision(completed_order):
    hold, expert = completed_order.hold, completed_order.expert_id
    chargeback = contested_by_hand.record(
        hold.payment, reference="Q-1", amount_cents=120_00, is_taken=False, fee_cents=15_00
    )
    assert (chargeback.state, chargeback.held_cents) == ("inquiry", 108_00)
    assert ledger.balance(ledger.claim(chargeback.pk)) == 0

    contested_by_hand.decide(chargeback, is_lost=True, fee_cents=15_00)

    assert ledger.balance(ledger.payable(expert)) == 0
    assert ledger.balance(ledger.set_aside(expert)) == 0
    assert ledger.balance(ledger.DISPUTE_FEES) == 15_00


def test_what_came_to_our_own_bank_leaves_it_there(delivered_order):
    payment = delivered_order.payment
    type(payment).objects.filter(pk=payment.pk).update(gateway_id="bank:42")
    chargeback = contested_by_hand.record(payment, reference="B-1", amount_cents=120_00, is_taken=True)

    assert cash.postings(f"dispute:{chargeback.pk}:opened") == {
        f"dispute:{chargeback.pk}": 12000,
        "bank:main": -12000,
    }


def test_once_the_provider_tells_of_it_it_is_the_providers_with_what_really_left(recorded, staff, client_of):
    told = DisputeStatus("dp_9", "cs_1", DisputeState.OPEN, 120_00, withdrawn_cents=120_00, fee_cents=20_00)
    for _twice in range(2):
        chargebacks.book(recorded.payment, told)

    chargeback = Chargeback.objects.get()
    assert (chargeback.gateway_id, chargeback.by_hand, chargeback.fee_cents) == ("dp_9", False, 20_00)
    assert ledger.balance(ledger.claim(chargeback.pk)) == 120_00
    assert ledger.balance(ledger.DISPUTE_FEES) == 20_00
    page = client_of(staff).get(url_of(chargeback)).content.decode()
    assert url_of(chargeback, "lost") not in page
    assert url_of(chargeback, "answer") in page


def test_the_payment_lists_its_chargebacks(recorded, staff, client_of):
    url = reverse("admin:payments_payment_change", args=[recorded.payment_id])
    page = client_of(staff).get(url).content.decode()
    assert "CB-2026-118" in page
    for row in (recorded, recorded.payment.hold):
        assert url_of(row) in page, "and leads to the pages where the buttons are"
