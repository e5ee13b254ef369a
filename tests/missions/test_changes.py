"""Amendments, regimes, reports and confidentiality agreements of a mission under way."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import VatPeriod
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Contact, Notification
from missions import actions
from missions.models import Amendment, Instalment, Nda, Report
from payments import ledger
from tests import factories
from tests.missions.conftest import pay


def told(user, kind):
    return Notification.objects.filter(user=user, kind=kind).exists()


def change(mission, total_cents, *, actor, **options):
    wish = actions.Change("Deux ateliers de plus", total_cents, mission.ends_on + timedelta(days=10))
    return actions.propose_amendment(mission, actor=actor, change=wish, name="Claire Fontaine", **options)


def sign(amendment, actor):
    return actions.sign_amendment(amendment, actor=actor, name="Thomas Girard", digest=amendment.digest)


def sums(mission):
    return [(row.ht_cents, row.vat_cents) for row in mission.instalments.order_by("number")]


def test_a_signed_amendment_recomputes_what_is_to_come_and_takes_its_commission_next(  # B43
    running, buyer, expert, balance
):
    # E59: 5 000 becomes 6 000; 1 500 are past; 4 500 remain, cut 30 / 40; 150 of commission on the next
    amendment = change(running, 6_000_00, actor=expert)
    assert sums(running)[1:] == [(1_500_00, 300_00), (2_000_00, 400_00)], "nothing moves before both signed"
    assert told(buyer, "amendment_proposed")

    mission = sign(amendment, buyer)

    assert sums(mission) == [(1_500_00, 300_00), (1_928_57, 385_71), (2_571_43, 514_29)]
    assert mission.total_ht_cents == 6_000_00
    assert mission.ends_on == running.ends_on + timedelta(days=10)
    actions.ask_second(mission, actor=expert)
    pay(mission, 2)
    assert balance(expert) == 900_00 + 2_314_28 - 180_00
    assert ledger.balance(ledger.COMMISSION) == 900_00
    assert sign(amendment, buyer).pk == mission.pk, "signing twice changes nothing"
    assert ledger.balance(ledger.COMMISSION) == 900_00


def test_a_lower_total_gives_back_commission_and_an_early_end_gives_back_the_rest(
    running, buyer, expert, balance
):
    sign(change(running, 4_000_00, actor=buyer), expert)
    assert ledger.balance(ledger.COMMISSION) == 600_00
    assert balance(expert) == 900_00 + 180_00
    proposal = actions.propose_ending(running, actor=buyer, percent_done=25, reason="Arrêt")

    mission = actions.answer_ending(proposal, actor=expert, agrees=True)

    assert mission.refunded_cents == 600_00
    assert ledger.balance(ledger.COMMISSION) == 150_00
    assert balance(expert) == 1_200_00 - 180_00


def test_an_early_end_after_a_rise_takes_the_missing_commission_on_the_balance(
    running, buyer, expert, balance
):
    sign(change(running, 8_000_00, actor=expert), buyer)
    proposal = actions.propose_ending(running, actor=expert, percent_done=75, reason="Fin")
    mission = actions.answer_ending(proposal, actor=buyer, agrees=True)

    pay(mission, 4)

    assert ledger.balance(ledger.COMMISSION) == 900_00
    assert balance(expert) == 7_200_00 - 1_080_00


@pytest.mark.parametrize("total", [1_500_00, 1_000_00, 0, -5_00, 600_000_00])
def test_an_amendment_below_what_is_past_or_out_of_bounds_is_refused(running, expert, total):
    with pytest.raises(Refusal):
        change(running, total, actor=expert)
    assert not Amendment.objects.exists()


def test_only_the_version_read_is_signed_by_the_other_party_alone(running, buyer, expert, stranger):
    first = change(running, 6_000_00, actor=expert)
    newer = change(running, 5_500_00, actor=expert, replaces=first)
    assert newer.reference.endswith("-A1-2")
    with pytest.raises(Refusal):
        change(running, 7_000_00, actor=buyer)
    for amendment, actor, digest in (
        (first, buyer, first.digest),
        (newer, buyer, first.digest),
        (newer, expert, newer.digest),
        (newer, stranger, newer.digest),
    ):
        with pytest.raises(Refusal):
            actions.sign_amendment(amendment, actor=actor, name="T", digest=digest)
    running.refresh_from_db()
    assert running.total_ht_cents == 5_000_00

    actions.ask_second(running, actor=expert)
    with pytest.raises(Refusal, match="avancé"):
        sign(newer, buyer)
    actions.refuse_amendment(newer, actor=buyer, reason="Trop tard")
    assert told(expert, "amendment_refused")


def test_an_amendment_nobody_signs_lapses(running, expert):
    change(running, 6_000_00, actor=expert)
    assert actions.lapse_amendments() == 0
    Amendment.objects.update(due_at=clock.now())

    assert actions.lapse_amendments() == 1
    assert actions.lapse_amendments() == 0
    assert sums(running)[1] == (1_500_00, 300_00)


def test_vat_that_appears_midway_lies_inside_the_price_agreed(talk, expert, buyer, balance):
    # E60
    VatPeriod.objects.create(user=expert, regime="franchise", since=clock.today() - timedelta(days=9))
    from missions.actions.quoting import LineTerms
    from tests.missions.conftest import terms

    quote = actions.write(
        talk, expert=expert, terms=terms(), lines=[LineTerms("Audit", 100, "flat", 5_000_00)]
    )
    mission = actions.accept(quote, actor=buyer, name="Thomas", digest=quote.digest, siren="303265045")
    pay(mission, 1)
    actions.start(mission, actor=expert)
    VatPeriod.objects.create(user=expert, regime="registered", since=clock.today())

    actions.ask_second(mission, actor=expert)
    assert sums(mission) == [(1_500_00, 0), (1_250_00, 250_00), (2_000_00, 0)]
    pay(mission, 2)
    actions.hand_over(mission, actor=expert, words="Fait.")
    pay(mission, 3)
    mission = actions.validate(mission, actor=buyer, words="Bien.", rating=5)

    assert sums(mission)[2] == (1_666_67, 333_33)
    assert mission.total_ht_cents == 4_416_67
    assert ledger.balance(ledger.COMMISSION) == 662_50, "15 % of what was really invoiced"
    assert balance(expert) == 5_000_00 - 795_00


def test_vat_that_disappears_midway_is_no_longer_asked(running, expert):
    # E60
    VatPeriod.objects.create(user=expert, regime="franchise", since=clock.today())

    actions.ask_second(running, actor=expert)

    assert sums(running)[1] == (1_500_00, 0)
    assert running.instalments.get(number=2).payment.amount_cents == 1_500_00


def test_a_report_is_sent_back_corrected_and_validated_by_silence(running, buyer, expert, stranger):  # B45
    today = clock.today()
    month = today.replace(day=1)
    wrong = [
        {"halves": {}},
        {"halves": {today + timedelta(days=1): 2}},
        {"halves": {today - timedelta(days=40): 2}},
        {"halves": {today: 3}},
        {"words": " "},
        {"actor": buyer},
    ]
    said = {"actor": expert, "month": today, "halves": {today: 1}, "words": "Atelier"}
    for mistake in wrong:
        with pytest.raises(Refusal):
            actions.report(running, **{**said, **mistake})
    assert not Report.objects.exists()

    report = actions.report(running, **said)
    assert report.month == month
    with pytest.raises(Refusal):
        actions.report(running, **said)
    actions.answer_report(report, actor=buyer, agrees=False, words="C'était une journée entière.")
    assert told(expert, "report_refused")
    again = actions.report(running, **{**said, "halves": {today: 2}})
    assert (again.pk, again.version, again.days) == (report.pk, 2, "1")
    assert actions.validate_silent_reports() == 0
    Report.objects.update(due_at=clock.now())
    assert actions.validate_silent_reports() == 1

    again.refresh_from_db()
    assert again.by_silence
    with pytest.raises(Refusal):
        actions.answer_report(again, actor=buyer, agrees=False, words="Non")


def test_the_weeks_of_a_month_begin_on_monday():
    from missions.models import weeks_of

    weeks = weeks_of(date(2026, 11, 1), {"2026-11-02": 2})
    assert len(weeks) == 6
    assert weeks[0][6][0] == date(2026, 11, 1)
    assert weeks[1][0] == (date(2026, 11, 2), 2)
    assert weeks_of(date(2026, 12, 1), {})[-1][3][0] == date(2026, 12, 31)


def test_a_company_adds_its_own_agreement_and_the_expert_accepts_the_very_file(talk, buyer, expert, stranger):
    # K51
    contact = Contact.objects.get(conversation=talk)
    file = SimpleUploadedFile("accord.pdf", factories.PDF, "application/pdf")
    with pytest.raises(Refusal):
        actions.propose_nda(contact, actor=expert, name="Claire", file=file)
    nda = actions.propose_nda(contact, actor=buyer, name="Thomas Girard", file=file)
    with pytest.raises(Refusal):
        actions.propose_nda(contact, actor=buyer, name="Thomas Girard", ours=b"%PDF")
    for actor, name, digest in (
        (buyer, "T", nda.digest),
        (stranger, "S", nda.digest),
        (expert, " ", nda.digest),
        (expert, "C", "0" * 64),
    ):
        with pytest.raises(Refusal):
            actions.accept_nda(nda, actor=actor, name=name, digest=digest)
    assert not Nda.objects.in_force().exists()

    accepted = actions.accept_nda(nda, actor=expert, name="Claire Fontaine", digest=nda.digest)

    assert (accepted.state, accepted.proposed_name, accepted.accepted_name) == (
        "accepted",
        "Thomas Girard",
        "Claire Fontaine",
    )
    with pytest.raises(Refusal):
        actions.close_nda(accepted, actor=buyer)
    assert told(buyer, "nda_accepted")


def test_instalments_of_an_amended_mission_are_each_paid_once(running, buyer, expert):
    sign(change(running, 6_000_00, actor=expert), buyer)
    actions.hand_over(running, actor=expert, words="Fait.")
    for number in (2, 3):
        pay(running, number)
    actions.validate(running, actor=buyer, words="Bien.", rating=5)

    paid = Instalment.objects.filter(mission=running, state="released")
    assert sum(row.ht_cents for row in paid) == 6_000_00
    assert ledger.balance(ledger.COMMISSION) == 900_00
