"""Recommendations: asked by the expert, written through a link that serves once, read by our team, then shown."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import mail
from accounts.models import ExpertProfile, Recommendation, User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal

SALT = "accounts.recommendation"
REMINDERS = (timedelta(days=4), timedelta(days=15))
LINK_LASTS = timedelta(days=30)
MAX_RECOMMENDATIONS = 12
"""That one expert may have asked for or show, refused ones left out."""

Status = Recommendation.Status


def token_of(recommendation: Recommendation) -> str:
    """What the link of the mail carries; signed, so that it cannot be guessed or made up."""
    return signing.dumps(str(recommendation.public_id), salt=SALT)


def by_token(token: str) -> Recommendation | None:
    """The recommendation a link asks for, whatever its state; none for a link we did not sign or that is too old."""
    try:
        public_id = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    return Recommendation.objects.select_related("profile__user").filter(public_id=public_id).first()


@transaction.atomic
def ask(profile: ExpertProfile, *, name: str, email: str, relation: str, words: str = "") -> Recommendation:
    """Ask somebody for a recommendation by mail. Nobody is asked twice, nobody recommends themselves."""
    profile = profile.locked()
    if User.objects.filter(pk=profile.user_id, email__iexact=email).exists():
        raise Refusal(_("You cannot recommend yourself. Give the address of somebody you worked with."))
    former = profile.recommendations.filter(email__iexact=email)
    if former.exclude(status__in=[Status.EXPIRED]).exists():
        raise Refusal(_("You have already asked this person."))
    former.delete()
    if profile.recommendations.exclude(
        status__in=[Status.REFUSED, Status.DECLINED, Status.EXPIRED]
    ).count() >= (MAX_RECOMMENDATIONS):
        raise Refusal(_("You have asked enough people. Their words weigh less than reviews: sell first."))
    now = clock.now()
    recommendation = Recommendation.objects.create(
        profile=profile,
        name=name,
        email=email,
        relation=relation,
        asked_at=now,
        next_step_at=now + REMINDERS[0],
    )
    _write_to(recommendation, words)
    return recommendation


def _write_to(recommendation: Recommendation, words: str = "") -> None:
    expert = recommendation.profile.user
    with mail.in_language_of(expert):
        said = mail.Said(
            title=_("%(name)s asks for your recommendation") % {"name": expert.get_full_name()},
            body=_(
                "Hello %(you)s, you worked with %(name)s. A few sentences from you, shown on their profile, would"
                " help those who do not know them yet. It takes two minutes and needs no account."
            )
            % {"you": recommendation.name, "name": expert.get_full_name()},
            action=_("Write a recommendation"),
            quoted=words,
        )
        path = reverse("recommendation", args=[token_of(recommendation)])
        mail.ask_outsider(recommendation.email, said, path, sender=expert.get_full_name())


@transaction.atomic
def write(
    recommendation: Recommendation, *, name: str, role: str, relation: str, text: str
) -> Recommendation:
    """Keep the words of somebody who was asked; the link has then served. Our team reads them before anyone else."""
    recommendation = _still_asked(recommendation)
    recommendation.status = Status.WRITTEN
    recommendation.name, recommendation.role = name, role
    recommendation.relation, recommendation.text = relation, text
    recommendation.written_at, recommendation.next_step_at = clock.now(), None
    recommendation.save()
    return recommendation


@transaction.atomic
def decline(recommendation: Recommendation) -> Recommendation:
    """Somebody would rather not; they are not written to again."""
    recommendation = _still_asked(recommendation)
    recommendation.status, recommendation.next_step_at = Status.DECLINED, None
    recommendation.save()
    return recommendation


def _still_asked(recommendation: Recommendation) -> Recommendation:
    recommendation = recommendation.locked()
    if recommendation.status != Status.ASKED:
        raise Refusal(_("This link has already served."))
    return recommendation


@transaction.atomic
def publish(recommendation: Recommendation, *, actor: User) -> Recommendation:
    """Show a recommendation that was read. Doing it twice changes nothing."""
    return _judged(recommendation, Status.PUBLISHED, actor)


@transaction.atomic
def refuse(recommendation: Recommendation, *, actor: User) -> Recommendation:
    """Keep a recommendation from the public: it is abusive, false or an advertisement."""
    return _judged(recommendation, Status.REFUSED, actor)


def _judged(recommendation: Recommendation, status: str, actor: User) -> Recommendation:
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    recommendation = recommendation.locked()
    if recommendation.status == status:
        return recommendation
    if recommendation.status not in (Status.WRITTEN, Status.PUBLISHED, Status.REFUSED):
        raise Refusal(_("There is nothing to read yet."))
    recommendation.status = status
    recommendation.checked_at, recommendation.checked_by = clock.now(), actor
    recommendation.save()
    count(recommendation.profile)
    expert = recommendation.profile.user
    if status == Status.PUBLISHED:
        with mail.in_language_of(expert):
            mail.tell(
                expert,
                mail.Said(
                    title=_("%(name)s recommends you") % {"name": recommendation.name},
                    body=_(
                        "Their words are on your profile. They help you to be found until your first review."
                    ),
                    action=_("See my profile"),
                ),
                recommendation.profile.get_absolute_url(),
            )
    return recommendation


@transaction.atomic
def withdraw(recommendation: Recommendation) -> None:
    """The expert takes a request or a recommendation back; a link already sent stops working."""
    profile = recommendation.profile
    recommendation.delete()
    count(profile)


@transaction.atomic
def count(profile: ExpertProfile) -> None:
    """Store how many recommendations are shown; lists are ranked by this fact."""
    profile = profile.locked()
    profile.recommendation_count = profile.recommendations.published().count()
    profile.save(update_fields=["recommendation_count"])


def remind_or_give_up(limit: int = 200) -> int:
    """Remind those asked four and fifteen days ago, then give up with the link. Returns how many were touched."""
    now = clock.now()
    due = Recommendation.objects.filter(Q(next_step_at__lte=now), status=Status.ASKED)
    done = 0
    for pk in list(due.order_by("next_step_at").values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            row = due.select_for_update(no_key=True, of=("self",), skip_locked=True).filter(pk=pk).first()
            if row is None:
                continue
            if row.reminders < len(REMINDERS):
                row.reminders += 1
                later = REMINDERS[row.reminders] if row.reminders < len(REMINDERS) else LINK_LASTS
                row.next_step_at = row.asked_at + later
                _write_to(row)
            else:
                row.status, row.next_step_at = Status.EXPIRED, None
            row.save(update_fields=["reminders", "next_step_at", "status"])
            done += 1
    return done
