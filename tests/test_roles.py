"""The roles of the team: what each reads, which buttons each presses, and that everything else answers no."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from marketplace.roles import EVERYTHING, ROLES, keep_roles
from tests import factories

READS = {
    "support": """account.emailaddress accounts.company missions.mission missions.quote orders.customrequest orders.invitation
        accounts.closurerequest accounts.dataexport accounts.expertprofile
        accounts.portfoliopiece accounts.recommendation accounts.suspension accounts.timeoff accounts.user messaging.cannedanswer
        messaging.contactrequest messaging.conversation messaging.firstmessage messaging.mail messaging.mailpreference messaging.message
        messaging.report offers.callcalendar offers.category offers.favourite offers.offer offers.savedsearch accounts.staffvisit orders.call
        orders.cancellationrecord orders.changerequest orders.order orders.orderevent orders.review
        orders.trackrecord payments.payment payments.refund usersessions.usersession""",
    "compliance": """accounts.application accounts.auditline accounts.bankaccount accounts.closurerequest accounts.clubmember
        accounts.dataexport accounts.document accounts.documentaccess accounts.expertprofile accounts.legalentity
        accounts.portfoliopiece accounts.recommendation accounts.sector accounts.consent accounts.textedition accounts.skill
        accounts.staffvisit accounts.suspension accounts.user messaging.contactrequest messaging.conversation messaging.firstmessage messaging.message
        messaging.pageversion
        messaging.report         offers.category offers.offer orders.order orders.review orders.trackrecord""",
    "finance": """accounts.bankaccount accounts.legalentity accounts.user disputes.dispute
        missions.mission missions.quote orders.cancellationrecord orders.dayfigures orders.order orders.orderevent payments.bankline payments.bankstatement
        payments.booksexport payments.booksreport payments.chargeback payments.dailyfigures payments.discrepancy
        payments.earning payments.escrowhold payments.gatewaycall payments.inboundevent payments.invoice
        payments.invoiceseries payments.invoicedispatch payments.ledgeraccount payments.ledgerposting payments.ledgertransaction
        payments.payeeaccount payments.payment payments.refund payments.sepabatch payments.statement
        payments.withdrawal""",
    "arbiter": """accounts.expertprofile accounts.user missions.mission missions.nda missions.quote
        disputes.dispute messaging.conversation messaging.message
        offers.offer orders.call orders.cancellationrecord orders.changerequest orders.order orders.orderevent
        orders.review orders.trackrecord payments.earning payments.escrowhold payments.payment payments.refund""",
}
"""Which lists open. What is not here answers 403."""

PRESSES = {
    "support": "messaging.contactrequest messaging.firstmessage messaging.report orders.customrequest",
    "compliance": """accounts.application accounts.expertprofile accounts.recommendation accounts.suspension messaging.firstmessage
        messaging.report offers.offer orders.review""",
    "finance": """payments.bankline payments.booksexport payments.booksreport payments.chargeback payments.discrepancy
        payments.escrowhold payments.gatewaycall payments.invoicedispatch payments.refund payments.sepabatch payments.withdrawal""",
    "arbiter": "disputes.dispute missions.mission orders.order",
}
"""Whose buttons work. What is not here answers 403."""


@pytest.fixture
def roles(db: None) -> None:
    keep_roles()


def in_role(role: str) -> User:
    member = factories.make_user("Nadia", "Roux", is_staff=True)
    member.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=member.pk)


def buttons() -> list[tuple[Any, str]]:
    return [
        (model, act.name) for model, page in admin.site._registry.items() for act in getattr(page, "acts", ())
    ]


def name_of(model: Any, page: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_its_lists_and_no_other(role, roles, client_of):
    client = client_of(in_role(role))
    opened = {
        model._meta.label_lower
        for model in admin.site._registry
        if client.get(reverse(name_of(model, "changelist"))).status_code == 200
    }

    assert opened == set(READS[role].split())


@pytest.mark.parametrize("role", ROLES)
def test_a_role_presses_its_buttons_and_no_other(role, roles, client_of):
    """A refused button answers before it looks for the row; an allowed one finds that this row does not exist."""
    client = client_of(in_role(role))
    pressed = set()
    for model, act in buttons():
        status = client.post(reverse(name_of(model, act), args=["0"]), {"reason": "Essai."}).status_code
        assert status in (403, 404), (model._meta.label, act)
        if status == 404:
            pressed.add(model._meta.label_lower)

    assert pressed == set(PRESSES[role].split())


def test_the_admin_role_opens_every_list_but_makes_nobody_staff(roles, buyer, client_of):
    chief = in_role(EVERYTHING)
    client = client_of(chief)
    for model in admin.site._registry:
        expected = 403 if model is Group else 200
        assert client.get(reverse(name_of(model, "changelist"))).status_code == expected, model._meta.label

    client.post(
        reverse("admin:accounts_user_change", args=[buyer.pk]),
        {
            "first_name": "Thomas",
            "last_name": "Girard",
            "language": "fr",
            "is_active": "on",
            "is_staff": "on",
            "is_superuser": "on",
            "buyer_profile-TOTAL_FORMS": "0",
            "buyer_profile-INITIAL_FORMS": "0",
        },
    )
    buyer.refresh_from_db()
    assert not buyer.is_staff
    assert not buyer.is_superuser


def test_roles_made_twice_are_the_same_and_keep_their_people(roles):
    member = in_role("support")
    group = Group.objects.get(name="support")
    before = group.permissions.count()
    group.permissions.clear()

    assert keep_roles()["support"] == before
    assert list(member.groups.values_list("name", flat=True)) == ["support"]


def test_an_act_that_moves_money_asks_for_the_second_factor_again(
    active_order, staff, client_of, settings, monkeypatch
):
    settings.STAFF_SECOND_FACTOR = True
    monkeypatch.setattr("marketplace.middleware.is_mfa_enabled", lambda user: True)
    client = client_of(staff)
    url = reverse("admin:orders_order_cancel", args=[active_order.pk])

    answer = client.post(url, {"reason": "Essai.", "confirmed": "1"})

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    active_order.refresh_from_db()
    assert active_order.state == "active"

    monkeypatch.setattr(
        "marketplace.kernel.staff.get_authentication_records",
        lambda request, user: [{"method": "mfa", "at": __import__("time").time() - 10}],
    )
    assert client.get(url).status_code == 200
