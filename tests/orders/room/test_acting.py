"""What each side does from the order room, and what it says comes next."""

import pytest
from django.utils.translation import gettext

from marketplace.kernel import clock
from orders import actions, queries
from orders.models import Deliverable, Order, OrderEvent, Review, RevisionRequest
from tests import factories
from tests.orders.room.kit import STATES, act, footprint, read

# --- Acting ---


def test_the_expert_starts(client_of, expert, active_order):
    response = client_of(expert).post(act("order_start", active_order), follow=True)

    order = factories.fresh(active_order)
    assert order.is_started
    assert response.redirect_chain == [(order.get_absolute_url(), 302)]


def test_reading_never_acts(client_of, buyer, expert, active_order):
    before = footprint(active_order)

    assert client_of(expert).get(act("order_start", active_order)).status_code == 302
    assert client_of(expert).get(act("order_decline", active_order)).status_code == 200
    assert client_of(buyer).get(act("order_cancel", active_order)).status_code == 200
    assert client_of(buyer).get(act("order_brief", active_order)).status_code == 200
    assert client_of(buyer).get(act("order_message", active_order)).status_code == 302

    assert footprint(active_order) == before


def test_the_expert_delivers_files_and_a_note(client_of, expert, started_order):
    client = client_of(expert)
    assert 'type="file"' in read(client, act("order_deliver", started_order))

    response = client.post(
        act("order_deliver", started_order),
        {"note": "Voici.", "files": [factories.a_file("v1.pdf"), factories.a_file("v1.csv", b"a;b\n")]},
    )

    deliverable = Deliverable.objects.get()
    assert response.status_code == 302
    assert factories.fresh(started_order).state == Order.State.DELIVERED
    assert deliverable.note == "Voici."
    assert {file.name for file in deliverable.files.all()} == {"v1.pdf", "v1.csv"}


@pytest.mark.parametrize(
    "sent",
    [
        {"note": " "},
        {"note": "Gardé", "files": ("ruse.pdf", b"GIF89a")},
        {"note": "Gardé", "files": ("script.js", b"alert(1)")},
        {"note": "y" * 5_001},
    ],
)
def test_a_delivery_that_is_none_says_why_and_changes_nothing(client_of, expert, started_order, sent):
    before = footprint(started_order)
    data = {**sent, "files": [factories.a_file(*sent["files"])]} if "files" in sent else sent

    response = client_of(expert).post(act("order_deliver", started_order), data)

    assert response.status_code == 422
    assert response.context["act_form"].errors
    assert sent["note"].strip() in response.content.decode()
    assert footprint(started_order) == before


def test_nothing_is_delivered_before_the_start(client_of, expert, active_order):
    before = footprint(active_order)

    read_it = client_of(expert).get(act("order_deliver", active_order))
    posted = client_of(expert).post(act("order_deliver", active_order), {"note": "Trop tôt"}, follow=True)

    assert read_it["Location"] == active_order.get_absolute_url()
    assert 'role="alert"' in posted.content.decode()
    assert footprint(active_order) == before


def test_the_buyer_asks_for_a_revision(client_of, buyer, expert, delivered_order):
    client = client_of(buyer)
    assert 'name="wrong"' in read(client, act("order_revision", delivered_order))

    response = client.post(
        act("order_revision", delivered_order),
        {"good": "Le ton.", "wrong": "La page 12.", "expected": "Sans double compte."},
    )

    asked = RevisionRequest.objects.get()
    assert response.status_code == 302
    assert (asked.good, asked.wrong, asked.expected) == ("Le ton.", "La page 12.", "Sans double compte.")
    page = read(client_of(expert), delivered_order.get_absolute_url())
    assert page.count("La page 12.") == 2, "in the state card and in the thread"


# A38
@pytest.mark.parametrize("missing", ["wrong", "expected"])
def test_a_revision_must_be_precise(client_of, buyer, delivered_order, missing):
    before = footprint(delivered_order)
    typed = {"good": "Le ton", "wrong": "La page 12", "expected": "Sans double", missing: " "}

    response = client_of(buyer).post(act("order_revision", delivered_order), typed)

    assert response.status_code == 422
    assert missing in response.context["act_form"].errors
    assert "Le ton" in response.content.decode()
    assert response.content.decode().count(f'id="id_{missing}_error"') == 1
    assert footprint(delivered_order) == before


