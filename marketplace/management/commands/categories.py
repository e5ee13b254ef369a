from typing import Any

from django.core.management.base import BaseCommand

from offers.first_categories import keep_categories


class Command(BaseCommand):
    help = "Give a site that has no category the first ones; categories that exist are left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{keep_categories()} categories made")
