"""Reads about admission: what a candidate sees, what waits for a member of the club."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import Application, Ballot, ClubMember, Consent, ExpertProfile, Suspension, User
from accounts.queries.editions import in_force, to_sign
from accounts.queries.suspensions import open_suspension
from marketplace.kernel.compiled import Compiled


def latest_application(user: User) -> Application | None:
    """The application a person sees: the open one, or else the last."""
    return (
        Application.objects.filter(user=user).select_related("field").order_by("-created_at", "-pk").first()
    )


def admissions_of(user: User) -> list[Application]:
    """The applications that admitted a person, each with its field, the latest first."""
    return list(
        Application.objects.filter(user=user, state=Application.State.ADMITTED, field__isnull=False)
        .select_related("field")
        .order_by("-decided_at", "-pk")
    )


def charter_signature(user: User) -> Consent | None:
    """The signature of the charter in force, or of the one that comes, if the person gave it."""
    text = Consent.Text.CHARTER
    versions = {in_force(text), to_sign(text)}
    return Consent.objects.live().filter(user=user, text=text, version__in=versions).first()


def jurors(application: Application) -> QuerySet[User]:
    """The members of the club who may vote on a candidate: those of the field, except the candidate."""
    seats = ClubMember.objects.filter(field=application.field_id, is_active=True)
    return User.objects.filter(pk__in=seats.values("user_id"), is_active=True).exclude(pk=application.user_id)


@dataclass(frozen=True)
class Tally:
    """How a vote stands."""

    seats: int
    votes_for: int
    votes_against: int
    recused: int

    @property
    def votes(self) -> int:
        return self.votes_for + self.votes_against

    @property
    def answered(self) -> int:
        return self.votes + self.recused

    @property
    def awaited(self) -> int:
        return max(0, self.seats - self.votes - self.recused)


def tally(application: Application) -> Tally:
    """Count the votes of a candidate so far."""
    choices = list(application.ballots.values_list("choice", flat=True))
    return Tally(
        seats=jurors(application).count(),
        votes_for=choices.count(Ballot.Choice.FOR),
        votes_against=choices.count(Ballot.Choice.AGAINST),
        recused=choices.count(Ballot.Choice.RECUSED),
    )


def sits_in_club(user: User) -> bool:
    return ClubMember.objects.filter(user=user, is_active=True).exists()


def candidates_for(user: User) -> QuerySet[Application]:
    """The candidates before the club in the fields where a person sits, except themselves; soonest first."""
    fields = ClubMember.objects.filter(user=user, is_active=True).values("field_id")
    return (
        Application.objects.filter(state=Application.State.CLUB, field_id__in=fields)
        .exclude(user=user)
        .select_related("user", "field")
        .order_by("due_at", "pk")
    )


def to_vote(user: User) -> QuerySet[Application]:
    """Those a member has not answered yet."""
    return candidates_for(user).exclude(ballots__member=user)


def standing_counts(user: User) -> dict[str, Any]:
    """What the frame of the expert's pages shows of admission: ``pending``, and the votes awaited in the ``club``.

    ``club`` is None for anyone outside the club, ``suspension`` the one announced or running. One query, and one more
    for whoever is suspended.
    """
    status, suspended, sits, votes = _STANDING.rows(user.pk)[0]
    return {
        "pending": status == ExpertProfile.Status.PENDING,
        "club": votes if sits else None,
        "suspension": open_suspension(user) if suspended else None,
    }


def _standing(pk: int) -> QuerySet[User, tuple[Any, ...]]:
    votes = to_vote(User(pk=pk)).order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
    return User.objects.filter(pk=pk).values_list(
        "expert_profile__status",
        Exists(Suspension.objects.open().filter(user=pk)),
        Exists(ClubMember.objects.filter(user=pk, is_active=True)),
        Coalesce(Subquery(votes.values("n")), 0),
    )


_STANDING = Compiled(_standing)
