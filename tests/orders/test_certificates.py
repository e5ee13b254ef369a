"""The certificates that the buyer of a large order must hold: offered at the start, and again every six months."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts import actions as companies
from accounts import charter, tasks
from accounts.models import CompanyRole, Document, DocumentAccess
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from orders import actions as orders
from tests import factories

pytestmark = pytest.mark.django_db


def with_files(expert):
    for document in Document.objects.filter(user=expert):
        document.file.save(document.name, ContentFile(factories.a_pdf()), save=True)


@pytest.fixture
def large(buyer, expert):
    """6,000 € including VAT: 5,000 € without."""
    with_files(expert)
    offer = factories.make_offer(expert, price_cents=6_000_00, delivery_days=150)
    return factories.start(factories.pay(factories.place(buyer, offer)))


def address(order):
    return reverse("order_certificates", args=[order.public_id])


def kinds(user):
    return list(
        Notification.objects.filter(user=user, kind__startswith="vigilance").values_list("kind", flat=True)
    )


def test_the_buyer_downloads_a_dated_file_and_it_is_written_down(large, buyer, client_of):  # B55
    page = client_of(buyer).get(reverse("order", args=[large.public_id])).content.decode()
    response = client_of(buyer).get(address(large))

    names = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).namelist()
    assert address(large) in page
    assert clock.today().isoformat() in response["Content-Disposition"]
    assert {"vigilance", "kbis", "tax", "insurance"} <= {name.split("/")[1].split(" ")[0] for name in names}
    assert not any("identity" in name or "rib" in name for name in names)
    assert DocumentAccess.objects.filter(user=buyer).count() == len(names) - 1


def test_the_file_says_what_the_expert_signed_of_foreign_workers_and_only_that(
    large, buyer, expert, client_of, monkeypatch
):  # B55
    def listing():
        answer = client_of(buyer).get(address(large))
        packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        return next(packed.read(name).decode() for name in packed.namelist() if name.endswith(".txt"))

    assert "D8254-2" not in listing()
    companies.sign_charter(expert, name="Claire Fontaine", language="fr")
    assert "Signé par Claire Fontaine avec la charte des experts" in listing()
    monkeypatch.setattr(charter, "digest", lambda language, version: "other words")
    assert "D8254-2" not in listing(), "older words said nothing of it"


def test_nobody_else_and_no_smaller_order_has_the_file(large, buyer, expert, stranger, staff, client_of):
    for person in (expert, stranger, staff):
        assert client_of(person).get(address(large)).status_code == 404
    small = factories.pay(factories.place(stranger, factories.make_offer(expert, price_cents=5_999_00)))

    assert client_of(stranger).get(address(small)).status_code == 404
    assert not DocumentAccess.objects.exists()


def test_what_runs_between_two_people_counts_together_and_is_told_once(
    buyer, expert, stranger, client_of
):  # B55
    """3,000 € and 2,000 € excluding VAT: neither alone, both together, and not those of somebody else."""
    with_files(expert)
    first, second = (
        factories.pay(factories.place(buyer, factories.make_offer(expert, price_cents=cents)))
        for cents in (3_600_00, 2_400_00)
    )
    other = factories.pay(factories.place(stranger, factories.make_offer(expert, price_cents=5_000_00)))
    assert [client_of(buyer).get(address(order)).status_code for order in (first, second)] == [200, 200]
    assert client_of(stranger).get(address(other)).status_code == 404

    tasks.remind_of_certificates()
    tasks.remind_of_certificates()
    assert (kinds(buyer), kinds(stranger)) == (["vigilance_due"], [])

    orders.accept_delivery(factories.deliver(factories.start(first)), actor=buyer)
    assert client_of(buyer).get(address(second)).status_code == 404, "what is over no longer counts"


def test_large_work_does_not_begin_without_its_certificate(buyer, expert):
    offer = factories.make_offer(expert, price_cents=6_000_00)
    order = factories.pay(factories.place(buyer, offer))
    Document.objects.filter(user=expert, kind="vigilance").update(
        valid_until=clock.today() - timedelta(days=1)
    )
    with pytest.raises(Refusal, match="vigilance"):
        factories.start(order)
    assert not factories.fresh(order).is_started

    Document.objects.filter(user=expert, kind="vigilance").update(valid_until=clock.today())
    assert factories.start(order).is_started


def test_the_buyer_is_told_at_the_start_and_again_after_six_months(large, buyer):
    tasks.remind_of_certificates()
    tasks.remind_of_certificates()
    assert kinds(buyer) == ["vigilance_due"]

    Document.objects.filter(user=large.expert).update(valid_until=None)
    with clock.at(clock.now() + timedelta(days=190)):
        tasks.remind_of_certificates()
        tasks.remind_of_certificates()

    assert sorted(kinds(buyer)) == ["vigilance_due", "vigilance_renewal"]


def test_a_missing_certificate_is_said_to_both(large, buyer, expert):
    Document.objects.filter(user=expert, kind="vigilance").update(
        valid_until=clock.today() - timedelta(days=1)
    )

    tasks.remind_of_certificates()

    assert kinds(buyer) == ["vigilance_missing"]
    assert kinds(expert) == ["vigilance_asked"]


def test_who_left_the_company_is_told_nothing_more_and_its_owners_are(buyer, stranger, expert):
    house = companies.open_company(stranger, name="Carpentier Conseil")
    invitation = companies.invite_member(house, actor=stranger, email=buyer.email, role=CompanyRole.BUYER)
    companies.join_company(invitation, user=buyer)
    buyer.refresh_from_db()
    with_files(expert)
    offer = factories.make_offer(expert, price_cents=6_000_00)
    factories.start(factories.pay(factories.place(buyer, offer)))
    companies.remove_member(buyer, actor=buyer)

    tasks.remind_of_certificates()

    assert (kinds(buyer), kinds(stranger)) == ([], ["vigilance_due"])
