"""From the start to the deliverable accepted, and what happens to it in between."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from messaging.words import Topic, Words, register
from orders.models import OrderEvent
from orders.notifications.telling import Told, tells

Kind = OrderEvent.Kind


@tells(Kind.BRIEF_COMPLETED)
def brief_completed(event: OrderEvent, params: dict[str, Any]) -> Told:
    if event.order.paid_at:  # before, the expert does not know of the order
        yield event.order.expert, "brief_completed", params


@tells(Kind.STARTED)
def started(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "order_started", params


@tells(Kind.DELIVERED)
def delivered(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "order_delivered", params


@tells(Kind.REVISION_REQUESTED)
def revision_requested(event: OrderEvent, params: dict[str, Any]) -> Told:
    incomplete = event.data.get("incomplete")
    yield event.order.expert, "version_incomplete" if incomplete else "revision_requested", params


@tells(Kind.DELIVERY_ACCEPTED)
def accepted(event: OrderEvent, params: dict[str, Any]) -> Told:
    by_itself = event.data.get("automatic")
    yield event.order.expert, "delivery_accepted_expert", params
    if by_itself:
        until = event.created_at + event.order.timer("claim")
        params = {**params, "closes_at": until.isoformat()}
    yield event.order.buyer, "delivery_accepted_by_itself" if by_itself else "delivery_accepted_buyer", params


@tells(Kind.ROUND_REQUESTED)
def round_requested(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.expert, "round_requested", params


@tells(Kind.REVISION_ACCEPTED)
def revision_accepted(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.buyer, "revision_accepted", params


@tells(Kind.REVISION_REFUSED)
def revision_refused(event: OrderEvent, params: dict[str, Any]) -> Told:
    if event.data.get("priced"):  # the price says it
        return
    yield event.order.buyer, "round_refused" if event.data.get("extra") else "revision_refused", params


@tells(Kind.QUESTION_ASKED)
def question_asked(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.expert, "delivery_question", params


@tells(Kind.ACCEPTANCE_EXTENDED)
def acceptance_extended(event: OrderEvent, params: dict[str, Any]) -> Told:
    yield event.order.expert, "acceptance_extended", params


register(
    "round_requested",
    Words(
        _("%(buyer)s asks for one more revision"),
        _("The rounds of “%(title)s” are used up: you are free to agree or not, before %(answer_due)s."),
        _("Read what is asked"),
    ),
)
register(
    "version_incomplete",
    Words(
        _("%(buyer)s flags files as missing or unreadable"),
        _("Complete your deliverable of “%(title)s” and hand it over again before %(revision_due)s."),
        _("See what is missing"),
    ),
)
register(
    "revision_accepted",
    Words(
        _("%(expert)s takes on the revision"),
        _("A new version of “%(title)s” is expected on %(revision_due)s."),
        _("Follow the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "revision_refused",
    Words(
        _("%(expert)s refuses the revision"),
        _("“%(reason)s” Accept the deliverable of “%(title)s” or open a dispute before %(acceptance_due)s."),
        _("Open the order"),
    ),
)
register(
    "round_refused",
    Words(
        _("No further revision is agreed"),
        _("Accept the deliverable of “%(title)s” or open a dispute before %(acceptance_due)s."),
        _("Open the order"),
    ),
)
register(
    "delivery_question",
    Words(
        _("%(buyer)s asks about your deliverable"),
        _("“%(excerpt)s” Answer in the messages of “%(title)s”."),
        pgettext_lazy("button", "Answer"),
    ),
)
register(
    "acceptance_extended",
    Words(
        _("%(buyer)s takes more time to check"),
        _("“%(title)s” is now accepted by itself on %(acceptance_due)s."),
        _("Open the order"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "delivery_accepted_by_itself",
    Words(
        _("Order accepted by itself"),
        _(
            "You did not answer in time, so “%(title)s” was accepted and the expert is paid. If the work is not what "
            "the order promised, tell us before %(closes)s."
        ),
        _("Open the order"),
    ),
)
# Rows written before the notification named the date keep their own words.
register(
    "delivery_accepted_silently",
    Words(
        _("Order accepted by itself"),
        _("You did not answer in time, so “%(title)s” was accepted and the expert is paid."),
        _("Open the order"),
    ),
)
