"""The deed of an order's rights: from the frozen clause, for both parties, and only where rights pass."""

import hashlib
import io
import zipfile

import pytest
from pypdf import PdfReader

from disputes import actions as disputes
from orders import actions, deeds, tasks
from orders.models import Order, RightsDeed
from tests import factories

pytestmark = pytest.mark.django_db


def words_of(deed: RightsDeed) -> str:
    with deed.file.open("rb") as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def ruled(order: Order, staff, refund_cents: int, **ruling) -> Order:
    dispute = disputes.open_dispute(order, actor=order.buyer, ground="unsuitable", statement="Incomplet " * 5)
    disputes.rule(dispute, actor=staff, refund_cents=refund_cents, reason="Jugé", **ruling)
    return factories.fresh(order)


# B62, section 3 number 7


# A78
def test_acceptance_passes_the_rights_and_the_deed_lists_each_of_them(completed_order):
    deed = deeds.make(completed_order)

    words = words_of(deed)
    for said in (
        completed_order.reference,
        "Claire Fontaine",
        "plan.pdf",
        "Territoire",
        "Durée",
        "Reproduction",
    ):
        assert said in words
    assert "1 ko" in words, "sizes as the site says them"
    deliverable = completed_order.deliverables.get().files.get()
    digest = hashlib.sha256(deliverable.file.read()).hexdigest()
    assert digest[:16] in words
    with deed.file.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == deed.sha256


def test_a_deed_of_two_files_fits_on_a_page(started_order):
    files = [factories.a_file(), factories.a_file("annexe.pdf")]
    actions.deliver(started_order, actor=started_order.expert, note="Voici.", files=files)

    deed = deeds.make(actions.accept_delivery(factories.fresh(started_order), actor=started_order.buyer))

    with deed.file.open("rb") as file:
        assert len(PdfReader(io.BytesIO(file.read())).pages) == 1


def test_a_licence_says_its_own_terms_as_they_were_when_the_order_was_placed(buyer, expert):
    # A79, D7, E7
    offer = factories.make_offer(expert, ip_clause="licence", ip_terms="Usage interne, un an.")
    order = factories.start(factories.pay(factories.place(buyer, offer)))
    type(offer).objects.filter(pk=offer.pk).update(ip_clause="full_assignment", ip_terms="")
    order = actions.accept_delivery(factories.deliver(order), actor=buyer)

    words = words_of(deeds.make(order))

    assert "Usage interne, un an." in words
    assert "Territoire" not in words


def test_the_deed_names_the_company_of_the_buyer_by_its_number(completed_order):
    completed_order.billing = {"company": "Girard & Fils", "siren": "303265045"}

    assert "SIREN 303 265 045" in deeds.written(completed_order)["parties"][1]["lines"]


def test_the_deed_is_made_by_itself_and_once(completed_order):
    assert tasks.write_deeds() == 1
    assert tasks.write_deeds() == 0
    first = RightsDeed.objects.get()

    assert deeds.make(factories.fresh(completed_order)) == first
    assert RightsDeed.objects.count() == 1


# E42


def test_a_full_refund_passes_no_rights(delivered_order, staff):
    order = ruled(delivered_order, staff, delivered_order.total_cents)

    assert order.rights_pass is False
    assert deeds.make(order) is None
    assert tasks.write_deeds() == 0


@pytest.mark.parametrize("rights_pass", [True, False])
def test_a_partial_ruling_states_whether_the_rights_pass_and_only_then_is_there_a_deed(
    delivered_order, staff, rights_pass
):
    order = ruled(delivered_order, staff, 50_00, rights_pass=rights_pass)

    assert order.rights_pass is rights_pass
    assert (deeds.make(order) is not None) is rights_pass
    assert order.events.get(kind="resolved").data["rights_pass"] is rights_pass


def test_an_expert_paid_in_full_by_a_ruling_passes_the_rights_on(delivered_order, staff):
    order = ruled(delivered_order, staff, 0, rights_pass=False)

    assert order.rights_pass is True


def test_a_settlement_passes_the_rights_in_what_was_delivered_and_nothing_otherwise(
    delivered_order, buyer, offer
):
    empty = factories.start(factories.pay(factories.place(buyer, offer)))
    for order in (delivered_order, empty):
        change = actions.propose_settlement(order, actor=order.buyer, refund_cents=20_00)
        actions.accept_change(change, actor=order.expert)

    assert factories.fresh(delivered_order).rights_pass is True
    assert factories.fresh(empty).rights_pass is False
    deed = deeds.make(factories.fresh(delivered_order))
    assert "20,00" in words_of(deed), "what was paid back is said"


@pytest.mark.parametrize("end", ["cancelled", "declined"])
def test_a_cancelled_order_passes_nothing(active_order, end):
    if end == "cancelled":
        order = actions.cancel_before_start(active_order, actor=active_order.buyer)
    else:
        order = actions.decline(active_order, actor=active_order.expert, reason="Complet")

    assert order.rights_pass is False


# Pages


def test_both_parties_download_the_deed_in_the_room_and_in_the_zip(client_of, completed_order, stranger):
    deed = deeds.make(completed_order)

    for person in (completed_order.buyer, completed_order.expert):
        client = client_of(person)
        assert deed.url in client.get(completed_order.get_absolute_url()).content.decode()
        answer = client.get(deed.url)
        assert answer["Content-Type"] == "application/pdf"
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        whole = client.get(f"/orders/{completed_order.public_id}/file/")
        names = zipfile.ZipFile(io.BytesIO(b"".join(whole.streaming_content))).namelist()
        assert any(name.endswith(deed.name) for name in names), names
    assert client_of(stranger).get(deed.url).status_code == 404


def test_the_zip_holds_the_reviews_each_side_may_read(client_of, completed_order):
    # E39: what the other wrote and nobody may read yet stays out
    actions.leave_review(completed_order, author=completed_order.expert, rating=2, comment="Secret encore.")

    def reviews_of(person) -> str:
        answer = client_of(person).get(f"/orders/{completed_order.public_id}/file/")
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        return "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith("avis.txt"))

    assert "Secret encore." in reviews_of(completed_order.expert)
    assert "Secret encore." not in reviews_of(completed_order.buyer)
    actions.leave_review(completed_order, author=completed_order.buyer, rating=5, comment="Parfait.")
    assert "Secret encore." in reviews_of(completed_order.buyer)
    assert "<" not in reviews_of(completed_order.buyer), "words alone"
