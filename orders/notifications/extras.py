"""What is added to an order while its work runs: who is told, and in which words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from messaging.words import Topic, Words, register
from orders.models import OrderEvent
from orders.notifications.telling import Told, tells

Kind = OrderEvent.Kind

register(
    "extra_proposed",
    Words(
        _("%(expert)s proposes an extra: %(amount)s"),
        _(
            "“%(extra)s” would be added to “%(title)s”. You accept it by paying before %(answer_due)s; "
            "otherwise the order goes on without it. %(reason)s"
        ),
        _("See the proposal"),
    ),
)
register(
    "extra_refused",
    Words(
        _("The extra is refused"),
        _("“%(title)s” goes on without “%(extra)s”."),
        _("Open the order"),
    ),
)
register(
    "extra_withdrawn",
    Words(
        _("%(expert)s withdrew an extra"),
        _("“%(extra)s” is no longer proposed: there is nothing to pay for it."),
        _("Open the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "extra_expired",
    Words(
        _("An extra was not paid in time"),
        _("“%(title)s” goes on without “%(extra)s”. Nothing was charged for it."),
        _("Open the order"),
    ),
)
register(
    "extra_paid_expert",
    Words(
        _("%(buyer)s added an extra: %(net)s for you"),
        _("“%(extra)s” is paid and now part of “%(title)s”. The deliverable is expected before %(due)s."),
        _("Open the order"),
    ),
)
register(
    "extra_paid_expert_before_start",
    Words(
        _("%(buyer)s added an extra: %(net)s for you"),
        _("“%(extra)s” is paid and now part of “%(title)s”, which waits for you to start."),
        _("Open the order"),
    ),
)
register(
    "extra_paid_buyer",
    Words(
        _("Extra paid: %(amount)s"),
        _("“%(extra)s” is now part of “%(title)s”. We hold the money until you accept the deliverable."),
        _("Open the order"),
    ),
)
register(
    "round_priced",
    Words(
        _("%(expert)s asks %(amount)s for this revision"),
        _(
            "“%(reason)s” It begins once you pay it, before %(answer_due)s. Otherwise accept the deliverable of "
            "“%(title)s” as it is, or open a dispute."
        ),
        _("Open the order"),
    ),
)
register(
    "round_paid_expert",
    Words(
        _("%(buyer)s pays for the revision: %(net)s for you"),
        _("A new version of “%(title)s” is expected on %(revision_due)s."),
        _("Read what is asked"),
    ),
)
register(
    "round_paid_buyer",
    Words(
        _("Revision paid: %(amount)s"),
        _(
            "A new version of “%(title)s” is expected on %(revision_due)s. We hold the money until you accept it."
        ),
        _("Follow the order"),
    ),
)
register(
    "extra_refunded",
    Words(
        _("Extra paid back: %(refund)s"),
        _("%(expert)s gives back the price of “%(extra)s”. The rest of “%(title)s” goes on. %(reason)s"),
        _("Open the order"),
    ),
)


@tells(Kind.EXTRA_PROPOSED)
def extra_proposed(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "round_priced" if event.data.get("round") else "extra_proposed", params


@tells(Kind.EXTRA_REFUSED)
def extra_refused(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.expert, "extra_refused", params


@tells(Kind.EXTRA_WITHDRAWN)
def extra_withdrawn(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "extra_withdrawn", params


@tells(Kind.EXTRA_EXPIRED)
def extra_expired(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "extra_expired", params
    if event.data.get("by_expert"):
        yield event.order.expert, "extra_expired", params


@tells(Kind.EXTRA_PAID)
def extra_paid(event: OrderEvent, params: dict[str, Any]) -> Told:
    if event.data.get("round"):
        yield event.order.expert, "round_paid_expert", params
        yield event.order.buyer, "round_paid_buyer", params
        return
    kind = "extra_paid_expert" if event.data.get("due_at") else "extra_paid_expert_before_start"
    yield event.order.expert, kind, params
    yield event.order.buyer, "extra_paid_buyer", params


@tells(Kind.EXTRA_REFUNDED)
def extra_refunded(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "extra_refunded", params
