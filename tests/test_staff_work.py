"""What the team works with: the site as somebody sees it, the figures, the lists one keeps."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import AuditLine, SavedFilter, StaffVisit, User
from disputes import actions as disputes
from marketplace.kernel import clock, rules
from marketplace.roles import keep_roles
from marketplace.staff import figures
from orders import actions as orders
from orders.models import DayFigures, Order
from tests import factories

WHY = "Thomas écrit que le bouton n'apparaît pas."


@pytest.fixture
def member(db: None) -> User:
    keep_roles()
    made = factories.make_user("Nadia", "Roux", is_staff=True)
    made.groups.add(Group.objects.get(name="support"))
    return User.objects.get(pk=made.pk)


def see_as(client, person):
    return client.post(reverse("admin:see_as", args=[person.pk]), {"reason": WHY})


# Seeing the site as somebody else


def test_support_reads_what_a_person_reads_and_changes_nothing(delivered_order, member, client_of):
    buyer, client = delivered_order.buyer, client_of(member)
    orders.say(delivered_order, author=delivered_order.expert, body="Voici la première version.")
    read = list(delivered_order.conversation.participants.values_list("user", "last_read_at"))
    assert see_as(client, buyer).status_code == 302

    room = client.get(delivered_order.get_absolute_url())

    assert room.status_code == 200
    assert room.context["room"].side == "buyer"
    page = room.content.decode()
    assert reverse("seeing_end") in page
    assert list(delivered_order.conversation.participants.values_list("user", "last_read_at")) == read
    refused = client.post(reverse("order_acceptance", args=[delivered_order.public_id]))
    assert refused.status_code == 403
    assert factories.fresh(delivered_order).state == Order.State.DELIVERED


@pytest.mark.parametrize(
    "name", ["account_settings", "mfa_index", "dashboard_earnings", "invoices", "account_privacy"]
)
def test_money_papers_and_security_stay_closed(name, buyer, member, client_of):
    client = client_of(member)
    see_as(client, buyer)

    assert client.get(reverse(name)).status_code == 403


def test_who_looked_stays_in_the_persons_audit_and_it_ends(buyer, member, client_of):
    client = client_of(member)
    see_as(client, buyer)
    line = AuditLine.objects.get(subject="accounts_user", row_id=str(buyer.pk))
    assert (line.actor, line.changes["seen_by_team"][1]) == (member, WHY)
    assert client.get(reverse("admin:index")).wsgi_request.user == member

    client.post(reverse("seeing_end"))
    assert StaffVisit.objects.get().ended_at is not None
    assert client.get(reverse("buyer_orders")).wsgi_request.user == member

    see_as(client, buyer)
    with clock.at(clock.now() + rules.SEEING + timedelta(minutes=1)):
        assert client.get(reverse("buyer_orders")).wsgi_request.user == member


def test_nobody_sees_as_a_colleague_without_the_right_a_reason_or_a_second_factor(
    buyer, staff, member, client_of, settings, monkeypatch
):
    client = client_of(member)
    assert see_as(client, staff).status_code == 403
    assert client.post(reverse("admin:see_as", args=[buyer.pk]), {"reason": " "}).status_code == 422
    settings.STAFF_SECOND_FACTOR = True
    monkeypatch.setattr("marketplace.middleware.is_mfa_enabled", lambda user: True)
    assert see_as(client, buyer)["Location"].startswith(reverse("mfa_reauthenticate"))
    settings.STAFF_SECOND_FACTOR = False
    member.groups.set([Group.objects.get(name="finance")])
    assert see_as(client_of(User.objects.get(pk=member.pk)), buyer).status_code == 403
    assert see_as(client_of(buyer), staff).status_code == 302, "to the sign-in page"
    assert not StaffVisit.objects.exists()


# Figures


def test_figures_add_up_what_each_day_brought_and_twice_is_the_same(completed_order):
    orders.write_figures()
    orders.write_figures()

    day = DayFigures.objects.get(paid=1)
    assert (day.completed, day.volume_cents, day.commission_cents, day.refunded_cents) == (
        1,
        120_00,
        10_00,
        0,
    )
    assert DayFigures.objects.count() <= 2


def test_the_page_of_figures_draws_orders_and_disputes(
    delivered_order, staff, member, client_of, django_assert_max_num_queries
):
    dispute = disputes.open_dispute(
        delivered_order,
        actor=delivered_order.buyer,
        ground="unsuitable",
        statement="La moitié manque au plan.",
    )
    disputes.rule(dispute, actor=staff, refund_cents=40_00, reason="Un tiers manque.")
    orders.write_figures()
    client = client_of(staff)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("admin:figures"))

    html = page.content.decode()
    assert page.status_code == 200
    assert "<svg" in html
    assert "style=" not in html
    assert next(chart.total for chart in page.context["charts"]) == "1"
    assert sum(sum(line) for _ground, line in page.context["disputes"].grounds) == 1
    assert client.get(reverse("admin:figures"), {"by": "day"}).status_code == 200
    assert client_of(member).get(reverse("admin:figures")).status_code == 403


def test_a_chart_without_figures_is_flat():
    drawn = figures.chart("Vide", [("a", 0), ("b", 0)], str)

    assert [bar.height for bar in drawn.bars] == [0, 0]


# Saved filters


def test_a_filtered_list_is_kept_shared_and_removed(staff, member, stranger, client_of):
    client, other = client_of(staff), client_of(member)
    save = reverse("admin:save_filter", args=["orders.order"])
    client.post(save, {"name": "Contestées", "query": "state__exact=disputed&p=3", "is_shared": "on"})
    client.post(save, {"name": "À moi", "query": "state__exact=delivered"})
    client.post(save, {"name": "", "query": "state__exact=active"})
    client.post(save, {"name": "Tout", "query": "p=2"})

    assert set(SavedFilter.objects.values_list("name", "query")) == {
        ("Contestées", "state__exact=disputed"),
        ("À moi", "state__exact=delivered"),
    }
    listed = reverse("admin:orders_order_changelist")
    assert "À moi" in client.get(listed, {"state__exact": "delivered"}).content.decode()
    seen = other.get(listed).content.decode()
    assert "Contestées" in seen
    assert "À moi" not in seen
    assert "Contestées" in other.get(reverse("admin:index")).content.decode()
    drop = reverse("admin:drop_filter", args=[SavedFilter.objects.get(is_shared=True).pk])
    assert other.post(drop).status_code == 404
    assert client.post(drop).status_code == 302
    assert SavedFilter.objects.count() == 1
    assert (
        other.post(
            reverse("admin:save_filter", args=["payments.withdrawal"]), {"name": "x", "query": "a=b"}
        ).status_code
        == 403
    )
