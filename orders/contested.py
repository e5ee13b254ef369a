"""An order whose payment the buyer contests at their bank: who is told, and what proves that it was due."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from messaging import actions as messaging
from messaging.words import Words, register
from orders.models import Order, OrderEvent
from payments.models import Chargeback

_OPEN = _("See the order")
register(
    "chargeback_opened_expert",
    Words(
        _("A payment is contested at the buyer's bank"),
        _(
            "The bank examines %(amount)s paid for “%(title)s”. Your share is set aside until it decides; we answer with the order's file. You need not do anything."
        ),
        _OPEN,
    ),
)
register(
    "chargeback_opened_buyer",
    Words(
        _("Your bank has told us that you contest a payment"),
        _(
            "%(amount)s paid for “%(title)s” is frozen until your bank decides. If it is a mistake, tell your bank and us."
        ),
        _OPEN,
    ),
)
register(
    "chargeback_won_expert",
    Words(
        _("The contested payment is yours again"),
        _("The bank has decided in favour of “%(title)s”: what was set aside is back."),
        _OPEN,
    ),
)
register(
    "chargeback_won_buyer",
    Words(
        _("Your bank has closed your complaint"),
        _("The payment of %(amount)s for “%(title)s” stands."),
        _OPEN,
    ),
)
register(
    "chargeback_lost_expert",
    Words(
        _("The bank gave a contested payment back to the buyer"),
        _(
            "%(amount)s paid for “%(title)s” went back. Your share leaves your balance; our commission is given back in proportion."
        ),
        _OPEN,
    ),
)
register(
    "chargeback_lost_buyer",
    Words(
        _("Your bank has paid you back"),
        _("The payment of %(amount)s for “%(title)s” went back to you through your bank."),
        _OPEN,
    ),
)


def tell_chargeback(
    chargeback: Chargeback,
    *,
    buyers: Iterable[User],
    expert: User,
    title: str,
    reference: str,
    page: tuple[str, str],
) -> None:
    """Tell those who bought and the expert that a bank examines a payment, then what it decided; each once.

    ``page``: the address of what was paid, as the name of a route and its identifier.
    """
    outcome = {
        Chargeback.State.WON: "won",
        Chargeback.State.CLOSED: "won",
        Chargeback.State.LOST: "lost",
    }.get(Chargeback.State(chargeback.state), "opened")
    told = [*((buyer, "buyer") for buyer in buyers), (expert, "expert")]
    for user, side in told:
        messaging.notify(
            user,
            key=f"chargeback:{chargeback.pk}:{outcome}",
            kind=f"chargeback_{outcome}_{side}",
            params={"title": title, "reference": reference, "amount_cents": chargeback.amount_cents},
            url_name=page[0],
            url_args=[page[1]],
        )


def evidence_of(order: Order) -> dict[str, str]:
    """The order's life under the names a bank expects. Times are those of the site."""
    lines = [
        f"{timezone.localtime(event.created_at):%Y-%m-%d %H:%M} {event.kind}"
        + (f" by {event.actor.display_name}" if event.actor else "")
        for event in OrderEvent.objects.filter(order=order).select_related("actor").order_by("pk")
    ]
    found = {
        "product_description": f"{order.reference}: {order.title}"[:20_000],
        "uncategorized_text": "\n".join(lines)[:20_000],
        "refund_policy_disclosure": "The buyer pays in advance. The money is kept until the buyer accepts the work, or "
        "lets the time to accept or contest it pass.",
    }
    done = order.completed_at or order.first_delivered_at
    if done:
        found["service_date"] = f"{done:%Y-%m-%d}"
    return found
