"""The whole road in the pages: a quote written, accepted, paid, worked, reviewed; and what is typed wrong."""

from datetime import timedelta

import pytest
from pypdf import PdfReader

from accounts.models import BuyerProfile
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from missions import actions
from missions.models import Mission, Quote
from payments.models import Invoice
from tests.missions.conftest import pay


def typed(**changed):
    today = clock.today()
    fields = {
        "title": "Refonte du contrôle de gestion",
        "deliverables": "Un diagnostic",
        "starts_on": (today + timedelta(days=3)).isoformat(),
        "ends_on": (today + timedelta(days=30)).isoformat(),
        "valid_days": "15",
        "lines-TOTAL_FORMS": "3",
        "lines-INITIAL_FORMS": "0",
        "lines-MIN_NUM_FORMS": "1",
        "lines-MAX_NUM_FORMS": "12",
        "lines-0-label": "Diagnostic",
        "lines-0-quantity": "2,5",
        "lines-0-unit": "day",
        "lines-0-price": "800",
        "lines-1-unit": "day",
        "lines-2-unit": "day",
    }
    return {**fields, **changed}


def test_from_the_conversation_to_the_end_review(talk, buyer, expert, client_of):
    claire, thomas = client_of(expert), client_of(buyer)
    assert f"/messages/{talk.public_id}/quote/" in claire.get("/missions/").content.decode()
    claire.post(f"/messages/{talk.public_id}/quote/", typed())
    quote = Quote.objects.get()
    assert quote.total_ht_cents == 2_000_00
    page = thomas.get(quote.get_absolute_url()).content.decode()
    assert quote.digest in page
    assert "2\xa0400,00" in page

    answer = {"name": "Thomas G.", "digest": quote.digest, "agrees": "on"}
    for wrong in ("", "303265046"):
        page = thomas.post(f"{quote.get_absolute_url()}acceptance/", {**answer, "siren": wrong})
        assert page.status_code == 422
        assert not Mission.objects.exists(), "the invoices of a French firm must bear its SIREN"
    with pytest.raises(Refusal, match="SIREN"):
        actions.accept(quote, actor=buyer, name="Thomas G.", digest=quote.digest)
    BuyerProfile.objects.filter(user=buyer).update(vat_number="FR83404833048")
    page = thomas.post(f"{quote.get_absolute_url()}acceptance/", {**answer, "siren": "303265045"})
    assert page.status_code == 422, "another firm than that of the VAT number"
    assert not Mission.objects.exists()
    BuyerProfile.objects.filter(user=buyer).update(vat_number="")
    thomas.post(f"{quote.get_absolute_url()}acceptance/", {**answer, "siren": "303 265 045"})
    mission = Mission.objects.get()
    assert thomas.get(mission.instalments.get(number=1).get_absolute_url()).status_code == 200
    pay(mission, 1)
    home = mission.get_absolute_url()
    claire.post(f"{home}start/")
    claire.post(f"{home}notes/", {"words": "Premier atelier tenu."})
    claire.post(f"{home}second-instalment/")
    pay(mission, 2)
    claire.post(f"{home}end-review/", {"review-words": "Tout est livré."})
    pay(mission, 3)
    assert "Premier atelier tenu." in thomas.get(home).content.decode()
    thomas.post(f"{home}validation/", {"validation-words": "Parfait.", "validation-rating": "5"})

    mission.refresh_from_db()
    assert mission.state == Mission.State.COMPLETED
    assert {invoice.buyer["siren"] for invoice in Invoice.objects.filter(buyer_user=buyer)} == {"303265045"}
    assert claire.get(home).status_code == thomas.get(home).status_code == 200
    assert "Thomas G." in PdfReader(_file(thomas, quote)).pages[-1].extract_text()


def _file(client, quote):
    import io

    response = client.get(f"{quote.get_absolute_url()}file/")
    assert response["Content-Type"] == "application/pdf"
    return io.BytesIO(response.content)


