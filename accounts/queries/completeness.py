"""How complete a profile is, what is missing, and where to add it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import CareerEntry, ExpertProfile

ENOUGH_SKILLS = 3
ENOUGH_STRENGTHS = 3


@dataclass(frozen=True)
class Piece:
    """A part of the profile; ``weight`` is its share of the whole, in per cent."""

    label: Any
    hint: Any
    weight: int
    is_done: bool
    url_name: str


@dataclass(frozen=True)
class Completeness:
    pieces: tuple[Piece, ...]

    @property
    def percent(self) -> int:
        return sum(piece.weight for piece in self.pieces if piece.is_done)

    @property
    def missing(self) -> list[Piece]:
        return [piece for piece in self.pieces if not piece.is_done]

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def next_url_name(self) -> str:
        """Where to go on; empty when nothing is missing."""
        return self.missing[0].url_name if self.missing else ""


def completeness(profile: ExpertProfile) -> Completeness:
    """Look at each part of a profile, in the order in which it is filled in. Two queries."""
    kinds = set(profile.career.values_list("kind", flat=True))
    has_sector = profile.sectors.exists()
    return Completeness(
        (
            Piece(
                _("A photo"),
                _("Without a photo, a profile is not listed."),
                20,
                bool(profile.user.avatar),
                "profile_photo",
            ),
            Piece(
                _("A headline and a presentation"),
                _("They are the first thing a buyer reads."),
                20,
                bool(profile.headline and profile.bio),
                "profile_presentation",
            ),
            Piece(
                _("Three skills or more"),
                _("Buyers search by skill and filter on them."),
                10,
                len(profile.skills) >= ENOUGH_SKILLS,
                "profile_skills",
            ),
            Piece(_("Your sectors"), _("Those you know from inside."), 5, has_sector, "profile_skills"),
            Piece(
                _("Three strengths"),
                _("What people who worked with you would say."),
                5,
                len(profile.strengths) >= ENOUGH_STRENGTHS,
                "profile_skills",
            ),
            Piece(
                _("Your languages"),
                _("Those you can work in."),
                5,
                bool(profile.languages),
                "profile_skills",
            ),
            Piece(
                _("Your significant experience"),
                _("At least one position you held: what you did, where, and when."),
                20,
                CareerEntry.Kind.POSITION in kinds,
                "profile_career",
            ),
            Piece(
                _("Your background"),
                _("A diploma or a certificate."),
                5,
                CareerEntry.Kind.STUDIES in kinds,
                "profile_career",
            ),
            Piece(
                _("An indicative rate"),
                _("A reference for missions; each offer and quote has its own price."),
                10,
                profile.daily_rate_cents is not None,
                "profile_rate",
            ),
        )
    )
