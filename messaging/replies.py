"""How fast experts answer: measured on what was really written, never declared."""

from collections.abc import Iterable
from datetime import datetime
from statistics import median

from accounts.models import ExpertProfile, User
from marketplace.kernel import clock, rules
from messaging.models import Message


def usual_minutes(expert: User, since: datetime) -> int | None:
    """The median of an expert's answer times in their conversations, in whole minutes; none while they are too few.

    An answer time runs from the first word of the other side that waits to the expert's next message.
    """
    said = (
        Message.objects.filter(
            conversation__participants__user=expert, created_at__gte=since, kind=Message.Kind.TEXT
        )
        .order_by("conversation_id", "created_at", "pk")
        .values_list("conversation_id", "author_id", "created_at")
    )
    waits = list(_waits(said.iterator(), expert.pk))
    return max(1, round(median(waits))) if len(waits) >= rules.MIN_REPLIES else None


def _waits(said: Iterable[tuple[int, int, datetime]], expert_id: int) -> Iterable[float]:
    thread, waiting = None, None
    for conversation, author, at in said:
        if conversation != thread:
            thread, waiting = conversation, None
        if author != expert_id:
            waiting = waiting or at
        elif waiting is not None:
            yield (at - waiting).total_seconds() / 60
            waiting = None


def measure(limit: int = 5_000) -> int:
    """Write the usual reply time of every expert who wrote lately. Returns how many changed."""
    since = clock.now() - rules.REPLY_WINDOW
    writers = Message.objects.filter(created_at__gte=since, author__is_expert=True).values("author")
    changed = 0
    for profile in ExpertProfile.objects.filter(user__in=writers).select_related("user")[:limit]:
        minutes = usual_minutes(profile.user, since)
        if minutes is not None and minutes != profile.usual_reply_minutes:
            ExpertProfile.objects.filter(pk=profile.pk).update(usual_reply_minutes=minutes)
            changed += 1
    return changed
