"""The administration: who may look, what nobody may touch, and what the buttons of staff do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import ExpertProfile, User
from disputes import actions as disputes
from disputes.models import Dispute
from messaging import mail
from messaging.models import Mail
from offers.models import Category, Offer
from orders import actions as orders
from orders.models import Order, OrderEvent
from payments.models import InboundEvent, LedgerTransaction
from tests import factories

WHY = "Le brief et le livrable ne correspondent pas ; chaque partie prend sa part."

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


def url_of(row: Any, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def list_of(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def registered() -> list[Any]:
    return sorted(admin.site._registry, key=lambda model: model._meta.label_lower)


@pytest.fixture
def world(completed_order: Order, buyer: User, expert: User, offer: Offer, client_of: Any) -> Dispute:
    """A row of nearly everything: an order completed, one disputed, a mail, messages, reviews, a payment event."""
    orders.leave_review(completed_order, author=buyer, rating=5, comment="Parfait.")
    orders.leave_review(completed_order, author=expert, rating=5, comment="Des consignes nettes.")
    other = factories.deliver(factories.start(factories.pay(factories.place(buyer, offer))))
    orders.say(other, author=buyer, body="Bonjour, il manque une page.", files=[factories.a_file()])
    mail.owe(key="order_event:1:1", recipient=buyer.email, subject="Une commande", text="Bonjour.")
    return disputes.open_dispute(
        other, actor=buyer, ground="unsuitable", statement="La moitié des pages manque au plan livré."
    )


@pytest.fixture
def colleague(db: None) -> User:
    """Staff without any permission yet."""
    return factories.make_user("Nadia", "Roux", is_staff=True)


def allow(user: User, *labels: str) -> User:
    """Give permissions written as ``orders.view_order``."""
    for label in labels:
        app, codename = label.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return User.objects.get(pk=user.pk)


# Who may look


def test_every_list_and_every_page_opens_for_a_superuser(world, staff, client_of):
    client = client_of(staff)

    for model in registered():
        answer = client.get(list_of(model))
        assert answer.status_code == 200, model._meta.label
        row = model._default_manager.first()
        if row is not None:
            answer = client.get(url_of(row))
            assert answer.status_code == 200, model._meta.label
            assert client.get(url_of(row, "history")).status_code == 200, model._meta.label


def test_every_list_can_be_searched(world, staff, client_of):
    client = client_of(staff)

    for model, model_admin in admin.site._registry.items():
        if model_admin.get_search_fields(None):
            for words in ("J-24817", "12 «é'\"%_"):
                answer = client.get(list_of(model), {"q": words})
                assert answer.status_code == 200, (model._meta.label, words)


def test_nothing_opens_for_visitors_and_members(world, buyer, client, client_of):
    for visitor, statuses in ((client, {302}), (client_of(buyer), {302, 403})):
        for url in [reverse("admin:index"), *(list_of(model) for model in registered()), url_of(world)]:
            answer = visitor.get(url)
            assert answer.status_code in statuses, url
            if answer.status_code == 302:
                assert "/admin/" in answer["Location"] or "/login/" in answer["Location"]


def test_a_member_who_asks_to_sign_in_as_staff_is_turned_away(buyer, client_of):
    assert client_of(buyer).get(reverse("admin:login")).status_code == 403


def test_staff_sign_in_by_the_door_of_the_site(client, db):
    answer = client.get(reverse("admin:login") + "?next=/admin/")

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_staff_without_permission_see_no_row(world, colleague, client_of):
    client = client_of(colleague)

    assert client.get(reverse("admin:index")).status_code == 200
    for model in registered():
        assert client.get(list_of(model)).status_code == 403, model._meta.label


def test_the_first_page_says_what_waits(world, staff, client_of):
    factories.make_expert("Paul", "Mercier", approved=False)

    page = client_of(staff).get(reverse("admin:index"))

    waiting = {row.url: row.count for row in page.context["waiting"]}
    assert waiting[f"{list_of(Dispute)}?ruling=waiting&o=5"] == 1
    assert waiting[f"{list_of(ExpertProfile)}?status__exact=pending"] == 1
    for row in page.context["waiting"]:
        assert client_of(staff).get(row.url).status_code == 200, row.url


def test_the_first_page_hides_what_one_may_not_see(world, colleague, client_of):
    allow(colleague, "disputes.view_dispute")

    page = client_of(colleague).get(reverse("admin:index"))

    assert {row.url.split("?")[0] for row in page.context["waiting"]} == {list_of(Dispute)}


def test_pages_carry_nothing_inline(world, staff, client_of):
    client = client_of(staff)
    pages = [
        reverse("admin:index"),
        list_of(Order),
        url_of(world.order),
        url_of(world),
        url_of(world, "rule"),
    ]

    for url in pages:
        html = client.get(url).content.decode()
        assert " style=" not in html, url
        assert " onclick=" not in html, url
        assert "<style" not in html, url
        assert "<script>" not in html, url


# What nobody may touch


@pytest.mark.parametrize("label", NEVER_EDITED)
def test_nothing_of_it_is_added_changed_or_deleted_by_hand(label, world, staff, client_of):
    from django.apps import apps

    model = apps.get_model(label)
    client = client_of(staff)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = model._default_manager.first()

    assert client.get(reverse(f"{name}_add")).status_code == 403
    assert client.post(reverse(f"{name}_add"), {}).status_code == 403
    if row is not None:
        assert client.post(url_of(row), {"state": "completed", "_save": "1"}).status_code == 403
        assert client.get(url_of(row, "delete")).status_code == 403
        assert client.post(url_of(row, "delete"), {"post": "yes"}).status_code == 403
        assert model._default_manager.filter(pk=row.pk).exists()
    answer = client.post(
        list_of(model),
        {"action": "delete_selected", "_selected_action": [getattr(row, "pk", 1)], "post": "yes"},
    )
    assert answer.status_code in (200, 302, 403)
    if row is not None:
        assert model._default_manager.filter(pk=row.pk).exists()


def test_no_list_of_the_ledger_orders_or_events_offers_to_delete(world, staff, client_of):
    for label in NEVER_EDITED:
        from django.apps import apps

        page = client_of(staff).get(list_of(apps.get_model(label)))
        assert b'value="delete_selected"' not in page.content, label


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


def no_rows(prefix: str) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}


def logged(row: Any) -> list[User]:
    """Who stands in the history of a row."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    ).select_related("user")
    return [entry.user for entry in entries]


