"""A suspension: reasons, notice, reply, what it stops, what it leaves alone, who is told, how it ends."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import actions, queries, tasks
from accounts.models import ExpertProfile, Suspension
from marketplace import tasks as watch
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Mail, Notification
from offers.models import Offer
from orders import actions as orders
from orders.models import Order
from orders.queries import refusals
from payments.models import Refund
from tests import factories

WHY = "Article 9 : fausse attestation d'assurance."


def told(user, kind):
    return Notification.objects.filter(user=user, kind=kind).count()


def after(moment):
    """What the clock does at a moment."""
    with clock.at(moment):
        tasks.sweep_suspensions()
        tasks.sweep_suspensions()


@pytest.fixture
def announced(expert, staff):
    """For a fortnight, on a ground that leaves time to reply."""
    return actions.suspend_expert(
        expert.expert_profile, actor=staff, ground="outside", reason=WHY, lasts=timedelta(days=14)
    )


def test_a_grave_suspension_hides_offers_holds_payouts_and_tells_buyers_until_it_is_lifted(
    started_order, staff, client_of
):  # E63, K73
    expert, profile = started_order.expert, started_order.expert.expert_profile
    before = queries.legal_standing(expert).may_be_paid
    client = client_of(staff)
    answers = {"ground": "fraud", "at_once": "on", "lasts": "0", "reason": WHY}

    client.post(reverse("admin:accounts_expertprofile_suspend", args=[profile.pk]), answers)

    assert not Offer.objects.published().filter(expert=expert).exists()
    assert not queries.legal_standing(expert).may_be_paid
    said = Notification.objects.get(user=expert, kind="expert_suspended").params
    assert WHY in said["reason"], "a statement of reasons"
    assert told(started_order.buyer, "order_expert_suspended") == 1
    assert not Mail.objects.filter(recipient=started_order.buyer.email, text__contains=WHY).exists(), (
        "not why"
    )
    page = client_of(expert).get(reverse("dashboard")).content.decode()
    assert reverse("suspension") in page
    assert factories.deliver(started_order).state == Order.State.DELIVERED, "running orders go on"

    found = Suspension.objects.get()
    client.post(reverse("admin:accounts_suspension_lift", args=[found.pk]), {"reason": "Attestation vue."})

    assert queries.legal_standing(expert).may_be_paid == before
    assert Offer.objects.published().filter(expert=expert).exists()
    assert told(expert, "suspension_over") == 1
    assert Suspension.objects.get().closed_by == staff


def test_staff_cancel_a_running_order_of_a_suspended_expert_with_a_refund(started_order, staff):  # E63
    actions.suspend_expert(
        started_order.expert.expert_profile, actor=staff, ground="order", reason=WHY, at_once=True
    )

    cancelled = orders.cancel_as_staff(started_order, actor=staff, reason="À la demande de l'acheteur.")

    assert cancelled.state == Order.State.CANCELLED
    assert Refund.objects.get().amount_cents == cancelled.total_cents


def test_it_begins_after_the_notice_and_ends_by_itself(announced, offer, expert):
    assert Offer.objects.published().filter(pk=offer.pk).exists(), "nothing changes before"
    assert told(expert, "suspension_announced") == 1

    after(announced.takes_effect_at - timedelta(minutes=1))
    assert ExpertProfile.objects.get(user=expert).status == "approved"
    after(announced.takes_effect_at)
    assert ExpertProfile.objects.get(user=expert).status == "suspended"
    assert not Offer.objects.published().filter(pk=offer.pk).exists()
    after(announced.takes_effect_at + timedelta(days=14))

    assert ExpertProfile.objects.get(user=expert).status == "approved"
    assert Offer.objects.published().filter(pk=offer.pk).exists()
    kinds = ("suspension_announced", "expert_suspended", "suspension_over")
    assert [told(expert, kind) for kind in kinds] == [1, 1, 1], "each once, however often the clock looks"
    assert Suspension.objects.get().closed_by is None


def test_the_expert_replies_once_and_our_team_answers_or_gives_it_up(
    announced, expert, staff, client_of
):  # B61
    browser = client_of(expert)
    empty = browser.post(reverse("suspension"), {"text": " "})
    assert (empty.status_code, Suspension.objects.get().reply) == (422, "")

    browser.post(reverse("suspension"), {"text": "Mon client avait déjà payé ailleurs, voici l'échange."})
    assert told(staff, "suspension_replied") == 1
    with pytest.raises(Refusal):
        actions.reply_to_suspension(announced, actor=expert, text="Encore.")
    act = reverse("admin:accounts_suspension_answer", args=[announced.pk])
    client_of(staff).post(act, {"reason": "L'échange date d'avant : envoyez la facture."})
    assert "envoyez la facture" in browser.get(reverse("suspension")).content.decode()

    actions.lift_suspension(announced, actor=staff, reason="La facture le montre.")

    assert (Suspension.objects.get().state, told(expert, "suspension_dropped")) == ("dropped", 1)
    after(announced.takes_effect_at)
    assert ExpertProfile.objects.get(user=expert).status == "approved", "what was given up never begins"


def test_a_ground_that_is_not_grave_cannot_begin_at_once(expert, staff, client_of):  # E61
    act = reverse("admin:accounts_expertprofile_suspend", args=[expert.expert_profile.pk])
    answers = {"ground": "refusals", "at_once": "on", "lasts": "7", "reason": "Quatre refus."}

    response = client_of(staff).post(act, answers)

    assert (response.status_code, Suspension.objects.exists()) == (422, False)
    assert "Quatre refus." in response.content.decode(), "what was typed is kept"
    with pytest.raises(Refusal):
        actions.suspend_expert(
            expert.expert_profile, actor=staff, ground="refusals", reason="x", at_once=True
        )


def test_one_at_a_time_and_never_by_the_expert_or_another(announced, expert, staff, stranger, client_of):
    with pytest.raises(Refusal):
        actions.suspend_expert(expert.expert_profile, actor=staff, ground="fraud", reason=WHY, at_once=True)
    with pytest.raises(Refusal):
        actions.lift_suspension(announced, actor=expert, reason="Non.")
    with pytest.raises(Refusal):
        actions.suspend_expert(expert.expert_profile, actor=stranger, ground="fraud", reason=WHY)
    assert client_of(stranger).get(reverse("suspension")).status_code == 404
    assert Suspension.objects.get().state == "announced"


def test_without_an_end_our_team_is_asked_again_every_month(expert, staff):
    found = actions.suspend_expert(
        expert.expert_profile, actor=staff, ground="abuse", reason=WHY, at_once=True
    )

    for month in (1, 2):
        after(found.decided_at + timedelta(days=31 * month))

    assert told(staff, "suspension_to_review") == 2
    assert Suspension.objects.get().state == "running"


def test_a_candidate_who_was_suspended_is_a_candidate_again(staff):
    candidate = factories.make_expert("Inès", "Carpentier", approved=False)
    found = actions.suspend_expert(
        candidate.expert_profile, actor=staff, ground="fraud", reason=WHY, at_once=True
    )

    actions.lift_suspension(found, actor=staff, reason="Erreur.")

    assert ExpertProfile.objects.get(user=candidate).status == "pending"


def test_our_team_hears_once_of_an_expert_who_refuses_order_after_order(
    expert, staff, monkeypatch
):  # E61, K49
    monkeypatch.setattr("marketplace.tasks.refusing_often", lambda: {expert.pk})

    for _day in range(2):
        watch.watch_refusals()

    assert told(staff, "refusals_often") == 1
    assert ExpertProfile.objects.get(user=expert).status == "approved", "nobody is suspended by a count (K48)"
    assert refusals.refusing_often() == set()
