"""From candidate to expert: the application, the club's vote, the committee, the verdict and the appeal."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from accounts import actions, charter, tasks
from accounts.models import Application, Ballot, ClubMember, Consent, ExpertProfile
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from offers import actions as offer_actions
from offers.models import Offer
from tests import factories
from tests.accounts.pages import fields_in_error

pytestmark = pytest.mark.django_db
STORY = "Trente ans de direction financière dans l’industrie, dont douze de transition. " * 3
WISH = "Aider les dirigeants de PME à tenir leur trésorerie, avec des offres simples."
REASON = "Un parcours solide et une envie réelle de transmettre."


@pytest.fixture
def candidate():
    return factories.make_expert("Paul", "Mercier", approved=False)


@pytest.fixture
def club(category):
    """Four members of the field."""
    members = [factories.make_expert(f"Membre{n}", "Du Club") for n in range(4)]
    for member in members:
        ClubMember.objects.create(user=member, field=category)
    return members


def vote(application, member, choice="for", reason=REASON):
    return actions.cast_ballot(application, member=member, choice=choice, reason=reason)


def later(**delay):
    return clock.at(clock.now() + timedelta(**delay))


def test_from_candidate_to_first_published_offer_with_the_club_voting(
    candidate, club, category, staff, client_of
):
    """The whole road in the browser: three steps, four votes, documents, and an offer on sale."""
    client = client_of(candidate)
    assert client.post(reverse("admission")).url == reverse("admission_step", args=["criterion"])
    steps = {
        "criterion": {"ground": "experience", "years_of_experience": "31", "attested": "on"},
        "experience": {"field": category.pk, "track_record": STORY, "motivation": WISH},
        "charter": {"name": "Paul Mercier", "agreed": "on"},
        "sending": {},
    }
    for step, answers in steps.items():
        assert client.get(reverse("admission_step", args=[step])).status_code == 200
        assert client.post(reverse("admission_step", args=[step]), answers).status_code == 302

    application = Application.objects.get(user=candidate)
    assert application.state == "club"
    assert application.due_at is not None
    assert client.get(reverse("admission")).status_code == 200
    for member, choice in zip(club, ["for", "for", "against", "recused"], strict=True):
        browser = client_of(member)
        assert candidate.display_name in browser.get(reverse("club")).content.decode()
        address = reverse("club_candidate", args=[application.public_id])
        assert "douze de transition" in browser.get(address).content.decode()
        assert browser.post(address, {"choice": choice, "reason": REASON}).status_code == 302

    application.refresh_from_db()
    assert (application.state, application.decider) == ("admitted", "club")  # K19, K20
    assert REASON in client.get(reverse("admission")).content.decode().replace("&#x27;", "’")
    assert "Membre" not in application.reasons

    offer = factories.make_offer(candidate, published=False, category=category)
    page = reverse("offer_publish", args=[offer.pk])
    client.post(page)
    assert not Offer.objects.published().exists()  # the documents are still missing
    factories.give_legal_standing(candidate)
    factories.send_paper(candidate, "vigilance")
    actions.accept_document(candidate.documents.get(state="in_review"), actor=staff)

    client.post(page)
    offer.refresh_from_db()
    assert offer.status == Offer.Status.IN_REVIEW
    offer_actions.admit(offer)

    assert Offer.objects.published().get() == offer


@pytest.mark.parametrize(
    ("step", "answers", "wrong"),
    [
        (
            "criterion",
            {"ground": "experience", "years_of_experience": "29", "attested": "on"},
            "years_of_experience",
        ),
        ("criterion", {"ground": "experience", "attested": "on"}, "years_of_experience"),
        ("criterion", {"ground": "age"}, "attested"),
        ("criterion", {}, "ground"),
        ("experience", {"field": "9999", "track_record": STORY, "motivation": WISH}, "field"),
        ("experience", {"track_record": "Court.", "motivation": WISH}, "track_record"),
        ("charter", {"name": "Someone Else", "agreed": "on"}, "name"),
        ("charter", {"name": "Paul Mercier"}, "agreed"),
    ],
)
def test_a_step_that_is_wrong_is_kept_out_with_words(
    candidate, category, client_of, step, answers, wrong
):  # K2
    client = client_of(candidate)
    client.post(reverse("admission"))

    response = client.post(reverse("admission_step", args=[step]), answers)

    assert response.status_code == 422
    assert wrong in fields_in_error(response.content.decode())
    assert not Consent.objects.exists()
    assert Application.objects.get(user=candidate).ground == ""


def test_age_alone_suffices(candidate, category, club):  # K2
    application = factories.apply(candidate, category, ground="age", years_of_experience=None)

    assert application.state == "club"


def test_an_application_is_not_sent_with_a_step_missing(candidate, client_of):
    client = client_of(candidate)
    client.post(reverse("admission"))

    client.post(reverse("admission_step", args=["sending"]))

    assert Application.objects.get(user=candidate).state == "draft"


def test_the_charter_is_signed_once_with_its_version_and_digest(candidate):  # K17
    signature = actions.sign_charter(candidate, name="Paul Mercier", language="fr")
    again = actions.sign_charter(candidate, name="Paul Mercier", language="en")

    assert again == signature
    assert signature.version == charter.VERSION
    assert signature.digest == charter.digest("fr")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Consent.objects.update(name="Someone else")


def test_the_club_votes_a_newcomer_out(candidate, club, category):
    application = factories.apply(candidate, category)
    for member in club:
        vote(application, member, "against", "L’expérience décrite relève d’un autre domaine.")

    application.refresh_from_db()
    assert application.state == "refused"
    assert not ExpertProfile.objects.get(user=candidate).is_approved
    told = Notification.objects.get(user=candidate, kind="application_refused")
    assert "autre domaine" in told.params["reasons"]


def test_a_member_recuses_and_without_quorum_the_committee_decides(candidate, club, category, staff):  # E70
    application = factories.apply(candidate, category)
    vote(application, club[0])
    vote(application, club[1], "recused", "Nous avons travaillé ensemble dix ans.")
    vote(application, club[2], "recused", "C’est un concurrent direct de mon cabinet.")

    application.refresh_from_db()
    assert application.state == "committee"
    assert application.due_at is not None
    assert Notification.objects.filter(user=staff, kind="application_for_committee").exists()
    actions.decide_application(application, actor=staff, admitted=True, reasons=REASON)
    assert ExpertProfile.objects.get(user=candidate).is_approved


def test_alone_in_the_field_the_committee_decides(candidate, category, staff):  # E70
    assert factories.apply(candidate, category).state == "committee"


def test_silence_of_the_club_is_answered_by_the_clock(candidate, club, category, staff):
    application = factories.apply(candidate, category)
    vote(application, club[0])

    with later(days=7, minutes=1):
        tasks.sweep_applications()
        tasks.sweep_applications()

    application.refresh_from_db()
    assert application.state == "committee"
    assert Notification.objects.filter(user=staff, kind="application_for_committee").count() == 1


def test_with_a_quorum_the_clock_counts_the_votes(candidate, club, category):
    application = factories.apply(candidate, category)
    for member in club[:3]:
        vote(application, member)

    with later(days=8):
        tasks.sweep_applications()

    application.refresh_from_db()
    assert (application.state, application.decider) == ("admitted", "club")


def test_as_many_for_as_against_goes_to_the_committee(candidate, club, category):
    application = factories.apply(candidate, category)
    for member, choice in zip(club, ["for", "for", "against", "against"], strict=True):
        vote(application, member, choice)

    application.refresh_from_db()
    assert application.state == "committee"


def test_nobody_votes_twice_or_from_outside_or_for_themselves(candidate, club, category, expert, client_of):
    application = factories.apply(candidate, category)
    vote(application, club[0])
    elsewhere = factories.make_expert("Luc", "Ailleurs")
    ClubMember.objects.create(user=elsewhere, field=factories.make_category())
    ClubMember.objects.create(user=candidate, field=category)

    for person in (club[0], expert, elsewhere, candidate):
        with pytest.raises(Refusal):
            vote(application, person)
    for person in (expert, elsewhere, candidate):
        assert (
            client_of(person).get(reverse("club_candidate", args=[application.public_id])).status_code == 404
        )

    assert Ballot.objects.count() == 1


def test_a_vote_needs_a_reason(candidate, club, category, client_of):
    application = factories.apply(candidate, category)

    response = client_of(club[0]).post(
        reverse("club_candidate", args=[application.public_id]), {"choice": "for", "reason": "Oui."}
    )

    assert response.status_code == 422
    assert not Ballot.objects.exists()


def test_a_refused_candidate_appeals_once(candidate, category, staff, client_of):
    application = factories.apply(candidate, category)
    actions.decide_application(application, actor=staff, admitted=False, reasons=REASON)
    words = "J’ai joint mes références de direction générale, qui manquaient au dossier."

    client_of(candidate).post(reverse("admission"), {"part": "appeal", "text": words})

    application.refresh_from_db()
    assert (application.state, application.appeal) == ("committee", words)
    actions.decide_application(application, actor=staff, admitted=False, reasons=REASON)
    with pytest.raises(Refusal):
        actions.appeal(Application.objects.get(pk=application.pk), text=words)
    with pytest.raises(Refusal):
        actions.begin_application(candidate)
    assert Notification.objects.filter(user=candidate, kind="application_refused_for_good").exists()
    with later(days=181):
        assert actions.begin_application(candidate).state == "draft"


def test_an_appeal_comes_in_time_or_not_at_all(candidate, category, staff):
    application = factories.apply(candidate, category)
    actions.decide_application(application, actor=staff, admitted=False, reasons=REASON)

    with later(days=31), pytest.raises(Refusal):
        actions.appeal(Application.objects.get(pk=application.pk), text="Trop tard.")


def test_the_verdict_is_given_once(candidate, category, staff):
    application = factories.apply(candidate, category)
    stale = Application.objects.get(pk=application.pk)
    actions.decide_application(application, actor=staff, admitted=False, reasons=REASON)

    with pytest.raises(Refusal):
        actions.decide_application(stale, actor=staff, admitted=True, reasons=REASON)

    assert not ExpertProfile.objects.get(user=candidate).is_approved


def test_staff_decide_in_the_administration_with_reasons(candidate, category, staff, client_of):
    application = factories.apply(candidate, category)
    address = reverse("admin:accounts_application_admit", args=[application.pk])
    assert (
        client_of(staff).get(reverse("admin:accounts_application_change", args=[application.pk])).status_code
        == 200
    )
    assert client_of(staff).post(address, {"reason": "Oui."}).status_code == 422

    client_of(staff).post(address, {"reason": REASON})

    application.refresh_from_db()
    assert (application.state, application.decided_by, application.reasons) == ("admitted", staff, REASON)


def test_the_one_button_of_the_profile_writes_a_verdict_too(candidate, staff):  # A4
    actions.approve_expert(candidate.expert_profile, actor=staff, reason=REASON)

    application = Application.objects.get(user=candidate)
    assert (application.state, application.reasons, application.decided_by) == ("admitted", REASON, staff)
    assert ExpertProfile.objects.get(user=candidate).barred_since is not None


def test_a_draft_is_reminded_of_then_deleted(candidate):
    actions.begin_application(candidate)

    with later(days=8):
        tasks.sweep_applications()
        assert Notification.objects.filter(user=candidate, kind="application_waits_for_you").count() == 1
    with later(days=70):
        tasks.sweep_applications()

    assert not Application.objects.exists()


def test_the_database_refuses_an_application_that_waits_without_a_date(candidate, category):
    application = factories.apply(candidate, category)

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(due_at=None)