def last_words(row: Any) -> str:
    return (
        LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
        .latest("action_time")
        .get_change_message()
    )


# Buttons


def test_an_expert_is_approved_with_a_reason(staff, client_of):
    profile = factories.make_expert("Paul", "Mercier", approved=False).expert_profile
    client = client_of(staff)
    assert client.get(url_of(profile, "approve")).status_code == 200

    answer = client.post(url_of(profile, "approve"), {"reason": "Dossier complet."})

    assert answer["Location"] == url_of(profile)
    profile.refresh_from_db()
    assert profile.is_approved
    assert profile.approved_at is not None
    assert logged(profile) == [staff]
    assert "Dossier complet." in last_words(profile)


def test_an_expert_is_suspended_with_a_reason(offer, staff, client_of):
    profile = offer.expert.expert_profile

    client_of(staff).post(
        url_of(profile, "suspend"),
        {"ground": "fraud", "at_once": "on", "lasts": "30", "reason": "Attestation expirée."},
    )

    profile.refresh_from_db()
    assert profile.status == ExpertProfile.Status.SUSPENDED
    assert not Offer.objects.published().exists()
    assert "Attestation expirée." in last_words(profile)


@pytest.mark.parametrize(
    ("page", "status"), [("pause", Offer.Status.PAUSED), ("remove", Offer.Status.DELETED)]
)
def test_an_offer_leaves_the_sale_with_a_reason(offer, staff, client_of, page, status):
    client_of(staff).post(url_of(offer, page), {"reason": "Texte trompeur."})

    offer.refresh_from_db()
    assert offer.status == status
    assert logged(offer) == [staff]


