from typing import Any

from django.core.management.base import BaseCommand

from messaging import actions


class Command(BaseCommand):
    help = (
        "Publish the shipped texts of the public pages where the team has written none. Run after an upgrade."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{actions.publish_shipped()} versions published.")