def test_once_the_revisions_run_out_one_more_is_the_expert_s_to_grant(
    client_of, buyer, expert, revised_order
):
    again = factories.deliver(revised_order)
    typed = {"wrong": "Encore", "expected": "Mieux"}

    page = read(client_of(buyer), again.get_absolute_url())
    client_of(buyer).post(act("order_revision", again), typed, follow=True)

    assert gettext("Ask for one more revision") in page
    order = factories.fresh(again)
    assert (order.state, order.revision_round) == (Order.State.DELIVERED, again.revision_round)
    room = read(client_of(expert), order.get_absolute_url())
    assert act("order_revision_accept", order) in room
    assert act("order_revision_refuse", order) in room
    assert act("order_revision", order) not in read(client_of(buyer), order.get_absolute_url())
    client_of(expert).post(act("order_revision_accept", order))
    assert factories.fresh(order).state == Order.State.ACTIVE


def test_accepting_is_asked_twice_and_done_once(client_of, buyer, delivered_order):
    client = client_of(buyer)
    room = read(client, delivered_order.get_absolute_url())
    assert 'id="accept-dialog"' in room
    assert act("order_acceptance", delivered_order) in read(client, act("order_acceptance", delivered_order))

    client.post(act("order_acceptance", delivered_order))
    after = footprint(delivered_order)
    second = client.post(act("order_acceptance", delivered_order), follow=True)

    assert factories.fresh(delivered_order).state == Order.State.COMPLETED
    assert 'role="alert"' in second.content.decode()
    assert footprint(delivered_order) == after


def test_the_buyer_cancels_before_the_start(client_of, buyer, active_order):
    assert "form-actions" in read(client_of(buyer), act("order_cancel", active_order))

    client_of(buyer).post(act("order_cancel", active_order))

    order = factories.fresh(active_order)
    assert order.state == Order.State.CANCELLED
    assert order.hold.refunded_cents == order.total_cents


def test_the_buyer_cancels_an_unpaid_order(client_of, buyer, placed_order):
    client_of(buyer).post(act("order_cancel", placed_order))

    assert factories.fresh(placed_order).state == Order.State.CANCELLED


def test_an_old_page_cancels_nothing_that_has_started(client_of, buyer, started_order):
    before = footprint(started_order)

    read_it = client_of(buyer).get(act("order_cancel", started_order))
    posted = client_of(buyer).post(act("order_cancel", started_order), follow=True)

    assert read_it["Location"] == started_order.get_absolute_url()
    assert 'role="alert"' in posted.content.decode()
    assert footprint(started_order) == before


def test_who_was_let_down_is_shown_other_offers_and_not_sent_back(client_of, buyer, expert, cancelled_order):
    page = client_of(buyer).get(cancelled_order.get_absolute_url()).content.decode()

    assert "Voir des offres proches" in page
    assert cancelled_order.offer.category.get_absolute_url() in page
    assert "Commander à nouveau" not in page
    assert (
        "Voir des offres proches"
        not in client_of(expert).get(cancelled_order.get_absolute_url()).content.decode()
    )


def test_who_cancelled_may_order_again(client_of, buyer, active_order):
    actions.cancel_before_start(active_order, actor=buyer)

    page = client_of(buyer).get(active_order.get_absolute_url()).content.decode()
    assert "Commander à nouveau" in page
    assert "Voir des offres proches" not in page


def test_the_expert_declines_with_a_reason(client_of, buyer, expert, active_order):
    client = client_of(expert)
    refused = client.post(act("order_decline", active_order), {"reason": "  "})
    assert refused.status_code == 422
    assert factories.fresh(active_order).state == Order.State.ACTIVE

    client.post(act("order_decline", active_order), {"reason": "Je suis en congé."})

    assert factories.fresh(active_order).state == Order.State.CANCELLED
    assert "Je suis en congé." in read(client_of(buyer), active_order.get_absolute_url())


def test_the_buyer_completes_the_brief_until_the_first_deliverable(client_of, buyer, active_order):
    client = client_of(buyer)
    empty = client.post(act("order_brief", active_order), {"brief": " "})
    assert empty.status_code == 422

    client.post(act("order_brief", active_order), {"brief": "Deux scénarios."})

    assert factories.fresh(active_order).brief == "Deux scénarios."
    delivered = factories.deliver(factories.start(active_order))
    late = client.post(act("order_brief", delivered), {"brief": "Trop tard."}, follow=True)
    assert 'role="alert"' in late.content.decode()
    assert factories.fresh(active_order).brief == "Deux scénarios."


