"""`manage.py restore FOLDER`: bring a backup back into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from marketplace import backups


class Command(BaseCommand):
    help = "Bring a backup back into an empty database and the folders of files, then check the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="what `backup` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            postings = backups.restore(options["folder"], dict(connection.settings_dict))
        except (backups.NotRestored, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored; the ledger is clean: {postings} postings.")
