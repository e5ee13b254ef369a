"""What nobody changes by hand in the administration, whatever their rank."""

from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from payments.models import LedgerTransaction
from tests.staff.pages import allow, list_of, logged, no_rows, url_of

NEVER_EDITED = [
    "orders.order",
    "orders.orderevent",
    "orders.review",
    "orders.changerequest",
    "orders.cancellationrecord",
    "orders.trackrecord",
    "disputes.dispute",
    "messaging.conversation",
    "messaging.message",
    "messaging.firstmessage",
    "messaging.mail",
    "offers.offer",
    "accounts.expertprofile",
    "payments.payment",
    "payments.escrowhold",
    "payments.refund",
    "payments.earning",
    "payments.inboundevent",
    "payments.ledgeraccount",
    "payments.ledgertransaction",
]


def test_nothing_of_it_is_added_changed_or_deleted_by_hand(world, staff, client_of):
    client = client_of(staff)
    for label in NEVER_EDITED:
        model = apps.get_model(label)
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        assert client.get(reverse(f"{name}_add")).status_code == 403, label
        assert client.post(reverse(f"{name}_add"), {}).status_code == 403, label
        if row is not None:
            changed = {"state": "completed", "_save": "1"}
            assert client.post(url_of(row), changed).status_code == 403, label
            assert client.get(url_of(row, "delete")).status_code == 403, label
            assert client.post(url_of(row, "delete"), {"post": "yes"}).status_code == 403, label
            assert model._default_manager.filter(pk=row.pk).exists(), label
        answer = client.post(
            list_of(model),
            {"action": "delete_selected", "_selected_action": [getattr(row, "pk", 1)], "post": "yes"},
        )
        assert answer.status_code in (200, 302, 403), label
        if row is not None:
            assert model._default_manager.filter(pk=row.pk).exists(), label


def test_no_list_of_the_ledger_orders_or_events_offers_to_delete(staff, client_of, rf):
    """What a list offers to do, as its page asks it."""
    request = rf.get("/")
    request.user = staff
    for label in NEVER_EDITED:
        page = admin.site._registry[apps.get_model(label)]
        assert "delete_selected" not in page.get_actions(request), label
    drawn = client_of(staff).get(list_of(LedgerTransaction)).content
    assert b'value="delete_selected"' not in drawn


def test_a_page_of_an_account_shows_no_password(buyer, staff, client_of):
    page = client_of(staff).get(url_of(buyer))

    assert buyer.password not in page.content.decode()
    assert "password" not in page.context["adminform"].form.fields


def test_only_a_superuser_makes_staff(buyer, colleague, client_of):
    allow(colleague, "accounts.change_user")
    data = {"first_name": "Thomas", "last_name": "Girard", "language": "fr", "is_active": "on"}

    client_of(colleague).post(
        url_of(buyer),
        {**data, "is_staff": "on", "is_superuser": "on", **no_rows("buyer_profile")},
    )

    buyer.refresh_from_db()
    assert not buyer.is_staff
    assert not buyer.is_superuser


def test_staff_close_an_account_and_the_history_says_so(buyer, staff, client_of):
    answer = client_of(staff).post(
        url_of(buyer),
        {"first_name": "Thomas", "last_name": "Girard", "language": "fr", **no_rows("buyer_profile")},
    )

    assert answer.status_code == 302
    buyer.refresh_from_db()
    assert not buyer.is_active
    assert logged(buyer) == [staff]
