"""Accounts, and what people asked of them."""

import uuid
from collections.abc import Mapping
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.actions.admission import decide_application
from accounts.actions.consents import agree, take_back
from accounts.actions.standing import refresh_standing
from accounts.models import Application, BuyerProfile, Consent, ExpertProfile, User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal

PHOTO_COLUMNS = ("avatar", "avatar_small", "avatar_large")


@transaction.atomic
def take_roles(user: User, *, buys: bool, sells: bool) -> User:
    """Open the sides of the market a person asked for. An expert still waits for approval before selling."""
    user.is_buyer = buys or not sells
    user.is_expert = sells
    user.save(update_fields=["is_buyer", "is_expert"])
    BuyerProfile.objects.get_or_create(user=user)
    if sells:
        ExpertProfile.objects.get_or_create(user=user)
    return user


@transaction.atomic
def approve_expert(profile: ExpertProfile, *, actor: User, reason: str = "") -> ExpertProfile:
    """Let an expert in, by the committee's word alone. Doing it twice changes nothing.

    An application that is open receives this verdict; without one, the verdict is written down all the same.
    """
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    profile = profile.locked()
    if profile.status == ExpertProfile.Status.APPROVED:
        return profile
    if profile.status == ExpertProfile.Status.SUSPENDED:
        raise Refusal(_("This expert is suspended: lift the suspension instead."))
    application = Application.objects.open().filter(user=profile.user).first() or Application(
        user=profile.user
    )
    application.state, application.due_at = Application.State.COMMITTEE, clock.now()
    application.save()
    decide_application(application, actor=actor, admitted=True, reasons=reason)
    profile.refresh_from_db()
    return profile


@transaction.atomic
def excuse_documents(profile: ExpertProfile, *, actor: User) -> ExpertProfile:
    """Let an expert sell for a month although documents are missing. The reason stands in the history of the row."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    profile = profile.locked()
    profile.waived_until = clock.today() + rules.WAIVER_LASTS
    profile.save(update_fields=["waived_until"])
    refresh_standing(profile.user)
    profile.refresh_from_db()
    return profile


@transaction.atomic
def become_expert(user: User) -> ExpertProfile:
    """Open the selling side to a buyer. Staff still admit them before they sell; doing it twice changes nothing."""
    user = user.locked()
    if not user.is_expert:
        user.is_expert = True
        user.save(update_fields=["is_expert"])
    profile, _created = ExpertProfile.objects.get_or_create(user=user)
    return profile


def rename(user: User, *, first_name: str, last_name: str, language: str) -> User:
    """Change how someone is called and in which language we write to them."""
    user.first_name, user.last_name, user.language = first_name, last_name, language
    user.save(update_fields=["first_name", "last_name", "language"])
    return user


def speak(user: User, language: str) -> None:
    """Remember the language a person chose; one we do not speak changes nothing."""
    if language in User.Language.values and user.language != language:
        user.language = language
        user.save(update_fields=["language"])


@transaction.atomic
def change_photo(user: User, pictures: Mapping[str, ContentFile] | None) -> User:
    """Show another photo, or none; the consent to show it is written down with it, and withdrawn with it.

    ``pictures`` holds ``avatar``, ``avatar_small`` and ``avatar_large`` as ``uploads.reencode_image`` wrote them.
    """
    user = user.locked()
    storage, name = user.avatar.storage, uuid.uuid4().hex
    former = [getattr(user, column).name for column in PHOTO_COLUMNS]
    for column in PHOTO_COLUMNS:
        if pictures is None:
            setattr(user, column, "")
        else:
            suffix = column.removeprefix("avatar").replace("_", "-")
            getattr(user, column).save(f"{name}{suffix}.webp", pictures[column], save=False)
    user.save(update_fields=PHOTO_COLUMNS)
    if pictures is None:
        take_back(user, Consent.Text.PHOTO)
    else:
        agree(user, Consent.Text.PHOTO)
    for path in filter(None, former):
        transaction.on_commit(partial(storage.delete, path))
    return user


def bill_to(user: User, details: dict[str, str]) -> BuyerProfile:
    """Change what the next orders are made out to; orders already placed keep their own copy."""
    profile, _created = BuyerProfile.objects.update_or_create(user=user, defaults=details)
    return profile
