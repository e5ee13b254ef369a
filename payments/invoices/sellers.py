"""What is known of those in whose name invoices are drawn up, read for several experts at once."""

from collections.abc import Collection
from dataclasses import dataclass, field

from accounts.models import Consent, ExpertProfile, LegalEntity, VatPeriod
from marketplace.kernel import clock, rules
from marketplace.kernel.compiled import STAND_IN, Compiled
from payments.models import Earning

_ENTITIES = Compiled(
    lambda key: LegalEntity.objects.filter(user__in=[key]).order_by("-created_at", "-pk"), STAND_IN
)
_SIGNED = Compiled(
    lambda key: (
        Consent.objects.live()
        .filter(user__in=[key], text=Consent.Text.MANDATE)
        .order_by()
        .values_list("user_id")
        .distinct()
    ),
    STAND_IN,
)
_REGIMES = Compiled(lambda key: VatPeriod.objects.filter(user__in=[key]).order_by("-since"), STAND_IN)


@dataclass(frozen=True)
class Sellers:
    """Their legal statuses and VAT regimes, newest first, by account, and who lets us draw up their invoices."""

    signed: frozenset[int]
    entities: dict[int, list[LegalEntity]] = field(default_factory=dict)
    regimes: dict[int, list[VatPeriod]] = field(default_factory=dict)

    def invoiced_as(self, earning: Earning) -> LegalEntity | None:
        """The firm that an expert sells as, that of the release if there was one; ``None`` when nothing can be
        invoiced in its name yet.
        """
        if earning.expert_id not in self.signed:
            return None
        known = self.entities.get(earning.expert_id, [])
        entity = next((row for row in known if row.created_at <= earning.released_at), None)
        entity = entity or next((row for row in known if row.created_at <= clock.now()), None)
        return entity if entity is not None and entity.is_business else None

    def vat_of(self, earning: Earning) -> int:
        """The VAT inside the price: as agreed, unless the seller's regime has changed since; what the buyer pays has not."""
        payment = earning.hold.payment
        day = clock.local_day(earning.released_at)
        regime = next((row for row in self.regimes.get(earning.expert_id, ()) if row.since <= day), None)
        if regime is None or regime.since <= clock.local_day(payment.created_at):
            return payment.seller_vat_bp
        return rules.VAT_BP if regime.regime == ExpertProfile.VatRegime.REGISTERED else 0


def sellers_of(expert_ids: Collection[int]) -> Sellers:
    """Three queries, however many they are; one where nobody signed the mandate."""
    keys = sorted(set(expert_ids))
    known = Sellers(frozenset(user_id for (user_id,) in _SIGNED.rows_of(keys)))
    if known.signed:
        for entity in _ENTITIES.objects(_ENTITIES.rows_of(keys)):
            known.entities.setdefault(entity.user_id, []).append(entity)
        for regime in _REGIMES.objects(_REGIMES.rows_of(keys)):
            known.regimes.setdefault(regime.user_id, []).append(regime)
    return known
