"""Apply, vote, decide, appeal: how an expert is let in."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import rules
from accounts.actions.consents import agree
from accounts.actions.standing import refresh_standing
from accounts.models import Application, Ballot, Consent, ExpertProfile, User
from accounts.outbox import tell, tell_staff
from accounts.queries.admission import charter_signature, jurors, latest_application, tally
from accounts.queries.editions import to_sign
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal

State = Application.State
THE_CLUB = gettext_lazy("The club of the experts of your field")
THE_COMMITTEE = gettext_lazy("Our committee")


@transaction.atomic
def begin_application(user: User) -> Application:
    """Open an application, or give the one that is open. Raises ``Refusal`` while another is not to be made."""
    user = user.locked()
    last = latest_application(user)
    if last is not None and last.is_open:
        return last
    profile, _created = ExpertProfile.objects.get_or_create(user=user)
    if profile.status != ExpertProfile.Status.PENDING:
        raise Refusal(_("You are already admitted."))
    now = clock.now()
    if last is not None and last.state == State.REFUSED and last.decided_at is not None:
        again = last.decided_at + rules.APPLY_AGAIN_AFTER
        if now < again:
            raise Refusal(_("You may apply again from %(moment)s.") % {"moment": clock.in_words(again)})
    return Application.objects.create(user=user, created_at=now, due_at=now + rules.DRAFT_REMINDER)


@transaction.atomic
def write_application(application: Application, fields: dict[str, Any]) -> Application:
    """Keep what a candidate typed. Raises ``Refusal`` once the application is sent."""
    application = application.locked()
    if application.state != State.DRAFT:
        raise Refusal(_("Your application is already sent: it can no longer be changed."))
    for name, value in fields.items():
        setattr(application, name, value)
    application.save()
    return application


@transaction.atomic
def sign_charter(user: User, *, name: str, language: str, ip: str | None = None) -> Consent:
    """Sign the charter, in the version that comes if one is announced: its digest, the name typed, the moment. Once."""
    version = to_sign(Consent.Text.CHARTER)
    return agree(user, Consent.Text.CHARTER, name=name, language=language, ip=ip, version=version)


def meets_threshold(application: Application) -> bool:
    """Years of experience, or age on honour: either suffices."""
    if application.ground == Application.Ground.AGE:
        return application.attested
    return (application.years_of_experience or 0) >= rules.MIN_YEARS_OF_EXPERIENCE and application.attested


@transaction.atomic
def send_application(application: Application) -> Application:
    """Send a whole application: to the club of the field if enough of its members can vote, else to the committee."""
    application = application.locked()
    if application.state != State.DRAFT:
        return application
    whole = application.field_id and application.track_record and application.motivation
    if not (whole and meets_threshold(application) and charter_signature(application.user)):
        raise Refusal(_("Some answers are missing: complete every step, then send."))
    application.submitted_at = clock.now()
    members = list(jurors(application))
    if len(members) < rules.CLUB_QUORUM:
        _before_committee(application, gettext_lazy("The club has too few members in this field."))
        who: Any = THE_COMMITTEE
    else:
        application.state, application.due_at = State.CLUB, clock.now() + rules.CLUB_TIME
        application.save()
        who = THE_CLUB
        for member in members:
            tell(
                member,
                "application_for_club",
                key=f"application:{application.pk}:club",
                url_name="club_candidate",
                url_args=(application.public_id,),
                candidate=application.user.display_name,
                due_at=_iso(application),
            )
    tell(
        application.user,
        "application_received",
        key=f"application:{application.pk}:received",
        url_name="admission",
        who=who,
        due_at=_iso(application),
    )
    return application


def _iso(application: Application) -> str:
    return application.due_at.isoformat() if application.due_at else ""


def _before_committee(application: Application, why: Any) -> None:
    application.state, application.due_at = State.COMMITTEE, clock.now() + rules.COMMITTEE_TIME
    application.save()
    tell_staff(
        "application_for_committee",
        permission="accounts.change_application",
        key=f"application:{application.pk}:committee:{bool(application.appealed_at)}",
        url_name="admin:accounts_application_change",
        url_args=(application.pk,),
        candidate=application.user.display_name,
        why=why,
        due_at=_iso(application),
    )


@transaction.atomic
def cast_ballot(application: Application, *, member: User, choice: str, reason: str) -> Ballot:
    """Vote on a candidate, or recuse oneself, with a reason. Once: a vote stays as it was cast.

    Raises ``Refusal`` for anyone who does not sit in the field, and after the end of the vote.
    """
    application = application.locked()
    if application.state != State.CLUB:
        raise Refusal(_("This vote is over."))
    if not jurors(application).filter(pk=member.pk).exists():
        raise Refusal(_("Only the members of the club in this field can vote."))
    if application.ballots.filter(member=member).exists():
        raise Refusal(_("You have already answered."))
    if not reason.strip():
        raise Refusal(_("Give your reason."))
    ballot = Ballot.objects.create(
        application=application, member=member, choice=choice, reason=reason.strip(), cast_at=clock.now()
    )
    counted = tally(application)
    too_many_recused = counted.seats - counted.recused < rules.CLUB_QUORUM
    if counted.awaited == 0 or too_many_recused:
        _close_vote(application)
    return ballot


def _close_vote(application: Application) -> None:
    """Give the club's verdict; without quorum or with as many votes on each side, the committee decides."""
    counted = tally(application)
    if counted.votes < rules.CLUB_QUORUM:
        _before_committee(application, gettext_lazy("The club did not reach its quorum."))
    elif counted.votes_for == counted.votes_against:
        _before_committee(application, gettext_lazy("The club is evenly divided."))
    else:
        admitted = counted.votes_for > counted.votes_against
        with translation.override(application.user.language):
            said = _club_words(application, counted.votes_for, counted.votes_against)
        _settle(application, admitted=admitted, reasons=said, decider=Application.Decider.CLUB, actor=None)


