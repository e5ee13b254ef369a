"""The order as a zip: complete, from one side, safe to open, and for nobody else."""

import csv
import io
import zipfile
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from disputes import actions as disputes
from marketplace.kernel import sheets
from messaging import actions as messaging
from messaging.models import Attachment, Conversation
from orders import actions, archive
from orders.models import DeliverableFile, Order
from tests import factories


def address(order) -> str:
    return reverse("order_file", args=[order.public_id])


def opened(response) -> zipfile.ZipFile:
    assert response.status_code == 200, response
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def table(found: zipfile.ZipFile, ending: str) -> list[list[str]]:
    name = next(name for name in found.namelist() if name.endswith(ending))
    return list(csv.reader(io.StringIO(found.read(name).decode("utf-8-sig")), delimiter=";"))


@pytest.fixture(autouse=True)
def _in_english(_in_french):
    with translation.override("en"):
        yield


@pytest.fixture
def full_order(delivered_order):
    """Messages with files of the same name, two versions, a revision, an end."""
    buyer, expert = delivered_order.buyer, delivered_order.expert
    actions.say(
        delivered_order,
        author=buyer,
        body="Mes <b>devis</b>.",
        files=[factories.a_file("devis.pdf"), factories.a_file("DEVIS.pdf")],
    )
    actions.request_revision(
        delivered_order, actor=buyer, good="Le ton.", wrong="=HYPERLINK(1)", expected="Une marge hors pose."
    )
    order = factories.deliver(factories.fresh(delivered_order), note="La seconde version.")
    actions.say(order, author=expert, body="Voici.")
    return actions.accept_delivery(order, actor=buyer)


def get(client_of, user, order) -> zipfile.ZipFile:
    return opened(client_of(user).get(address(order)))


# Section 3 number 12
@pytest.mark.parametrize("side", ["buyer", "expert", "staff"])
def test_both_parties_and_staff_download_everything(request, client_of, full_order, side):
    response = client_of(request.getfixturevalue(side)).get(address(full_order))

    assert response["Content-Type"] == "application/zip"
    assert f'filename="{full_order.reference}.zip"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    found = opened(response)
    assert found.testzip() is None
    names = {name.removeprefix(f"{full_order.reference}/") for name in found.namelist()}
    assert {"messages.html", "messages.txt", "terms.txt", "events.csv", "money.csv"} <= names
    assert {"deliverables/v1/plan.pdf", "deliverables/v2/plan.pdf", "deliverables/v2/note.txt"} <= names
    assert len([name for name in names if name.startswith("attachments/")]) == 2


def test_strangers_get_nothing(client, client_of, stranger, full_order):
    assert client_of(stranger).get(address(full_order)).status_code == 404
    assert client.get(address(full_order)).status_code == 302
    assert client_of(full_order.buyer).post(address(full_order)).status_code == 405


def test_an_expert_has_no_file_of_an_unpaid_order(client_of, placed_order):
    assert client_of(placed_order.expert).get(address(placed_order)).status_code == 404
    assert client_of(placed_order.buyer).get(address(placed_order)).status_code == 200


def test_every_file_is_whole(client_of, buyer, full_order):
    found = get(client_of, buyer, full_order)

    files = [name for name in found.namelist() if name.endswith(".pdf")]
    assert len(files) == Attachment.objects.count() + DeliverableFile.objects.count() == 4
    assert {found.read(name) for name in files} == {factories.PDF}
    assert len({name.casefold() for name in found.namelist()}) == len(found.namelist())


def test_the_thread_is_there_twice_and_links_to_its_files(client_of, buyer, full_order):
    found = get(client_of, buyer, full_order)
    html = found.read(f"{full_order.reference}/messages.html").decode()
    text = found.read(f"{full_order.reference}/messages.txt").decode()

    assert "Mes &lt;b&gt;devis&lt;/b&gt;." in html
    assert "Mes <b>devis</b>." in text
    assert "Une marge hors pose." in html
    assert "Une marge hors pose." in text
    assert "<time" not in text
    for name in found.namelist():
        if "/attachments/" in name:
            path = name.removeprefix(f"{full_order.reference}/")
            assert path in text
            assert quote(path) in html
    assert "http://testserver" not in html


def test_events_say_who_what_and_when(client_of, buyer, expert, full_order):
    rows = table(get(client_of, buyer, full_order), "events.csv")

    assert rows[0] == ["When", "Who", "What", "Details"]
    assert any(row[1] == buyer.display_name and "accepted" in row[2] for row in rows)
    theirs = table(get(client_of, expert, full_order), "events.csv")
    assert len(theirs) < len(rows), "the placement is between the buyer and us"


def test_the_money_sums_to_nothing_and_is_told_from_one_s_own_side(client_of, buyer, expert, full_order):
    for person, commission in ((buyer, False), (expert, True)):
        rows = table(get(client_of, person, full_order), "money.csv")[1:]

        assert sum(round(float(row[3]) * 100) for row in rows) == 0
        assert any("ommission" in row[1] for row in rows) == commission


def test_figures_have_the_mark_of_the_language(client_of, buyer, full_order):
    with translation.override("fr"):
        found = opened(client_of(buyer).get(address(full_order)))

    name = [name for name in found.namelist() if name.endswith(".csv")][-1]
    assert ";120,00" in found.read(name).decode("utf-8-sig")