def test_a_button_without_a_reason_changes_nothing(offer, active_order, staff, client_of):
    client = client_of(staff)
    for row, page in ((offer, "pause"), (offer.expert.expert_profile, "suspend"), (active_order, "cancel")):
        rest = {"ground": "fraud", "lasts": "30"} if page == "suspend" else {}
        answer = client.post(url_of(row, page), {"reason": "  ", "confirmed": "1", **rest})

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["reason"]
        assert logged(row) == []

    offer.refresh_from_db()
    assert offer.status == Offer.Status.PUBLISHED
    assert factories.fresh(active_order).state == Order.State.ACTIVE


def test_staff_cancel_an_order_in_two_steps_and_the_buyer_is_paid_back(started_order, staff, client_of):
    client = client_of(staff)
    answers = {"reason": "L'expert est hospitalisé."}

    seen = client.post(url_of(started_order, "cancel"), answers)

    assert seen.status_code == 200
    assert "120,00" in str(seen.context["preview"])
    assert factories.fresh(started_order).state == Order.State.ACTIVE, (
        "nothing happens before the second step"
    )

    done = client.post(url_of(started_order, "cancel"), {**answers, "confirmed": "1"})

    assert done["Location"] == url_of(started_order)
    order = factories.fresh(started_order)
    assert (order.state, order.cancel_cause) == (Order.State.CANCELLED, Order.CancelCause.STAFF)
    assert order.hold.refunded_cents == 120_00
    event = order.events.get(kind=OrderEvent.Kind.CANCELLED)
    assert (event.actor, event.data["reason"]) == (staff, answers["reason"])
    assert logged(order) == [staff]
    assert answers["reason"] in last_words(order)


def test_an_order_that_is_over_cannot_be_cancelled(completed_order, staff, client_of):
    client = client_of(staff)
    movements = LedgerTransaction.objects.count()

    answer = client.post(url_of(completed_order, "cancel"), {"reason": "Trop tard.", "confirmed": "1"})

    assert answer.status_code == 302
    assert factories.fresh(completed_order).state == Order.State.COMPLETED
    assert LedgerTransaction.objects.count() == movements
    assert logged(completed_order) == []
    page = client.get(url_of(completed_order)).content.decode()
    assert url_of(completed_order, "cancel") not in page


def test_a_refused_act_leaves_no_trace(delivered_order, staff, client_of, monkeypatch):
    """The order is delivered between the page and the click: the action, which looks under lock, says no."""
    from orders.admin.orders import OrderAdmin

    (act,) = OrderAdmin.acts
    monkeypatch.setattr(OrderAdmin, "acts", (type(act)(**{**act.__dict__, "applies": lambda order: True}),))

    answer = client_of(staff).post(
        f"{url_of(delivered_order)}".replace("/change/", "/cancel/"),
        {"reason": "Trop tard.", "confirmed": "1"},
    )

    assert answer.status_code == 302
    assert factories.fresh(delivered_order).state == Order.State.DELIVERED
    assert logged(delivered_order) == []


def test_a_ruling_shares_a_hundred_and_twenty_euros_to_the_cent_once(world, staff, client_of):
    """The third worked example of the money rules, through the pages of staff."""
    client = client_of(staff)
    answers = {"decision": "share", "refund_cents": "40,00", "reason": WHY}

    seen = client.post(url_of(world, "rule"), answers)

    assert seen.status_code == 200
    shown = [str(value).replace("\u00a0", " ") for _label, value in seen.context["preview"]]
    assert shown[2:7] == ["120,00 €", "40,00 €", "72,00 €", "6,67 €", "1,33 €"]
    assert not Dispute.objects.get().is_ruled

    first = client.post(url_of(world, "rule"), {**answers, "confirmed": "1"})
    movements = LedgerTransaction.objects.count()
    second = client.post(url_of(world, "rule"), {**answers, "confirmed": "1"})

    assert first["Location"] == second["Location"] == url_of(world)
    assert LedgerTransaction.objects.count() == movements, "a double submit moves the money once"
    order = factories.fresh(world.order)
    assert order.state == Order.State.RESOLVED
    assert (order.hold.refunded_cents, order.hold.net_cents, order.hold.commission_cents) == (
        40_00,
        72_00,
        8_00,
    )
    ruled = Dispute.objects.get()
    assert (ruled.ruled_by, ruled.refund_cents, ruled.reason) == (staff, 40_00, WHY)
    assert logged(world) == [staff]
    assert WHY in last_words(world)
    assert "40,00" in last_words(world)


