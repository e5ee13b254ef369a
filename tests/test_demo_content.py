"""The demo world's raw material: counts, limits, coherence, typography, and pictures that draw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile

from marketplace.demo import files, images
from marketplace.demo.categories import CATEGORIES
from marketplace.demo.drawing.looks import LOOKS
from marketplace.demo.drawing.registry import STYLES
from marketplace.demo.experts import BY_KEY as EXPERTS
from marketplace.demo.market import FILM, IN_HAND, SYNONYMS
from marketplace.demo.offers import BY_KEY as OFFERS
from marketplace.demo.stories import BY_KEY as BUYERS
from marketplace.demo.stories import DEMO_BUYER, DEMO_EXPERT, REVIEWS, STORIES
from marketplace.kernel import films, rules
from marketplace.seed.market import FILMS
from offers import captions

SLUGS = {category["slug"] for category in CATEGORIES}
STATES = {
    "pending_payment", "not_started", "running", "late", "reworking", "delivered",
    "completed", "cancelled", "declined", "settled", "disputed", "resolved",
}  # fmt: skip


def texts(value: object) -> Iterator[str]:
    """Every string inside a piece of demo data, the drawing notes left aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts(item)
    elif hasattr(value, "__dataclass_fields__") and type(value).__name__ != "Cover":
        for name in value.__dataclass_fields__:
            if name not in ("key", "expert", "category", "kind", "files"):
                yield from texts(getattr(value, name))


def test_the_catalogue_has_the_promised_size():
    assert len(CATEGORIES) == 8
    assert len(EXPERTS) == 40
    assert Counter(offer.kind for offer in OFFERS.values()) == {"job": 84, "call": 20, "question": 16}
    assert len(REVIEWS) == 150
    assert set(LOOKS) == set(EXPERTS)


def test_no_expert_has_more_than_five_offers_and_all_have_some():
    counts = Counter(offer.expert for offer in OFFERS.values())
    assert set(counts) == set(EXPERTS)
    assert max(counts.values()) <= 5


@pytest.mark.parametrize("field", ["title", "description", "opening_message"])
def test_no_two_offers_say_the_same(field):
    assert len({getattr(offer, field) for offer in OFFERS.values()}) == 120


@pytest.mark.parametrize("offer", OFFERS.values(), ids=lambda offer: offer.key)
def test_an_offer_is_coherent(offer):
    assert offer.category in SLUGS
    assert len(offer.title) <= 80
    assert 2 <= len(offer.requirements) <= 5
    assert 4 <= len(offer.keywords) <= 8
    assert 2 <= len(offer.faq) <= 3
    assert len(offer.addons) <= 4
    assert offer.ip_full != bool(offer.ip_text)
    measure = {"job": offer.delivery_days, "call": offer.duration_minutes, "question": offer.answer_hours}
    assert measure.pop(offer.kind)
    assert not any(measure.values())
    low, high = {"job": (120, 2400), "call": (45, 180), "question": (25, 90)}[offer.kind]
    assert low <= offer.price_cents / 100 <= high
    fastest = sum(min(0, addon.days_delta) for addon in offer.addons)
    assert offer.delivery_days is None or offer.delivery_days + fastest >= 1


def test_every_state_of_an_order_is_told():
    assert {story.state for story in STORIES} == STATES
    assert {DEMO_BUYER, DEMO_EXPERT} <= {*BUYERS, *EXPERTS}
    assert any(story.buyer == DEMO_BUYER for story in STORIES)
    assert any(OFFERS[story.offer].expert == DEMO_EXPERT for story in STORIES)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_a_story_holds_together_in_time(story):
    assert story.buyer in BUYERS
    assert all(0 <= position < len(OFFERS[story.offer].addons) for position in story.addons)
    said = [message.hours for message in story.messages]
    assert said == sorted(said)
    moments = [*said, *(d.hours for d in story.deliveries), *(r.hours for r in story.revisions)]
    moments += [turn.hours for turn in story.turns]
    moments += [hours for hours in (story.started, story.accepted, story.ended) if hours is not None]
    moments += [story.review.hours] if story.review else []
    moments += [story.dispute.hours, story.dispute.hours_ruled or 0] if story.dispute else []
    assert max(moments, default=0) <= story.days_ago * 24
    closed = story.accepted or story.ended or (story.dispute.hours if story.dispute else None)
    assert closed is None or max(said, default=0) <= closed
    assert (story.state == "completed") == (story.review is not None)


def test_french_typography():
    everything = [
        *texts(tuple(OFFERS.values())),
        *texts(tuple(EXPERTS.values())),
        *texts(STORIES),
        *texts(REVIEWS),
    ]
    for text in everything:
        assert "'" not in text, text
        assert not re.search(r"[^\u00a0»”!?.…kM][:;!?%€»](\s|$)", text), text
        assert not re.search(r" [:;!?%€»]", text), text
        assert "  " not in text, text


@pytest.mark.parametrize("style", sorted({offer.cover.style for offer in OFFERS.values()}))
def test_each_composition_draws(style):
    spec = next(offer.cover for offer in OFFERS.values() if offer.cover.style == style)
    assert style in STYLES
    picture = images.cover(spec)
    assert picture.size == (1200, 800)
    assert len(picture.resize((60, 40)).getcolors(2400)) > 20


def test_galleries_and_portraits_are_stable():
    spec = OFFERS["business-plan-complet"].cover
    first, second = images.gallery(spec, 2)
    assert first.tobytes() != second.tobytes()
    assert images.portrait("claire-delmas").tobytes() == images.portrait("claire-delmas").tobytes()
    assert images.portrait("somebody-else", 96).size == (96, 96)


@pytest.mark.parametrize(
    ("name", "magic"),
    [
        ("a.pdf", b"%PDF-"),
        ("a.xlsx", b"PK"),
        ("a.docx", b"PK"),
        ("a.csv", b"\xef\xbb\xbf"),
        ("a.png", b"\x89PNG"),
    ],
)
def test_deliverables_are_what_they_say(name, magic):
    assert files.deliverable(name, "Note de cadrage").startswith(magic)


def test_unknown_kinds_of_file_are_refused():
    with pytest.raises(ValueError, match=r"b\.exe"):
        files.deliverable("b.exe", "Rien")


def test_what_staff_have_in_hand_fits_the_limits_and_is_explained() -> None:
    for written in IN_HAND:
        assert written.offer.expert in EXPERTS
        assert written.offer.category in SLUGS
        assert bool(written.reason) == (written.state != "waiting"), written.offer.title
        mine = [offer for offer in OFFERS.values() if offer.expert == written.offer.expert]
        assert len(mine) < rules.MAX_OFFERS
    assert all(len(words) > 1 for words in SYNONYMS)


def test_the_film_of_the_demo_is_one_we_would_accept_with_captions() -> None:
    assert FILM in OFFERS
    with (FILMS / f"{FILM}.mp4").open("rb") as file:
        seen = films.checked(ContentFile(file.read()))
    assert (seen.seconds, seen.width, seen.height) == (12, 720, 480)
    with (FILMS / f"{FILM}.vtt").open("rb") as file:
        assert captions.read(ContentFile(file.read())).startswith("WEBVTT")
