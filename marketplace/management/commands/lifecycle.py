"""``make lifecycle``: draw docs/order-lifecycle.md again from the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace import lifecycle


class Command(BaseCommand):
    help = "Draw docs/order-lifecycle.md again from the code."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether the file is up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / lifecycle.DOCUMENT
        wanted = lifecycle.document()
        if path.exists() and path.read_text() == wanted:
            self.stdout.write(f"{lifecycle.DOCUMENT} is up to date.")
            return
        if options["check"]:
            raise CommandError(f"{lifecycle.DOCUMENT} is stale: run `make lifecycle`.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted)
        self.stdout.write(f"{lifecycle.DOCUMENT} drawn again.")
