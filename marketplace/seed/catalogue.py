"""Categories, offers and their pictures."""

import io
import re
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile
from django.db.models import F
from PIL import Image

from accounts.models import User
from marketplace.demo import images
from marketplace.demo.categories import CATEGORIES
from marketplace.demo.experts import EXPERTS
from marketplace.demo.model import Cover
from marketplace.demo.model import Offer as Written
from marketplace.demo.offers import OFFERS
from marketplace.demo.stories import BUYERS
from marketplace.kernel import clock
from marketplace.seed import calls
from marketplace.seed.people import address_of
from offers import actions
from offers.models import CallCalendar, Category, Offer, Requirement
from offers.queries import forget

THUMBNAIL = (600, 400)
GALLERY = 2
"""Further pictures of a packaged job, beside its cover."""


def load_categories() -> dict[str, Category]:
    loaded = {
        written["slug"]: Category.objects.update_or_create(
            slug=written["slug"], defaults={**written, "position": position}
        )[0]
        for position, written in enumerate(CATEGORIES)
    }
    forget()
    return loaded


def load_offers(experts: dict[str, User], categories: dict[str, Category]) -> dict[str, Offer]:
    """A hundred and twenty offers, published in the past year."""
    loaded = {}
    for number, written in enumerate(OFFERS):
        expert = experts[written.expert]
        offer = Offer.objects.filter(expert=expert, title=written.title).first()
        if offer is None:
            published = datetime(2026, 1, 12, 9, tzinfo=UTC) + timedelta(hours=37 * number)
            with clock.at(published):
                offer = actions.create_offer(
                    expert,
                    terms=terms(written, categories[written.category]),
                    add_ons=add_ons(written),
                    requirements=requirements(written),
                )
                offer = actions.publish(offer)
        if offer.kind == Offer.Kind.CALL and not CallCalendar.objects.filter(expert=expert).exists():
            calls.open_hours(expert, number)
        loaded[written.key] = offer
    return loaded


def terms(written: Written, category: Category) -> dict[str, object]:
    """What a written offer says, as the columns of an offer."""
    return {
        "category": category,
        "kind": written.kind,
        "title": written.title,
        "description": written.description,
        "includes": list(written.includes),
        "faq": [{"question": item.question, "answer": item.answer} for item in written.faq],
        "price_cents": written.price_cents,
        "delivery_days": written.delivery_days
        or (7 if written.kind == "call" else max(1, (written.answer_hours or 48) // 24)),
        "call_minutes": written.duration_minutes,
        "revisions": written.revisions,
        "keywords": list(written.keywords),
        "opening_message": written.opening_message,
        "ip_clause": Offer.IpClause.FULL_ASSIGNMENT if written.ip_full else Offer.IpClause.LICENCE,
        "ip_terms": written.ip_text,
    }


def requirements(written: Written) -> list[actions.RequirementTerms]:
    """What is needed to begin: documents are sent as files, the rest is typed; the first is indispensable."""
    return [
        actions.RequirementTerms(
            label=label,
            kind=Requirement.Kind.FILE if _DOCUMENT.search(label) else Requirement.Kind.TEXT,
            required=number == 0,
        )
        for number, label in enumerate(written.requirements)
    ]


_DOCUMENT = re.compile(
    r"\b(bilans?|relevés?|export|fichiers?|contrats?|statuts|factures?|tableaux?|balance|liasses?|plaquette|logo)\b",
    re.IGNORECASE,
)


def add_ons(written: Written) -> list[actions.AddOnTerms]:
    return [
        actions.AddOnTerms(
            title=item.title, price_cents=item.price_cents, description=item.description, days=item.days_delta
        )
        for item in written.addons
    ]


def loaded_offers() -> dict[str, Offer]:
    """The demo offers as the database has them, by key."""
    titles = {(address_of(written.expert), written.title): written.key for written in OFFERS}
    found = Offer.objects.filter(title__in=[written.title for written in OFFERS]).select_related("expert")
    return {
        titles[offer.expert.email, offer.title]: offer
        for offer in found
        if (offer.expert.email, offer.title) in titles
    }


class Drawing:
    """Pictures drawn by processes of their own while the rest is loaded: drawing is the long part."""

    def __init__(self, people: dict[str, User], offers: dict[str, Offer], processes: int) -> None:
        self.people, self.offers = people, offers
        self.pool = ProcessPoolExecutor(processes)
        women = {expert.key: expert.woman for expert in EXPERTS} | {
            buyer.key: buyer.woman for buyer in BUYERS
        }
        self.portraits = {key: self.pool.submit(draw_portrait, key, women[key]) for key in people}
        self.pictures = {
            written.key: self.pool.submit(draw_offer, written.cover, written.kind == "job")
            for written in OFFERS
            if written.key in offers
        }

    def hang(self) -> None:
        """Give each their pictures, as soon as they are drawn."""
        for key, portrait in self.portraits.items():
            user = self.people[key]
            user.avatar.save(f"{key}.webp", ContentFile(portrait.result()), save=False)
            user.save(update_fields=["avatar"])
        for key, drawn in self.pictures.items():
            offer = self.offers[key]
            for number, (picture, thumbnail) in enumerate(drawn.result()):
                actions.add_image(
                    offer,
                    image=ContentFile(picture),
                    thumbnail=ContentFile(thumbnail),
                    alt=offer.title if number == 0 else "",
                )
        Offer.objects.published().changed_since_read().update(reviewed_version=F("version"))
        forget()
        self.pool.shutdown()


def draw_offer(spec: Cover, is_job: bool) -> list[tuple[bytes, bytes]]:
    """The pictures of an offer, each with its thumbnail, as WebP."""
    pictures = [images.cover(spec), *(images.gallery(spec, GALLERY) if is_job else [])]
    return [
        (_webp(picture), _webp(picture.resize(THUMBNAIL, Image.Resampling.LANCZOS))) for picture in pictures
    ]


def draw_portrait(key: str, woman: bool) -> bytes:
    return _webp(images.portrait(key, 256, woman=woman))


def _webp(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=80, method=1)
    return buffer.getvalue()
