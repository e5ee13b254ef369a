"""A year in the life of the documents: reminders, renewals, grace, ends, and what each does to selling."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from accounts import actions, queries, tasks
from accounts.models import Document, DocumentAccess, ExpertProfile
from accounts.queries.standing import Status
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from offers import actions as offer_actions
from offers.models import Offer
from orders import actions as orders
from tests import factories

pytestmark = pytest.mark.django_db
BEGIN = date(2026, 1, 10)


def noon(day):
    return clock.at(datetime(day.year, day.month, day.day, 11, tzinfo=UTC))


def live_until(day, since):
    """Let the days pass, a sweep a day."""
    while since < day:
        since += timedelta(days=1)
        with noon(since):
            tasks.sweep_documents()


def told(user, kind):
    return Notification.objects.filter(user=user, kind=kind).count()


def status(user, key="vigilance", on=None):
    return next(i.status for i in queries.checklist(user, on) if i.requirement.key == key)


@pytest.fixture
def seller():
    """An expert whose dated documents all bear the tenth of January, with an offer on sale."""
    with noon(BEGIN):
        user = factories.make_expert("Nora", "Duval", approved=False)
        ExpertProfile.objects.filter(user=user).update(status="approved", approved_at=clock.now())
        factories.give_legal_standing(user, on=BEGIN)
        factories.make_offer(user)
    return user


def accept(document, staff):
    return actions.accept_document(document, actor=staff)


def test_a_year_of_a_document(seller, staff):
    """Reminders at 30, 14, 7 and 1 days, the end on the day after the last, new business barred, then restored."""
    offer = Offer.objects.get(expert=seller)
    last = date(2026, 7, 10)  # six months from the date of the document

    live_until(last - timedelta(days=31), since=last - timedelta(days=33))
    assert told(seller, "document_expiring") == 0
    live_until(last, since=last - timedelta(days=31))
    assert told(seller, "document_expiring") == 4 * 2  # the certificate of vigilance and that of tax
    with noon(last):
        assert Offer.objects.published().filter(pk=offer.pk).exists()

    live_until(last + timedelta(days=2), since=last)
    assert told(seller, "document_expired") == 2
    assert told(seller, "selling_barred") == 1
    with noon(last + timedelta(days=2)):
        assert status(seller) == Status.EXPIRED
        assert not Offer.objects.published().exists()  # E10: hidden the same day
        standing = queries.legal_standing(seller)
        assert [act for act in queries.Act if standing.allows(act)] == ["be_paid"]  # E64: what was earned

    with noon(last + timedelta(days=3)):
        accept(factories.send_paper(seller, "vigilance", on=last + timedelta(days=1)), staff)
        assert not Offer.objects.published().exists()  # one of two
        accept(factories.send_paper(seller, "tax", on=last + timedelta(days=1)), staff)
        assert Offer.objects.published().filter(pk=offer.pk).exists()  # by itself
    assert told(seller, "selling_restored") == 1

    live_until(date(2027, 1, 12), since=date(2027, 1, 9))
    with noon(date(2027, 1, 12)):
        assert status(seller, "insurance") == Status.EXPIRED  # a year
        assert status(seller, "vigilance") == Status.EXPIRED


def test_sweeping_twice_tells_once(seller):
    with noon(date(2026, 7, 3)):
        tasks.sweep_documents()
        tasks.sweep_documents()

    assert told(seller, "document_expiring") == 2


def test_the_validity_is_that_of_the_document_never_of_the_day_it_was_sent(seller, staff):  # E65
    with noon(date(2026, 9, 1)):
        document = accept(factories.send_paper(seller, "vigilance", on=date(2026, 5, 31)), staff)

    assert document.valid_until == date(2026, 11, 30)


def test_a_backdated_document_whose_time_is_over_cannot_be_accepted(seller, staff):  # E65
    with noon(date(2026, 9, 1)):
        document = factories.send_paper(seller, "vigilance", on=date(2026, 4, 1))
    with noon(date(2026, 10, 15)), pytest.raises(Refusal):
        accept(document, staff)

    document.refresh_from_db()
    assert document.state == "in_review"


def test_a_renewal_sent_in_time_keeps_selling_for_seven_days(seller, staff):  # E66
    last = date(2026, 7, 10)
    with noon(last):
        factories.send_paper(seller, "vigilance", on=last)
        factories.send_paper(seller, "tax", on=last)
    live_until(last + timedelta(days=7), since=last)
    with noon(last + timedelta(days=7)):
        assert status(seller) == Status.GRACE
        assert Offer.objects.published().exists()

    live_until(last + timedelta(days=8), since=last + timedelta(days=7))

    with noon(last + timedelta(days=8)):
        assert status(seller) == Status.IN_REVIEW
        assert not Offer.objects.published().exists()


def test_a_renewal_sent_too_late_has_no_grace(seller):
    late = date(2026, 7, 11)
    with noon(late):
        factories.send_paper(seller, "vigilance", on=late)
        factories.send_paper(seller, "tax", on=late)
        tasks.sweep_documents()
        assert not Offer.objects.published().exists()


def test_a_receipt_of_registration_ends_after_ninety_days(staff):  # E68, A28
    user = factories.make_expert("Paul", "Mercier")
    Document.objects.filter(user=user, kind="kbis").delete()

    receipt = accept(factories.send_paper(user, "registration", kind="creation"), staff)

    assert receipt.valid_until == clock.today() + timedelta(days=90)
    kbis = accept(factories.send_paper(user, "registration"), staff)
    receipt.refresh_from_db()
    assert (receipt.state, kbis.state, kbis.valid_until) == ("replaced", "accepted", None)


def test_a_running_order_goes_on_when_a_document_ends(seller, buyer):  # E64
    offer = Offer.objects.get(expert=seller)
    order = factories.start(factories.pay(factories.place(buyer, offer)))
    Document.objects.filter(user=seller, kind="vigilance").update(
        valid_until=clock.today() - timedelta(days=1)
    )
    tasks.sweep_documents()

    factories.deliver(order)
    orders.accept_delivery(factories.fresh(order), actor=buyer)

    assert factories.fresh(order).state == "completed"
    assert queries.legal_standing(seller).may_be_paid


def test_no_order_is_placed_after_a_document_has_ended(seller, buyer, client_of):  # E10
    offer = Offer.objects.get(expert=seller)
    Document.objects.filter(user=seller, kind="vigilance").update(
        valid_until=clock.today() - timedelta(days=1)
    )
    tasks.sweep_documents()

    with pytest.raises(Refusal):
        factories.place(buyer, offer)

    page = client_of(buyer).get(offer.get_absolute_url())
    assert page.status_code == 200
    assert reverse("checkout", args=[offer.pk]) not in page.content.decode()


def test_an_offer_is_not_published_while_a_document_is_missing(staff):  # A27
    user = factories.make_expert("Paul", "Mercier")
    offer = factories.make_offer(user, published=False)
    Document.objects.filter(user=user, kind="insurance").delete()

    with pytest.raises(Refusal):
        offer_actions.publish(offer)

    offer.refresh_from_db()
    assert offer.status == Offer.Status.DRAFT


def test_staff_excuse_missing_documents_for_a_month(staff):  # B53
    user = factories.make_expert("Paul", "Mercier")
    Document.objects.filter(user=user).delete()
    actions.refresh_standing(user)
    assert user.expert_profile.__class__.objects.get(user=user).barred_since

    actions.excuse_documents(user.expert_profile, actor=staff)

    assert ExpertProfile.objects.get(user=user).may_sell
    with noon(clock.today() + timedelta(days=31)):
        tasks.sweep_documents()
    assert not ExpertProfile.objects.get(user=user).may_sell


# Decisions


@pytest.fixture
def waiting(expert):
    return factories.send_paper(expert, "vigilance")


def url(document, page="review"):
    return reverse(f"admin:accounts_document_{page}", args=[document.pk])


def test_staff_accept_and_the_next_in_line_follows(waiting, staff, client_of):
    second = factories.send_paper(factories.make_expert("Paul", "Mercier"), "tax")
    client = client_of(staff)
    page = client.get(reverse("admin:accounts_document_queue"), follow=True)
    assert "ARNAUD" not in page.content.decode()
    assert url(waiting, "file") in page.content.decode()

    response = client.post(url(waiting), {"decision": "accept", "issued_on": waiting.issued_on.isoformat()})

    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("accepted", staff)
    assert response.url == url(second)
    assert told(waiting.user, "document_accepted") == 1


def test_a_refusal_has_a_reason_of_the_list_and_reaches_the_expert(waiting, staff, client_of):  # B49
    client = client_of(staff)
    assert client.post(url(waiting), {"decision": "refuse"}).status_code == 422

    client.post(url(waiting), {"decision": "refuse", "refusal": "unreadable", "note": "La photo est floue."})

    waiting.refresh_from_db()
    assert (waiting.state, waiting.refusal) == ("refused", "unreadable")
    said = Notification.objects.get(user=waiting.user, kind="document_refused")
    assert "floue" in said.params["note"]
    assert queries.legal_standing(waiting.user).may_publish  # the former certificate still counts


def test_two_staff_deciding_at_once_make_one_decision(waiting, staff, client_of):
    other = factories.make_user("Yann", "Le Bras", is_staff=True, is_superuser=True)
    stale = Document.objects.get(pk=waiting.pk)
    actions.refuse_document(waiting, actor=other, reason="unreadable")

    with pytest.raises(Refusal, match="Yann"):
        actions.accept_document(stale, actor=staff)
    client_of(staff).post(url(waiting), {"decision": "accept", "issued_on": waiting.issued_on.isoformat()})

    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("refused", other)
    assert Notification.objects.filter(user=waiting.user, kind__startswith="document_").count() == 1


def test_a_newer_upload_takes_the_place_of_the_one_that_waited(waiting, expert, staff):
    newer = factories.send_paper(expert, "vigilance")

    waiting.refresh_from_db()
    assert waiting.state == "replaced"
    with pytest.raises(Refusal):
        actions.accept_document(waiting, actor=staff)
    assert newer.state == "in_review"


def test_an_expert_does_not_decide_on_their_own_documents(waiting, expert, client_of):
    with pytest.raises(Refusal):
        actions.accept_document(waiting, actor=expert)

    assert client_of(expert).post(url(waiting), {"decision": "accept"}).status_code in (302, 403, 404)
    waiting.refresh_from_db()
    assert waiting.state == "in_review"


def test_a_refused_file_is_deleted_after_thirty_days_and_its_digest_stays(waiting, staff):
    actions.refuse_document(waiting, actor=staff, reason="wrong_kind")
    with noon(clock.today() + timedelta(days=31)):
        tasks.sweep_documents()

    waiting.refresh_from_db()
    assert not waiting.file
    assert waiting.digest


# Who opened what


def test_each_opening_is_written_down_and_cannot_be_altered(waiting, expert, staff, stranger, client_of):
    address = reverse("document_file", args=[waiting.public_id])

    assert client_of(expert).get(address).status_code == 200
    assert client_of(staff).get(url(waiting, "file"))["X-Frame-Options"] == "SAMEORIGIN"
    assert client_of(stranger).get(address).status_code == 404

    seen = DocumentAccess.objects.filter(document=waiting).order_by("pk")
    assert [access.user for access in seen] == [expert, staff]
    for change in (lambda: seen.update(user=stranger), lambda: seen.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    assert connection.in_atomic_block


def test_staff_without_the_right_do_not_open_documents(waiting, client_of):
    clerk = factories.make_user("Lou", "Petit", is_staff=True)

    assert client_of(clerk).get(reverse("document_file", args=[waiting.public_id])).status_code == 404
    assert client_of(clerk).get(url(waiting, "file")).status_code == 403
    assert not DocumentAccess.objects.exists()


def test_in_production_the_web_server_sends_the_file(waiting, expert, client_of, settings):
    settings.PRIVATE_FILES_ACCEL = "/_private/"

    response = client_of(expert).get(reverse("document_file", args=[waiting.public_id]))

    assert response["X-Accel-Redirect"] == f"/_private/{waiting.file.name}"
    assert response.content == b""
    assert "attachment" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
