"""What is kept for a time and no longer: what parties said of a dispute, devices, and the archive few open."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.models import Document, User
from accounts.rules import ARCHIVED_AFTER
from accounts.tasks import forget_old_sessions
from disputes import actions as disputes
from marketplace.kernel import clock
from marketplace.privacy import retention
from messaging.actions import make_contact
from orders.models import CustomRequest, Order, RequestFile
from tests import factories
from tests.accounts.test_records import a_mission, a_quote

pytestmark = pytest.mark.django_db


def later(**span):
    return clock.at(clock.now() + timedelta(**span))


def test_what_the_parties_said_of_a_dispute_goes_with_their_messages_and_the_ruling_stays(
    delivered_order, staff
):  # B64
    dispute = disputes.open_dispute(
        delivered_order,
        actor=delivered_order.buyer,
        ground="unsuitable",
        statement="Le livrable ne correspond pas au brief, malgré deux retouches demandées.",
        wish="refund",
    )
    Order.objects.filter(pk=delivered_order.pk).update(
        state="cancelled", resolved_at=clock.now(), billing={"company": "Girard"}
    )
    delivered_order.conversation.messages.update(body="")

    assert retention.forget_old_talk() == 0
    with later(days=6 * 365):
        assert (retention.forget_old_talk(), retention.forget_old_talk()) == (1, 0)

    dispute.refresh_from_db()
    assert (dispute.statement, dispute.answer) == ("", "")
    assert (dispute.ground, dispute.wish) == ("unsuitable", "refund")


def test_a_device_is_forgotten_with_its_session(client_of, buyer, expert):
    for user in (buyer, expert):
        key = client_of(user).session.session_key
        UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="Firefox")
    UserSession.objects.update(created_at=clock.now() - timedelta(days=2))
    gone = UserSession.objects.get(user=buyer).session_key
    Session.objects.filter(session_key=gone).update(expire_date=clock.now() - timedelta(days=1))

    forget_old_sessions()
    forget_old_sessions()

    assert list(UserSession.objects.values_list("user", flat=True)) == [expert.pk]


@pytest.fixture
def archivist_and_colleague():
    """Two of the team who read orders, messages and documents; one may open the archive."""
    rights = Permission.objects.filter(codename__in=["view_document", "view_conversation", "view_message"])
    pair = []
    for name in ("Ada", "Léon"):
        member = factories.make_user(name, "Equipe")
        User.objects.filter(pk=member.pk).update(is_staff=True)
        member.user_permissions.set(rights)
        pair.append(member)
    pair[0].user_permissions.add(Permission.objects.get(codename="open_archive"))
    return [User.objects.get(pk=member.pk) for member in pair]


def test_old_orders_and_their_messages_are_read_by_those_who_may_open_the_archive(
    completed_order, buyer, archivist_and_colleague, client_of
):  # B64
    archivist, colleague = archivist_and_colleague
    conversation = completed_order.conversation
    conversation.last_message_at = clock.now()
    conversation.save(update_fields=["last_message_at"])
    address = reverse("admin:messaging_conversation_change", args=[conversation.pk])
    assert Order.objects.visible_to(colleague).get() == completed_order
    assert client_of(colleague).get(address).status_code == 200

    type(conversation).objects.update(last_message_at=clock.now() - ARCHIVED_AFTER - timedelta(days=1))
    Order.objects.update(completed_at=clock.now() - ARCHIVED_AFTER - timedelta(days=1))

    assert not Order.objects.visible_to(colleague).exists()
    assert client_of(colleague).get(address).status_code == 302, "the administration knows no such row"
    assert client_of(archivist).get(address).status_code == 200
    for reader in (archivist, buyer):
        assert Order.objects.visible_to(reader).get() == completed_order


def test_lists_of_the_team_leave_out_what_is_in_the_archive(
    completed_order, buyer, expert, archivist_and_colleague, client_of
):  # B64
    talk = make_contact(company=buyer, expert=expert, subject="Un besoin", body="Bonjour")
    quote = a_quote(talk)
    mission = a_mission(talk)
    names = ("orders_order", "orders_orderevent", "missions_quote", "missions_mission", "messaging_contact")
    models = [name.split("_")[1] for name in names]
    before = clock.now() - ARCHIVED_AFTER - timedelta(days=1)
    for member in archivist_and_colleague:
        codes = [f"view_{model}" for model in models]
        member.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    archivist, colleague = archivist_and_colleague

    def listed(reader):
        client = client_of(reader)
        pages = [client.get(reverse(f"admin:{name}_changelist")) for name in names]
        return [page.context_data["cl"].result_count for page in pages]

    whole = listed(colleague)
    assert all(whole)
    assert listed(archivist) == whole

    Order.objects.update(completed_at=before)
    type(quote).objects.filter(mission=None).update(state="refused", closed_at=before)
    type(mission).objects.update(state="completed", closed_at=before)
    type(talk.conversation).objects.update(last_message_at=before)

    assert listed(colleague) == [0] * len(names)
    assert listed(archivist) == whole


def test_documents_of_closed_accounts_are_read_by_those_who_may_open_the_archive(
    expert, archivist_and_colleague, client_of
):  # B64
    archivist, colleague = archivist_and_colleague
    paper = factories.send_paper(expert, "vigilance")
    address = reverse("document_file", args=[paper.public_id])
    assert client_of(colleague).get(address).status_code == 200

    User.objects.filter(pk=expert.pk).update(closed_at=clock.now())

    assert client_of(colleague).get(address).status_code == 404
    assert client_of(archivist).get(address).status_code == 200
    assert not Document.objects.readable_by(colleague).exists()


def test_a_request_that_led_to_nothing_is_emptied_after_five_years(buyer, category):  # B64
    asked = CustomRequest.objects.create(
        buyer=buyer,
        category=category,
        title="Un audit",
        need="Nos comptes de 2024 sont à revoir.",
        budget_cents=100_00,
        wanted_on=clock.today(),
        expires_at=clock.now(),
        closed_at=clock.now(),
        state="withdrawn",
    )
    kept = RequestFile(request=asked, name="comptes.pdf", content_type="application/pdf", size=1)
    kept.file.save("comptes", ContentFile(b"%PDF-1.4"))
    with later(days=4 * 365):
        assert retention.forget_old_requests() == 0
    with later(days=6 * 365):
        assert (retention.forget_old_requests(), retention.forget_old_requests()) == (1, 0)

    asked.refresh_from_db()
    assert (asked.need, asked.budget_cents) == ("", 100_00)
    assert not RequestFile.objects.exists()