def test_the_buyer_reviews_once_and_both_read_it_when_both_have_written(
    client_of, buyer, expert, completed_order
):
    client = client_of(buyer)
    assert client.post(act("order_review", completed_order), {"comment": "Sans étoile"}).status_code == 422
    assert (
        client.post(act("order_review", completed_order), {"rating": "6", "comment": "x"}).status_code == 422
    )
    assert not Review.objects.exists()

    client.post(act("order_review", completed_order), {"rating": "4", "comment": "Clair et précis."})
    assert "Clair et précis." not in read(client_of(expert), completed_order.get_absolute_url())
    client_of(expert).post(
        act("order_review", completed_order), {"rating": "5", "comment": "Des consignes nettes."}
    )
    again = client.post(act("order_review", completed_order), {"rating": "1", "comment": "Non"}, follow=True)

    assert Review.objects.get(author=buyer).rating == 4
    assert 'role="alert"' in again.content.decode()
    for person in (buyer, expert):
        assert "Clair et précis." in read(client_of(person), completed_order.get_absolute_url())


def test_the_words_of_a_refused_review_are_kept(client_of, buyer, completed_order):
    page = (
        client_of(buyer).post(act("order_review", completed_order), {"comment": "Mes mots"}).content.decode()
    )

    assert "Mes mots" in page
    assert 'id="id_rating_error"' in page


def test_nothing_is_reviewed_before_the_end(client_of, buyer, delivered_order):
    client = client_of(buyer)

    assert client.get(act("order_review", delivered_order))["Location"] == delivered_order.get_absolute_url()
    client.post(act("order_review", delivered_order), {"rating": "5"})

    assert not Review.objects.exists()


# B22
def test_a_closed_order_may_be_ordered_again_while_the_offer_lives(client_of, buyer, completed_order, offer):
    from offers import actions as offers

    client, path = client_of(buyer), completed_order.get_absolute_url()
    assert offer.get_absolute_url() in read(client, path)

    offers.delete(offer)

    assert offer.get_absolute_url() not in read(client, path)


# --- What comes next, in words ---


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_next_step_for_every_side(request, state):
    order = request.getfixturevalue(state)

    for side in ("buyer", "expert", "staff"):
        step = queries.next_step(order, side)
        text = "".join(part.words for part in step.words.parts)
        assert step.title
        assert text
        assert "%(" not in text + step.title
        assert "{" not in text
        assert not step.yours or side != "staff"
        line = queries.milestones(order)
        assert sum(milestone.state == "current" for milestone in line) <= 1


def test_who_must_act_is_said_to_that_person_alone(request):
    turns = {
        "placed_order": "buyer",
        "started_order": "expert",
        "delivered_order": "buyer",
        "revised_order": "expert",
        "disputed_order": None,
    }
    for state, whose in turns.items():
        order = request.getfixturevalue(state)
        said = {side for side in ("buyer", "expert", "staff") if queries.next_step(order, side).yours}
        assert said == ({whose} if whose else set()), state


def test_an_empty_brief_is_the_buyers_turn(buyer, offer):
    order = factories.pay(factories.place(buyer, offer, brief=""))
    item = order.checklist.get()
    actions.supply(order, actor=buyer, answers={item.pk: "Les trois bilans, en ligne."}, files={})
    order = factories.fresh(order)
    assert queries.next_step(order, "buyer").act == "brief"

    order = actions.complete_brief(order, actor=buyer, brief="Voilà.")
    assert not queries.next_step(order, "buyer").yours


def test_an_acceptance_says_when_the_money_can_be_withdrawn(completed_order):
    step = queries.next_step(completed_order, "expert")

    moments = [part.moment for part in step.words.parts if part.moment]
    assert completed_order.completed_at + completed_order.timer("clearing_manual") in moments
    assert clock.now() >= completed_order.completed_at


def test_every_kind_of_event_has_words(buyer, completed_order):
    from orders.queries import threads

    for kind in OrderEvent.Kind:
        data = {"cause": "buyer"} if kind == OrderEvent.Kind.CANCELLED else {}
        event = OrderEvent(order=completed_order, kind=kind, actor=buyer, data=data, created_at=clock.now())
        for side in ("buyer", "expert", "staff"):
            title, text, icon, tone = threads.said(event, completed_order, side, {})
            assert title
            assert "%(" not in f"{title}{text}"
            assert icon
            assert tone
