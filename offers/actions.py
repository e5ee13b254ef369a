"""Write, publish, pause and delete offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from offers import queries
from offers.models import SEARCH_CONFIG, AddOn, Offer, OfferImage, Requirement


@dataclass(frozen=True)
class AddOnTerms:
    """An add-on as typed: price in cents, days added or (negative) saved."""

    title: str
    price_cents: int
    description: str = ""
    days: int = 0


@dataclass(frozen=True)
class RequirementTerms:
    """Something needed to begin, as typed."""

    label: str
    hint: str = ""
    kind: str = Requirement.Kind.TEXT
    required: bool = False


@transaction.atomic
def create_offer(
    expert: User,
    *,
    terms: dict[str, Any],
    add_ons: Sequence[AddOnTerms] = (),
    requirements: Sequence[RequirementTerms] = (),
) -> Offer:
    """Write a new draft. Raises ``Refusal`` at the limit of offers an expert may keep."""
    User.objects.select_for_update().get(pk=expert.pk)  # two tabs at once: the second counts the first's
    if Offer.objects.of(expert).kept().count() >= rules.MAX_OFFERS:
        raise Refusal(
            _("You already have %(n)s offers, the most an expert may keep. Delete one to write another.")
            % {"n": rules.MAX_OFFERS}
        )
    offer = Offer.objects.create(expert=expert, **terms)
    _replace_add_ons(offer, add_ons)
    _replace_requirements(offer, requirements)
    index(offer)
    return offer


@transaction.atomic
def edit_offer(
    offer: Offer,
    *,
    terms: dict[str, Any],
    add_ons: Sequence[AddOnTerms] | None = None,
    requirements: Sequence[RequirementTerms] | None = None,
) -> Offer:
    """Change an offer. Its version moves on, so that nobody pays for terms they did not see."""
    offer = offer.locked()
    _refuse_deleted(offer)
    for name, value in terms.items():
        setattr(offer, name, value)
    offer.version += 1
    offer.save()
    if add_ons is not None:
        _replace_add_ons(offer, add_ons)
    if requirements is not None:
        _replace_requirements(offer, requirements)
    index(offer)
    transaction.on_commit(queries.forget)
    return offer


@transaction.atomic
def publish(offer: Offer) -> Offer:
    """Put an offer on sale. Raises ``Refusal`` until staff have approved the expert."""
    offer = offer.locked()
    _refuse_deleted(offer)
    if not offer.expert.expert_profile.is_approved:
        raise Refusal(_("Our team must approve your profile before your offers go on sale."))
    offer.status = Offer.Status.PUBLISHED
    offer.published_at = offer.published_at or clock.now()
    offer.save(update_fields=["status", "published_at"])
    transaction.on_commit(queries.forget)
    return offer


@transaction.atomic
def pause(offer: Offer) -> Offer:
    """Take an offer off sale for a while; running orders go on."""
    offer = offer.locked()
    _refuse_deleted(offer)
    offer.status = Offer.Status.PAUSED
    offer.save(update_fields=["status"])
    transaction.on_commit(queries.forget)
    return offer


@transaction.atomic
def delete(offer: Offer) -> Offer:
    """Take an offer away for good. Orders keep their own copy of its terms."""
    offer = offer.locked()
    offer.status = Offer.Status.DELETED
    offer.save(update_fields=["status"])
    transaction.on_commit(queries.forget)
    return offer


@transaction.atomic
def add_image(
    offer: Offer, *, image: "ContentFile[bytes]", thumbnail: "ContentFile[bytes]", alt: str = ""
) -> OfferImage:
    """Hang a picture at the end of the gallery; both files are already re-encoded to WebP."""
    offer = offer.locked()
    _refuse_deleted(offer)
    count = offer.images.count()
    if count >= rules.MAX_IMAGES:
        raise Refusal(_("A gallery holds %(n)s images at most.") % {"n": rules.MAX_IMAGES})
    picture = OfferImage(offer=offer, alt=alt, position=count)
    image.name, thumbnail.name = "i.webp", "t.webp"  # a file without a name has no size for Django
    picture.thumbnail.save(thumbnail.name, thumbnail, save=False)
    picture.image.save(image.name, image, save=True)
    refresh_cover(offer)
    return picture


@transaction.atomic
def remove_image(picture: OfferImage) -> None:
    """Take a picture down; the next one becomes the cover if it was first."""
    offer = picture.offer.locked()
    files = [picture.image.name, picture.thumbnail.name]
    storage = picture.image.storage
    picture.delete()
    _line_up(list(offer.images.all()))
    refresh_cover(offer)
    for name in filter(None, files):
        transaction.on_commit(partial(storage.delete, name))


@transaction.atomic
def move_image(picture: OfferImage, *, step: int) -> None:
    """Move a picture one place up (``step`` −1) or down (+1) in the gallery; at either end nothing moves."""
    offer = picture.offer.locked()
    pictures = list(offer.images.all())
    here = next((place for place, other in enumerate(pictures) if other.pk == picture.pk), None)
    if here is None or not 0 <= here + step < len(pictures):
        return
    pictures[here], pictures[here + step] = pictures[here + step], pictures[here]
    _line_up(pictures)
    refresh_cover(offer)


def describe_image(picture: OfferImage, alt: str) -> None:
    """Say in words what a picture shows, for those who do not see it."""
    picture.alt = alt
    picture.save(update_fields=["alt"])


def _line_up(pictures: list[OfferImage]) -> None:
    for position, picture in enumerate(pictures):
        picture.position = position
    OfferImage.objects.bulk_update(pictures, ["position"])


def refresh_cover(offer: Offer) -> None:
    """Let the first picture of the gallery be the one on cards."""
    first = offer.images.first()
    offer.cover = first.thumbnail.name if first else ""
    offer.save(update_fields=["cover"])


def index(offer: Offer) -> None:
    """Bring the text that searches read up to date."""
    Offer.objects.filter(pk=offer.pk).update(
        search=SearchVector(Value(offer.title), weight="A", config=SEARCH_CONFIG)
        + SearchVector(Value(" ".join(offer.keywords)), weight="B", config=SEARCH_CONFIG)
        + SearchVector(Value(offer.description), weight="D", config=SEARCH_CONFIG)
    )


def _replace_add_ons(offer: Offer, add_ons: Sequence[AddOnTerms]) -> None:
    offer.add_ons.all().delete()
    AddOn.objects.bulk_create(
        [
            AddOn(
                offer=offer,
                title=add_on.title,
                description=add_on.description,
                price_cents=add_on.price_cents,
                days=add_on.days,
                position=position,
            )
            for position, add_on in enumerate(add_ons)
        ]
    )


def _replace_requirements(offer: Offer, requirements: Sequence[RequirementTerms]) -> None:
    offer.requirements.all().delete()
    Requirement.objects.bulk_create(
        [
            Requirement(
                offer=offer,
                label=need.label,
                hint=need.hint,
                kind=need.kind,
                required=need.required,
                position=position,
            )
            for position, need in enumerate(requirements)
        ]
    )


def _refuse_deleted(offer: Offer) -> None:
    if offer.status == Offer.Status.DELETED:
        raise Refusal(_("This offer has been deleted."))
