"""Suspensions as pages read them."""

from accounts.models import Suspension, User


def open_suspension(user: User) -> Suspension | None:
    """The one that is announced or runs."""
    return Suspension.objects.open().filter(user=user).first()


def latest_suspension(user: User) -> Suspension | None:
    """The open one, or the last that is over."""
    return Suspension.objects.filter(user=user).first()