def _club_words(application: Application, votes_for: int, votes_against: int) -> str:
    """The verdict as the candidate reads it: the count and the reasons, without the names."""
    count = _("The club of your field voted: %(for)s, %(against)s.") % {
        "for": ngettext("%(n)s vote for", "%(n)s votes for", votes_for) % {"n": votes_for},
        "against": ngettext("%(n)s against", "%(n)s against", votes_against) % {"n": votes_against},
    }
    reasons = application.ballots.exclude(choice=Ballot.Choice.RECUSED).values_list("reason", flat=True)
    return "\n".join([count, *(f"– {reason}" for reason in reasons)])


@transaction.atomic
def decide_application(application: Application, *, actor: User, admitted: bool, reasons: str) -> Application:
    """The committee's verdict, with its reasons. Raises ``Refusal`` when it was already given."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    application = application.locked()
    if application.state not in (State.CLUB, State.COMMITTEE):
        raise Refusal(_("The verdict was already given: nothing was changed."))
    _settle(
        application,
        admitted=admitted,
        reasons=reasons.strip(),
        decider=Application.Decider.COMMITTEE,
        actor=actor,
    )
    return application


def _settle(
    application: Application, *, admitted: bool, reasons: str, decider: str, actor: User | None
) -> None:
    now = clock.now()
    application.state = State.ADMITTED if admitted else State.REFUSED
    application.decided_at, application.decider, application.decided_by = now, decider, actor
    application.reasons = reasons
    may_appeal = not admitted and not application.is_appealed
    application.due_at = now + rules.APPEAL_TIME if may_appeal else None
    application.save()
    if admitted:
        admit(application.user)
    kind = (
        "application_admitted"
        if admitted
        else ("application_refused" if may_appeal else "application_refused_for_good")
    )
    tell(
        application.user,
        kind,
        key=f"application:{application.pk}:{now.isoformat()}",
        url_name="admission",
        reasons=reasons,
        due_at=_iso(application) or now.isoformat(),
        again=clock.local_day(now + rules.APPLY_AGAIN_AFTER),
    )


def admit(user: User) -> ExpertProfile:
    """Make an expert visible; what their documents lack still keeps them from selling."""
    profile = (
        ExpertProfile.objects.select_for_update(no_key=True, of=("self",))
        .select_related("user")
        .get(user=user)
    )
    profile.status, profile.approved_at = ExpertProfile.Status.APPROVED, clock.now()
    profile.save(update_fields=["status", "approved_at"])
    refresh_standing(user, quietly=True)
    profile.refresh_from_db()
    return profile


@transaction.atomic
def appeal(application: Application, *, text: str) -> Application:
    """Ask the committee to look again, once and in time."""
    application = application.locked()
    in_time = application.due_at is not None and clock.now() <= application.due_at
    if application.state != State.REFUSED or application.is_appealed or not in_time:
        raise Refusal(_("There is no appeal against this decision any more."))
    application.appeal, application.appealed_at = text.strip(), clock.now()
    _before_committee(application, gettext_lazy("The candidate appeals."))
    return application


@transaction.atomic
def move_application_on(application: Application) -> bool:
    """What time alone does: count the votes, press the committee, remind of a draft, then delete it."""
    application = application.locked()
    now = clock.now()
    if application.due_at is None or application.due_at > now:
        return False
    match application.state:
        case State.CLUB:
            _close_vote(application)
        case State.COMMITTEE:
            application.due_at = now + rules.COMMITTEE_TIME / 7
            application.save(update_fields=["due_at"])
            tell_staff(
                "application_for_committee",
                permission="accounts.change_application",
                key=f"application:{application.pk}:press:{now.date().isoformat()}",
                url_name="admin:accounts_application_change",
                url_args=(application.pk,),
                candidate=application.user.display_name,
                why=gettext_lazy("The delay we announced is over."),
                due_at=_iso(application),
            )
        case State.DRAFT if application.reminded_at is None:
            application.reminded_at, application.due_at = now, now + rules.DRAFT_KEPT
            application.save(update_fields=["reminded_at", "due_at"])
            tell(
                application.user,
                "application_waits_for_you",
                key=f"application:{application.pk}:draft",
                url_name="admission",
                due_at=_iso(application),
            )
        case State.DRAFT:
            application.delete()
        case _:
            return False
    return True
