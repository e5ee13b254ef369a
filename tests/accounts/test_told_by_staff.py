"""What staff decide about an expert, the expert reads by mail, in their language, once."""

import pytest

from accounts import actions
from accounts.models import ExpertProfile
from marketplace.kernel.errors import Refusal
from messaging.models import Mail, Notification
from tests import factories


@pytest.fixture
def candidate(db):
    user = factories.make_user("Ada", "Roy", is_expert=True, language="en")
    profile, _created = ExpertProfile.objects.get_or_create(user=user)
    ExpertProfile.objects.filter(pk=profile.pk).update(status="pending")
    profile.refresh_from_db()
    return profile


def mails(profile):
    return list(Mail.objects.filter(recipient=profile.user.email).order_by("pk"))


def test_an_approved_expert_is_told_once(candidate, staff):
    for _click in range(2):
        actions.approve_expert(candidate, actor=staff)

    (mail,) = mails(candidate)
    assert mail.subject == "Welcome: you are admitted"
    assert "/en/account/admission/" in mail.text
    told = Notification.objects.filter(user=candidate.user).values_list("kind", flat=True)
    assert list(told) == ["application_admitted"]


def suspend(profile, staff):
    return actions.suspend_expert(
        profile, actor=staff, ground="fraud", reason="Two buyers report the same delay.", at_once=True
    )


def test_a_suspended_expert_reads_why(candidate, staff):
    actions.approve_expert(candidate, actor=staff)
    suspend(candidate, staff)

    mail = mails(candidate)[-1]
    assert "suspended" in mail.subject
    assert "Two buyers report the same delay." in mail.text


def test_an_expert_admitted_again_is_told_again(candidate, staff):
    actions.approve_expert(candidate, actor=staff)
    for _time in range(2):
        actions.lift_suspension(suspend(candidate, staff), actor=staff, reason="Seen.")

    assert [mail.subject for mail in mails(candidate)].count("Your suspension is over") == 2


def test_nobody_is_told_of_a_decision_that_was_refused(candidate, buyer):
    with pytest.raises(Refusal):
        actions.approve_expert(candidate, actor=buyer)

    assert mails(candidate) == []
