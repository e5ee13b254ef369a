from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from marketplace.bench import finding, memory, orders, pages
from marketplace.bench.measure import table
from marketplace.wsgi import unhurried


class Command(BaseCommand):
    help = "Measure what pages, orders and sweeps cost against a reference taken in the same run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--runs", type=int, default=60, help="how often each page is asked for")
        parser.add_argument(
            "--memory", action="store_true", help="measure the memory of a web process and nothing else"
        )
        parser.add_argument("--due", type=int, default=200, help="how many deliveries the clock accepts")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["memory"]:
            self.stdout.write(table([memory.measure()]))
            return
        unhurried()
        rows = [*pages.measure(options["runs"]), *finding.measure(options["runs"])]
        rows += [*orders.measure(options["runs"], options["due"]), memory.measure()]
        self.stdout.write(table(rows))
