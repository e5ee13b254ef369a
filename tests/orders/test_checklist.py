"""What the expert needs: frozen with the order, sent item by item, and the pauses that wait for it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.kernel.errors import Refusal
from offers.models import Requirement
from orders import actions, queries
from orders.models import Order, OrderEvent, Pause
from tests import factories

Kind = OrderEvent.Kind


@pytest.fixture
def needy_offer(expert):
    offer = factories.make_offer(expert)
    offer.requirements.all().delete()
    for position, (label, kind, required) in enumerate(
        [
            ("Vos trois derniers bilans", "file", True),
            ("Votre marché", "text", True),
            ("Un logo", "file", False),
        ]
    ):
        Requirement.objects.create(
            offer=offer, label=label, hint="Si possible", kind=kind, required=required, position=position
        )
    return offer


@pytest.fixture
def needy_order(buyer, needy_offer) -> Order:
    return factories.pay(factories.place(buyer, needy_offer))


def act(name: str, order: Order) -> str:
    return reverse(name, args=[order.public_id])


def facts(order: Order):
    return (
        Order.objects.filter(pk=order.pk).values().get(),
        list(order.checklist.values()),
        order.events.count(),
    )


# E7
def test_the_list_is_frozen_with_the_order(needy_order, needy_offer):
    Requirement.objects.filter(offer=needy_offer).delete()

    items = list(needy_order.checklist.values_list("label", "kind", "is_required", "hint"))
    assert items == [
        ("Vos trois derniers bilans", "file", True, "Si possible"),
        ("Votre marché", "text", True, "Si possible"),
        ("Un logo", "file", False, "Si possible"),
    ]
    assert needy_order.items_missing == 2


# B3
def test_the_buyer_sends_items_one_by_one_and_the_expert_sees_which_are_there(
    client_of, buyer, expert, needy_order
):
    bilans, marche, _logo = needy_order.checklist.all()
    page = client_of(buyer).get(act("order_requirements", needy_order)).content.decode()
    assert f'name="item-{bilans.pk}"' in page
    assert f'name="item-{marche.pk}"' in page

    response = client_of(buyer).post(
        act("order_requirements", needy_order),
        {
            f"item-{marche.pk}": "Les PME de Loire-Atlantique",
            f"item-{bilans.pk}": factories.a_file("bilans.pdf"),
        },
    )

    assert response.status_code == 302
    order = factories.fresh(needy_order)
    assert order.items_missing == 0
    assert order.checklist.get(pk=marche.pk).answer == "Les PME de Loire-Atlantique"
    sent = order.checklist.get(pk=bilans.pk).files.get()
    assert sent.name == "bilans.pdf"
    event = order.events.get(kind=Kind.ITEMS_SUPPLIED)
    assert event.data["item"] == "Vos trois derniers bilans, Votre marché"
    page = client_of(expert).get(order.get_absolute_url()).content.decode()
    assert "Les PME de Loire-Atlantique" in page
    assert sent.url in page
    assert client_of(expert).get(sent.url).status_code == 200


def test_a_file_of_an_item_is_for_the_parties(client_of, stranger, buyer, needy_order, client):
    bilans = needy_order.checklist.first()
    actions.supply(needy_order, actor=buyer, answers={}, files={bilans.pk: [factories.a_file()]})
    url = bilans.files.get().url

    assert client_of(stranger).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_an_empty_form_and_a_bad_file_change_nothing_and_keep_what_was_typed(client_of, buyer, needy_order):
    bilans, marche, _logo = needy_order.checklist.all()
    before = facts(needy_order)

    empty = client_of(buyer).post(act("order_requirements", needy_order), {})
    bad = client_of(buyer).post(
        act("order_requirements", needy_order),
        {
            f"item-{marche.pk}": "Mon marché",
            f"item-{bilans.pk}": SimpleUploadedFile("virus.exe", b"MZ", content_type="application/pdf"),
        },
    )

    assert empty.status_code == bad.status_code == 422
    assert "Mon marché" in bad.content.decode()
    assert facts(needy_order) == before


def test_only_the_buyer_sends_and_until_the_first_deliverable(needy_order, buyer, expert, stranger, staff):
    marche = needy_order.checklist.get(label="Votre marché")
    before = facts(needy_order)
    for person in (expert, stranger, staff):
        with pytest.raises(Refusal):
            actions.supply(needy_order, actor=person, answers={marche.pk: "a"}, files={})
    assert facts(needy_order) == before
    delivered = factories.deliver(factories.start(needy_order))
    before = facts(delivered)
    with pytest.raises(Refusal):
        actions.supply(delivered, actor=buyer, answers={marche.pk: "a"}, files={})
    assert facts(delivered) == before


# E14
def test_nothing_looks_awaited_once_the_first_deliverable_is_there(client_of, buyer, expert, needy_order):
    awaited = client_of(buyer).get(needy_order.get_absolute_url()).content.decode()
    assert awaited.count("need-line-awaited") == 2, "what is needed, not what is welcome"

    factories.deliver(factories.start(needy_order))

    for user in (buyer, expert):
        room = client_of(user).get(needy_order.get_absolute_url()).content.decode()
        assert "need-line-awaited" not in room
        assert room.count("· Non envoyé<") == 3


def test_the_item_that_was_waited_for_ends_the_pause_by_itself(client_of, buyer, expert, needy_order):
    order = factories.start(needy_order)
    marche = order.checklist.get(label="Votre marché")
    response = client_of(expert).post(act("order_pause", order), {"item": str(marche.pk)})
    assert response.status_code == 302
    order = factories.fresh(order)
    assert order.is_paused
    assert "Votre marché" in client_of(buyer).get(order.get_absolute_url()).content.decode()

    other = order.checklist.get(label="Un logo")
    actions.supply(order, actor=buyer, answers={}, files={other.pk: [factories.a_file()]})
    assert factories.fresh(order).is_paused, "another item does not end it"
    actions.supply(order, actor=buyer, answers={marche.pk: "Les PME"}, files={})

    order = factories.fresh(order)
    assert not order.is_paused
    assert order.pauses.get().end == Pause.End.SUPPLIED
    assert order.events.filter(kind=Kind.RESUMED).count() == 1


def test_the_expert_names_another_item_in_the_room(client_of, buyer, expert, started_order):
    page = client_of(expert).get(act("order_pause", started_order)).content.decode()
    assert 'name="label"' in page
    nameless = client_of(expert).post(act("order_pause", started_order), {"item": "other", "label": " "})
    assert nameless.status_code == 422
    assert not factories.fresh(started_order).is_paused

    client_of(expert).post(
        act("order_pause", started_order), {"item": "other", "label": "Les statuts signés", "kind": "file"}
    )

    order = factories.fresh(started_order)
    assert order.is_paused
    assert order.checklist.last().label == "Les statuts signés"
    page = client_of(buyer).get(order.get_absolute_url()).content.decode()
    assert "Les statuts signés" in page
    assert act("order_pause_contest", order) in page


def test_what_is_missing_puts_the_order_among_those_that_wait_for_the_buyer(buyer, needy_order):
    Order.objects.filter(pk=needy_order.pk).update(brief="Tout est dit.")

    assert list(Order.objects.bought_by(buyer).waiting_for_buyer()) == [needy_order]
    assert queries.next_step(factories.fresh(needy_order), "buyer").act == "supply"


def test_the_room_costs_the_same_whatever_is_asked_for(buyer, needy_order, django_assert_max_num_queries):
    for label in ("A", "B", "C"):
        actions.supply(
            needy_order,
            actor=buyer,
            answers={},
            files={needy_order.checklist.first().pk: [factories.a_file(f"{label}.pdf")]},
        )

    with django_assert_max_num_queries(10):
        found = queries.room_orders(buyer).get(pk=needy_order.pk)
        room = queries.room(found, buyer)
        assert [file.name for file in room.needs[0].files] == ["A.pdf", "B.pdf", "C.pdf"]
