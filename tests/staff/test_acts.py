"""What the buttons of staff do: a reason, a preview where money moves, one line of history."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ExpertProfile
from disputes import actions
from disputes.models import Dispute
from marketplace.kernel.errors import Refusal
from messaging import mail
from messaging.models import Mail
from offers.models import Category, Offer
from orders.models import Order, OrderEvent
from payments.models import InboundEvent, LedgerTransaction
from tests import factories
from tests.staff.pages import WHY, allow, last_words, list_of, logged, url_of


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

    assert world.statement in client.get(url_of(world, "rule")).content.decode(), "both sides are read first"
    seen = client.post(url_of(world, "rule"), answers)

    assert seen.status_code == 200
    shown = [str(value).replace("\u00a0", " ") for _label, value in seen.context["preview"]]
    assert shown[2:7] == ["120,00 €", "40,00 €", "72,00 €", "6,67 €", "1,33 €"]
    assert any("72,00 € au crédit de 4672" in words for words in shown[7:]), "the postings are read too"
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


def test_a_category_is_written_by_staff_and_shown_at_once(category, staff, client_of):
    from offers import queries

    assert queries.categories()

    client_of(staff).post(
        reverse("admin:offers_category_add"),
        {"name_fr": "Droit", "name_en": "Law", "slug": "droit", "icon": "scale", "position": "3"},
    )

    assert Category.objects.filter(slug="droit").exists()
    assert "droit" in [found.slug for found in queries.categories()]


def test_a_dispute_is_handed_to_somebody_who_may_rule_and_is_no_party(
    world, buyer, staff, colleague, client_of
):
    client = client_of(staff)

    assert client.post(url_of(world, "assign"), {"to": colleague.pk}).status_code == 422
    colleague = allow(colleague, "disputes.change_dispute")
    client.post(url_of(world, "assign"), {"to": colleague.pk})

    world.refresh_from_db()
    assert world.assigned_to == colleague
    assert last_words(world).endswith(str(colleague))
    mine = client_of(colleague).get(list_of(Dispute), {"whose": "mine"})
    assert [row.pk for row in mine.context["cl"].result_list] == [world.pk]
    assert not client.get(list_of(Dispute), {"whose": "mine"}).context["cl"].result_count

    buyer.is_staff = True
    buyer.save()
    with pytest.raises(Refusal):
        actions.assign(world, actor=staff, to=buyer)
    assert Dispute.objects.get().assigned_to == colleague
