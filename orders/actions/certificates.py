"""Tell buyers of the certificates the law wants them to hold, at the start and every six months."""

from django.db import transaction
from django.utils import translation

from accounts.queries.standing import in_words
from accounts.queries.vigilance import pack_of, period
from marketplace.kernel import clock
from messaging import actions as messaging
from orders.models import Order
from orders.queries.certificates import asks_for_certificates


@transaction.atomic
def remind_of_certificates(order: Order) -> bool:
    """Offer the file of a large order to its buyer once for each six months, or ask its expert for what is missing."""
    if not asks_for_certificates(order) or order.paid_at is None:
        return False
    number = period(clock.local_day(order.paid_at), clock.today())
    pack = pack_of(order.expert)
    params = {"title": order.title, "reference": order.reference, "expert": order.expert.display_name}
    key = f"vigilance:{order.pk}:{number}"
    if pack.is_complete:
        return messaging.notify(
            order.buyer,
            key=key,
            kind="vigilance_renewal" if number else "vigilance_due",
            params=params,
            url_name="order_certificates",
            url_args=[order.public_id],
        )
    told = False
    for person, kind, url_name, url_args in (
        (order.buyer, "vigilance_missing", "order", [order.public_id]),
        (order.expert, "vigilance_asked", "documents", []),
    ):
        with translation.override(person.language):
            missing = " ".join(in_words(item) for item in pack.missing)
        told |= messaging.notify(
            person,
            key=f"{key}:missing",
            kind=kind,
            params={**params, "missing": missing},
            url_name=url_name,
            url_args=url_args,
        )
    return told
