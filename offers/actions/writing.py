"""Write and change offers, whatever their state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.core.cache import cache
from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from offers import queries
from offers.models import SEARCH_CONFIG, AddOn, Draft, Offer, Requirement

UNREAD = 0
"""No version has this number: of an offer that was read, but not as it looks now."""
LATE_SECONDS = 30
"""How long what an editor sent before it was saved may be under way."""


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
    # two tabs at once: the second counts the first's
    User.objects.select_for_update(no_key=True).get(pk=expert.pk)
    if Offer.objects.of(expert).kept().count() >= rules.MAX_OFFERS:
        raise Refusal(
            _("You already have %(n)s offers, the most an expert may keep. Delete one to write another.")
            % {"n": rules.MAX_OFFERS}
        )
    offer = Offer.objects.create(expert=expert, **terms)
    Draft.objects.filter(expert=expert, offer=None).delete()
    _replace_add_ons(offer, add_ons)
    _replace_requirements(offer, requirements)
    index(offer)
    return offer


def close_editor(expert: User, opened: str) -> None:
    """What one opening of the editor held was saved: what it had sent before, and arrives after, is no draft."""
    cache.set(_closed(expert, opened), True, LATE_SECONDS)


def _closed(expert: User, opened: str) -> str:
    return f"offers:saved:{expert.pk}:{opened}"


def keep_draft(
    expert: User, offer: Offer | None, boxes: dict[str, list[str]], *, opened: str = ""
) -> Draft | None:
    """Keep what is being typed as it is, unchecked, until it is saved. The last one to arrive is kept.

    Nothing is kept of an opening of the editor that was saved meanwhile.
    """
    if opened and cache.get(_closed(expert, opened)):
        return None
    draft, _created = Draft.objects.update_or_create(
        expert=expert, offer=offer, defaults={"boxes": boxes, "saved_at": clock.now()}
    )
    return draft


def drop_draft(expert: User, offer: Offer | None) -> None:
    """Forget what was typed and not saved."""
    Draft.objects.filter(expert=expert, offer=offer).delete()


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
    refuse_deleted(offer)
    for name, value in terms.items():
        setattr(offer, name, value)
    offer.version += 1
    offer.save()
    if add_ons is not None:
        _replace_add_ons(offer, add_ons)
    if requirements is not None:
        _replace_requirements(offer, requirements)
    index(offer)
    offer.drafts.all().delete()
    transaction.on_commit(queries.forget)
    return offer


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


def mark_unread(offer: Offer) -> None:
    """What it shows has changed since our team read it: it joins those to look at again, and stays on sale."""
    if offer.reviewed_version is not None:
        offer.reviewed_version = UNREAD
        offer.save(update_fields=["reviewed_version"])


def refuse_deleted(offer: Offer) -> None:
    """Raise ``Refusal`` for an offer that is gone."""
    if offer.status == Offer.Status.DELETED:
        raise Refusal(_("This offer has been deleted."))
