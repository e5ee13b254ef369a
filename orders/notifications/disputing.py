"""A dispute: opened, answered, withdrawn, decided, appealed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from messaging.words import Words, register
from orders.models import OrderEvent
from orders.notifications.telling import Told, other_side, tells

Kind = OrderEvent.Kind

register(
    "dispute_answered",
    Words(
        _("The other party answered the dispute"),
        _("Read what they say about “%(title)s”. Our team can decide from now on."),
        _("Read the answer"),
    ),
)
register(
    "dispute_withdrawn",
    Words(
        _("The dispute is withdrawn"),
        _("“%(title)s” goes on where it stood, with the time it had left."),
        _("Open the order"),
    ),
)
register(
    "order_claimed",
    Words(
        _("A claim on a completed order"),
        _(
            "The buyer of “%(title)s” reports a problem. What you could not withdraw yet waits for our decision."
        ),
        _("Give my side"),
    ),
)
register(
    "claim_withdrawn",
    Words(
        _("The claim is withdrawn"),
        _("“%(title)s” stays completed, and its money can be withdrawn as before."),
        _("Open the order"),
    ),
)
register(
    "order_relaunched",
    Words(
        _("The work goes on"),
        _("Our team decided that “%(title)s” goes on until %(new_due)s. %(reason)s"),
        _("Read the decision"),
    ),
)
register(
    "ruling_appealed",
    Words(
        _("The decision is appealed"),
        _("Another member of our team looks at “%(title)s” again. Nothing is paid out meanwhile."),
        _("Open the dispute"),
    ),
)
register(
    "appeal_decided",
    Words(
        _("The appeal is decided"),
        _("“%(title)s”: %(refund)s back to the buyer, %(net)s to the expert. %(reason)s"),
        _("Read the decision"),
    ),
)
register(
    "ruling_corrected",
    Words(
        _("The decision is corrected"),
        _(
            "Our team put its decision on “%(title)s” right: %(refund)s back to the buyer, %(net)s to the expert. %(reason)s"
        ),
        _("Read the decision"),
    ),
)


@tells(Kind.DISPUTED)
def disputed(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "order_claimed" if event.data.get("claim") else "order_disputed", params


@tells(Kind.DISPUTE_ANSWERED)
def answered(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "dispute_answered", params


@tells(Kind.DISPUTE_WITHDRAWN)
def withdrawn(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "claim_withdrawn" if event.data.get("claim") else "dispute_withdrawn", params


@tells(Kind.RELAUNCHED)
def relaunched(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "order_relaunched", params
    yield event.order.expert, "order_relaunched", params


@tells(Kind.RESOLVED)
def resolved(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "order_resolved", params
    yield event.order.expert, "order_resolved", params


@tells(Kind.APPEALED)
def appealed(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "ruling_appealed", params


@tells(Kind.APPEAL_DECIDED)
def appeal_decided(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "appeal_decided", params
    yield event.order.expert, "appeal_decided", params


@tells(Kind.RULING_CORRECTED)
def ruling_corrected(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "ruling_corrected", params
    yield event.order.expert, "ruling_corrected", params