@pytest.mark.parametrize(
    "changed",
    [
        {"lines-0-price": "-800"},
        {"lines-0-quantity": "0"},
        {"lines-0-quantity": "1,333"},
        {"lines-0-quantity": "NaN"},
        {"lines-0-label": "", "lines-0-quantity": "", "lines-0-price": ""},
        {"lines-0-price": "10"},
        {"starts_on": "2020-01-01"},
        {"ends_on": "2020-01-01"},
        {"valid_days": "0"},
        {"title": ""},
    ],
)
def test_a_wrong_quote_comes_back_with_what_was_typed_and_nothing_is_sent(talk, expert, client_of, changed):
    response = client_of(expert).post(f"/messages/{talk.public_id}/quote/", typed(**changed))

    assert response.status_code == 422
    assert "Un diagnostic" in response.content.decode()
    assert not Quote.objects.exists()


def test_an_early_end_shows_its_sums_before_anything_is_proposed(running, buyer, expert, client_of):
    thomas, claire = client_of(buyer), client_of(expert)
    address = f"{running.get_absolute_url()}early-end/"
    said = {"percent_done": "10", "reason": "Projet arrêté"}

    assert "1\xa0200,00" in thomas.post(address, said).content.decode()
    assert not running.endings.exists()
    thomas.post(address, {**said, "confirm": "1"})
    proposal = running.endings.get()
    claire.post(f"/early-ends/{proposal.public_id}/answer/", {"answer": "agree"})

    running.refresh_from_db()
    assert running.state == Mission.State.STOPPED
    assert running.refunded_cents == 1_200_00


def test_a_new_version_starts_from_the_former_one(quote, expert, client_of):
    claire = client_of(expert)
    page = claire.get(f"{quote.get_absolute_url()}version/").content.decode()
    assert "Diagnostic" in page
    claire.post(f"{quote.get_absolute_url()}version/", typed(title="Version deux"))

    quote.refresh_from_db()
    assert quote.state == Quote.State.REPLACED
    assert quote.replaced_by.version == 2
    with pytest.raises(Refusal):
        actions.withdraw(quote, actor=expert)


def test_more_lines_keep_what_was_typed_and_send_nothing(talk, expert, client_of):
    page = client_of(expert).post(f"/messages/{talk.public_id}/quote/", typed(more="1")).content.decode()

    assert 'name="lines-5-label"' in page
    assert 'value="Diagnostic"' in page
    assert not Quote.objects.exists()


def test_our_team_previews_a_decision_to_the_cent_before_anything_moves(
    running, buyer, expert, staff, client_of
):
    proposal = actions.propose_ending(running, actor=buyer, percent_done=10, reason="Arrêt")
    actions.answer_ending(proposal, actor=expert, agrees=False)
    thomas, sophie = client_of(buyer), client_of(staff)
    thomas.post(f"{running.get_absolute_url()}decision/", {"team-words": "Pas d'accord."})
    said = {"outcome": "stop", "percent_done": "20", "reason": "Un cinquième est fait."}

    page = sophie.post(f"/admin/missions/mission/{running.pk}/rule/", said).content.decode()

    assert "600,00" in page
    assert not running.rulings.exists()
    sophie.post(f"/admin/missions/mission/{running.pk}/rule/", {**said, "confirmed": "1"})
    assert running.rulings.get().carried_out_at is None, "two people decide"


def test_an_amendment_and_a_report_are_written_read_and_answered_in_the_pages(
    running, buyer, expert, client_of
):
    thomas, claire = client_of(buyer), client_of(expert)
    home = running.get_absolute_url()
    said = {
        "words": "Un atelier",
        "total": "6000",
        "ends_on": running.ends_on.isoformat(),
        "name": "Claire F.",
    }
    assert "2\xa0314,28" in claire.post(f"{home}amendment/", said).content.decode()
    assert not running.amendments.exists()
    claire.post(f"{home}amendment/", {**said, "confirm": "1"})
    amendment = running.amendments.get()
    thomas.post(
        f"{amendment.get_absolute_url()}signature/",
        {"name": "Thomas G.", "digest": amendment.digest, "agrees": "on"},
    )
    today = clock.today()
    day = {today.isoformat(): "1", "words": "Un atelier."}
    claire.post(f"{home}activity-report/", day)
    report = running.reports.get()
    thomas.post(f"{report.get_absolute_url()}answer/", {"answer": "agree"})

    amendment.refresh_from_db()  # B43, B45
    report.refresh_from_db()
    assert (amendment.state, report.state, report.half_days) == ("signed", "validated", 1)
    for paper in (amendment, report):
        assert thomas.get(f"{paper.get_absolute_url()}file/").content[:4] == b"%PDF"
    assert b"BEGIN:VEVENT" in thomas.get(f"{home}calendar/").content