def test_correcting_the_preview_keeps_what_was_typed(world, staff, client_of):
    answers = {"decision": "share", "refund_cents": "40,00", "reason": WHY}

    page = client_of(staff).post(url_of(world, "rule"), {**answers, "correct": "1"})

    assert page.context["preview"] is None
    assert "40,00" in page.content.decode()
    assert WHY in page.content.decode()
    assert not Dispute.objects.get().is_ruled


@pytest.mark.parametrize(
    "bad",
    [{"refund_cents": "120,01"}, {"refund_cents": "-1"}, {"refund_cents": "beaucoup"}, {"refund_cents": ""}],
)
def test_a_wrong_amount_stands_by_its_field_and_moves_nothing(world, staff, client_of, bad):
    answer = client_of(staff).post(
        url_of(world, "rule"),
        {"decision": "share", "refund_cents": "40", "reason": WHY, "confirmed": "1", **bad},
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["refund_cents"]
    assert WHY in answer.content.decode()
    assert factories.fresh(world.order).state == Order.State.DISPUTED
    assert logged(world) == []


def test_each_button_needs_its_permission(world, buyer, offer, colleague, client_of):
    active_order = factories.pay(factories.place(buyer, offer))
    allow(colleague, "disputes.view_dispute", "orders.view_order", "orders.change_order")
    client = client_of(colleague)

    assert client.get(url_of(world)).status_code == 200
    assert url_of(world, "rule") not in client.get(url_of(world)).content.decode()
    for method in (client.get, client.post):
        assert (
            method(url_of(world, "rule"), {"refund_cents": "0", "reason": WHY, "confirmed": "1"}).status_code
            == 403
        )
    assert not Dispute.objects.get().is_ruled
    assert client.get(url_of(active_order, "cancel")).status_code == 200


def test_a_button_refuses_a_forged_post(world, staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)

    answer = client.post(url_of(world, "rule"), {"refund_cents": "0", "reason": WHY, "confirmed": "1"})

    assert answer.status_code == 403
    assert not Dispute.objects.get().is_ruled


def test_a_mail_that_was_given_up_is_sent_again(staff, client_of, django_capture_on_commit_callbacks):
    owed = mail.owe(
        key="order_event:9:9", recipient="a@example.test", subject="Livrable reçu", text="Bonjour."
    )
    Mail.objects.update(attempts=mail.MAX_ATTEMPTS, error="timed out")
    sent = mail.owe(key="order_event:9:8", recipient="b@example.test", subject="Déjà parti", text="Bonjour.")
    mail.send(sent.pk)

    client_of(staff).post(list_of(Mail), {"action": "send_again", "_selected_action": [owed.pk, sent.pk]})

    owed.refresh_from_db()
    sent.refresh_from_db()
    assert owed.attempts < mail.MAX_ATTEMPTS
    assert logged(owed) == [staff]
    assert logged(sent) == []


def test_only_those_allowed_send_mail_again(colleague, client_of):
    owed = mail.owe(
        key="order_event:9:9", recipient="a@example.test", subject="Livrable reçu", text="Bonjour."
    )
    Mail.objects.update(attempts=mail.MAX_ATTEMPTS)
    allow(colleague, "messaging.view_mail")

    client_of(colleague).post(list_of(Mail), {"action": "send_again", "_selected_action": [owed.pk]})

    owed.refresh_from_db()
    assert owed.attempts == mail.MAX_ATTEMPTS


def test_only_those_allowed_touch_payment_events(colleague, client_of):
    model = InboundEvent
    allow(colleague, f"payments.view_{model._meta.model_name}")
    looking = client_of(colleague).get(list_of(model))
    assert [
        name for name, _label in looking.context["cl"].model_admin.get_action_choices(looking.wsgi_request)
    ] == [""]

    allow(colleague, f"payments.change_{model._meta.model_name}")
    acting = client_of(colleague).get(list_of(model))
    assert len(acting.context["cl"].model_admin.get_action_choices(acting.wsgi_request)) == 2


def test_codes_sent_to_people_are_not_shown_to_staff(staff, client_of):
    secret = mail.owe(key="direct:1", recipient="a@example.test", subject="Votre code", text="VXNH-XGDQ")

    assert "VXNH-XGDQ" not in client_of(staff).get(url_of(secret)).content.decode()


# Finding


@pytest.mark.parametrize("typed", ["J-{n}", "j{n}", "{n}", "{buyer}", "{expert}", "business plan"])
def test_an_order_is_found_by_number_address_and_title(placed_order, staff, client_of, typed):
    words = typed.format(
        n=placed_order.number, buyer=placed_order.buyer.email, expert=placed_order.expert.email
    )

    page = client_of(staff).get(list_of(Order), {"q": words})

    assert [row.pk for row in page.context["cl"].result_list] == [placed_order.pk]


@pytest.mark.parametrize("due", ["late", "today", "start", "acceptance", "payment"])
def test_orders_are_filtered_by_what_is_due(placed_order, staff, client_of, due):
    page = client_of(staff).get(list_of(Order), {"due": due})

    found = [row.pk for row in page.context["cl"].result_list]
    assert found == ([placed_order.pk] if due == "payment" else [])


def test_a_category_is_written_by_staff_and_shown_at_once(category, staff, client_of):
    from offers import queries

    assert queries.categories()

    client_of(staff).post(
        reverse("admin:offers_category_add"),
        {"name_fr": "Droit", "name_en": "Law", "slug": "droit", "icon": "scale", "position": "3"},
    )

    assert Category.objects.filter(slug="droit").exists()
    assert "droit" in [found.slug for found in queries.categories()]


# Speed


def more_rows(buyer: User, expert: User) -> None:
    for _ in range(3):
        offer = factories.make_offer(expert, category=Category.objects.first())
        order = factories.deliver(
            factories.start(factories.pay(factories.place(factories.make_user(), offer)))
        )
        orders.say(order, author=order.buyer, body="Une question.")
        disputes.open_dispute(
            order, actor=order.buyer, ground="too_slow", statement="Une semaine de retard sur le plan."
        )
        factories.make_expert("Paul", "Mercier", approved=False)


@pytest.mark.parametrize(
    "label",
    [
        "accounts.user",
        "accounts.expertprofile",
        "offers.offer",
        "orders.order",
        "orders.orderevent",
        "disputes.dispute",
        "messaging.conversation",
        "messaging.message",
        "messaging.mail",
    ],
)
def test_a_longer_list_asks_no_more_queries(label, world, staff, buyer, expert, client_of):
    from django.apps import apps
    from django.db import connection

    model = apps.get_model(label)
    client: Client = client_of(staff)
    count: Callable[[], int] = lambda: len(queries_of(client, list_of(model), connection))  # noqa: E731
    count()
    few = count()
    before = model._default_manager.count()
    more_rows(buyer, expert)
    mail.owe(key="order_event:1:2", recipient=buyer.email, subject="Une autre", text="Bonjour.")

    assert model._default_manager.count() > before
    queries = queries_of(client, list_of(model), connection)
    assert len(queries) <= few, [query["sql"] for query in queries]


def queries_of(client: Client, url: str, connection: Any) -> list[Any]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return list(captured)
