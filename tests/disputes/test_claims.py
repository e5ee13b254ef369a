"""A claim after the order was completed: in its time, on its grounds, on the road of every dispute."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputes import actions, tasks
from disputes.models import Dispute
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from orders import actions as orders
from orders import notifications
from orders.models import Order
from payments import ledger
from payments.audit import audit
from payments.models import Earning, LedgerPosting, LedgerTransaction, Refund
from payments.queries import balance_of
from tests import factories
from tests.payments import cash

WORDS = "Le fichier remis est vide : la page de garde s'ouvre, rien d'autre."
OTHER = "Voici le même fichier, que j'ouvre sans difficulté de mon côté."
WHY = "Un tiers des pages manque : un tiers du prix revient à l'acheteur."


@pytest.fixture
def silent(delivered_order):
    """Completed because its buyer said nothing."""
    with clock.at(delivered_order.acceptance_due_at + timedelta(minutes=1)):
        return orders.accept_delivery(delivered_order, actor=None)


def claim(order, ground="not_promised", **options):
    return actions.open_dispute(
        order, actor=options.pop("actor", order.buyer), ground=ground, statement=WORDS, **options
    )


def after(order, **length):
    return clock.at(order.completed_at + timedelta(**length))


# B15
def test_a_claim_freezes_what_has_not_cleared_and_waits_for_a_decision(silent):
    # E30
    with after(silent, days=2):
        dispute = claim(silent)

    order = factories.fresh(silent)
    assert (order.state, dispute.stage, dispute.is_claim) == (Order.State.DISPUTED, "answering", True)
    assert order.conversation.is_open
    notifications.announce(order.events.get(kind="disputed").pk)
    assert Notification.objects.filter(user=order.expert, kind="order_claimed").count() == 1
    with after(silent, days=45):
        assert balance_of(order.expert).available_cents == 0
        tasks.keep_disputes()
    with after(silent, days=100):
        assert balance_of(order.expert).available_cents == 0, "nothing clears because nobody looked"
    assert factories.fresh(order).state == Order.State.DISPUTED


def test_what_has_cleared_is_left_alone_until_a_ruling(silent, staff):
    # E30: recorded, and the balance is debited only by a ruling
    with after(silent, days=10):
        dispute = claim(silent)
        tasks.keep_disputes()
        assert balance_of(silent.expert).available_cents == 108_00

        actions.rule(dispute, actor=staff, refund_cents=120_00, reason=WHY)
        assert balance_of(silent.expert).available_cents == 0
    assert audit() == []


@pytest.mark.parametrize(("refund", "net"), [(120_00, 0), (40_00, 72_00), (0, 108_00)])
def test_each_outcome_of_a_claim_shares_what_was_paid(silent, staff, refund, net):
    with after(silent, days=2):
        dispute = claim(silent)
        seen = actions.preview_ruling(dispute.order, refund_cents=refund)
        before = list(LedgerPosting.objects.values_list("pk", flat=True))
        foreseen = actions.preview_postings(dispute.order, refund_cents=refund)
        assert list(LedgerPosting.objects.values_list("pk", flat=True)) == before
        actions.rule(dispute, actor=staff, refund_cents=refund, reason=WHY)

    posted = LedgerPosting.objects.exclude(pk__in=before).order_by("pk")
    assert [(code, cents) for movement in foreseen for code, _number, cents in movement.lines] == list(
        posted.values_list("account__code", "amount_cents")
    )
    order = factories.fresh(silent)
    assert order.state == Order.State.RESOLVED
    assert (order.refunded_cents, order.earned_cents) == (refund, net)
    assert sum(Refund.objects.values_list("amount_cents", flat=True)) == refund
    assert ledger.balance(ledger.payable(order.expert_id)) == net
    assert seen.net_cents == net
    assert seen.refund_cents + seen.net_cents + seen.commission_ht_cents + seen.commission_vat_cents == 120_00
    assert order.rights_pass is (refund < 120_00)
    assert audit() == []
    with clock.at(dispute.opened_at + timedelta(days=4)):
        assert balance_of(order.expert).available_cents == net


def test_after_their_own_acceptance_a_buyer_claims_on_files_alone(completed_order):
    with pytest.raises(Refusal):
        claim(completed_order)
    with pytest.raises(Refusal):
        claim(completed_order, ground="unsuitable")
    assert factories.fresh(completed_order).state == Order.State.COMPLETED

    assert claim(completed_order, ground="files").is_claim


def test_a_claim_is_its_buyers_in_its_time_and_on_what_was_accepted(silent, delivered_order, staff):
    movements = LedgerTransaction.objects.count()
    with after(silent, days=15), pytest.raises(Refusal):
        claim(silent)
    with after(silent, days=2), pytest.raises(Refusal):
        claim(silent, actor=silent.expert)
    assert factories.fresh(silent).state == Order.State.COMPLETED
    assert not Dispute.objects.exists()
    assert LedgerTransaction.objects.count() == movements


def test_a_claim_taken_back_leaves_the_order_and_its_money_as_they_were(silent):
    clears = Earning.objects.get().available_at
    with after(silent, days=2):
        dispute = claim(silent)
        actions.withdraw(dispute, actor=silent.buyer)

    order = factories.fresh(silent)
    assert order.state == Order.State.COMPLETED
    assert Earning.objects.get().available_at == clears
    assert not order.conversation.is_open
    assert order.is_claimable or clock.now() > order.claimable_until


def test_work_that_was_paid_out_is_not_begun_again(silent, staff):
    with after(silent, days=2):
        dispute = claim(silent)
        with pytest.raises(Refusal):
            actions.rule(
                dispute,
                actor=staff,
                decision="relaunch",
                new_due_at=clock.now() + timedelta(days=5),
                reason=WHY,
            )
    assert factories.fresh(silent).state == Order.State.DISPUTED


def test_both_agree_on_a_part_of_a_claim(silent):
    with after(silent, days=2):
        dispute = claim(silent)
        change = orders.propose_settlement(
            silent, actor=silent.expert, refund_cents=40_00, message="Un tiers."
        )
        orders.accept_change(change, actor=silent.buyer)

    order = factories.fresh(silent)
    assert (order.state, order.refunded_cents, order.earned_cents) == (Order.State.RESOLVED, 40_00, 72_00)
    assert Dispute.objects.get(pk=dispute.pk).stage == "settled"
    assert audit() == []


def test_an_appeal_against_a_claim_is_judged_again_to_the_cent(silent, staff):
    second = factories.make_user("Ada", "Roy", is_staff=True, is_superuser=True)
    with after(silent, days=2):
        dispute = actions.rule(claim(silent), actor=staff, refund_cents=40_00, reason=WHY)
        actions.appeal(dispute, actor=silent.buyer, statement=WORDS)
        actions.decide_appeal(dispute, actor=second, refund_cents=60_00, reason=WHY)

    order = factories.fresh(silent)
    assert (order.refunded_cents, order.earned_cents) == (60_00, 54_00)
    assert audit() == []


def test_the_buyer_claims_from_the_page_of_the_completed_order(silent, client_of):
    page = reverse("order_dispute", args=[silent.public_id])
    with after(silent, days=2):
        client = client_of(silent.buyer)
        assert page in client.get(silent.get_absolute_url()).content.decode()
        assert page not in client_of(silent.expert).get(silent.get_absolute_url()).content.decode()
        shown = client.get(page)
        assert [value for value, _label in shown.context["form"].fields["ground"].choices] == [
            "not_promised",
            "files",
        ]
        assert "rework" not in dict(shown.context["form"].fields["wish"].choices)

        sent = client.post(page, {"ground": "files", "statement": WORDS, "wish": "refund"})

        assert sent.status_code == 302
        assert client.get(page).context["dispute"].is_claim
        assert "The expert may answer until" in client.get(page).content.decode()
        read = client_of(silent.expert).get(page).content.decode()
        assert "What you could not withdraw yet stays with us. You may answer until" in read
        answered = client_of(silent.expert).post(
            reverse("dispute_answer", args=[silent.public_id]), {"statement": OTHER}
        )
        assert answered.status_code == 302
        withdrawn = client.post(reverse("dispute_withdrawal", args=[silent.public_id]))
        assert withdrawn.status_code == 302
    assert factories.fresh(silent).state == Order.State.COMPLETED


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    day=st.integers(0, 13),
    refunds=st.tuples(st.integers(0, 120_00), st.integers(0, 120_00)),
)
def test_whatever_a_claim_and_its_appeal_give_back_everyone_has_their_part_to_the_cent(
    silent, staff, day, refunds
):
    with cash.undone():
        second = factories.make_user("Ada", "Roy", is_staff=True, is_superuser=True)
        with after(silent, days=day):
            dispute = claim(silent)
            seen = actions.preview_ruling(dispute.order, refund_cents=refunds[0])
            dispute = actions.rule(dispute, actor=staff, refund_cents=refunds[0], reason=WHY)
            given_back = refunds[0]
            order = factories.fresh(silent)
            assert (order.refunded_cents, order.earned_cents) == (refunds[0], seen.net_cents)
            if refunds[0] < refunds[1]:
                actions.appeal(dispute, actor=silent.buyer, statement=WORDS)
                actions.decide_appeal(dispute, actor=second, refund_cents=refunds[1], reason=WHY)
                given_back = refunds[1]
        order = factories.fresh(silent)
        assert sum(Refund.objects.values_list("amount_cents", flat=True)) == given_back
        assert order.refunded_cents == given_back
        ours = ledger.balance(ledger.COMMISSION) + ledger.balance(ledger.VAT_COLLECTED)
        assert given_back + order.earned_cents + ours == 120_00
        assert ledger.balance(ledger.payable(order.expert_id)) == order.earned_cents
        assert ours == 12_00 - (12_00 * given_back * 2 + 120_00) // (2 * 120_00)
        assert audit() == []
