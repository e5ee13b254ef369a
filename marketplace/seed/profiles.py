"""What makes the demo experts whole: careers, sectors, rates, praise, portfolio, time off; and some favourites."""

import random
from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from PIL import Image

from accounts.actions import portfolio, recommendations
from accounts.actions import profile as profiles
from accounts.models import (
    CareerEntry,
    ExpertProfile,
    PortfolioPiece,
    Recommendation,
    Sector,
    Skill,
    TimeOff,
    User,
)
from accounts.queries import trades
from marketplace.demo.experts import EXPERTS
from marketplace.demo.experts.careers import Career, careers
from marketplace.demo.experts.careers import trades as known_words
from marketplace.kernel import clock
from marketplace.seed.people import DOMAIN, address_of
from offers.models import Favourite, Offer, SavedSearch

AWAY = {
    "marc-delattre": (-3, 6),
    "jeanne-le-bihan": (12, 26),
    "sophie-tran": (30, 44),
    "samuel-okafor": (20, 24),
}
"""Days from today of some absences."""
BUSY = ("thomas-girard", "nicolas-faure", "claire-delmas")
PORTRAIT_SIDES = {"avatar_small": 96}


def load() -> int:
    """Complete the profiles that are not yet; returns how many."""
    sectors = _load_words()
    written = careers()
    users = {user.email: user for user in User.objects.filter(email__in=[address_of(e.key) for e in EXPERTS])}
    done = 0
    for expert in EXPERTS:
        user = users.get(address_of(expert.key))
        career = written.get(expert.key)
        if user is None or career is None:
            continue
        profile = ExpertProfile.objects.select_related("user").get(user=user)
        if profile.daily_rate_cents is None:
            _complete(profile, career, sectors)
            _presence(profile, expert.key)
            done += 1
    trades.forget()
    _keep_some()
    return done


def _load_words() -> dict[str, Sector]:
    skills, sectors = known_words()
    if not Skill.objects.exists():
        Skill.objects.bulk_create(
            Skill(slug=slugify(t.french)[:50], name_fr=t.french, name_en=t.english, synonyms=list(t.synonyms))
            for t in skills
        )
        Sector.objects.bulk_create(
            Sector(slug=t.slug, name_fr=t.french, name_en=t.english, synonyms=list(t.synonyms))
            for t in sectors
        )
        trades.forget()
    return {sector.slug: sector for sector in Sector.objects.all()}


@transaction.atomic
def _complete(profile: ExpertProfile, career: Career, sectors: dict[str, Sector]) -> None:
    CareerEntry.objects.bulk_create(
        CareerEntry(
            profile=profile,
            kind=stage.kind,
            title=stage.title,
            organisation=stage.organisation,
            started=stage.started,
            ended=stage.ended,
            description=stage.description,
        )
        for stage in career.stages
    )
    draw = random.Random(profile.user.email)  # noqa: S311 - the same past at each load, not a secret
    for praise in career.praise:
        written_at = profile.user.date_joined + timedelta(days=draw.randint(10, 60))
        Recommendation.objects.create(
            profile=profile,
            status=Recommendation.Status.PUBLISHED,
            email=f"{slugify(praise.name)}@{DOMAIN}",
            name=praise.name,
            role=praise.role,
            relation=praise.relation,
            text=praise.text,
            asked_at=written_at - timedelta(days=3),
            written_at=written_at,
            checked_at=written_at + timedelta(days=1),
        )
    for piece in career.pieces:
        asked_at = clock.now() - timedelta(days=draw.randint(60, 200))
        PortfolioPiece.objects.create(
            profile=profile,
            title=piece.title,
            description=piece.description,
            year=piece.year,
            client_name=piece.client,
            client_email=f"{slugify(piece.client)}@{DOMAIN}",
            consent=PortfolioPiece.Consent.GIVEN,
            asked_at=asked_at,
            answered_at=asked_at + timedelta(days=2),
        )
    recommendations.count(profile)
    profiles.present(
        profile,
        {
            "daily_rate_cents": career.rate_cents,
            "strengths": list(career.strengths),
            "sectors": [sectors[slug] for slug in career.sectors],
            "skills": profile.skills,
        },
    )


def _presence(profile: ExpertProfile, key: str) -> None:
    if key in AWAY:
        first, last = AWAY[key]
        today = clock.today()
        TimeOff.objects.create(
            expert=profile.user,
            starts_on=today + timedelta(days=first),
            ends_on=today + timedelta(days=last),
            note="En congé, réponse dès le retour",
        )
    if key in BUSY:
        ExpertProfile.objects.filter(pk=profile.pk).update(availability=ExpertProfile.Availability.BUSY)


def _keep_some() -> None:
    """What the demo buyer keeps, and a recommendation that waits to be read by the team."""
    buyer = User.objects.filter(email=f"camille@{DOMAIN}").first()
    if buyer is None or Favourite.objects.filter(user=buyer).exists():
        return
    for offer in Offer.objects.published().exclude(expert=buyer).order_by("-completed_count", "pk")[:3]:
        Favourite.objects.create(user=buyer, offer=offer)
    for profile in ExpertProfile.objects.approved().order_by("-standing", "pk")[:2]:
        Favourite.objects.create(user=buyer, expert=profile.user)
    SavedSearch.objects.create(
        user=buyer, kind=SavedSearch.Kind.EXPERTS, query="q=tr%C3%A9sorerie", label="« trésorerie »"
    )
    asked = ExpertProfile.objects.filter(user__email=address_of("karim-benali")).first()
    if asked is not None:
        now = clock.now()
        Recommendation.objects.create(
            profile=asked,
            status=Recommendation.Status.WRITTEN,
            email=f"brigitte-vallon@{DOMAIN}",
            name="Brigitte Vallon",
            role="Directrice d’usine, Conserverie du Vallon",
            relation=Recommendation.Relation.COLLEAGUE,
            text="Karim passait ses matinées à l’atelier et ses après-midi sur les chiffres : ses prix de revient"
            " tenaient la route parce qu’il avait vu les machines tourner.",
            asked_at=now - timedelta(days=2),
            written_at=now - timedelta(hours=5),
        )


def hang_portraits() -> None:
    """The small size of the portraits, which are drawn at the ordinary one; and pictures for the portfolio."""
    for user in User.objects.exclude(avatar="").filter(avatar_small=""):
        with user.avatar.open() as file, Image.open(file) as picture:
            for column, side in PORTRAIT_SIDES.items():
                small = BytesIO()
                picture.resize((side, side), Image.Resampling.LANCZOS).save(
                    small, "WEBP", quality=80, method=1
                )
                suffix = column.removeprefix("avatar_")
                getattr(user, column).save(
                    f"{user.public_id}-{suffix}.webp", ContentFile(small.getvalue()), save=False
                )
        user.save(update_fields=list(PORTRAIT_SIDES))
    for piece in PortfolioPiece.objects.filter(picture="").select_related("profile"):
        offer = piece.profile.user.offers.exclude(cover="").order_by("pk").last()
        first = offer.images.last() if offer else None
        if first is None:
            continue
        with first.image.open() as file:
            whole = ContentFile(file.read())
        with first.thumbnail.open() as file:
            thumbnail = ContentFile(file.read())
        portfolio.hang(piece, whole, thumbnail)
        piece.save(update_fields=["picture", "thumbnail"])
