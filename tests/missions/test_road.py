"""From the quote to the end review, and out of it early: who gets what, to the cent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Document, LegalEntity, VatPeriod
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from missions import actions
from missions.actions.quoting import LineTerms
from missions.models import Instalment, Mission, Quote
from payments import ledger
from payments.invoices import cii, issuing
from payments.models import Invoice, Payment, Refund
from tests import factories
from tests.missions.conftest import LINES, pay, terms
from tests.payments.test_invoices import faults

State = Mission.State


def told(user, kind):
    return Notification.objects.filter(user=user, kind=kind).exists()


def test_a_mission_pays_900_then_1800_then_2400_of_6000(
    mission, buyer, expert, balance
):  # B12, K53-K55, K57-K59
    assert mission.state == State.UNPAID
    with pytest.raises(Refusal):  # E55
        actions.start(mission, actor=expert)
    pay(mission, 1)
    assert balance(expert) == 0
    mission = actions.start(mission, actor=expert)
    assert balance(expert) == 900_00

    actions.ask_second(mission, actor=expert)
    pay(mission, 2)
    assert balance(expert) == 2_700_00

    actions.hand_over(mission, actor=expert, words="Tout est livré.")
    actions.validate(mission, actor=buyer, words="Très bien.", rating=5)
    mission.refresh_from_db()
    assert mission.state == State.REVIEW
    pay(mission, 3)

    mission.refresh_from_db()
    assert mission.state == State.COMPLETED
    assert balance(expert) == 5_100_00
    assert ledger.balance(ledger.COMMISSION) == 750_00
    assert ledger.balance(ledger.VAT_COLLECTED) == 150_00
    assert told(expert, "mission_completed")


# B12
def test_instalments_are_invoiced_as_deposits_and_the_last_as_the_final_one(running, buyer, expert):  # K54
    actions.ask_second(running, actor=expert)
    pay(running, 2)
    actions.hand_over(running, actor=expert, words="Tout est livré.")
    pay(running, 3)
    actions.validate(running, actor=buyer, words="Très bien.", rating=5)

    first, second, final = Invoice.objects.filter(seller_user=expert).order_by("pk")
    assert [row.kind for row in (first, second, final)] == ["deposit", "deposit", "final"]
    assert [row.ttc_cents for row in (first, second, final)] == [1_800_00, 1_800_00, 2_400_00]
    assert [row["number"] for row in final.details["before"]] == [first.number, second.number]
    assert sum(line["quantity"] * line["ht_cents"] for line in final.lines) == 2_000_00
    issuing.issue_missing()
    assert Invoice.objects.filter(kind="commission").get().ht_cents == 750_00
    assert faults(cii.build(final)) == []
    assert b">386<" in cii.build(first)


def test_a_mission_that_ends_early_credits_the_deposit_with_what_goes_back(mission, buyer, expert):
    pay(mission, 1)
    mission = actions.start(mission, actor=expert)
    deposit = Invoice.objects.get(seller_user=expert)
    proposal = actions.propose_ending(mission, actor=buyer, percent_done=10, reason="Projet arrêté")
    actions.answer_ending(proposal, actor=expert, agrees=True)

    assert deposit.kind == "deposit"
    credit = Invoice.objects.get(kind="credit")
    assert (credit.corrects, credit.ttc_cents) == (deposit, 1_200_00)


def test_a_seller_exempt_of_vat_gets_1012_34_of_1234_57(talk, expert, buyer, balance):
    VatPeriod.objects.create(user=expert, regime="franchise", since=clock.today() - timedelta(days=1))
    quote = actions.write(
        talk, expert=expert, terms=terms(), lines=[LineTerms("Audit", 100, "flat", 1_234_57)]
    )
    mission = actions.accept(quote, actor=buyer, name="Thomas", digest=quote.digest, siren="303265045")
    pay(mission, 1)
    actions.start(mission, actor=expert)
    assert balance(expert) == 148_14
    actions.hand_over(mission, actor=expert, words="Fait.")
    pay(mission, 2)
    pay(mission, 3)
    actions.validate(mission, actor=buyer, words="Bien.", rating=4)

    assert balance(expert) == 1_012_34


def test_stopped_after_the_first_instalment_the_commission_on_the_rest_goes_back(
    running, buyer, expert, balance
):
    # E58, D14: 30 % done, 1 500 invoiced: 225 + 45 due, 750 + 150 taken, 525 + 105 given back
    proposal = actions.propose_ending(running, actor=buyer, percent_done=30, reason="Projet arrêté")
    assert balance(expert) == 900_00
    with pytest.raises(Refusal):
        actions.answer_ending(proposal, actor=buyer, agrees=True)

    mission = actions.answer_ending(proposal, actor=expert, agrees=True)

    assert mission.state == State.STOPPED
    assert balance(expert) == 900_00 + 630_00
    assert ledger.balance(ledger.COMMISSION) == 225_00
    assert not Refund.objects.exists()
    assert mission.instalments.get(number=2).state == Instalment.State.CANCELLED


@pytest.mark.parametrize(("percent", "refund"), [(10, 1_200_00), (0, 1_800_00), (17, 780_00)])
def test_stopped_before_what_was_paid_the_client_gets_the_rest(
    running, buyer, expert, balance, percent, refund
):
    proposal = actions.propose_ending(running, actor=expert, percent_done=percent, reason="Départ")

    mission = actions.answer_ending(proposal, actor=buyer, agrees=True)

    done = 50_00 * percent
    assert Refund.objects.get().amount_cents == mission.refunded_cents == refund
    assert ledger.balance(ledger.COMMISSION) == done * 15 // 100
    assert balance(expert) == 1_800_00 - refund - done * 18 // 100
    assert balance(expert) == done * 120 // 100 - done * 18 // 100


def test_stopped_beyond_what_was_paid_a_closing_balance_is_asked(running, buyer, expert, balance):
    proposal = actions.propose_ending(running, actor=expert, percent_done=50, reason="Fin anticipée")
    mission = actions.answer_ending(proposal, actor=buyer, agrees=True)
    assert mission.state == State.SETTLING

    closing = pay(mission, 4)

    mission.refresh_from_db()
    assert closing.ttc_cents == 1_200_00
    assert mission.state == State.STOPPED
    assert balance(expert) == 3_000_00 - 450_00


def test_a_closing_balance_nobody_pays_is_given_up_by_the_team_alone(running, buyer, expert, staff, balance):
    proposal = actions.propose_ending(running, actor=expert, percent_done=50, reason="Fin anticipée")
    mission = actions.answer_ending(proposal, actor=buyer, agrees=True)
    before = balance(expert)
    with pytest.raises(Refusal):
        actions.drop_balance(mission, actor=expert, reason="Impayé.")

    actions.drop_balance(mission, actor=staff, reason="Le client ne répond plus.")
    with pytest.raises(Refusal):
        actions.drop_balance(mission, actor=staff, reason="Encore.")

    mission.refresh_from_db()
    closing = mission.instalments.get(number=4)
    assert (mission.state, closing.state) == (State.STOPPED, Instalment.State.CANCELLED)
    assert closing.payment.state == Payment.State.EXPIRED
    assert balance(expert) == before


def test_a_refused_early_end_moves_nothing(running, buyer, expert, balance):
    proposal = actions.propose_ending(running, actor=buyer, percent_done=10, reason="Trop cher")

    mission = actions.answer_ending(proposal, actor=expert, agrees=False)

    assert mission.state == State.RUNNING
    assert balance(expert) == 900_00
    assert not Refund.objects.exists()


def test_only_the_version_that_was_read_is_accepted_and_only_once(talk, quote, buyer, expert):
    newer = actions.write(
        talk, expert=expert, terms=terms(title="Version deux"), lines=LINES[:1], replaces=quote
    )
    for digest in (quote.digest, newer.digest):
        with pytest.raises(Refusal):
            actions.accept(quote, actor=buyer, name="Thomas", digest=digest, siren="303265045")
    with pytest.raises(Refusal):
        actions.accept(newer, actor=buyer, name="Thomas", digest=quote.digest, siren="303265045")
    assert not Mission.objects.exists()

    first = actions.accept(newer, actor=buyer, name="Thomas Girard", digest=newer.digest, siren="303265045")
    again = actions.accept(newer, actor=buyer, name="Thomas Girard", digest=newer.digest, siren="303265045")

    assert first.pk == again.pk
    assert newer.reference.endswith("-2")
    newer.refresh_from_db()
    assert newer.digest_of(list(newer.lines.all())) == newer.digest
    assert newer.accepted_name == "Thomas Girard"


def test_a_quote_of_an_expert_whose_status_lapsed_is_not_accepted_and_they_are_told(quote, buyer, expert):
    # E54
    LegalEntity.objects.filter(user=expert).update(replaced_at=timezone.now())

    with pytest.raises(Refusal, match="Claire"):
        actions.accept(quote, actor=buyer, name="Thomas", digest=quote.digest, siren="303265045")

    assert told(expert, "quote_blocked")
    assert not Mission.objects.exists()
    assert not Payment.objects.exists()


def test_no_quote_without_legal_status_nor_in_a_conversation_without_a_client(talk, expert, stranger):
    with pytest.raises(Refusal):
        actions.write(talk, expert=stranger, terms=terms(), lines=LINES)
    LegalEntity.objects.filter(user=expert).update(replaced_at=timezone.now())
    with pytest.raises(Refusal):
        actions.write(talk, expert=expert, terms=terms(), lines=LINES)
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    "line",
    [
        LineTerms("Remise", 100, "flat", -50_00),
        LineTerms("Rien", 0, "day", 100_00),
        LineTerms("Arrondi", 1, "day", 1),
        LineTerms("Trop", 1_000_000, "day", 500_000_00),
    ],
)
def test_a_line_that_deducts_rounds_to_nothing_or_explodes_is_refused(talk, expert, line):
    with pytest.raises(Refusal):
        actions.write(talk, expert=expert, terms=terms(), lines=[*LINES, line])
    assert not Quote.objects.exists()


def test_an_expired_quote_is_closed_and_cannot_be_accepted(quote, buyer, expert):
    Quote.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    with pytest.raises(Refusal):
        actions.accept(quote, actor=buyer, name="Thomas", digest=quote.digest, siren="303265045")

    assert actions.expire_quotes() == 1
    assert actions.expire_quotes() == 0
    assert told(buyer, "quote_expired")


def test_a_first_instalment_that_never_comes_cancels_the_mission(mission, buyer):
    # E55
    past = clock.now() - timedelta(minutes=1)
    mission.instalments.filter(number=1).update(due_at=past)
    Payment.objects.update(expires_at=past)

    assert actions.cancel_unpaid() == 1
    assert actions.cancel_unpaid() == 0
    mission.refresh_from_db()
    assert mission.state == State.CANCELLED


def test_work_is_suspended_for_a_late_instalment_alone_and_its_payment_lifts_it(running, expert):  # K66
    # E56
    actions.ask_second(running, actor=expert)
    with pytest.raises(Refusal):
        actions.suspend(running, actor=expert)
    running.instalments.filter(number=2).update(
        due_at=clock.now() - timedelta(days=1), asked_at=clock.now() - timedelta(days=15)
    )
    assert actions.remind_unpaid() == 1
    assert actions.remind_unpaid() == 0
    assert actions.suspend(running, actor=expert).state == State.SUSPENDED

    pay(running, 2)

    running.refresh_from_db()
    assert running.state == State.RUNNING


def test_silence_validates_the_end_review_after_two_weeks(running, expert, balance):
    # E57
    actions.hand_over(running, actor=expert, words="Fini.")
    pay(running, 2)
    pay(running, 3)
    assert actions.validate_unanswered() == 0
    Mission.objects.update(review_due_at=clock.now() - timedelta(minutes=1))

    assert actions.validate_unanswered() == 1

    running.refresh_from_db()
    assert running.state == State.COMPLETED
    assert running.validated_by_silence
    assert balance(expert) == 5_100_00


def test_a_refused_end_review_waits_for_our_team(running, buyer, expert, staff, balance):
    # E57
    actions.hand_over(running, actor=expert, words="Fini.")
    pay(running, 2)
    pay(running, 3)
    before = balance(expert)
    actions.contest(running, actor=buyer, words="Le plan manque.")
    assert actions.validate_unanswered() == 0
    assert balance(expert) == before

    verdict = actions.Verdict("uphold", "Le plan est dans l'annexe.")
    actions.rule(running, actor=staff, verdict=verdict)
    assert balance(expert) == before, "two people decide on a mission of this size"
    actions.confirm_ruling(running, actor=factories.make_user("Paul", "Roy", is_staff=True))

    running.refresh_from_db()
    mission = running
    assert mission.state == State.COMPLETED
    assert balance(expert) == 5_100_00


def test_large_work_does_not_begin_without_its_certificate_even_if_papers_are_excused(mission, expert):  # B55
    pay(mission, 1)
    type(expert.expert_profile).objects.filter(user=expert).update(
        waived_until=clock.today() + timedelta(days=20)
    )
    papers = Document.objects.filter(user=expert, kind="vigilance")
    papers.update(valid_until=clock.today() - timedelta(days=1))

    with pytest.raises(Refusal, match="vigilance"):
        actions.start(mission, actor=expert)
    mission.refresh_from_db()
    assert (mission.state, mission.started_at) == ("ready", None)

    papers.update(valid_until=clock.today())
    assert actions.start(mission, actor=expert).state == "running"
