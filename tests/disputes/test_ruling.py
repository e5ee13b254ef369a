"""Staff rule: the money moves once, to the cent, and both parties read why."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from disputes import actions
from disputes.models import Dispute
from marketplace.kernel.errors import Refusal
from orders.models import Order, OrderEvent
from payments.models import Earning, EscrowHold, LedgerPosting, LedgerTransaction, Refund
from tests import factories

WORDS = "Le livrable ne correspond pas au brief, malgré deux retouches demandées."
WHY = "La moitié du plan manque : un tiers du prix revient à l'acheteur."


@pytest.fixture
def dispute(delivered_order):
    return actions.open_dispute(
        delivered_order, actor=delivered_order.buyer, ground="unsuitable", statement=WORDS
    )


def balance_of(code: str) -> int:
    """What an account holds, seen from its own side."""
    postings = LedgerPosting.objects.filter(account__code=code).select_related("account")
    total = sum(posting.amount_cents for posting in postings)
    return -total if code.startswith(("expert:", "revenue:", "vat:", "escrow:", "refund:")) else total


def test_forty_of_a_hundred_and_twenty_euros_go_back(dispute, staff):
    """The third worked example of the money rules, number for number."""
    seen = actions.preview_ruling(dispute.order, refund_cents=40_00)

    ruled = actions.rule(dispute, actor=staff, refund_cents=40_00, reason=f" {WHY} ")

    order = factories.fresh(dispute.order)
    assert order.state == Order.State.RESOLVED
    assert order.hold.state == EscrowHold.State.SPLIT
    assert Refund.objects.get(hold=order.hold).amount_cents == 40_00
    earning = Earning.objects.get(hold=order.hold)
    assert (earning.gross_cents, earning.net_cents) == (80_00, 72_00)
    assert earning.commission_cents - earning.commission_vat_cents == 6_67
    assert earning.commission_vat_cents == 1_33
    assert balance_of(f"expert:{order.expert_id}:payable") == 72_00
    assert balance_of("revenue:commission") == 6_67
    assert balance_of("vat:collected:20") == 1_33
    assert (seen.net_cents, seen.commission_ht_cents, seen.commission_vat_cents) == (72_00, 6_67, 1_33)
    assert (ruled.ruled_by, ruled.refund_cents, ruled.reason) == (staff, 40_00, WHY)
    assert ruled.ruled_at == order.resolved_at
    event = order.events.get(kind=OrderEvent.Kind.RESOLVED)
    assert (event.actor, event.data["refund_cents"], event.data["net_cents"], event.data["reason"]) == (
        staff,
        40_00,
        72_00,
        WHY,
    )
    assert not order.conversation.is_open


# B13, D3
@pytest.mark.parametrize(
    ("refund", "net", "hold", "outcome"),
    [
        (0, 108_00, EscrowHold.State.RELEASED, "The expert is paid in full"),
        (120_00, 0, EscrowHold.State.REFUNDED, "The buyer is paid back in full"),
        (1, 107_99, EscrowHold.State.SPLIT, "The amount is shared"),
    ],
)
def test_every_ruling_shares_the_whole_amount(dispute, staff, refund, net, hold, outcome):
    seen = actions.preview_ruling(dispute.order, refund_cents=refund)
    before = list(LedgerPosting.objects.values_list("pk", flat=True))
    foreseen = actions.preview_postings(dispute.order, refund_cents=refund)
    assert list(LedgerPosting.objects.values_list("pk", flat=True)) == before
    assert factories.fresh(dispute.order).state == Order.State.DISPUTED

    ruled = actions.rule(dispute, actor=staff, refund_cents=refund, reason=WHY)

    order = factories.fresh(dispute.order)
    assert order.hold.state == hold
    posted = LedgerPosting.objects.exclude(pk__in=before).order_by("pk")
    assert [(code, cents) for movement in foreseen for code, _number, cents in movement.lines] == list(
        posted.values_list("account__code", "amount_cents")
    )
    assert seen.net_cents == net == balance_of(f"expert:{order.expert_id}:payable")  # A84, A85, A86
    parts = (seen.refund_cents, seen.net_cents, seen.commission_ht_cents, seen.commission_vat_cents)
    assert sum(parts) == order.total_cents
    from django.utils import translation

    with translation.override("en"):
        assert str(ruled.outcome) == outcome


def test_a_second_ruling_is_refused_and_moves_nothing(dispute, staff):
    actions.rule(dispute, actor=staff, refund_cents=40_00, reason=WHY)
    movements = LedgerTransaction.objects.count()

    with pytest.raises(Refusal, match="already been ruled"):
        actions.rule(dispute, actor=staff, refund_cents=120_00, reason="Encore.")

    assert LedgerTransaction.objects.count() == movements
    assert Dispute.objects.get().refund_cents == 40_00
    assert dispute.order.events.filter(kind=OrderEvent.Kind.RESOLVED).count() == 1


@pytest.mark.parametrize(
    ("refund", "reason"),
    [(-1, WHY), (120_01, WHY), (40_00, "  ")],
    ids=["below zero", "too much", "no reason"],
)
def test_a_wrong_ruling_is_refused(dispute, staff, refund, reason):
    with pytest.raises(Refusal):
        actions.rule(dispute, actor=staff, refund_cents=refund, reason=reason)

    assert factories.fresh(dispute.order).state == Order.State.DISPUTED
    assert factories.fresh(dispute.order).hold.state == EscrowHold.State.FROZEN
    assert not Dispute.objects.get().is_ruled


def test_only_staff_rule(dispute):
    for person in (dispute.order.buyer, dispute.order.expert):
        with pytest.raises(Refusal):
            actions.rule(dispute, actor=person, refund_cents=0, reason=WHY)

    assert factories.fresh(dispute.order).state == Order.State.DISPUTED


def test_half_a_ruling_cannot_be_stored(dispute):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.filter(pk=dispute.pk).update(refund_cents=40_00)


@pytest.mark.django_db(transaction=True)
def test_two_rulings_at_once_move_the_money_once(delivered_order, staff):
    dispute = actions.open_dispute(
        delivered_order, actor=delivered_order.buyer, ground="unsuitable", statement=WORDS
    )
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def decide(refund_cents: int) -> None:
        try:
            start.wait(timeout=10)
            actions.rule(
                Dispute.objects.get(pk=dispute.pk), actor=staff, refund_cents=refund_cents, reason=WHY
            )
            outcomes.append("done")
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[cents]) for cents in (40_00, 120_00)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(outcomes) == ["done", "refused"]
    order = factories.fresh(delivered_order)
    assert order.hold.refunded_cents == Dispute.objects.get().refund_cents
    assert order.events.filter(kind=OrderEvent.Kind.RESOLVED).count() == 1
