"""Which missions the duty of vigilance concerns."""

from collections.abc import Iterator

from accounts.models import User
from accounts.queries import vigilance
from accounts.queries.vigilance import Contract
from marketplace.kernel import clock
from marketplace.kernel.compiled import SECOND, STAND_IN, Compiled
from missions.models import Mission


def asks_for_certificates(mission: Mission) -> bool:
    """Whether a mission, or with it all that runs between its parties, reaches 5,000 € excluding VAT."""
    if vigilance.is_large(mission.total_ht_cents):
        return True
    return not mission.is_over and vigilance.is_owed(mission.client, mission.expert)


def _running(buyer: User | None, expert: User | None) -> Iterator[Contract]:
    missions = Mission.objects.exclude(state__in=Mission.OVER)
    if buyer is not None:
        missions = missions.filter(client=buyer)
    if expert is not None:
        missions = missions.filter(expert=expert)
    for mission in missions.select_related("client", "expert", "quote__conversation").order_by(
        "created_at", "pk"
    ):
        yield Contract(
            buyer=mission.client,
            expert=mission.expert,
            ht_cents=mission.total_ht_cents,
            signed_on=clock.local_day(mission.created_at),
            title=mission.title,
            reference=mission.reference,
            url_name="mission_certificates",
            url_args=(str(mission.public_id),),
            company_id=mission.quote.conversation.for_company_id,
        )


_PRICES = Compiled(
    lambda client, expert: (
        Mission.objects.exclude(state__in=Mission.OVER)
        .filter(client=client, expert=expert)
        .order_by()
        .values_list("total_ht_cents")
    ),
    *(STAND_IN, SECOND),
)


def _total(client: int, expert: int) -> int:
    return sum(ht_cents for (ht_cents,) in _PRICES.rows(client, expert))


vigilance.register(_running, _total)
