"""One appeal, judged by somebody else; a correction is new postings, to the cent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from disputes import actions
from disputes.models import Appeal, Dispute, Ruling
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from orders import notifications
from payments import ledger
from payments.audit import audit
from payments.models import Earning, LedgerTransaction, Refund
from payments.queries import balance_of
from tests import factories

WORDS = "Le livrable ne correspond pas au brief, malgré deux retouches demandées."
WHY = "La moitié du plan manque : un tiers du prix revient à l'acheteur."
AGAIN = "La décision oublie la version remise mardi, qui contient les trois annexes."


@pytest.fixture
def ruled(delivered_order, staff):
    dispute = actions.open_dispute(
        delivered_order, actor=delivered_order.buyer, ground="unsuitable", statement=WORDS
    )
    return actions.rule(dispute, actor=staff, refund_cents=40_00, reason=WHY)


@pytest.fixture
def second(db):
    return factories.make_user("Ada", "Roy", is_staff=True, is_superuser=True)


def appealed(dispute, by="expert"):
    return actions.appeal(dispute, actor=getattr(dispute.order, by), statement=AGAIN)


def test_what_the_expert_was_given_waits_while_an_appeal_is_open(ruled, second):
    appealed(ruled)
    expert = ruled.order.expert
    with clock.at(clock.now() + timedelta(days=10)):
        assert balance_of(expert).available_cents == 0
    assert balance_of(expert).clearing_cents == 72_00

    actions.decide_appeal(ruled, actor=second, refund_cents=40_00, reason=WHY)

    assert balance_of(expert).available_cents == 72_00
    assert Refund.objects.count() == 1, "upheld: nothing moved"


def test_more_for_the_buyer_comes_back_from_the_expert_and_our_commission(ruled, second):
    appealed(ruled, by="buyer")

    actions.decide_appeal(ruled, actor=second, refund_cents=120_00, reason=WHY)

    order = factories.fresh(ruled.order)
    assert (order.refunded_cents, order.earned_cents) == (120_00, 0)
    assert sum(refund.amount_cents for refund in Refund.objects.all()) == 120_00
    assert ledger.balance(ledger.payable(order.expert)) == 0
    assert Dispute.objects.get().decision == "refund"
    assert audit() == []


def test_more_for_the_expert_is_given_by_us_once(ruled, second):
    appealed(ruled)

    actions.decide_appeal(ruled, actor=second, refund_cents=0, reason=WHY)

    order = factories.fresh(ruled.order)
    assert order.earned_cents == 108_00
    assert ledger.balance(ledger.payable(order.expert)) == 108_00
    assert LedgerTransaction.objects.filter(kind="goodwill").count() == 1
    assert audit() == []


def test_it_is_judged_once_and_by_somebody_else(ruled, staff, second):
    appealed(ruled)
    with pytest.raises(Refusal):
        actions.decide_appeal(ruled, actor=staff, refund_cents=0, reason=WHY)
    actions.decide_appeal(ruled, actor=second, refund_cents=0, reason=WHY)
    movements = LedgerTransaction.objects.count()

    with pytest.raises(Refusal):
        actions.decide_appeal(ruled, actor=second, refund_cents=120_00, reason=WHY)

    assert LedgerTransaction.objects.count() == movements


def test_one_appeals_once_in_time_and_only_parties_do(ruled, stranger):
    with pytest.raises(Refusal):
        actions.appeal(ruled, actor=stranger, statement=AGAIN)
    with clock.at(ruled.ruled_at + timedelta(days=4)), pytest.raises(Refusal):
        appealed(ruled)
    appealed(ruled)
    with pytest.raises(Refusal):
        appealed(ruled, by="buyer")

    assert Appeal.objects.count() == 1
    assert Earning.objects.get().available_at > clock.now()


def test_the_page_offers_it_to_both_and_shows_how_it_ended(ruled, second, client_of):
    page = reverse("order_dispute", args=[ruled.order.public_id])
    with translation.override("en"):
        assert "Appeal the decision" in client_of(ruled.order.buyer).get(page).content.decode()
    short = client_of(ruled.order.expert).post(
        reverse("dispute_appeal", args=[ruled.order.public_id]), {"statement": "Non."}
    )
    assert short.status_code == 422
    assert not Appeal.objects.exists()

    client_of(ruled.order.expert).post(
        reverse("dispute_appeal", args=[ruled.order.public_id]), {"statement": AGAIN}
    )
    actions.decide_appeal(ruled, actor=second, refund_cents=40_00, reason="Les annexes étaient vides.")

    text = client_of(ruled.order.buyer).get(page).content.decode()
    assert AGAIN in text
    assert "Les annexes étaient vides." in text


def test_a_mistake_of_ours_is_put_right_by_new_postings_and_both_are_told(
    ruled, staff, second, client_of
):  # E72
    before = set(LedgerTransaction.objects.values_list("pk", flat=True))
    written = Ruling.objects.get()

    with clock.at(ruled.ruled_at + timedelta(days=5)):
        actions.correct(ruled, actor=second, refund_cents=60_00, reason=AGAIN)
        dispute = Dispute.objects.get()
        asked = actions.appeal(dispute, actor=dispute.order.expert, statement=WORDS)

    order = factories.fresh(ruled.order)
    assert (order.refunded_cents, order.earned_cents) == (60_00, 54_00)
    assert (dispute.refund_cents, dispute.ruled_by, dispute.reason) == (60_00, second, AGAIN)
    assert asked.decided_at is None, "the time to appeal begins again"
    assert before < set(LedgerTransaction.objects.values_list("pk", flat=True)), "added to, never edited"
    assert Ruling.objects.get(pk=written.pk).refund_cents == 40_00
    for event in order.events.filter(kind="ruling_corrected"):
        notifications.announce(event.pk)
    assert Notification.objects.filter(kind="ruling_corrected").count() == 2
    page = client_of(order.buyer).get(reverse("order_dispute", args=[order.public_id])).content.decode()
    assert AGAIN in page
    assert "It puts right the decision of" in page
    assert audit() == []


@pytest.mark.parametrize("who", ["staff", "stranger"])
def test_a_decision_is_corrected_by_somebody_else_to_another_amount_and_not_during_an_appeal(
    request, ruled, second, who
):
    movements = LedgerTransaction.objects.count()
    with pytest.raises(Refusal):
        actions.correct(ruled, actor=request.getfixturevalue(who), refund_cents=60_00, reason=WHY)
    with pytest.raises(Refusal):
        actions.correct(ruled, actor=second, refund_cents=40_00, reason=WHY)
    appealed(ruled)
    with pytest.raises(Refusal):
        actions.correct(ruled, actor=second, refund_cents=60_00, reason=WHY)

    assert LedgerTransaction.objects.count() == movements
    assert Ruling.objects.count() == 1
