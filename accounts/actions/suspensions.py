"""Suspend an expert: with reasons, with time to reply unless it is grave, and with an end."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import hooks, rules
from accounts.actions.standing import refresh_standing
from accounts.models import ExpertProfile, Suspension, User
from accounts.outbox import tell, tell_staff
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal

State = Suspension.State
NO_END = gettext_lazy("when our team lifts it")


@transaction.atomic
def suspend_expert(
    profile: ExpertProfile,
    *,
    actor: User,
    ground: str,
    reason: str,
    at_once: bool = False,
    lasts: timedelta | None = None,
) -> Suspension:
    """Announce a suspension with its reasons; it takes effect after the notice, or at once on a grave ground.

    ``lasts`` is counted from then; without it the suspension runs until it is lifted. Raises ``Refusal`` when one
    is announced or runs already, and for an immediate one on a ground that is not grave.
    """
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if at_once and ground not in Suspension.GRAVE:
        raise Refusal(_("This ground leaves the expert time to reply: it cannot begin at once."))
    now = clock.now()
    begins = now if at_once else now + rules.SUSPENSION_NOTICE
    try:
        with transaction.atomic():
            suspension = Suspension.objects.create(
                user=profile.user,
                ground=ground,
                words=reason.strip(),
                decided_at=now,
                decided_by=actor,
                takes_effect_at=begins,
                ends_at=begins + lasts if lasts else None,
            )
    except IntegrityError as error:
        raise Refusal(_("A suspension of this expert is announced or runs already.")) from error
    if at_once:
        _begin(suspension)
    else:
        _tell(suspension, "suspension_announced", takes_effect_at=begins.isoformat())
    return suspension


def _begin(suspension: Suspension) -> None:
    now = clock.now()
    profile = ExpertProfile.objects.select_for_update(no_key=True).get(user=suspension.user_id)
    profile.status = ExpertProfile.Status.SUSPENDED
    profile.save(update_fields=["status"])
    suspension.state = State.RUNNING
    suspension.review_due_at = None if suspension.ends_at else now + rules.SUSPENSION_REVIEW
    suspension.save()
    _tell(suspension, "expert_suspended")
    hooks.suspended(suspension)


def _tell(suspension: Suspension, kind: str, **params: Any) -> None:
    tell(
        suspension.user,
        kind,
        key=f"suspension:{suspension.pk}:{kind}",
        url_name="suspension",
        ground=Suspension.Ground(suspension.ground).label,
        reason=suspension.words,
        until=clock.local_day(suspension.ends_at) if suspension.ends_at else NO_END,
        **params,
    )


@transaction.atomic
def reply_to_suspension(suspension: Suspension, *, actor: User, text: str) -> Suspension:
    """Say what one thinks of it, once; our team is told. Raises ``Refusal`` when it is over or was replied to."""
    suspension = suspension.locked()
    if suspension.user_id != actor.pk or not suspension.may_reply:
        raise Refusal(_("You have replied already, or the suspension is over."))
    suspension.reply, suspension.replied_at = text.strip(), clock.now()
    suspension.save(update_fields=["reply", "replied_at"])
    _tell_team(suspension, "suspension_replied", key="replied")
    return suspension


def _tell_team(suspension: Suspension, kind: str, *, key: str) -> None:
    tell_staff(
        kind,
        permission="accounts.change_expertprofile",
        key=f"suspension:{suspension.pk}:{key}",
        url_name="admin:accounts_suspension_change",
        url_args=(suspension.pk,),
        expert=suspension.user.display_name,
    )


@transaction.atomic
def answer_reply(suspension: Suspension, *, actor: User, text: str) -> Suspension:
    """Say what our team makes of a reply; the suspension goes on as announced. Lifting it is another act."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    suspension = suspension.locked()
    if not suspension.is_open or suspension.replied_at is None or suspension.answered_at is not None:
        raise Refusal(_("There is no reply that waits for an answer."))
    suspension.answer, suspension.answered_at = text.strip(), clock.now()
    suspension.save(update_fields=["answer", "answered_at"])
    _tell(suspension, "suspension_answered", answer=suspension.answer)
    return suspension


@transaction.atomic
def lift_suspension(suspension: Suspension, *, actor: User, reason: str) -> Suspension:
    """End a suspension before its time, or give it up before it begins; the expert reads why."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    suspension = suspension.locked()
    if not suspension.is_open:
        raise Refusal(_("This suspension is over: nothing was changed."))
    _end(suspension, actor=actor, words=reason.strip())
    return suspension


def _end(suspension: Suspension, *, actor: User | None, words: str) -> None:
    ran = suspension.is_running
    suspension.state = State.ENDED if ran else State.DROPPED
    suspension.closed_at, suspension.closed_by, suspension.closing_words = clock.now(), actor, words
    suspension.review_due_at = None
    suspension.save()
    if ran:
        _restore(suspension.user)
    _tell(suspension, "suspension_over" if ran else "suspension_dropped", closing=words)


def _restore(user: User) -> None:
    """What the expert was before: admitted, or still a candidate. Documents may keep them from selling all the same."""
    profile = ExpertProfile.objects.select_for_update(no_key=True).get(user=user)
    was = ExpertProfile.Status.APPROVED if profile.approved_at else ExpertProfile.Status.PENDING
    profile.status = was
    profile.save(update_fields=["status"])
    refresh_standing(user, quietly=True)


@transaction.atomic
def move_suspension_on(suspension: Suspension) -> bool:
    """What time alone does: begin, end, or ask our team whether it should go on. Safe to repeat."""
    suspension = suspension.locked()
    now = clock.now()
    if suspension.state == State.ANNOUNCED and suspension.takes_effect_at <= now:
        _begin(suspension)
    elif suspension.is_running and _passed(suspension.ends_at, now):
        _end(suspension, actor=None, words="")
    elif suspension.is_running and _passed(suspension.review_due_at, now):
        suspension.review_due_at = now + rules.SUSPENSION_REVIEW
        suspension.save(update_fields=["review_due_at"])
        _tell_team(suspension, "suspension_to_review", key=f"review:{now.date().isoformat()}")
    else:
        return False
    return True


def _passed(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now
