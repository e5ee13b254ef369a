"""What people do with their account, and what staff decide about it."""

from django.db import transaction

from accounts.models import BuyerProfile, ExpertProfile, User
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
        raise Refusal("Only staff approve experts.")
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
        raise Refusal("Only staff suspend experts.")
    profile = profile.locked()
    profile.status = ExpertProfile.Status.SUSPENDED
    profile.save(update_fields=["status"])
    return profile
