"""What other apps do when something happens to a person here. Each says so once, as it loads."""

from collections.abc import Callable

from accounts.models import Suspension

OnSuspension = Callable[[Suspension], object]
_on_suspension: list[OnSuspension] = []


def on_suspension(act: OnSuspension) -> None:
    """Do this, in the same transaction, when a suspension takes effect."""
    _on_suspension.append(act)


def suspended(suspension: Suspension) -> None:
    """Let every app do what it has to do."""
    for act in _on_suspension:
        act(suspension)
