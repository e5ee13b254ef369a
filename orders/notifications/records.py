"""What is said of a cancellation: who is told, and in which words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from messaging.words import Words, register
from orders.models import OrderEvent
from orders.notifications.telling import Told, other_side, tells

Kind = OrderEvent.Kind

register(
    "cancellation_rated",
    Words(
        _("%(author)s said how the cancellation went"),
        _("The cancellation of “%(title)s” has a new cause and score on your profile. You may answer once."),
        _("Read and answer"),
    ),
)
register(
    "cancellation_answered",
    Words(
        _("%(author)s answered about the cancellation"),
        _("Their answer appears next to what you said of “%(title)s”."),
        _("Read the answer"),
    ),
)


@tells(Kind.CANCELLATION_RATED)
def cancellation_rated(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "cancellation_rated", params


@tells(Kind.CANCELLATION_ANSWERED)
def cancellation_answered(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield other_side(event), "cancellation_answered", params
