"""What happens next in an order, in words, for the person who looks. Pure: an order in, sentences out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.money import format_money
from offers.models import Offer
from orders.models import Order
from payments.models import Payment

State = Order.State
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: words, then perhaps a moment or a length of time to be written as the page writes them."""

    words: str
    moment: datetime | None = None
    span: timedelta | None = None


@dataclass(frozen=True)
class Words:
    """A sentence with places for dates: ``Due on {due}.``, and the values that go there."""

    text: str
    values: Mapping[str, datetime | timedelta | None] = field(default_factory=dict)

    @property
    def parts(self) -> list[Part]:
        """The sentence cut at its places. A place without a value is left out."""
        pieces = PLACE.split(self.text)
        parts = []
        for index in range(0, len(pieces), 2):
            value = self.values.get(pieces[index + 1]) if index + 1 < len(pieces) else None
            parts.append(
                Part(
                    pieces[index],
                    moment=value if isinstance(value, datetime) else None,
                    span=value if isinstance(value, timedelta) else None,
                )
            )
        return parts


@dataclass(frozen=True)
class NextStep:
    """What an order waits for. ``yours``: the person who looks is the one to act. ``act``: the first thing to do."""

    title: str
    words: Words
    tone: str = "neutral"
    icon: str = "package"
    due_at: datetime | None = None
    """When it has to be done, for lists."""
    clock: datetime | None = None
    """A moment to count down to."""
    yours: bool = False
    act: str = ""


KindStep = Callable[[Order, str], NextStep | None]
KindActs = Callable[[Order, str, set[str]], set[str]]
_steps: dict[str, KindStep] = {}
_acts: dict[str, KindActs] = {}


def step_of(kind: str) -> Callable[[KindStep], KindStep]:
    """Let a kind of order have words of its own; where it has none, those of every order serve."""

    def register(step: KindStep) -> KindStep:
        _steps[kind] = step
        return step

    return register


def acts_of(kind: str) -> Callable[[KindActs], KindActs]:
    """Let a kind of order add acts to those of every order, or take some away."""

    def register(acts: KindActs) -> KindActs:
        _acts[kind] = acts
        return acts

    return register


def first_name(user: User) -> str:
    """How a person is called in a sentence."""
    return user.first_name or user.display_name


def days(order: Order) -> str:
    """The delivery time as people say it."""
    count = max(1, round(order.delivery_seconds / 86_400))
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


def delay(days: int) -> str:
    """What an extra does to the delivery time; empty when it changes nothing."""
    if days > 0:
        return ngettext("%(n)s day more", "%(n)s days more", days) % {"n": days}
    if days < 0:
        return ngettext("%(n)s day sooner", "%(n)s days sooner", -days) % {"n": -days}
    return ""


def version(order: Order) -> int:
    """The number of the deliverable that is expected or was just handed over: each revision asks for one more."""
    return max(1, order.delivered_count + order.is_being_revised)


def allowed(order: Order, side: str) -> frozenset[str]:
    """The acts open to a side now. The actions have the last word, under lock."""
    acts: set[str] = set()
    waiting = order.state == State.ACTIVE and not order.is_started
    working = order.state == State.ACTIVE and order.is_started
    if side == "buyer":
        if order.state == State.PENDING_PAYMENT:
            acts |= {"pay"}
        if order.state == State.PENDING_PAYMENT or waiting:
            acts |= {"cancel"}
        if order.state in (State.PENDING_PAYMENT, State.ACTIVE) and not order.first_delivered_at:
            acts |= {"brief"}
        if order.state == State.DELIVERED:
            acts |= {"accept", "question"}
            if order.revision_refused_at is None:
                acts |= {"revise"}
            if order.acceptance_extended_at is None:
                acts |= {"more_time"}
        if order.may_cancel_late:
            acts |= {"cancel_late"}
        if order.is_paused:
            acts |= {"contest"}
        if order.takes_extras and order.add_ons_offered:
            acts |= {"add_extra"}
    if side == "expert":
        if waiting:
            acts |= {"start", "decline"}
        if working:
            acts |= {"deliver"}
        if order.takes_extras:
            acts |= {"propose_extra"}
        if order.countdown_runs:
            acts |= {"extend"}
        if order.is_paused:
            acts |= {"resume"}
        if order.may_cancel_silent:
            acts |= {"cancel_silent"}
    if side in ("buyer", "expert"):
        until = order.reviewable_until
        if until and clock.now() < until:
            acts |= {"review"}
        if working or order.state == State.DELIVERED:
            acts |= {"dispute", "ask_cancel", "propose_split"}
        if order.paid_at and order.state in (State.ACTIVE, State.DELIVERED, State.DISPUTED):
            acts |= {"message"}
    if (of_kind := _acts.get(order.kind)) is not None:
        acts = of_kind(order, side, acts)
    return frozenset(acts)


