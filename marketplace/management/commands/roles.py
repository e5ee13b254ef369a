from typing import Any

from django.core.management.base import BaseCommand

from marketplace.roles import keep_roles


class Command(BaseCommand):
    help = (
        "Make the groups of the team (support, compliance, finance, arbiter, admin) as the code writes them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for role, count in keep_roles().items():
            self.stdout.write(f"{role}: {count} permissions")
