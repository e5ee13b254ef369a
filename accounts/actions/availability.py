"""What experts decide about their own presence: open or not, shown or not, away or not."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ExpertProfile, TimeOff, User
from marketplace.kernel.errors import Refusal

MAX_TIME_OFF = 30
"""Absences to come that one expert may keep."""


def open_to_work(profile: ExpertProfile, availability: str) -> ExpertProfile:
    """Say whether new orders are welcome. Orders under way go on."""
    profile.availability = availability
    profile.save(update_fields=["availability"])
    return profile


def allow_contact(profile: ExpertProfile, *, allowed: bool) -> ExpertProfile:
    """Say whether buyers may write from the page of an offer. From the profile companies always may."""
    profile.contact_from_offers = allowed
    profile.save(update_fields=["contact_from_offers"])
    return profile


def hide(profile: ExpertProfile, *, hidden: bool) -> ExpertProfile:
    """Leave the directory, or come back to it. Buyers who hold the address still open the page."""
    profile.is_hidden = hidden
    profile.save(update_fields=["is_hidden"])
    return profile


@transaction.atomic
def take_time_off(expert: User, *, starts_on: date, ends_on: date, note: str = "") -> TimeOff:
    """Write down an absence. Refused when it overlaps another, or when too many are kept."""
    expert = expert.locked()
    kept = TimeOff.objects.of(expert)
    if kept.touching(starts_on, ends_on).exists():
        raise Refusal(_("You are already away on some of these days. Remove the other absence first."))
    if kept.not_over(starts_on).count() >= MAX_TIME_OFF:
        raise Refusal(_("You already keep many absences. Remove one first."))
    return TimeOff.objects.create(expert=expert, starts_on=starts_on, ends_on=ends_on, note=note)


def cancel_time_off(time_off: TimeOff) -> None:
    """Forget an absence."""
    time_off.delete()
