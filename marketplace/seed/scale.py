"""A catalogue many times the demo world's, for benchmarks: text and figures only, in bulk."""

import random

from django.db import connection

from accounts.models import ExpertProfile, User
from marketplace.demo.offers import OFFERS
from marketplace.kernel import clock, rules
from offers.models import Category, Offer

BATCH = 120


def multiply(times: int) -> int:
    """Bring the catalogue to ``times`` that of the demo world. Returns how many offers were added."""
    added = 0
    present = Offer.objects.count() // len(OFFERS)
    for copy in range(max(present, 1), times):
        added += _copy(copy)
    _index()
    return added


def _copy(copy: int) -> int:
    draw = random.Random(copy)  # noqa: S311 - the same catalogue at each load
    now = clock.now()
    people = list(Offer.objects.order_by("pk").values_list("expert__first_name", "expert__last_name")[:BATCH])
    experts = User.objects.bulk_create(
        [
            User(
                email=f"expert-{copy}-{number}@jalon.example",
                first_name=draw.choice(people)[0],
                last_name=draw.choice(people)[1],
                is_expert=True,
                password="!",  # noqa: S106 - no one signs in with it
            )
            for number in range(-(-len(OFFERS) // rules.MAX_OFFERS))
        ]
    )
    ExpertProfile.objects.bulk_create(
        [
            ExpertProfile(
                user=user,
                slug=f"expert-{copy}-{number}",
                status=ExpertProfile.Status.APPROVED,
                approved_at=now,
            )
            for number, user in enumerate(experts)
        ]
    )
    categories = list(Category.objects.all())
    covers = dict(Offer.objects.exclude(cover="").values_list("title", "cover"))
    offers = []
    for number, written in enumerate(OFFERS):
        rated = draw.randrange(0, 60)
        offers.append(
            Offer(
                expert=experts[number // rules.MAX_OFFERS],
                category=draw.choice(categories),
                kind=written.kind,
                status=Offer.Status.PUBLISHED,
                title=f"{written.title[:80]} {copy}",
                slug=f"offre-{copy}-{number}",
                description=written.description,
                includes=list(written.includes),
                price_cents=max(written.price_cents + draw.randrange(-20, 200) * 100, rules.MIN_PRICE_CENTS),
                delivery_days=written.delivery_days or 2,
                call_minutes=written.duration_minutes,
                revisions=written.revisions,
                keywords=list(written.keywords),
                opening_message=written.opening_message,
                cover=covers.get(written.title, ""),
                rating_count=rated,
                rating_sum=rated * 5 - draw.randrange(0, rated + 1),
                completed_count=rated + draw.randrange(0, 30),
                published_at=now,
            )
        )
    return len(Offer.objects.bulk_create(offers))


def _index() -> None:
    """Fill the search column of what was added in bulk."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE offers_offer SET search =
                setweight(to_tsvector('french_unaccent', title), 'A')
                || setweight(to_tsvector('french_unaccent', array_to_string(keywords, ' ')), 'B')
                || setweight(to_tsvector('french_unaccent', description), 'D')
            WHERE search IS NULL
            """
        )
        cursor.execute("ANALYZE offers_offer")
