"""Accounts, and what people asked of them."""

import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.legal import declare_vat
from accounts.models import BuyerProfile, ExpertProfile, User
from accounts.queries import vat_regime_on
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal


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
def approve_expert(profile: ExpertProfile, *, actor: User) -> ExpertProfile:
    """Let an expert sell. Doing it twice changes nothing."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    profile = profile.locked()
    if profile.status != ExpertProfile.Status.APPROVED:
        profile.status = ExpertProfile.Status.APPROVED
        profile.approved_at = clock.now()
        profile.save(update_fields=["status", "approved_at"])
    return profile


@transaction.atomic
def suspend_expert(profile: ExpertProfile, *, actor: User) -> ExpertProfile:
    """Stop new orders for an expert; running orders go on."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    profile = profile.locked()
    profile.status = ExpertProfile.Status.SUSPENDED
    profile.save(update_fields=["status"])
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
def change_photo(user: User, picture: ContentFile | None) -> User:
    """Show another photo, or none. The file must be one that ``uploads.reencode_image`` wrote."""
    user = user.locked()
    former = user.avatar.name
    if picture is None:
        user.avatar = ""
    else:
        user.avatar.save(f"{uuid.uuid4().hex}.webp", picture, save=False)
    user.save(update_fields=["avatar"])
    if former:
        transaction.on_commit(lambda: user.avatar.storage.delete(former))
    return user


def bill_to(user: User, details: dict[str, str]) -> BuyerProfile:
    """Change what the next orders are made out to; orders already placed keep their own copy."""
    profile, _created = BuyerProfile.objects.update_or_create(user=user, defaults=details)
    return profile


def present(profile: ExpertProfile, fields: dict[str, Any]) -> ExpertProfile:
    """Change what the public reads about an expert, and how VAT applies from today on."""
    if "vat_regime" in fields and fields["vat_regime"] != vat_regime_on(profile.user, clock.today()):
        declare_vat(profile.user, regime=fields["vat_regime"], since=clock.today())
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.save(update_fields=list(fields))
    return profile
