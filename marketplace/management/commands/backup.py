"""`manage.py backup FOLDER`: a copy of the database and of all files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace import backups
from marketplace.kernel import clock


class Command(BaseCommand):
    help = "Copy the database and both folders of files into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="where; must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or Path(f"backup-{clock.now():%Y%m%d-%H%M%S}")
        try:
            manifest = backups.back_up(folder)
        except (backups.NotRestored, FileExistsError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Written to {folder}: {', '.join(manifest['digests'])}")
