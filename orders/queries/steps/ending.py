"""Once an order ended, and who got what."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from marketplace.kernel.money import format_money
from offers.models import Offer
from orders.models import Order
from orders.queries.steps.words import NextStep, Words


def completed(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    """The deliverable was accepted."""
    values: dict[str, datetime | timedelta | None] = {"completed": order.completed_at}
    accepted = (
        _("Accepted by itself on {completed}: the time to answer had run out.")
        if order.accepted_automatically
        else _("Accepted on {completed}.")
    )
    if side == "expert":
        clearing = order.timer("clearing_automatic" if order.accepted_automatically else "clearing_manual")
        values["available"] = order.completed_at + clearing if order.completed_at else None
        text = accepted + " " + _("The money can be withdrawn from {available}.")
        return NextStep(
            _("Completed: %(net)s net for you") % names,
            Words(text, values),
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


def resolved(order: Order, side: str) -> NextStep:
    """Our team decided a dispute."""
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


def cancelled(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    """The order ended without a deliverable, whoever ended it."""
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
        Cause.WITHDRAWN: "buyer",
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
            Cause.WITHDRAWN: _("You withdrew from the contract on {cancelled}."),
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
            Cause.WITHDRAWN: _("%(buyer)s withdrew from the contract on {cancelled}, as the law allows."),
            Cause.CHARGED_BACK: _("The buyer's bank took the payment back: it ended on {cancelled}."),
        }[Cause(order.cancel_cause)] % names
    if order.cancel_cause == Cause.CHARGED_BACK:
        pass  # the bank did the rest
    elif order.cancel_cause == Cause.SETTLED or order.earned_cents:
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
