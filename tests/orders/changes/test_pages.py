"""Changes as the order room shows and takes them."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from orders import actions, queries
from orders.models import Order
from payments.models import Refund
from tests import factories
from tests.orders.changes.kit import HOURS, act, ask_cancel, en, extend, footprint, page, split

pytestmark = pytest.mark.django_db


# --- The room ---


@pytest.mark.parametrize("ask", [extend, ask_cancel, split])
def test_the_room_asks_the_other_side_and_lets_the_asker_withdraw(client_of, staff, started_order, ask):
    change = ask(started_order)
    asker = change.proposed_by
    other = started_order.expert if asker == started_order.buyer else started_order.buyer
    path = en(started_order.get_absolute_url())
    accept, refuse, withdraw = (
        f'action="{en(reverse(name, args=[change.public_id]))}"'
        for name in ("change_accept", "change_refuse", "change_withdraw")
    )

    theirs, own, read = (page(client_of(person), path) for person in (other, asker, staff))

    for text in (theirs, own, read):
        assert 'id="request"' in text
    assert (accept in theirs, refuse in theirs, withdraw in theirs) == (True, True, False)
    assert (accept in own, refuse in own, withdraw in own) == (False, False, True)
    assert (accept in read, refuse in read, withdraw in read) == (False, False, False)
    for text in (theirs, own):
        for name in ("order_extension", "order_ask_cancel", "order_settlement"):
            assert act(name, started_order).removeprefix("/en") not in text, "one request at a time"


# B11, section 3 number 3
def test_the_figures_are_shown_to_both_before_agreeing(client_of, buyer, expert, started_order):
    split(started_order, refund_cents=40_00)

    for person in (buyer, expert):
        text = page(client_of(person), en(started_order.get_absolute_url()))
        for figure in ("€40.00", "€72.00", "€8.00", "VAT of €1.33 included", "€120.00"):
            assert figure in text


def test_an_answer_from_the_room(client_of, buyer, started_order):
    change = extend(started_order)
    client = client_of(buyer)
    assert client.get(reverse("change_accept", args=[change.public_id])).status_code == 302
    assert started_order.changes.open().exists(), "reading never acts"

    client.post(reverse("change_accept", args=[change.public_id]))
    again = client.post(reverse("change_accept", args=[change.public_id]), follow=True)

    assert factories.fresh(started_order).due_at == change.new_due_at
    assert 'role="alert"' in again.content.decode()
    assert 'id="request"' not in again.content.decode()


def test_an_old_page_does_not_accept_another_request(client_of, buyer, expert, started_order):
    old = split(started_order, refund_cents=100_00)
    actions.withdraw_change(old, actor=expert)
    split(started_order, refund_cents=1)

    client_of(buyer).post(reverse("change_accept", args=[old.public_id]))

    assert factories.fresh(started_order).state == Order.State.ACTIVE
    assert Refund.objects.count() == 0


def test_strangers_and_staff_find_nothing(client_of, stranger, staff, started_order):
    change = split(started_order)
    for person in (stranger, staff):
        client = client_of(person)
        for name in ("change_accept", "change_refuse", "change_withdraw"):
            assert client.post(reverse(name, args=[change.public_id])).status_code == 404
        for name in ("order_extension", "order_ask_cancel", "order_settlement", "order_cancel_late"):
            assert client.get(act(name, started_order)).status_code == 404
            assert client.post(act(name, started_order)).status_code == 404


def test_each_side_finds_its_own_pages(client_of, buyer, expert, started_order):
    assert client_of(buyer).get(act("order_extension", started_order)).status_code == 404
    assert client_of(expert).get(act("order_cancel_late", started_order)).status_code == 404
    assert client_of(buyer).get(act("order_cancel_late", started_order)).status_code == 302
    for person in (buyer, expert):
        for name in ("order_ask_cancel", "order_settlement"):
            assert 'method="post"' in page(client_of(person), act(name, started_order))


def test_the_expert_proposes_a_date_at_the_same_time_of_day(client_of, expert, started_order):
    client = client_of(expert)
    present = timezone.localtime(started_order.due_at)
    day = (present + timedelta(days=4)).date()
    assert 'type="date"' in page(client, act("order_extension", started_order))

    client.post(
        act("order_extension", started_order),
        {"day": day.isoformat(), "message": "Il me manque vos comptes."},
    )

    asked = timezone.localtime(started_order.changes.get().new_due_at)
    assert (asked.date(), asked.time()) == (day, present.time())


@pytest.mark.parametrize("day", ["", "bientôt", "2020-01-01", "2099-01-01", "9999-12-31", "0001-01-01"])
def test_a_date_that_is_none_says_why_and_keeps_what_was_typed(client_of, expert, started_order, day):
    before = footprint(started_order)

    response = client_of(expert).post(
        act("order_extension", started_order), {"day": day, "message": "Mes mots"}
    )

    assert response.status_code == 422
    assert "day" in response.context["form"].errors
    assert "Mes mots" in response.content.decode()
    assert footprint(started_order) == before


def test_a_cancellation_without_words_is_refused_next_to_the_field(client_of, buyer, started_order):
    response = client_of(buyer).post(act("order_ask_cancel", started_order), {"reason": " "})

    assert response.status_code == 422
    assert 'id="id_reason_error"' in response.content.decode()
    assert not started_order.changes.exists()


def test_a_settlement_is_seen_before_it_is_sent(client_of, buyer, started_order):
    client, path = client_of(buyer), en(act("order_settlement", started_order))
    typed = {"refund_cents": "40", "message": "La moitié."}

    shown = client.post(path, typed)
    assert shown.status_code == 200
    assert "€72.00" in shown.content.decode()
    assert 'name="seen" value="4000"' in shown.content.decode()
    assert not started_order.changes.exists()

    changed = client.post(path, {**typed, "refund_cents": "60", "seen": "4000"})
    assert "€54.00" in changed.content.decode(), "other amounts are shown again"
    assert not started_order.changes.exists()

    client.post(path, {**typed, "refund_cents": "60", "seen": "6000"})
    assert started_order.changes.get().refund_cents == 60_00


def test_the_slider_shows_the_figures_and_never_sends_anything(client_of, buyer, started_order):
    address = reverse("order_settlement", args=[started_order.public_id])
    typed = {"refund_cents": "40", "message": "La moitié est faite.", "seen": "4000"}

    for words in (typed, {**typed, "message": ""}):
        answer = client_of(buyer).post(address, words, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert answer.context["split"].refund_cents == 40_00
    wrong = client_of(buyer).post(address, {**typed, "refund_cents": "x"}, headers={"HX-Request": "true"})

    assert wrong.context["split"] is None
    assert not started_order.changes.exists()


@pytest.mark.parametrize("amount", ["", "0", "120", "-5", "abc", "12.345", "1e3"])
def test_a_split_that_is_none_says_why(client_of, expert, started_order, amount):
    response = client_of(expert).post(
        act("order_settlement", started_order), {"refund_cents": amount, "message": "Mes mots"}
    )

    assert response.status_code == 422
    assert "refund_cents" in response.context["form"].errors
    assert "Mes mots" in response.content.decode()
    assert not started_order.changes.exists()


def test_a_late_order_says_so_and_offers_the_way_out_after_the_grace(client_of, buyer, expert, started_order):
    path = en(started_order.get_absolute_url())
    cancel = "late-cancellation/"
    with time_machine.travel(started_order.due_at + HOURS, tick=False):
        text = page(client_of(buyer), path)
        assert "badge-bad" in text
        assert "you can cancel alone and get everything back" in text
        assert cancel not in text
    with time_machine.travel(started_order.due_at + 25 * HOURS, tick=False):
        assert cancel in page(client_of(buyer), path)
        assert cancel not in page(client_of(expert), path)
        client = client_of(buyer)
        assert "€120" in page(client, en(act("order_cancel_late", started_order)))
        client.post(act("order_cancel_late", started_order))
        again = client.post(act("order_cancel_late", started_order), follow=True)

    assert factories.fresh(started_order).cancel_cause == Order.CancelCause.LATE
    assert 'role="alert"' in again.content.decode()


def test_an_order_on_time_says_nothing_of_lateness(client_of, buyer, started_order):
    text = page(client_of(buyer), en(started_order.get_absolute_url()))

    assert "badge-bad" not in text
    assert "late-cancellation/" not in text


def test_pages_opened_too_late_send_back_to_the_room(client_of, buyer, expert, completed_order):
    before = footprint(completed_order)
    for name, person in (
        ("order_extension", expert),
        ("order_ask_cancel", buyer),
        ("order_settlement", expert),
        ("order_cancel_late", buyer),
    ):
        for send in (client_of(person).get, client_of(person).post):
            response = send(act(name, completed_order))
            assert response.status_code == 302
            assert response["Location"] == completed_order.get_absolute_url()
    assert footprint(completed_order) == before


@pytest.mark.parametrize("end", ["late", "agreed", "settled"])
def test_every_end_is_said_to_every_side(client_of, buyer, expert, staff, started_order, end):
    if end == "late":
        with time_machine.travel(started_order.due_at + 25 * HOURS, tick=False):
            actions.cancel_late(started_order, actor=buyer)
    else:
        change = ask_cancel(started_order) if end == "agreed" else split(started_order, "buyer")
        actions.accept_change(change, actor=expert)
    order = Order.objects.select_related("payment__hold").get(pk=started_order.pk)

    for side, person in (("buyer", buyer), ("expert", expert), ("staff", staff)):
        step = queries.next_step(order, side)
        said = "".join(part.words for part in step.words.parts)
        assert "%(" not in said
        assert ("40" in said) == (end == "settled")
        path = en(order.get_absolute_url())
        for address in (path, path.removeprefix("/en")):
            assert client_of(person).get(address).status_code == 200


def test_an_open_request_costs_the_room_no_query(buyer, started_order, django_assert_num_queries):
    def gather() -> None:
        queries.room(queries.room_orders(buyer).get(pk=started_order.pk), buyer)

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as without:
        gather()
    split(started_order)
    with django_assert_num_queries(len(without)):
        gather()
