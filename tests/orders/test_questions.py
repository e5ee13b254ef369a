"""A question with a hard deadline: bounded, clarified once, followed up once, paid back when nobody answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from orders import actions, tasks
from orders.actions import requesting
from orders.actions.instead import offer_instead
from orders.models import CancellationRecord, CustomRequest, Order, Pause
from payments.models import Refund
from tests import factories

DAY = timedelta(days=1)


@pytest.fixture
def question(expert, category):
    offer = factories.make_offer(
        expert,
        kind="question",
        category=category,
        delivery_days=2,
        revisions=3,
        price_cents=40_00,
        title="Votre question de TVA",
    )
    offer.requirements.all().delete()
    return offer


@pytest.fixture
def asked(buyer, question) -> Order:
    order = factories.pay(factories.place(buyer, question, brief="La TVA s'applique-t-elle à un acompte ?"))
    return factories.start(order)


def after(moment) -> time_machine.travel:
    return time_machine.travel(moment, tick=True)


def test_a_question_longer_than_one_point_is_refused(buyer, question):
    with pytest.raises(Refusal):
        factories.place(buyer, question, brief="x" * (rules.MAX_QUESTION_LENGTH + 1))

    assert not Order.objects.exists()


def test_files_go_with_the_question_for_the_two_parties(buyer, question, client_of):
    order = factories.pay(
        factories.place(buyer, question, brief="Voyez la facture.", files=[factories.a_file("facture.pdf")])
    )

    item = order.checklist.get()
    page = client_of(order.expert).get(order.get_absolute_url()).content.decode()
    assert [file.name for file in item.files.all()] == ["facture.pdf"]
    assert reverse("requirement_file", args=[item.files.get().public_id]) in page


# B40, section 3 number 9
def test_an_unanswered_question_is_paid_back_a_day_after_its_date(asked):
    """E48: automatic full refund at deadline + 24 h."""
    with after(asked.due_at + DAY - timedelta(minutes=5)):
        assert tasks.refund_unanswered() in (0, 1)
        assert factories.fresh(asked).state == Order.State.ACTIVE

    with after(asked.due_at + DAY + timedelta(minutes=5)):
        for _twice in range(2):
            tasks.refund_unanswered()

    order = factories.fresh(asked)
    assert (order.state, order.cancel_cause) == ("cancelled", Order.CancelCause.UNANSWERED)
    assert Refund.objects.get().amount_cents == 40_00


def test_an_answered_question_is_not_paid_back(asked):
    factories.deliver(asked, "Oui, dès l'encaissement.")

    with after(asked.due_at + 2 * DAY):
        assert tasks.refund_unanswered() == 0

    assert factories.fresh(asked).state == Order.State.DELIVERED


def test_a_job_that_is_late_is_not_a_question(started_order):
    with after(started_order.due_at + 2 * DAY):
        assert tasks.refund_unanswered() == 0

    assert factories.fresh(started_order).state == Order.State.ACTIVE


def test_a_clarification_stops_the_clock_until_the_buyer_has_answered(asked):
    """E48, E49: no refund while a clarification is pending; the clock is paused, then runs again."""
    paused = actions.ask_for_item(asked, actor=asked.expert, label="Acompte ou arrhes ?")
    due = factories.fresh(asked).due_at

    assert paused.cause == Pause.Cause.CLARIFICATION
    with after(due + 3 * DAY):
        assert tasks.refund_unanswered() == 0
        item = asked.checklist.get()
        actions.supply(asked, actor=asked.buyer, answers={item.pk: "Un acompte."}, files={})
        order = factories.fresh(asked)
        assert not order.is_paused
        assert order.due_at > clock.now(), "the paused time is given back"


def test_a_clarification_is_asked_once(asked):
    """E49: ask once for clarification."""
    actions.ask_for_item(asked, actor=asked.expert, label="Acompte ou arrhes ?")
    item = asked.checklist.get()
    actions.supply(asked, actor=asked.buyer, answers={item.pk: "Un acompte."}, files={})

    with pytest.raises(Refusal):
        actions.ask_for_item(asked, actor=asked.expert, label="Et la facture ?")

    assert asked.pauses.count() == 1
    assert not factories.fresh(asked).is_paused


def test_a_question_off_the_domain_is_declined_and_paid_back(buyer, question):
    """E49: decline (refund)."""
    order = factories.pay(factories.place(buyer, question, brief="Et le droit maritime ?"))

    order = actions.decline(order, actor=order.expert, reason="Ce n'est pas mon domaine.")

    assert order.state == Order.State.CANCELLED
    assert Refund.objects.get().amount_cents == 40_00


WIDE = {
    "price_cents": 600_00,
    "delivery_days": 6,
    "revisions": 1,
    "scope": "Une étude de vos trois contrats.",
    "note": "Trois contrats ne tiennent pas dans une réponse.",
}


@pytest.fixture
def wide(buyer, question) -> Order:
    """A question that is more than one, not begun."""
    file = factories.a_file("contrats.pdf")
    return factories.pay(factories.place(buyer, question, brief="Relisez mes trois contrats.", files=[file]))


def test_a_question_too_broad_is_paid_back_and_a_custom_offer_proposed_in_its_place(wide, buyer):
    """E49: or propose a custom offer."""
    proposal = offer_instead(wide, actor=wide.expert, **WIDE)

    order = factories.fresh(wide)
    assert (order.state, order.cancel_cause) == ("cancelled", Order.CancelCause.DECLINED)
    assert Refund.objects.get().amount_cents == 40_00
    assert not CancellationRecord.objects.exists()
    assert proposal.current.may_be_chosen
    assert [file.name for file in proposal.request.files.all()] == ["contrats.pdf"]
    assert Notification.objects.filter(user=buyer, kind="proposal_received").count() == 1

    chosen = requesting.choose(proposal, buyer=buyer, number=1, token=uuid4(), billing={}, method="card")
    assert (chosen.total_cents, chosen.expert, chosen.kind) == (600_00, order.expert, "job")
    assert chosen.commission_bp == rules.COMMISSION_CUSTOM_BP


@pytest.mark.parametrize("why", ["a stranger", "a job", "begun", "too cheap", "no reason"])
def test_a_custom_offer_takes_the_place_of_a_question_not_begun_alone(wide, stranger, active_order, why):
    order, actor, terms = wide, wide.expert, dict(WIDE)
    if why == "a stranger":
        actor = stranger
    elif why == "a job":
        order = active_order
    elif why == "begun":
        order = factories.start(wide)
    elif why == "too cheap":
        terms["price_cents"] = 1_00
    else:
        terms["note"] = " "

    with pytest.raises(Refusal):
        offer_instead(order, actor=actor, **terms)

    assert factories.fresh(order).state == Order.State.ACTIVE
    assert not CustomRequest.objects.exists()
    assert not Refund.objects.exists()


def test_the_expert_proposes_from_the_room_and_the_buyer_finds_it_there(wide, client_of):
    desk, address = client_of(wide.expert), reverse("order_proposal", args=[wide.public_id])
    assert address in desk.get(wide.get_absolute_url()).content.decode()
    typed = {"price": "600", "delivery_days": "6", "revisions": "1", "scope": WIDE["scope"], "note": ""}
    refused = desk.post(address, typed)
    assert refused.status_code == 422
    assert WIDE["scope"] in refused.content.decode()
    assert factories.fresh(wide).state == Order.State.ACTIVE

    done = desk.post(address, {**typed, "note": WIDE["note"]})

    proposal = CustomRequest.objects.get().invitations.get()
    assert done["Location"] == proposal.get_absolute_url()
    room = client_of(wide.buyer).get(wide.get_absolute_url()).content.decode()
    assert proposal.get_absolute_url() in room
    assert WIDE["note"] in room


def test_one_follow_up_on_the_same_point_whatever_the_offer_says(asked):
    """E50: one follow-up question is the rework."""
    order = factories.deliver(asked, "Oui.")
    assert order.revisions_included == 1

    order = actions.request_revision(order, actor=order.buyer, wrong="Trop court", expected="Et à l'export ?")
    order = factories.deliver(order, "À l'export, non.")

    with pytest.raises(Refusal):
        actions.request_revision(order, actor=order.buyer, wrong="Encore", expected="Une autre question")
    assert factories.fresh(order).state == Order.State.DELIVERED


def test_the_checkout_of_a_question_takes_files_and_bounds_the_words(client_of, buyer, question):
    from tests.orders.checkout.kit import typed, url

    page = client_of(buyer).get(url(question)).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert f'maxlength="{rules.MAX_QUESTION_LENGTH}"' in page

    refused = client_of(buyer).post(url(question), typed(question, brief="x" * 2_500))
    assert refused.status_code == 422
    assert not Order.objects.exists()

    client_of(buyer).post(url(question), {**typed(question), "files": [factories.a_file("piece.pdf")]})
    assert Order.objects.get().checklist.get().files.get().name == "piece.pdf"


@pytest.fixture
def colleague(category):
    """Another expert who answers questions of the same domain."""
    offer = factories.make_offer(
        factories.make_expert("Marc", "Delorme"),
        kind="question",
        category=category,
        price_cents=55_00,
        title="Une question de fiscalité",
    )
    offer.requirements.all().delete()
    return offer


@pytest.mark.parametrize("left", ["declined", "unanswered", "never_started"])
def test_a_question_left_without_an_answer_goes_to_another_expert_without_being_typed_again(
    buyer, question, colleague, client_of, stranger, left
):
    """B40: asked of somebody else."""
    brief = "La TVA s'applique-t-elle à un acompte ?"
    order = factories.pay(factories.place(buyer, question, brief=brief))
    if left == "declined":
        actions.decline(order, actor=order.expert, reason="Hors de mon domaine.")
    else:
        order = factories.start(order) if left == "unanswered" else order
        with after((order.due_at or order.start_due_at) + 2 * DAY):
            (tasks.refund_unanswered if left == "unanswered" else tasks.cancel_not_started)()

    again = f"{reverse('checkout', args=[colleague.pk])}?again={order.public_id}"
    assert again in client_of(buyer).get(order.get_absolute_url()).content.decode()
    assert again not in client_of(order.expert).get(order.get_absolute_url()).content.decode()
    assert client_of(buyer).get(again).context["form"]["brief"].value() == brief
    assert client_of(stranger).get(again).context["form"]["brief"].value() == ""
    assert not client_of(buyer).get(again.replace(str(order.public_id), "x")).context["form"]["brief"].value()


def test_nobody_else_is_proposed_while_an_answer_may_come_or_when_there_is_nobody(
    asked, colleague, client_of, expert
):
    assert "again=" not in client_of(asked.buyer).get(asked.get_absolute_url()).content.decode()

    colleague.expert.expert_profile.availability = "closed"
    colleague.expert.expert_profile.save()
    with after(asked.due_at + 2 * DAY):
        tasks.refund_unanswered()
    page = client_of(asked.buyer).get(asked.get_absolute_url()).content.decode()
    assert factories.fresh(asked).state == "cancelled"
    assert "again=" not in page
