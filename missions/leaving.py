"""Experts who leave mission after mission before its end: shown to staff, who talk to them before they judge."""

from collections import Counter

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.outbox import bring_to_staff
from marketplace.kernel import clock
from missions import rules
from missions.models import Ending, Mission, MissionEvent


def left_by_their_expert() -> QuerySet[Mission]:
    """Missions over within the window because their expert asked: ended early by agreement, or called off."""
    agreed = Ending.objects.filter(
        mission=OuterRef("pk"), state=Ending.State.ACCEPTED, proposed_by=OuterRef("expert")
    )
    called_off = MissionEvent.objects.filter(
        mission=OuterRef("pk"), kind=MissionEvent.Kind.CANCELLED, actor=OuterRef("expert")
    )
    since = clock.now() - rules.EARLY_ENDS_WINDOW
    return Mission.objects.filter(
        Exists(agreed) | Exists(called_off),
        Q(closed_at__gte=since) | Q(state=Mission.State.SETTLING),
    )


def leaving_often() -> set[int]:
    """The experts who left ``EARLY_ENDS`` missions or more within the window."""
    left = left_by_their_expert().order_by("expert").values_list("expert", flat=True)
    return {expert for expert, times in Counter(left).items() if times >= rules.EARLY_ENDS}


def left_by_habit() -> QuerySet[Mission]:
    """The missions that those experts left within the same time."""
    return left_by_their_expert().filter(expert__in=leaving_often())


def watch_leaving() -> int:
    """Bring those experts to our team."""
    return bring_to_staff(leaving_often(), "missions_left_often", key="missions_left")
