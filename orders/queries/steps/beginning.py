"""Before work begins: the payment, the brief, the start."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.kernel.money import format_money
from orders.models import Order
from orders.queries.steps.words import NextStep, Words
from payments.models import Payment


def unpaid(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    """The order waits for its payment."""
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
        text += " " + _("The order begins when the money arrives.")
        return NextStep(
            _("We are waiting for your transfer"),
            Words(text, due),
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


def _kept_waiting(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    """The buyer may withdraw, and did not ask that the work begin meanwhile."""
    text = {
        "expert": _(
            "%(buyer)s may withdraw from the contract until then. Start from {opens}, and before {deadline}; you then "
            "have %(days)s to deliver."
        ),
        "buyer": _(
            "As you asked, the work begins once your 14 days to withdraw are over: from {opens}, and before {deadline}. "
            "Until then you can cancel and get everything back."
        ),
    }[side]
    return NextStep(
        _("The work begins after the 14 days"),
        Words(text % names, {"opens": order.work_from, "deadline": order.start_due_at}),
        icon="clock",
        due_at=order.work_from,
    )


def to_start(order: Order, side: str, names: dict[str, Any]) -> NextStep:
    """The order is paid: its expert reads the brief and begins."""
    due = {"deadline": order.start_due_at}
    if order.is_kept_waiting and side != "staff":
        return _kept_waiting(order, side, names)
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
