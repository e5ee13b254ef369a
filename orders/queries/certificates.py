"""Which orders the duty of vigilance concerns."""

from django.db.models import QuerySet

from accounts.queries.vigilance import is_owed
from accounts.rules import VIGILANCE_FROM_CENTS
from marketplace.kernel.money import from_ttc
from orders.models import Order


def asks_for_certificates(order: Order) -> bool:
    """Whether a paid order reaches 5,000 € excluding VAT, all that was added to it included."""
    return order.paid_at is not None and is_owed(from_ttc(order.total_cents, order.vat_bp).ht)


def running_and_large() -> QuerySet[Order]:
    """The orders under way that may be concerned; VAT is looked at one by one."""
    running = Order.objects.exclude(state__in=Order.CLOSED).exclude(paid_at=None)
    return running.filter(total_cents__gte=VIGILANCE_FROM_CENTS).select_related("buyer", "expert")