def test_the_frozen_terms_stay(client_of, buyer, expert, full_order):
    offer = full_order.offer
    offer.title, offer.price_cents = "Autre chose", 999_00
    offer.save()

    terms = get(client_of, buyer, full_order).read(f"{full_order.reference}/terms.txt").decode()
    assert "Business plan complet" in terms
    assert "Vos trois derniers bilans" in terms
    assert "Autre chose" not in terms
    assert "€120.00" in terms
    assert "108" not in terms, "what the expert earns is theirs to know"
    assert "108" in get(client_of, expert, full_order).read(f"{full_order.reference}/terms.txt").decode()


def test_a_spreadsheet_takes_nothing_for_a_formula(client_of, buyer, active_order):
    actions.decline(active_order, actor=active_order.expert, reason="=1+1")

    rows = table(get(client_of, buyer, active_order), "events.csv")

    assert not [text for row in rows for text in row if text.startswith(("=", "+", "-", "@"))]
    for text in ("=1", "+1", "-1", "@a", "\tx", "  =1"):
        assert sheets.cell(text) == f"'{text}"
    assert sheets.cell("1-2") == "1-2"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\x.pdf", "C__x.pdf"),
        ("con.txt", "_con.txt"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("été.pdf", "été.pdf"),
        (" .. ", "file"),
        ("a\u202egpj.exe", "agpj.exe"),
    ],
)
def test_names_are_safe(given, kept):
    assert archive.safe(given) == kept


def test_long_names_are_cut_before_their_ending():
    assert archive.safe("a" * 300 + ".pdf") == "a" * (archive.MAX_NAME - 4) + ".pdf"


def test_names_are_given_once():
    names = archive.Names()

    assert [names.free("f", name) for name in ("a.pdf", "A.pdf", "a.pdf")] == [
        "f/a.pdf",
        "f/A (2).pdf",
        "f/a (3).pdf",
    ]


def test_a_file_that_is_gone_is_named(client_of, buyer, full_order):
    attachment = Attachment.objects.first()
    attachment.file.storage.delete(attachment.file.name)

    found = get(client_of, buyer, full_order)

    missing = next(name for name in found.namelist() if "missing" in name)
    assert "devis" in found.read(missing).decode().lower()


def test_what_is_hidden_from_a_side_is_not_in_its_file(client_of, buyer, expert, full_order):
    actions.leave_review(full_order, author=buyer, rating=1, comment="Mot secret.")

    found = get(client_of, expert, full_order)

    assert not [name for name in found.namelist() if b"Mot secret." in found.read(name)]


def test_queries_do_not_grow_with_the_order(full_order, buyer):
    def queries() -> int:
        order = Order.objects.select_related("buyer", "expert", "payment").get(pk=full_order.pk)
        with CaptureQueriesContext(connection) as seen:
            archive.build(order, buyer).close()
        return len(seen)

    before = queries()
    assert before <= 14
    Conversation.objects.filter(pk=full_order.conversation_id).update(closed_at=None)
    full_order.conversation.refresh_from_db()
    for number in range(12):
        messaging.send_message(
            full_order.conversation, author=buyer, body=f"Mot {number}", files=[factories.a_file()]
        )

    assert queries() == before


def test_the_room_offers_it(client_of, expert, full_order):
    assert address(full_order) in client_of(expert).get(full_order.get_absolute_url()).content.decode()


def test_the_checklist_and_its_files_are_in_it(client_of, buyer, expert, started_order):
    item = started_order.checklist.get()
    actions.supply(
        started_order,
        actor=buyer,
        answers={item.pk: "=Trois ans"},
        files={item.pk: [factories.a_file("bilan.pdf")]},
    )

    for reader in (buyer, expert):
        found = get(client_of, reader, started_order)
        text = found.read(f"{started_order.reference}/checklist/answers.txt").decode()

        assert item.label in text
        assert "=Trois ans" in text
        assert "checklist/bilan.pdf" in text
        assert found.read(f"{started_order.reference}/checklist/bilan.pdf") == factories.PDF


def test_a_dispute_is_in_it_with_its_evidence_but_without_the_notes_of_the_team(
    client_of, buyer, expert, staff, delivered_order
):
    dispute = disputes.open_dispute(
        delivered_order,
        actor=buyer,
        ground="unsuitable",
        statement="Le plan ne correspond pas à ce qui était convenu.",
        files=[factories.a_file("preuve.pdf")],
    )
    disputes.answer(
        dispute, actor=expert, statement="Le plan suit le cahier des charges à la lettre.", wish="payment"
    )
    disputes.write_note(dispute, actor=staff, body="Note interne.", is_shared=False)
    root = delivered_order.reference

    for reader in (buyer, expert, staff):
        found = get(client_of, reader, delivered_order)
        text = found.read(f"{root}/dispute 1/dispute.txt").decode()

        assert "ne correspond pas" in text
        assert "à la lettre" in text
        assert found.read(f"{root}/dispute 1/preuve.pdf") == factories.PDF
        assert ("Note interne." in text) == (reader == staff)
