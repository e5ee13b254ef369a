"""What can be reported. Each app says how its rows are found, for whoever may read them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.companies import seated
from accounts.models import ExpertProfile, User
from messaging.models import Message, Report


@dataclass(frozen=True)
class Reportable:
    """One thing that somebody reads: who answers for it, what it is called, what it says, where it stands."""

    person: User
    label: str
    excerpt: str
    url: str


Finder = Callable[[str, User], Reportable | None]
_finders: dict[str, Finder] = {}


def register(subject: str, find: Finder) -> None:
    """Say how rows of a kind are found. ``find(ref, reader)`` gives nothing where the reader may not read."""
    _finders[subject] = find


def find(subject: str, ref: str, reader: User) -> Reportable | None:
    """What a reader wants to report; nothing where it does not exist, is theirs or may not be read by them."""
    finder = _finders.get(subject)
    if finder is None:
        return None
    try:
        found = finder(ref, reader)
    except (ValidationError, ValueError):
        return None
    return found if found is not None and found.person.pk != reader.pk else None


def _user(ref: str, reader: User) -> Reportable | None:
    profile = ExpertProfile.objects.listed().select_related("user").filter(user__public_id=ref).first()
    if profile is None:
        return None
    return Reportable(profile.user, profile.user.display_name, profile.headline, profile.get_absolute_url())


def _message(ref: str, reader: User) -> Reportable | None:
    seen = (
        Message.objects.all()
        if reader.is_staff
        else Message.objects.filter(seated(reader, "conversation__participants__"))
    )
    said = seen.select_related("author").filter(public_id=ref).first()
    if said is None:
        return None
    return Reportable(said.author, said.author.display_name, said.body, reverse("conversations"))


register(Report.Subject.USER, _user)
register(Report.Subject.MESSAGE, _message)
