from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.celery import app
from marketplace.demo.offers import OFFERS
from marketplace.demo.stories import DEMO_BUYER, DEMO_EXPERT
from marketplace.roles import keep_roles
from marketplace.seed import (
    calls,
    catalogue,
    company,
    contact,
    lives,
    market,
    missions,
    payouts,
    people,
    profiles,
    requests,
    scale,
    trust,
)


class Command(BaseCommand):
    help = "Load the demo world once: a second run adds only what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale", type=int, default=0, help="how many offers in all, for benchmarks: 100000, 1000000"
        )
        parser.add_argument("--processes", type=int, default=2, help="how many processes draw the pictures")
        parser.add_argument(
            "--essential",
            action="store_true",
            help="people, offers and current orders alone: enough to begin",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL_MODE:
            raise CommandError("The demo world is for local use: it holds accounts with a known password.")
        app.conf.broker_url = "memory://localhost/"  # whatever an errand would do, the load has done
        if not people.are_loaded():
            self._essential()
        if not options["essential"]:
            self._rest(options["processes"])
        if options["scale"]:
            self.stdout.write(f"{scale.fill(options['scale'])} offers added for benchmarks.")

    def _essential(self) -> None:
        experts, buyers = people.load_experts(), people.load_buyers()
        company.load(buyers[DEMO_BUYER], people.load_colleagues())
        categories = catalogue.load_categories()
        trust.load_standing(experts)
        offers = catalogue.load_offers(experts, categories)
        stories = lives.load_stories(offers, buyers, people.arbiter)
        contact.load_contact(people.arbiter())
        stories += calls.load(offers, buyers)
        profiles.load()
        trust.load_admission(experts, categories)
        trust.load_suspension(experts, people.arbiter())
        trust.load_consents(buyers[DEMO_BUYER], experts[DEMO_EXPERT])
        requests.load(offers, buyers, people.arbiter())
        market.load(experts, categories, offers)
        missions.load(buyers[DEMO_BUYER], experts[DEMO_EXPERT])
        contact.read_first_messages(people.arbiter())
        lives.write_deeds()
        keep_roles()
        people.load_staff()  # last, so that their presence tells that the rest is there
        self.stdout.write(
            f"{len(experts)} experts, {len(buyers)} buyers, {len(offers)} offers, {stories} orders under way or past."
        )

    def _rest(self, processes: int) -> None:
        """The reviews of past clients, and the pictures, drawn meanwhile by other processes."""
        profiles.load()
        offers = catalogue.loaded_offers()
        faces = people.without_portrait()
        bare = {key: offer for key, offer in offers.items() if not offer.cover}
        waiting = lives.reviews_to_write()
        if not (faces or bare or waiting):
            return
        drawing = catalogue.Drawing(faces, bare, processes)
        written = {offer.key: (offer.category, offer.kind) for offer in OFFERS}
        reviews = lives.load_reviews(offers, written)
        lives.write_deeds()
        payouts.load_withdrawals()
        payouts.load_tax_details()
        drawing.hang()
        profiles.hang_portraits()
        self.stdout.write(f"{reviews} reviews written, {len(bare)} offers and {len(faces)} people drawn.")
