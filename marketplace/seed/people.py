"""The accounts of the demo world."""

import random
from datetime import UTC, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify
from stdnum import luhn

from accounts import actions as accounts
from accounts.models import BuyerProfile, ExpertProfile, User
from marketplace.demo.experts import EXPERTS, Expert
from marketplace.demo.stories import BUYERS, DEMO_BUYER, DEMO_EXPERT, DEMO_STAFF, Buyer, ShortReview
from marketplace.demo.stories.buyers import COLLEAGUES
from marketplace.demo_accounts import DEMO_PASSWORD

DOMAIN = "jalon.example"
NAMED = {
    DEMO_BUYER: f"camille@{DOMAIN}",
    DEMO_EXPERT: f"claire@{DOMAIN}",
    DEMO_STAFF["key"]: f"margaux@{DOMAIN}",
}
LANGUAGES = {
    "fr": "Français",
    "en": "Anglais",
    "es": "Espagnol",
    "de": "Allemand",
    "it": "Italien",
    "pt": "Portugais",
    "ar": "Arabe",
    "nl": "Néerlandais",
    "vi": "Vietnamien",
    "pl": "Polonais",
    "zh": "Chinois",
    "ru": "Russe",
    "tr": "Turc",
    "br": "Breton",
    "wo": "Wolof",
    "ta": "Tamoul",
    "he": "Hébreu",
}


def address_of(key: str) -> str:
    return NAMED.get(key, f"{key}@{DOMAIN}")


def load_experts() -> dict[str, User]:
    """Forty experts with their profile, admitted. Portraits come with the pictures."""
    return {expert.key: _expert(expert) for expert in EXPERTS}


def load_buyers() -> dict[str, User]:
    return {buyer.key: _buyer(buyer) for buyer in BUYERS}


def candidate(first: str, last: str) -> User:
    """Someone who wishes to be admitted."""
    return _account(slugify(f"{first} {last}"), first, last, since=2026, is_expert=True)


def load_past_client(review: ShortReview) -> User:
    """Someone who once bought and left a review."""
    first, _, last = review.author.partition(" ")
    user = _account(slugify(review.author), first, last, since=2024)
    BuyerProfile.objects.filter(user=user).update(company=review.company)
    return user


def load_staff() -> User:
    """The arbiter of the demo world; loaded last, so its presence means that the people and their orders are there."""
    return _account(
        str(DEMO_STAFF["key"]),
        str(DEMO_STAFF["first_name"]),
        str(DEMO_STAFF["last_name"]),
        since=2022,
        is_staff=True,
        is_superuser=True,
    )


def arbiter() -> User:
    """Who ruled in the past: another member of the team, who does not sign in."""
    return _account("equipe-arbitrage", "Agathe", "Noël", since=2022, is_staff=True)


def are_loaded() -> bool:
    return User.objects.filter(email=NAMED[str(DEMO_STAFF["key"])]).exists()


def without_portrait() -> dict[str, User]:
    """The experts and buyers who still have no face, by key."""
    keys = {address_of(key): key for key in [*(e.key for e in EXPERTS), *(b.key for b in BUYERS)]}
    return {keys[user.email]: user for user in User.objects.filter(email__in=keys, avatar="")}


def load_colleagues() -> list[tuple[User, str]]:
    """The other members of the demo buyer's company account, each with a role."""
    return [(_account(key, first, last, since=2025), role) for key, first, last, role in COLLEAGUES]


def _account(key: str, first: str, last: str, *, since: int, **fields: Any) -> User:
    email = address_of(key)
    draw = random.Random(key)  # noqa: S311 - the same past at each load, not a secret
    user, created = User.objects.get_or_create(
        email=email,
        defaults={
            "first_name": first,
            "last_name": last,
            "password": make_password(DEMO_PASSWORD if key in NAMED else None),
            "date_joined": datetime(since, draw.randint(1, 10), draw.randint(1, 28), 9, tzinfo=UTC),
            **fields,
        },
    )
    if created:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        accounts.take_roles(user, buys=True, sells=user.is_expert)
    return user


def _expert(expert: Expert) -> User:
    user = _account(expert.key, expert.first_name, expert.last_name, since=expert.since, is_expert=True)
    profile = user.expert_profile
    if profile.status != ExpertProfile.Status.APPROVED:
        profile.headline = expert.headline[:120]
        profile.bio = expert.bio
        profile.city = expert.city
        profile.languages = [LANGUAGES.get(code, code) for code in expert.languages]
        profile.skills = list(expert.skills)
        profile.years_of_experience = expert.years
        profile.vat_regime = expert.vat
        profile.usual_reply_minutes = expert.reply_hours * 60
        profile.status = ExpertProfile.Status.APPROVED
        profile.approved_at = user.date_joined
        profile.save()
    return user


def _siren(key: str) -> str:
    """A number with its check digit, the same at each load; it belongs to nobody that we know of."""
    digits = f"{random.Random(f'siren of {key}').randrange(10_000_000, 99_999_999)}"  # noqa: S311 - not a secret
    return digits + str(luhn.calc_check_digit(digits))


def _buyer(buyer: Buyer) -> User:
    user = _account(buyer.key, buyer.first_name, buyer.last_name, since=buyer.since)
    BuyerProfile.objects.filter(user=user).update(
        company=buyer.company,
        siren=_siren(buyer.key),
        buyer_as="small_firm" if buyer.key == DEMO_BUYER else "firm",
        address=buyer.street,
        postal_code=buyer.postcode,
        city=buyer.city,
    )
    return user