def next_step(order: Order, side: str) -> NextStep:
    """What comes next, said to ``buyer``, ``expert`` or ``staff``. Reads the order, its people and its payment."""
    names = {
        "buyer": first_name(order.buyer),
        "expert": first_name(order.expert),
        "total": format_money(order.total_cents),
        "net": format_money(order.net_cents),
        "reference": order.reference,
        "days": days(order),
        "n": version(order),
    }
    if (of_kind := _steps.get(order.kind)) is not None and (step := of_kind(order, side)) is not None:
        return step
    match order.state:
        case State.PENDING_PAYMENT:
            return _unpaid(order, side, names)
        case State.ACTIVE if order.is_paused:
            return _paused(order, side, names)
        case State.ACTIVE if not order.is_started:
            return _to_start(order, side, names)
        case State.ACTIVE if order.first_delivered_at:
            return _revising(order, side, names)
        case State.ACTIVE:
            return _working(order, side, names)
        case State.DELIVERED:
            return _delivered(order, side, names)
        case State.COMPLETED:
            return _completed(order, side, names)
        case State.DISPUTED:
            return NextStep(
                _("Order frozen: our team is examining it"),
                Words(
                    _(
                        "A dispute was opened on {disputed}. Nothing moves until our team has decided; "
                        "you can go on writing here."
                    ),
                    {"disputed": order.disputed_at},
                ),
                tone="bad",
                icon="scale",
            )
        case State.RESOLVED:
            return _resolved(order, side)
    return _cancelled(order, side, names)


