"""`manage.py export_fec 2026` or `2026-03`: the accounting entries of an accounting year or of a month."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from marketplace.kernel.errors import Refusal
from payments.reporting import fec, periods


class Command(BaseCommand):
    help = "Write the accounting entries (FEC, LPF art. A47 A-1) of the year that closes in YYYY, or of the month YYYY-MM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", help="YYYY or YYYY-MM")
        parser.add_argument("--folder", default=".", help="where the file goes")

    def handle(self, *args: Any, period: str, folder: str, **options: Any) -> None:
        try:
            whole = (
                periods.fiscal_year(int(period))
                if period.isdigit()
                else periods.month(date.fromisoformat(f"{period}-01"))
            )
            name = fec.file_name(whole)
        except (ValueError, Refusal) as error:
            raise CommandError(str(error)) from error
        target = Path(folder) / name
        with translation.override("fr"), target.open("w", encoding="utf-8", newline="") as file:
            lines = 0
            for text in fec.text_of(fec.lines_of(whole)):
                file.write(text)
                lines += 1
        self.stdout.write(f"{target}: {lines - 1} lines")
