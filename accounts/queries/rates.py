"""What similar experts ask, as advice on a rate."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, BigIntegerField, Count, Q

from accounts.models import ExpertProfile

ENOUGH_TO_COMPARE = 4
BANDS = ((0, 5), (5, 10), (10, 20), (20, 30), (30, 100))
"""Years of experience, from and below."""


@dataclass(frozen=True)
class SimilarRates:
    """Day rates, in cents excluding tax, of listed experts who share a sector or a skill and about as many years."""

    low_cents: int
    middle_cents: int
    high_cents: int
    count: int

    def place_of(self, cents: int | None) -> str:
        """``below``, ``within`` or ``above`` what half of them ask; empty without a rate."""
        if cents is None:
            return ""
        return "below" if cents < self.low_cents else "above" if cents > self.high_cents else "within"


class _Quartiles(Aggregate):
    function = "percentile_disc"
    template = "%(function)s(ARRAY[0.25, 0.5, 0.75]::float8[]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(BigIntegerField())


def band_of(years: int) -> tuple[int, int]:
    return next((low, high) for low, high in BANDS if years < high or high == BANDS[-1][1])


def similar_rates(profile: ExpertProfile) -> SimilarRates | None:
    """What similar experts ask, or none while too few are alike. First of about as many years, then of any."""
    alike = Q(skills__overlap=profile.skills or [""])
    sectors = list(profile.sectors.values_list("pk", flat=True))
    if sectors:
        alike |= Q(
            pk__in=ExpertProfile.sectors.through.objects.filter(sector_id__in=sectors).values(
                "expertprofile_id"
            )
        )
    others = (
        ExpertProfile.objects.listed().filter(alike, daily_rate_cents__isnull=False).exclude(pk=profile.pk)
    )
    low, high = band_of(profile.years_of_experience)
    peers = others.filter(years_of_experience__gte=low, years_of_experience__lt=high)
    for group in (peers, others):
        seen = group.order_by().aggregate(count=Count("pk"), range=_Quartiles("daily_rate_cents"))
        if seen["count"] >= ENOUGH_TO_COMPARE:
            low_cents, middle_cents, high_cents = seen["range"]
            return SimilarRates(low_cents, middle_cents, high_cents, seen["count"])
    return None
