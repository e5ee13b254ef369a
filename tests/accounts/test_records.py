"""What missions, reports, suspensions and looks leave is forgotten when its time is over, and nothing before."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.actions import lift_suspension, suspend_expert
from accounts.models import AuditLine, DocumentAccess, StaffVisit, User
from marketplace.kernel import clock
from marketplace.privacy import records, retention
from messaging.actions import make_contact
from messaging.models import Message, Report
from missions import actions as missions
from missions.actions.quoting import LineTerms, QuoteTerms
from missions.models import Mission, MissionEvent, Nda, Quote
from tests import factories

pytestmark = pytest.mark.django_db


def later(**span):
    return clock.at(clock.now() + timedelta(**span))


@pytest.fixture
def talk(buyer, expert):
    return make_contact(company=buyer, expert=expert, subject="Votre besoin", body="Pouvez-vous nous aider ?")


def a_quote(talk, **changed):
    today = clock.today()
    terms = QuoteTerms(
        title="Refonte du contrôle de gestion",
        context="Nos marges baissent.",
        deliverables="Un diagnostic",
        starts_on=today + timedelta(days=7),
        ends_on=today + timedelta(days=60),
        **changed,
    )
    lines = [LineTerms("Diagnostic", 500, "day", 800_00)]
    return missions.write(talk.conversation, expert=talk.expert, terms=terms, lines=lines)


def a_mission(talk):
    quote = a_quote(talk)
    return missions.accept(quote, actor=talk.company, name="Thomas", digest=quote.digest, siren="303265045")


def end(mission, **fields):
    Mission.objects.filter(pk=mission.pk).update(state="completed", closed_at=clock.now(), **fields)
    MissionEvent.objects.create(mission=mission, kind="note", words="Les comptes sont en ordre.")


def test_words_of_a_mission_go_five_years_after_its_end_and_its_contract_after_ten(talk):  # B64
    mission = a_mission(talk)
    end(mission, expert_review="Tout est en place.", client_review="Merci.")

    with later(days=4 * 365):
        assert records.forget_missions() == records.forget_quotes() == 0
    with later(days=6 * 365):
        assert (records.forget_missions(), records.forget_missions()) == (1, 0)
        assert records.forget_quotes() == 0, "what was agreed is a paper of the accounts"
    mission.refresh_from_db()
    assert (mission.expert_review, mission.client_review) == ("", "")
    assert not mission.events.exclude(words="").exists()
    quote = mission.quote
    assert (quote.deliverables, quote.context) == ("Un diagnostic", "Nos marges baissent.")

    with later(days=11 * 365):
        assert (records.forget_quotes(), records.forget_quotes()) == (1, 0)
    kept = Quote.objects.get()
    assert (kept.deliverables, kept.context, kept.lines.get().label) == ("", "", "")
    assert (kept.total_ht_cents, kept.digest, kept.title) == (4_000_00, quote.digest, quote.title)


def test_a_quote_that_led_nowhere_is_emptied_after_five_years(talk):  # B64
    missions.refuse(a_quote(talk), actor=talk.company, reason="Trop cher pour nous.")

    with later(days=4 * 365):
        assert records.forget_quotes() == 0
    with later(days=6 * 365):
        assert records.forget_quotes() == 1
    assert (Quote.objects.get().reason, Quote.objects.get().deliverables) == ("", "")


def test_what_was_written_around_a_mission_stays_while_the_mission_lasts(talk):  # B64
    mission = a_mission(talk)
    with later(days=6 * 365):
        assert retention.forget_old_talk() == 0
        end(mission)
        assert retention.forget_old_talk() == 0
    with later(days=12 * 365):
        assert retention.forget_old_talk() == 1
    assert not Message.objects.exclude(body="").exists()


def test_the_file_of_an_agreement_goes_and_who_accepted_which_digest_stays(
    talk, client_of, django_capture_on_commit_callbacks
):  # B64
    nda = missions.propose_nda(talk, actor=talk.company, name="Thomas", file=factories.a_file("nda.pdf"))
    nda = missions.accept_nda(nda, actor=talk.expert, name="Claire", digest=nda.digest)
    mission, name = a_mission(talk), nda.file.name
    end(mission)

    with later(days=4 * 365):
        assert records.forget_agreements() == 0
    with later(days=6 * 365), django_capture_on_commit_callbacks(execute=True):
        assert (records.forget_agreements(), records.forget_agreements()) == (1, 0)

    assert not storages["private"].exists(name)
    kept = Nda.objects.get()
    assert (kept.digest, kept.accepted_name) == (nda.digest, "Claire")
    page = client_of(talk.company).get(nda.get_absolute_url())
    assert "Le fichier n’est plus conservé" in page.content.decode()
    assert client_of(talk.company).get(reverse("nda_file", args=[nda.public_id])).status_code == 404


def test_reports_go_five_years_after_they_were_settled(buyer, expert):  # B64
    facts = {"reporter": buyer, "person": expert, "subject": "user", "reason": "abuse", "words": "Insultes."}
    Report.objects.create(**facts, subject_ref="1", label="Claire")
    Report.objects.create(
        **facts, subject_ref="2", label="Claire", state="upheld", outcome="Vu.", settled_at=clock.now()
    )
    with later(days=4 * 365):
        assert records.forget_reports() == 0
    with later(days=6 * 365):
        assert records.forget_reports() == 1
    assert Report.objects.get().state == "open", "what nobody has read yet stays"


def test_a_suspension_is_forgotten_five_years_after_it_was_over(expert, staff):  # B64
    found = suspend_expert(
        expert.expert_profile, actor=staff, ground="quality", reason="Trois livraisons absentes."
    )
    with later(days=6 * 365):
        assert records.forget_suspensions() == 0, "one that was never given up still counts"
    lift_suspension(found, actor=staff, reason="Tout a été livré.")
    with later(days=4 * 365):
        assert records.forget_suspensions() == 0
    with later(days=6 * 365):
        assert records.forget_suspensions() == 1


def test_looks_are_kept_a_year_changes_five_and_only_this_task_may_delete_them(expert, staff):  # B64, B65
    DocumentAccess.objects.create(document=factories.send_paper(expert), user=staff)
    StaffVisit.objects.create(staff=staff, person=expert, reason="Une question", until=clock.now())
    User.objects.filter(pk=expert.pk).update(is_buyer=True)
    lines = AuditLine.objects.count()
    assert lines

    for rows in (DocumentAccess.objects, AuditLine.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()
    with later(days=364):
        assert records.forget_looks() == 0
    with later(days=366):
        assert records.forget_looks() == 2
    assert AuditLine.objects.count() == lines
    with later(days=6 * 365):
        assert records.forget_looks() == lines
    User.objects.filter(pk=expert.pk).update(is_buyer=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditLine.objects.all().delete()
