"""Events of an order, in the words of who looks."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.kernel import clock
from marketplace.kernel.money import format_money
from orders.models import Order, OrderEvent, RevisionRequest
from orders.queries import calls, disputes, working
from orders.queries.steps import days, delay, first_name
from orders.queries.threads.lines import Entry, FileRow

Kind = OrderEvent.Kind

REASONED = (
    Kind.CANCELLED,
    Kind.RESOLVED,
    Kind.EXTENSION_PROPOSED,
    Kind.CANCEL_REQUESTED,
    Kind.SETTLEMENT_PROPOSED,
    Kind.RESUMED,
    Kind.REVISION_REFUSED,
    Kind.QUESTION_ASKED,
    Kind.EXTRA_PROPOSED,
    Kind.EXTRA_REFUNDED,
    Kind.MOVE_PROPOSED,
    Kind.CALL_FORGONE,
    Kind.ABSENCE_DECLARED,
)
"""Events shown with the words of whoever acted."""

EXTRAS = (
    Kind.EXTRA_PROPOSED,
    Kind.EXTRA_REFUSED,
    Kind.EXTRA_WITHDRAWN,
    Kind.EXTRA_EXPIRED,
    Kind.EXTRA_PAID,
    Kind.EXTRA_REFUNDED,
)
"""Events about what is added while the work runs."""

ASKED = (Kind.REVISION_REQUESTED, Kind.ROUND_REQUESTED)
"""Events shown with what the buyer asked to change."""


def event_entry(
    event: OrderEvent,
    order: Order,
    side: str,
    files_of: dict[int, list[FileRow]],
    requests: dict[int, RevisionRequest],
) -> Entry:
    title, text, icon, tone = said(event, order, side, files_of)
    details: list[tuple[str, str]] = []
    if event.kind in (Kind.REVISION_REQUESTED, Kind.ROUND_REQUESTED) and (
        asked := requests.get(event.data.get("round", 0))
    ):
        details = [
            (label, words)
            for label, words in (
                (_("What works"), asked.good),
                (_("What does not"), asked.wrong),
                (_("What is expected"), asked.expected),
            )
            if words
        ]
    if event.kind in REASONED and event.data.get("reason"):
        details = [(_("Reason"), event.data["reason"])]
    if side != "expert" and event.hand is not None:
        details = [*details, (_("By"), event.hand.display_name)]
    # The opening message is sent while the payment is being recorded: the payment comes first all the same.
    at = order.paid_at if event.kind == Kind.PAID and order.paid_at else event.created_at
    return Entry(kind="event", at=at, icon=icon, tone=tone, title=title, text=text, details=details)


def said(
    event: OrderEvent, order: Order, side: str, files_of: dict[int, list[FileRow]]
) -> tuple[str, str, str, str]:
    """Title, text, icon and tone of an event."""
    data = event.data
    you = {"buyer": order.buyer_id, "expert": order.expert_id}.get(side)
    own = event.actor_id is not None and event.actor_id == you
    names = {
        "buyer": first_name(order.buyer),
        "expert": first_name(order.expert),
        "total": format_money(int(data.get("amount_cents") or order.total_cents)),
        "days": days(order),
    }
    if (told := working.said(event, order, side)) is not None:
        return told
    if (told := disputes.said(event, order, side, own, names)) is not None:
        return told
    if event.kind in EXTRAS:
        return _of_extra(event, side, own, names)
    if event.kind in calls.SAID:
        return calls.said(event, order, side, own=own)
    match event.kind:
        case Kind.PLACED:
            return _("Order placed."), "", "shopping-bag", "neutral"
        case Kind.TRANSFER_AWAITED:
            return (
                _("Bank transfer awaited."),
                _("The order begins when the money arrives."),
                "landmark",
                "neutral",
            )
        case Kind.PAYMENT_DECLINED:
            return _("Payment declined."), _("Nothing was charged."), "credit-card", "bad"
        case Kind.PAID:
            if side == "buyer":
                return (
                    _("You paid %(total)s.") % names,
                    _("We hold the money until you approve."),
                    "credit-card",
                    "ok",
                )
            return (
                _("%(buyer)s paid %(total)s.") % names,
                _("The money is held until the deliverable is accepted."),
                "credit-card",
                "ok",
            )
        case Kind.BRIEF_COMPLETED:
            title = _("You completed the brief.") if own else _("%(buyer)s completed the brief.") % names
            return title, "", "clipboard-check", "neutral"
        case Kind.STARTED:
            title = _("You started the order.") if own else _("%(expert)s started the order.") % names
            text = _("Time to deliver: %(days)s.") % names
            if off := int(data.get("days_off", 0)):
                text += " " + ngettext(
                    "%(n)s day off of the expert is added.", "%(n)s days off of the expert are added.", off
                ) % {"n": off}
            return title, text, "play", "info"
        case Kind.DELIVERED:
            number = data.get("version", 1)
            count = len(files_of.get(number, []))
            text = ngettext("%(n)s file.", "%(n)s files.", count) % {"n": count} if count else ""
            return _("Deliverable no. %(n)s handed over.") % {"n": number}, text, "package-check", "warn"
        case Kind.REVISION_REQUESTED if data.get("incomplete"):
            title = (
                _("You flagged files as missing or unreadable.")
                if own
                else _("%(buyer)s flagged files as missing or unreadable.") % names
            )
            return title, _("It uses up no revision."), "file-warning", "warn"
        case Kind.REVISION_REQUESTED:
            title = _("You asked for a revision.") if own else _("%(buyer)s asked for a revision.") % names
            return title, "", "refresh-cw", "accent"
        case Kind.EXTENSION_PROPOSED:
            title = _("You proposed a later date.") if own else _("%(expert)s proposed a later date.") % names
            new_due = data.get("new_due_at")
            when = clock.in_words(datetime.fromisoformat(new_due)) if new_due else ""
            return title, _("New date: %(when)s.") % {"when": when}, "calendar-clock", "accent"
        case Kind.EXTENSION_AGREED:
            due = data.get("due_at")
            when = clock.in_words(datetime.fromisoformat(due)) if due else ""
            return (
                _("The later date is agreed."),
                _("Due on %(when)s.") % {"when": when},
                "calendar-clock",
                "info",
            )
        case Kind.CANCEL_REQUESTED:
            who = names["buyer"] if event.actor_id == order.buyer_id else names["expert"]
            title = _("You asked to cancel.") if own else _("%(who)s asked to cancel.") % {"who": who}
            return title, "", "ban", "accent"
        case Kind.SETTLEMENT_PROPOSED:
            who = names["buyer"] if event.actor_id == order.buyer_id else names["expert"]
            title = (
                _("You proposed a settlement.") if own else _("%(who)s proposed a settlement.") % {"who": who}
            )
            amounts = {
                "refund": format_money(int(data.get("refund_cents", 0))),
                "net": format_money(int(data.get("net_cents", 0))),
            }
            text = _("%(refund)s back to the buyer, %(net)s net to the expert.") % amounts
            return title, text, "handshake", "accent"
        case Kind.CHANGE_REFUSED:
            who = names["buyer"] if event.actor_id == order.buyer_id else names["expert"]
            title = _("You refused the request.") if own else _("%(who)s refused the request.") % {"who": who}
            return title, _("The order goes on as before."), "circle-x", "neutral"
        case Kind.CHANGE_WITHDRAWN:
            who = names["buyer"] if event.actor_id == order.buyer_id else names["expert"]
            title = (
                _("You withdrew your request.") if own else _("%(who)s withdrew the request.") % {"who": who}
            )
            return title, _("The order goes on as before."), "undo-2", "neutral"
        case Kind.CHANGE_EXPIRED:
            return (
                _("The request was left unanswered."),
                _("The order goes on as before."),
                "clock",
                "neutral",
            )
        case Kind.DELIVERY_ACCEPTED:
            text = ""
            if side == "expert":
                text = _("%(net)s net are yours.") % {"net": format_money(int(data.get("net_cents", 0)))}
            if data.get("automatic"):
                return _("Deliverable accepted by itself."), text, "circle-check", "ok"
            title = (
                _("You accepted the deliverable.")
                if own
                else _("%(buyer)s accepted the deliverable.") % names
            )
            return title, text, "circle-check", "ok"
        case Kind.CANCELLED:
            cause = Order.CancelCause(data.get("cause") or order.cancel_cause)
            text = str(cause.label)
            if cause == Order.CancelCause.SETTLED:
                amounts = {
                    "refund": format_money(int(data.get("refund_cents", 0))),
                    "net": format_money(int(data.get("net_cents", 0))),
                }
                text += " " + _("%(refund)s back to the buyer, %(net)s net to the expert.") % amounts
            return _("Order cancelled."), text, "ban", "neutral"
        case Kind.REFUNDED:
            amount = format_money(int(data.get("amount_cents", 0)))
            return (
                _("%(amount)s refunded.") % {"amount": amount},
                _("Your bank has been told."),
                "undo-2",
                "ok",
            )
        case Kind.CONTESTED:
            title = {
                "opened": _("The buyer's bank examines a payment."),
                "won": _("The bank has decided: the payment stands."),
                "lost": _("The bank gave the payment back to the buyer."),
            }[str(data.get("outcome", "opened"))]
            tone = {"opened": "warn", "won": "ok", "lost": "bad"}[str(data.get("outcome", "opened"))]
            return title, format_money(int(data.get("amount_cents", 0))), "landmark", tone
        case Kind.REVIEWED:
            who = names["buyer"] if event.actor_id == order.buyer_id else names["expert"]
            title = _("You left a review.") if own else _("%(who)s left a review.") % {"who": who}
            return title, "", "star", "neutral"
        case Kind.REVIEW_PUBLISHED:
            who = names["expert"] if data.get("about") == "buyer" else names["buyer"]
            wrote = "expert" if data.get("about") == "buyer" else "buyer"
            title = (
                _("Your review is published.")
                if wrote == side
                else _("The review of %(who)s is published.") % {"who": who}
            )
            return title, _("%(rating)s out of 5.") % {"rating": data.get("rating", "")}, "star", "ok"
        case Kind.REVIEW_HIDDEN | Kind.REVIEW_SHOWN:
            author = "expert" if data.get("about") == "buyer" else "buyer"
            hidden = event.kind == Kind.REVIEW_HIDDEN
            if author == side:
                title = (
                    _("Our team took your review off our pages.")
                    if hidden
                    else _("Our team put your review back on our pages.")
                )
                return title, str(data.get("reason", "")), "star", "warn" if hidden else "ok"
            title = (
                _("Our team took the review of %(who)s off our pages.")
                if hidden
                else _("Our team put the review of %(who)s back on our pages.")
            )
            reason = str(data.get("reason", "")) if side == "staff" else ""
            return title % {"who": names[author]}, reason, "star", "neutral"
        case Kind.CANCELLATION_RATED:
            who = names["buyer"] if event.actor_id == order.buyer_id else names["expert"]
            title = (
                _("You said how the cancellation went.")
                if own
                else _("%(who)s said how the cancellation went.") % {"who": who}
            )
            return title, _("%(rating)s out of 5.") % {"rating": data.get("rating", "")}, "star", "neutral"
        case Kind.CANCELLATION_ANSWERED:
            who = names["buyer"] if event.actor_id == order.buyer_id else names["expert"]
            title = (
                _("You answered about the cancellation.")
                if own
                else _("%(who)s answered about the cancellation.") % {"who": who}
            )
            return title, "", "message-square", "neutral"
        case Kind.REVIEW_ANSWERED:
            who = names["buyer"] if event.actor_id == order.buyer_id else names["expert"]
            title = _("You answered the review.") if own else _("%(who)s answered the review.") % {"who": who}
            return title, "", "message-square", "neutral"
    return str(OrderEvent.Kind(event.kind).label), "", "info", "neutral"


def _of_extra(event: OrderEvent, side: str, own: bool, names: dict[str, str]) -> tuple[str, str, str, str]:
    """Title, text, icon and tone of an event about an extra."""
    data = event.data
    names = {
        **names,
        "extra": str(data.get("extra", "")),
        "price": format_money(int(data.get("amount_cents", 0))),
        "net": format_money(int(data.get("net_cents", 0))),
    }
    text = _("%(extra)s, %(price)s.") % names
    later = delay(int(data.get("days", 0)))
    match event.kind:
        case Kind.EXTRA_PROPOSED:
            title = _("You proposed an extra.") if own else _("%(expert)s proposed an extra.") % names
            return title, f"{text} {later}".strip(), "circle-plus", "accent"
        case Kind.EXTRA_REFUSED:
            title = _("You refused the extra.") if own else _("%(buyer)s refused the extra.") % names
            return title, text, "circle-x", "neutral"
        case Kind.EXTRA_WITHDRAWN:
            title = _("You withdrew the extra.") if own else _("%(expert)s withdrew the extra.") % names
            return title, text, "undo-2", "neutral"
        case Kind.EXTRA_EXPIRED:
            return _("The extra was not paid in time."), text, "clock", "neutral"
        case Kind.EXTRA_PAID:
            title = (
                _("You added %(extra)s to the order.") if side == "buyer" else _("%(buyer)s added %(extra)s.")
            )
            if side == "expert":
                text = _("%(price)s paid, %(net)s net for you. The money is held like the rest.") % names
            else:
                text = _("%(price)s paid. The money is held like the rest.") % names
            return title % names, f"{text} {later}".strip(), "circle-plus", "ok"
    title = _("You paid an extra back.") if own else _("%(expert)s paid an extra back.") % names
    return title, text, "undo-2", "neutral"
