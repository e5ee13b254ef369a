"""While work runs: pauses, the first deliverable, revisions, and what waits to be accepted."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from offers.models import Offer
from orders.models import Order
from orders.queries.steps.words import NextStep, Words


def paused(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    """The order stands still until the buyer sends what is missing."""
    values = {
        "deadline": order.pause_due_at,
        "left": order.time_left,
        "silent": order.silent_cancel_at,
    }
    due = order.pause_due_at
    if order.is_started and side == "expert" and order.may_cancel_silent:
        text = _(
            "%(buyer)s has had the time to send it. You may cancel without fault, or go on; the countdown runs "
            "again on {deadline} at the latest."
        )
        return NextStep(
            _("%(buyer)s has not sent what is missing") % names,
            Words(text % names, values),
            tone="warn",
            icon="pause",
            due_at=due,
            yours=True,
            act="resume",
        )
    if side == "buyer":
        text = (
            _(
                "The countdown is paused, with {left} left. It runs again by itself once you send it, or on {deadline}."
            )
            if order.is_started
            else _("Send it before {deadline}: otherwise the order is cancelled and everything is paid back.")
        )
        return NextStep(
            _("%(expert)s waits for something from you") % names,
            Words(text, values),
            tone="warn",
            icon="pause",
            due_at=due,
            yours=True,
            act="supply",
        )
    text = (
        _(
            "The countdown is paused, with {left} left. If nothing comes, you may cancel without fault from {silent}."
        )
        if order.is_started
        else _(
            "If nothing comes before {deadline}, the order is cancelled; that does not show on your profile."
        )
    )
    return NextStep(_("Waiting for %(buyer)s") % names, Words(text, values), icon="pause", due_at=due)


def working(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    """The first deliverable is being made, or is late."""
    due = {"due": order.due_at, "grace": order.late_cancel_at}
    yours = side == "expert"
    if order.is_late:
        text = _("It was due on {due}.")
        if side == "expert":
            text += " " + (
                _("Deliver now: since {grace}, %(buyer)s may cancel alone and be paid back in full.")
                if order.may_cancel_late
                else _("Deliver now, or propose a later date: from {grace}, %(buyer)s may cancel alone.")
            )
        elif side == "buyer":
            text += " " + (
                _("Nothing has come: you can cancel alone and get everything back, or go on waiting.")
                if order.may_cancel_late
                else _("Write to %(expert)s. From {grace}, you can cancel alone and get everything back.")
            )
        text %= names
        return NextStep(
            _("The delivery is late"),
            Words(text, due),
            tone="bad",
            icon="triangle-alert",
            due_at=order.due_at,
            clock=order.due_at,
            yours=yours,
            act="deliver" if yours else "",
        )
    if side == "expert":
        title = {
            Offer.Kind.QUESTION: _("Write your answer"),
            Offer.Kind.CALL: _("Hold the call, then deliver its notes"),
        }.get(Offer.Kind(order.kind), _("Prepare the deliverable"))
        return NextStep(
            title,
            Words(_("Due on {due}. Hand it over here: %(buyer)s is told at once.") % names, due),
            tone="info",
            icon="timer",
            due_at=order.due_at,
            clock=order.due_at,
            yours=True,
            act="deliver",
        )
    title = {
        Offer.Kind.QUESTION: _("%(expert)s is writing the answer"),
        Offer.Kind.CALL: _("%(expert)s is preparing the call"),
    }.get(Offer.Kind(order.kind), _("%(expert)s is working on the deliverable"))
    return NextStep(
        title % names,
        Words(_("Delivery expected on {due}."), due),
        tone="info",
        icon="timer",
        due_at=order.due_at,
        clock=order.due_at,
    )


def revising(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    """The next version is being made, or is late."""
    due = {"due": order.revision_due_at}
    late = order.is_revision_late
    if side == "expert":
        text = (
            _("Version no. %(n)s was expected on {due}. Hand it over, or tell %(buyer)s when it comes.")
            if late
            else _("Read what %(buyer)s asks for, then hand over version no. %(n)s. It is expected on {due}.")
        )
        return NextStep(
            _("The revision is overdue") if late else _("New instructions received"),
            Words(text % names, due),
            tone="bad" if late else "warn",
            icon="triangle-alert" if late else "refresh-cw",
            due_at=order.revision_due_at,
            yours=True,
            act="deliver",
        )
    text = (
        _("It was expected on {due}. Write to %(expert)s; if nothing comes, you can open a dispute.")
        if late
        else _("The new version is expected on {due}.")
    )
    return NextStep(
        _("The revision is overdue") if late else _("%(expert)s is working on the revision") % names,
        Words(text % names, due),
        tone="bad" if late else "info",
        icon="triangle-alert" if late else "refresh-cw",
        due_at=order.revision_due_at,
    )


def delivered(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    """A deliverable waits to be checked."""
    values: dict[str, datetime | timedelta | None] = {
        "received": order.delivered_at,
        "deadline": order.acceptance_due_at,
    }
    first = order.delivered_count <= 1
    if side == "expert" and order.question_at:
        return NextStep(
            _("%(buyer)s asks about your deliverable") % names,
            Words(
                _(
                    "Answer in the messages. Without an answer from %(buyer)s before {deadline}, the deliverable "
                    "is accepted by itself."
                )
                % names,
                values,
            ),
            tone="warn",
            icon="message-circle-question",
            due_at=order.acceptance_due_at,
            yours=True,
            act="message",
        )
    if order.revision_refused_at and side == "buyer":
        return NextStep(
            _("%(expert)s refused this revision") % names,
            Words(
                _(
                    "Accept the deliverable, agree on something else, or open a dispute. Without an answer before "
                    "{deadline}, it is accepted by itself."
                ),
                values,
            ),
            tone="warn",
            icon="package-check",
            due_at=order.acceptance_due_at,
            yours=True,
            act="accept",
        )
    if order.revision_refused_at and side == "expert":
        return NextStep(
            _("It is now up to %(buyer)s to decide") % names,
            Words(
                _(
                    "%(buyer)s accepts the deliverable, agrees on something else with you, or opens a dispute. Without "
                    "an answer before {deadline}, it is accepted by itself and you are paid."
                )
                % names,
                values,
            ),
            icon="package-check",
            due_at=order.acceptance_due_at,
        )
    if side == "expert":
        return NextStep(
            _("%(buyer)s is checking your deliverable") % names,
            Words(
                _(
                    "Handed over on {received}. Without an answer before {deadline}, it is accepted by itself "
                    "and you are paid."
                ),
                values,
            ),
            icon="package-check",
            due_at=order.acceptance_due_at,
        )
    text = _("Received on {received}.")
    if first and order.due_at and order.delivered_at and order.delivered_at < order.due_at:
        values["lead"] = order.due_at - order.delivered_at
        text = _("Received on {received}, {lead} ahead of time.")
    if side == "buyer" and order.question_at:
        text += " " + _("%(expert)s has your question.") % names
    text += " " + _("Without an answer before {deadline}, it is accepted by itself.")
    if side == "buyer" and order.question_at:
        text += " " + _("%(expert)s has your question; it does not move this date.") % names
    title = (
        _("Deliverable no.\u00a0%(n)s: yours to check")
        if side == "buyer"
        else _("%(buyer)s is checking the deliverable")
    )
    return NextStep(
        title % names,
        Words(text, values),
        tone="warn",
        icon="package-check",
        due_at=order.acceptance_due_at,
        yours=side == "buyer",
        act="accept" if side == "buyer" else "",
    )
