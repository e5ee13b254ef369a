"""Clients whose expert is suspended: told at once, each for their own mission."""

from accounts import hooks
from accounts.models import Suspension
from messaging import actions as messaging
from missions.models import Mission


def _tell_clients(suspension: Suspension) -> None:
    running = Mission.objects.filter(expert=suspension.user_id).exclude(state__in=Mission.OVER)
    for mission in running.select_related("client", "quote"):
        messaging.notify(
            mission.client,
            key=f"suspension:{suspension.pk}:mission:{mission.pk}",
            kind="mission_expert_suspended",
            params={
                "title": mission.title,
                "reference": mission.reference,
                "expert": suspension.user.display_name,
            },
            url_name="mission",
            url_args=[str(mission.public_id)],
        )


hooks.on_suspension(_tell_clients)
