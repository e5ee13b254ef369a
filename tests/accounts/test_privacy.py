"""A copy of one's data, and the end of one's account."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.models import ClosureRequest, DataExport, ExpertProfile, User
from marketplace import tasks
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.privacy import closing, export, relations, retention
from messaging.actions import ask_team
from messaging.models import ContactRequest, Mail, Notification
from offers.models import Offer
from orders import actions as orders
from orders.models import DeliverableFile, Order
from tests.accounts.test_second_factor import prove, sign_in
from tests.factories import make_user, place


def later(days=0, hours=0):
    return clock.at(clock.now() + timedelta(days=days, hours=hours))


# A copy


def copy_of(user) -> zipfile.ZipFile:
    made = DataExport.objects.create(user=user)
    assert export.build(made.pk)
    made.refresh_from_db()
    return zipfile.ZipFile(io.BytesIO(made.file.read()))


def test_the_copy_holds_profile_orders_and_files(completed_order, buyer):
    archive = copy_of(buyer)

    names = archive.namelist()
    assert json.loads(archive.read("account.json"))[0]["email"] == buyer.email
    assert f"orders/{completed_order.reference}.zip" in names
    assert completed_order.reference in archive.read("orders.csv").decode()
    assert "data/orders.order.buyer.json" in names


def test_the_copy_holds_nothing_that_opens_the_account_or_belongs_to_others(completed_order, buyer, stranger):
    place(stranger, completed_order.offer)
    archive = copy_of(buyer)

    everything = b"".join(
        archive.read(name) for name in archive.namelist() if name.endswith((".json", ".csv"))
    )
    assert buyer.password.encode() not in everything
    assert stranger.email.encode() not in everything
    assert completed_order.expert.email.encode() not in everything


def test_it_is_made_once_told_once_and_given_to_its_owner_alone(buyer, stranger):
    client, _ = sign_in(buyer)
    client.post(reverse("account_copy_request"))
    made = DataExport.objects.get(user=buyer)
    assert [export.build(made.pk), export.build(made.pk)] == [True, False]
    assert Notification.objects.filter(user=buyer, kind="data_export_ready").count() == 1
    address = reverse("account_copy", args=[made.public_id])

    assert client.get(address).url.startswith(reverse("account_reauthenticate"))
    prove(client)
    assert b"".join(client.get(address).streaming_content)[:2] == b"PK"

    other = Client()
    other.force_login(stranger)
    assert other.get(address).status_code in (302, 404)
    assert Client().get(address).status_code == 302


def test_a_second_copy_must_wait_a_day(buyer):
    client, _ = sign_in(buyer)
    client.post(reverse("account_copy_request"))

    page = client.post(reverse("account_copy_request"), follow=True)

    assert DataExport.objects.filter(user=buyer).count() == 1
    assert "moins d’un jour" in page.content.decode()


def test_the_copy_is_deleted_after_a_week(buyer):
    made = DataExport.objects.create(user=buyer)
    export.build(made.pk)
    made.refresh_from_db()
    name = made.file.name

    with later(days=8):
        tasks.forget()

    made.refresh_from_db()
    assert not made.file
    assert not storages["private"].exists(name)


# Leaving


def ask(user, **typed):
    client, _ = sign_in(user)
    prove(client)
    return client, client.post(reverse("account_closure"), {"final": "on", **typed})


def test_an_account_closes_by_itself_after_a_day_and_for_good(buyer, completed_order, settings):
    address = buyer.email
    client, _ = ask(buyer, reason="Je pars à la retraite.")
    request = ClosureRequest.objects.get(user=buyer)
    assert request.promised_by - request.asked_at <= timedelta(days=6), "two working days"

    tasks.close_accounts()
    assert User.objects.get(pk=buyer.pk).closed_at is None, "a day to think"

    with later(hours=25):
        tasks.close_accounts()
        tasks.close_accounts()

    gone = User.objects.get(pk=buyer.pk)
    assert gone.closed_at
    assert (gone.first_name, gone.last_name, gone.is_active) == ("", "", False)
    assert address not in gone.email
    assert gone.display_name == "Compte fermé"
    assert not gone.has_usable_password()
    assert not Mail.objects.filter(recipient=address).exists()
    assert client.get(reverse("account_settings")).status_code == 302, "signed out everywhere"
    _, refused = sign_in(buyer)
    assert refused.status_code == 200

    completed_order.refresh_from_db()
    assert completed_order.buyer_id == buyer.pk, "contracts stay, under no name"
    assert completed_order.title


def test_what_is_under_way_is_named_and_the_account_closes_once_it_is_over(active_order, buyer, expert):
    client, _ = ask(buyer)

    page = client.get(reverse("account_privacy")).content.decode()
    assert active_order.reference in page
    with later(hours=25):
        tasks.close_accounts()
    assert User.objects.get(pk=buyer.pk).closed_at is None

    orders.decline(active_order, actor=expert, reason="Je ne peux pas.")
    for refund in active_order.payment.hold.refunds.all():
        type(refund).objects.filter(pk=refund.pk).update(state="succeeded")
    with later(hours=26):
        tasks.close_accounts()
    assert User.objects.get(pk=buyer.pk).closed_at


def test_an_expert_with_money_left_is_told_to_withdraw_it(completed_order, expert):
    client, _ = ask(expert)

    page = client.get(reverse("account_privacy")).content.decode()
    assert "108" in page
    with later(days=30):
        tasks.close_accounts()
    assert User.objects.get(pk=expert.pk).closed_at is None


def test_new_business_stops_at_once(offer, expert, buyer):
    ask(expert)

    offer.refresh_from_db()
    assert offer.status == Offer.Status.PAUSED
    assert ExpertProfile.objects.get(user=expert).is_hidden

    ask(buyer)
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.PUBLISHED)
    with pytest.raises(Refusal, match="fermeture de votre compte"):
        place(buyer, Offer.objects.get(pk=offer.pk))


def test_one_may_think_better_of_it(buyer):
    client, _ = ask(buyer)

    client.post(reverse("account_stay"))
    with later(days=3):
        tasks.close_accounts()

    assert User.objects.get(pk=buyer.pk).closed_at is None
    ask(buyer)
    assert ClosureRequest.objects.open().filter(user=buyer).count() == 1


def test_closing_takes_a_tick_and_keeps_what_was_typed(buyer):
    client, _ = sign_in(buyer)
    prove(client)

    page = client.post(reverse("account_closure"), {"reason": "Trop cher."})

    assert page.status_code == 422
    assert "Trop cher." in page.content.decode()
    assert not ClosureRequest.objects.exists()


def test_closing_asks_who_is_there(buyer):
    client = Client()
    client.force_login(buyer)

    response = client.post(reverse("account_closure"), {"final": "on"})

    assert response.url.startswith(reverse("account_reauthenticate"))
    assert not ClosureRequest.objects.exists()


def test_an_expert_leaves_no_words_and_no_picture_behind(expert, offer):
    from tests.factories import an_image

    expert.avatar.save("photo.webp", an_image())
    picture = expert.avatar.name
    ExpertProfile.objects.filter(user=expert).update(bio="Vingt ans de conseil.", headline="DAF", city="Lyon")
    request = closing.ask(expert)
    with later(hours=25):
        assert closing.carry_out(request)

    profile = ExpertProfile.objects.get(user=expert)
    assert (profile.bio, profile.headline, profile.city) == ("", "", "")
    assert "fontaine" not in profile.slug
    offer.refresh_from_db()
    assert offer.status == Offer.Status.DELETED
    assert User.objects.get(pk=expert.pk).avatar.name == ""
    assert picture


def test_documents_and_bank_details_outlive_the_account_for_their_legal_time_alone(expert):
    from accounts.models import BankAccount, Document

    bank = BankAccount.objects.filter(user=expert).first() or BankAccount.objects.create(
        user=expert, holder="Claire Fontaine", sealed_iban="sealed", country="FR", last_four="0189"
    )
    kept = Document.objects.filter(user=expert, state="accepted").first()
    if kept is not None and not kept.file:
        kept.file.save("kbis", ContentFile(b"%PDF-1.4"))
    request = closing.ask(expert)
    with later(hours=25):
        closing.carry_out(request)
    tasks.forget()
    bank.refresh_from_db()
    assert bank.sealed_iban

    with later(days=186):
        tasks.forget()
    if kept is not None:
        kept.refresh_from_db()
        assert not kept.file, "nothing was ever sold: six months"
        assert kept.digest is not None
    bank.refresh_from_db()
    assert bank.sealed_iban
    with later(days=400):
        tasks.forget()
    bank.refresh_from_db()
    assert (bank.sealed_iban, bank.holder) == ("", "")


def test_messages_and_files_of_work_are_kept_five_years_ten_for_a_consumer_then_deleted(
    completed_order, buyer
):  # B64
    orders_of = Order.objects.filter(pk=completed_order.pk)
    orders_of.update(billing={"company": ""})
    thread = completed_order.conversation
    thread.messages.create(author=buyer, body="Bonjour, voici mes bilans.")
    stored = DeliverableFile.objects.filter(deliverable__order=completed_order)
    shown = stored.create(
        deliverable=completed_order.deliverables.get(),
        name="plan.pdf",
        content_type="application/pdf",
        size=1,
    )
    shown.file.save("plan", ContentFile(b"%PDF-1.4"))
    with later(days=6 * 365):
        retention.forget_old_talk()
    assert stored.exists(), "a consumer: ten years"

    orders_of.update(billing={"company": "Girard & Fils"})
    with later(days=6 * 365):
        assert (retention.forget_old_talk(), retention.forget_old_talk()) == (1, 0)

    assert not stored.exists()
    assert set(thread.messages.values_list("body", flat=True)) == {""}
    completed_order.refresh_from_db()
    assert completed_order.total_cents, "the contract stays for the invoices"


def test_letters_and_mails_are_not_kept_for_ever(buyer):
    asked = ask_team(name="T", email="t@e.fr", topic="question", body="?", order_reference="", language="fr")
    ContactRequest.objects.filter(pk=asked.pk).update(state="closed", settled_at=clock.now())
    Mail.objects.update(sent_at=clock.now())
    with later(days=366):
        retention.forget_letters()
    assert (Mail.objects.exists(), ContactRequest.objects.exists()) == (False, True)
    with later(days=3 * 365 + 1):
        retention.forget_letters()
    assert not ContactRequest.objects.exists()


def test_staff_cannot_close_themselves(staff):
    with pytest.raises(Refusal):
        closing.ask(staff)


def test_accounts_nobody_uses_are_warned_then_closed(db):
    asleep = make_user(
        "Léo", "Petit", date_joined=clock.now() - timedelta(days=731), email="leo@example.test"
    )
    awake = make_user("Zoé", "Roux", email="zoe@example.test")

    tasks.forget()
    tasks.forget()
    assert Notification.objects.filter(user=asleep, kind="inactive_account").count() == 1
    assert not Notification.objects.filter(user=awake).exists()
    assert User.objects.get(pk=asleep.pk).closed_at is None

    with later(days=3 * 365 - 731 + 1):
        tasks.forget()
    assert User.objects.get(pk=asleep.pk).closed_at
    assert User.objects.get(pk=awake.pk).closed_at is None


def test_every_table_that_points_at_a_person_is_deleted_kept_for_a_reason_or_protected():
    deleted = {model._meta.label for model, _ in relations.personal()}

    assert "messaging.Notification" in deleted
    assert deleted.isdisjoint(relations.KEPT)
    for relation in relations.pointing_at(User):
        label = relation.related_model._meta.label
        kept = label in relations.KEPT or label in relations.BLANKED
        protected = relation.on_delete in (models.PROTECT, models.SET_NULL, models.DO_NOTHING)
        assert label in deleted or kept or protected, label
