from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.demo.offers import OFFERS
from marketplace.seed import catalogue, lives, people, scale


class Command(BaseCommand):
    help = "Load the demo world once: a second run adds only what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="multiply the catalogue, for benchmarks")
        parser.add_argument("--processes", type=int, default=2, help="how many processes draw the pictures")
        parser.add_argument("--without-pictures", action="store_true", help="draw nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL_MODE:
            raise CommandError("The demo world is for local use: it holds accounts with a known password.")
        if people.is_loaded():
            self.stdout.write("The demo world is already here.")
        else:
            self._load(options)
        if options["scale"] > 1:
            added = scale.multiply(options["scale"])
            self.stdout.write(f"{added} offers added for benchmarks.")

    def _load(self, options: dict[str, Any]) -> None:
        drawing = None if options["without_pictures"] else catalogue.Drawing(options["processes"])
        experts, buyers = people.load_experts(), people.load_buyers()
        offers = catalogue.load_offers(experts, catalogue.load_categories())
        self.stdout.write(f"{len(experts)} experts, {len(buyers)} buyers, {len(offers)} offers.")
        reviews = lives.load_reviews(
            offers, {written.key: (written.category, written.kind) for written in OFFERS}
        )
        stories = lives.load_stories(offers, buyers, people.arbiter)
        if drawing is not None:
            drawing.hang({**experts, **buyers}, offers)
        people.load_staff()
        self.stdout.write(f"{stories} orders under way or past, {reviews} reviews.")
