"""What a process of the fault suite does differently, decided once when it starts."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.apps import AppConfig

from tests.faults import switches


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        """Live later, when the suite says so: the clock of the whole process, as if the machine's had been moved."""
        ahead = float(switches.read("seconds_ahead") or 0)
        if ahead:
            time_machine.travel(datetime.now(tz=UTC) + timedelta(seconds=ahead), tick=True).start()