def _unpaid(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    payment = order.payment
    due = {"deadline": order.payment_due_at}
    if side != "buyer":
        return NextStep(
            _("Waiting for %(buyer)s to pay") % names,
            Words(_("Without a payment before {deadline}, the order ends."), due),
            icon="clock",
            due_at=order.payment_due_at,
        )
    if payment.state == Payment.State.AWAITING_TRANSFER:
        missing = (payment.transfer_instructions or {}).get("missing")
        text = _("Send %(total)s with the reference %(reference)s before {deadline}.") % names
        if missing:
            text = _(
                "Part of the amount came in: %(missing)s are still missing. Send them with the reference "
                "%(reference)s before {deadline}."
            ) % {**names, "missing": format_money(int(missing))}
        return NextStep(
            _("We are waiting for your transfer"),
            Words(f"{text} {_('The order begins when the money arrives.')}", due),
            tone="warn",
            icon="landmark",
            due_at=order.payment_due_at,
            yours=True,
            act="pay",
        )
    if payment.state == Payment.State.FAILED:
        return NextStep(
            _("Your payment was declined"),
            Words(_("Nothing was charged. Try again or choose another way to pay before {deadline}."), due),
            tone="bad",
            icon="credit-card",
            due_at=order.payment_due_at,
            yours=True,
            act="pay",
        )
    return NextStep(
        _("Pay to place the order"),
        Words(_("Nothing has been charged yet. We keep your order until {deadline}."), due),
        tone="warn",
        icon="credit-card",
        due_at=order.payment_due_at,
        yours=True,
        act="pay",
    )


def _to_start(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    due = {"deadline": order.start_due_at}
    if side == "expert":
        text = _(
            "Start before {deadline}, or the order is cancelled and the buyer paid back. "
            "You then have %(days)s to deliver."
        )
        if order.items_missing:
            text = _missing(order) + " " + text
        elif not order.brief:
            text = (
                _("%(buyer)s has not written a brief yet: ask in the messages for what you need.")
                + " "
                + text
            )
        return NextStep(
            _("Read the brief, then start"),
            Words(text % names, due),
            tone="warn",
            icon="play",
            due_at=order.start_due_at,
            clock=order.start_due_at,
            yours=True,
            act="start",
        )
    if side == "buyer" and order.items_missing:
        return NextStep(
            _("Send %(expert)s what is needed to begin") % names,
            Words(
                _missing(order)
                + " "
                + _(
                    "%(expert)s has until {deadline} to begin. Until then you can cancel and get everything back."
                )
                % names,
                due,
            ),
            tone="warn",
            icon="clipboard-list",
            due_at=order.start_due_at,
            yours=True,
            act="supply",
        )
    if side == "buyer" and not order.brief:
        return NextStep(
            _("Tell %(expert)s what you need") % names,
            Words(
                _(
                    "Your brief is empty: %(expert)s needs it to begin, before {deadline}. "
                    "Until work begins you can cancel and get everything back."
                )
                % names,
                due,
            ),
            tone="warn",
            icon="clipboard-list",
            due_at=order.start_due_at,
            yours=True,
            act="brief",
        )
    text = _(
        "Work must begin before {deadline}; otherwise the order is cancelled and everything is paid back."
    )
    if side == "buyer":
        text += " " + _("Until then you can still cancel freely.")
    return NextStep(
        _("%(expert)s has not begun yet") % names,
        Words(text, due),
        icon="package",
        due_at=order.start_due_at,
    )


def _missing(order: Order) -> str:
    """How many of the items the expert cannot do without are not there."""
    return ngettext(
        "%(n)s item that is needed to begin is missing.",
        "%(n)s items that are needed to begin are missing.",
        order.items_missing,
    ) % {"n": order.items_missing}


def _paused(order: Order, side: str, names: dict[str, Any]) -> NextStep:
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


def _working(order: Order, side: str, names: dict[str, Any]) -> NextStep:
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


def _revising(order: Order, side: str, names: dict[str, Any]) -> NextStep:
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


def _delivered(order: Order, side: str, names: dict[str, Any]) -> NextStep:
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
            _("%(expert)s does not revise this version") % names,
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
    text += " " + _("Without an answer before {deadline}, it is accepted by itself.")
    title = (
        _("Deliverable no. %(n)s: yours to check")
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


def _completed(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    values: dict[str, datetime | timedelta | None] = {"completed": order.completed_at}
    accepted = (
        _("Accepted by itself on {completed}: the time to answer had run out.")
        if order.accepted_automatically
        else _("Accepted on {completed}.")
    )
    if side == "expert":
        clearing = order.timer("clearing_automatic" if order.accepted_automatically else "clearing_manual")
        values["available"] = order.completed_at + clearing if order.completed_at else None
        return NextStep(
            _("Completed: %(net)s net for you") % names,
            Words(f"{accepted} {_('The money can be withdrawn from {available}.')}", values),
            tone="ok",
            icon="circle-check",
        )
    rights = (
        _("All rights in the files are assigned to the buyer.")
        if order.rights == Offer.IpClause.FULL_ASSIGNMENT
        else _("The files may be used under the licence of the order.")
    )
    if side == "buyer" and order.rights == Offer.IpClause.FULL_ASSIGNMENT:
        rights = _("The files and all the rights in them are yours.")
    return NextStep(
        _("Order completed"), Words(f"{accepted} {rights}", values), tone="ok", icon="circle-check"
    )


def _resolved(order: Order, side: str) -> NextStep:
    amounts = _shared(order)
    text = {
        "buyer": _("Decided on {resolved}: %(refund)s go back to you, %(released)s to the expert."),
        "expert": _("Decided on {resolved}: %(refund)s go back to the buyer, %(net)s net are yours."),
    }.get(
        side,
        _(
            "Decided on {resolved}: %(refund)s back to the buyer, %(released)s to the expert before commission."
        ),
    )
    return NextStep(
        _("The dispute is resolved"),
        Words(text % amounts, {"resolved": order.resolved_at}),
        tone="viol",
        icon="gavel",
    )


def _shared(order: Order) -> dict[str, str]:
    """What the end of an order gave to whom, all its payments together."""
    return {
        "refund": format_money(order.refunded_cents or 0),
        "released": format_money(order.released_cents),
        "net": format_money(order.earned_cents or 0),
    }


def _cancelled(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    Cause = Order.CancelCause  # noqa: N806
    mine = {
        Cause.BUYER: "buyer",
        Cause.LATE: "buyer",
        Cause.DECLINED: "expert",
        Cause.NOT_STARTED: "expert",
        Cause.UNANSWERED: "expert",
        Cause.CALL_BUYER: "buyer",
        Cause.CALL_EXPERT: "expert",
        Cause.EXPERT_AWAY: "expert",
    }.get(Cause(order.cancel_cause))
    if mine == side:
        text = {
            Cause.BUYER: _("You cancelled it on {cancelled}, before work began."),
            Cause.LATE: _("The delivery was late: you cancelled it on {cancelled}."),
            Cause.DECLINED: _("You declined it on {cancelled}."),
            Cause.NOT_STARTED: _("You did not start in time: it ended on {cancelled}."),
            Cause.UNANSWERED: _("You did not answer in time: it ended on {cancelled}."),
            Cause.CALL_BUYER: _("You cancelled the call on {cancelled}, in good time."),
            Cause.CALL_EXPERT: _("You cancelled the call on {cancelled}."),
            Cause.EXPERT_AWAY: _("You did not come to the call: it ended on {cancelled}."),
        }[Cause(order.cancel_cause)]
    else:
        text = {
            Cause.BUYER: _("%(buyer)s cancelled it on {cancelled}, before work began."),
            Cause.DECLINED: _("%(expert)s declined it on {cancelled}."),
            Cause.NOT_STARTED: _("%(expert)s did not start in time: it ended on {cancelled}."),
            Cause.UNPAID: _("It was not paid in time and ended on {cancelled}. Nothing was charged."),
            Cause.STAFF: _("Our team cancelled it on {cancelled}."),
            Cause.LATE: _("The delivery was late: %(buyer)s cancelled it on {cancelled}."),
            Cause.AGREED: _("Both parties agreed to cancel it: it ended on {cancelled}."),
            Cause.SETTLED: _("Both parties agreed to share the amount: it ended on {cancelled}."),
            Cause.BUYER_SILENT: _("What the expert needed did not come: it ended on {cancelled}."),
            Cause.UNANSWERED: _("The question was not answered in time: it ended on {cancelled}."),
            Cause.CALL_BUYER: _("%(buyer)s cancelled the call on {cancelled}, in good time."),
            Cause.CALL_EXPERT: _("%(expert)s cancelled the call on {cancelled}."),
            Cause.EXPERT_AWAY: _("%(expert)s did not come to the call: it ended on {cancelled}."),
        }[Cause(order.cancel_cause)] % names
    if order.cancel_cause == Cause.SETTLED:
        amounts = _shared(order)
        text += " " + (
            {
                "buyer": _("%(refund)s go back to you, %(released)s to the expert."),
                "expert": _("%(refund)s go back to the buyer, %(net)s net are yours."),
            }.get(side, _("%(refund)s back to the buyer, %(released)s to the expert before commission."))
            % amounts
        )
    elif order.paid_at and side == "buyer":
        text += " " + _("%(total)s go back to the means you paid with.") % names
    elif order.paid_at:
        text += " " + _("The buyer is paid back in full.")
    return NextStep(_("Order cancelled"), Words(text, {"cancelled": order.cancelled_at}), icon="ban")


@dataclass(frozen=True)
class Milestone:
    """A step on the line of an order: ``done``, ``current`` or ``next``, and its date if it has one."""

    label: str
    state: str
    at: datetime | None = None


def milestones(order: Order, *, brief_at: datetime | None = None) -> list[Milestone]:
    """The line of an order from placement to its end. ``brief_at``: when the brief was last completed."""
    placed = Milestone(_("Ordered"), "done", order.placed_at)
    if order.state == State.CANCELLED:
        return [placed, Milestone(_("Cancelled"), "done", order.cancelled_at)]
    brief = Milestone(_("Brief"), "done", brief_at or order.placed_at)
    work = Milestone(_("In progress"), "done", order.started_at)
    check = Milestone(_("To check"), "done", order.delivered_at)
    end = Milestone(_("Completed"), "next")
    match order.state:
        case State.PENDING_PAYMENT:
            return [
                Milestone(_("Payment"), "current", order.payment_due_at),
                Milestone(_("Brief"), "next"),
                Milestone(_("In progress"), "next"),
                Milestone(_("To check"), "next"),
                end,
            ]
        case State.ACTIVE if not order.is_started:
            return [
                placed,
                Milestone(_("Brief"), "current", brief_at),
                Milestone(_("In progress"), "next"),
                Milestone(_("To check"), "next"),
                end,
            ]
        case State.ACTIVE if order.first_delivered_at:
            return [
                placed,
                brief,
                work,
                Milestone(_("Revision"), "current"),
                Milestone(_("To check"), "next"),
                end,
            ]
        case State.ACTIVE:
            return [
                placed,
                brief,
                Milestone(_("In progress"), "current", order.started_at),
                Milestone(_("To check"), "next", order.due_at),
                end,
            ]
        case State.DELIVERED:
            return [placed, brief, work, Milestone(_("To check"), "current", order.delivered_at), end]
        case State.COMPLETED:
            return [placed, brief, work, check, Milestone(_("Completed"), "done", order.completed_at)]
    decided = Milestone(_("Decision"), "next")
    dispute = Milestone(_("Disputed"), "current", order.disputed_at)
    if order.state == State.RESOLVED:
        dispute = Milestone(_("Disputed"), "done", order.disputed_at)
        decided = Milestone(_("Resolved"), "done", order.resolved_at)
    line = [placed, brief, work]
    if order.first_delivered_at:
        line.append(Milestone(_("Delivered"), "done", order.delivered_at))
    return [*line, dispute, decided]
