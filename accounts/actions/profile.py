"""How experts present themselves: words, career, rate, and the text that searches read."""

from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Q, Value

from accounts.actions.legal import declare_vat
from accounts.models import CareerEntry, ExpertProfile, Sector, Skill
from accounts.queries import trades, vat_regime_on
from accounts.queries.directory import SEARCH_CONFIG
from marketplace.kernel import clock


@transaction.atomic
def present(profile: ExpertProfile, fields: dict[str, Any]) -> ExpertProfile:
    """Change what the public reads about an expert, and how VAT applies from today on."""
    if "vat_regime" in fields and fields["vat_regime"] != vat_regime_on(profile.user, clock.today()):
        declare_vat(profile.user, regime=fields["vat_regime"], since=clock.today())
    columns = {name: value for name, value in fields.items() if name != "sectors"}
    if "skills" in columns:
        columns["skills"] = trades.spelled(columns["skills"])
    for name, value in columns.items():
        setattr(profile, name, value)
    if columns:
        profile.save(update_fields=list(columns))
    if "sectors" in fields:
        profile.sectors.set(fields["sectors"])
    index(profile)
    return profile


@transaction.atomic
def tell_career(
    profile: ExpertProfile, fields: dict[str, Any], entry: CareerEntry | None = None
) -> CareerEntry:
    """Add a line to an expert's past, or write one anew."""
    entry = entry or CareerEntry(profile=profile)
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    index(profile)
    return entry


@transaction.atomic
def forget_career(entry: CareerEntry) -> None:
    """Take a line out of an expert's past."""
    profile = entry.profile
    entry.delete()
    index(profile)


def index(profile: ExpertProfile) -> None:
    """Bring the text that searches read up to date; curated words are found under all their names."""
    sectors = [word for sector in profile.sectors.all() for word in sector.all_words]
    skills = [word for name in profile.skills for word in _ways_of_saying(name)]
    career = [f"{title} {place}" for title, place in profile.career.values_list("title", "organisation")]
    weighted = {
        "A": f"{profile.user.get_full_name()} {profile.headline}",
        "B": " ".join([*skills, *sectors]),
        "C": " ".join([*profile.strengths, profile.city, *profile.languages, *career]),
        "D": profile.bio,
    }
    vectors = [
        SearchVector(Value(text), weight=weight, config=SEARCH_CONFIG) for weight, text in weighted.items()
    ]
    ExpertProfile.objects.filter(pk=profile.pk).update(search=sum(vectors[1:], vectors[0]))


def _ways_of_saying(name: str) -> tuple[str, ...]:
    word = trades.known_skill(name)
    return word.all_words if word else (name,)


def word_changed(word: Skill | Sector, *, former: str = "") -> int:
    """Index again the experts whom a curated word concerns, after staff changed it. Returns how many."""
    trades.forget()
    if isinstance(word, Sector):
        concerned = ExpertProfile.objects.filter(sectors=word)
    else:
        typed = {*word.all_words, former}
        concerned = ExpertProfile.objects.filter(Q(skills__overlap=[each for each in typed if each]))
    count = 0
    for profile in concerned.select_related("user"):
        present(profile, {"skills": profile.skills})
        count += 1
    return count
