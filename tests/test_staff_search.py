"""One search of the team: any reference leads to its row, to those who may see it, in a bounded number of queries."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from marketplace.roles import keep_roles
from marketplace.staff import search
from payments.models import Payment, Refund
from tests import factories


def titles(text, user):
    return {row.name for kind in search.find(text, user) for row in kind.rows}


def page(**typed):
    return reverse("admin:search", query=typed)


def test_an_order_is_found_by_its_number_written_anyhow(completed_order, staff):
    for typed in (completed_order.reference, str(completed_order.number), f"j{completed_order.number}"):
        assert str(completed_order) in titles(typed, staff), typed
    assert str(completed_order) in titles(str(completed_order.public_id), staff)
    assert titles(f"M-{completed_order.number}", staff) == set()


def test_people_are_found_by_name_and_e_mail_and_money_by_the_gateways_reference(completed_order, staff):
    payment = Payment.objects.get()
    assert str(completed_order.buyer) in titles("girard tho", staff)
    assert str(completed_order.buyer) in titles(completed_order.buyer.email, staff)
    assert str(payment) in titles(payment.gateway_id, staff)
    assert str(payment) in titles(completed_order.reference, staff)


def test_one_row_opens_at_once_and_many_are_listed(completed_order, staff, client_of):
    client = client_of(staff)
    one = client.get(page(q=completed_order.buyer.email))
    assert one["Location"] == reverse("admin:accounts_user_change", args=[completed_order.buyer.pk])

    many = client.get(page(q=completed_order.reference))
    assert many.status_code == 200
    assert completed_order.title in many.content.decode()
    assert client.get(page(q="x")).status_code == 200
    assert client.get(page(q="rien de tel")).status_code == 200


def test_one_finds_only_what_one_may_see(completed_order):
    keep_roles()
    member = factories.make_user("Nadia", "Roux", is_staff=True)
    assert titles(completed_order.reference, member) == set()

    member.groups.add(Group.objects.get(name="compliance"))
    found = {kind.title for kind in search.find(completed_order.reference, User.objects.get(pk=member.pk))}
    assert len(found) == 1, "the order, and none of its money"


@pytest.mark.parametrize("rows", [0, 12])
def test_the_search_asks_the_same_number_of_queries_however_much_it_finds(
    rows, completed_order, staff, django_assert_max_num_queries
):
    for number in range(rows):
        factories.make_user("Camille", f"Martin{number}")
    with django_assert_max_num_queries(10):
        found = list(search.find("martin", staff))

    assert bool(found) is bool(rows)
    if rows:
        assert (len(found[0].rows), found[0].more) == (search.SHOWN, True)
    assert not Refund.objects.exists()
