"""How the events of a dispute read in the timeline of its order."""

from django.utils.translation import gettext as _

from marketplace.kernel.money import format_money
from orders.models import Order, OrderEvent

Kind = OrderEvent.Kind
Said = tuple[str, str, str, str]


def said(event: OrderEvent, order: Order, side: str, own: bool, names: dict[str, str]) -> Said | None:
    """Title, text, icon and tone; nothing for an event of another kind."""
    data = event.data
    who = {"who": names["buyer"] if event.actor_id == order.buyer_id else names["expert"]}
    match event.kind:
        case Kind.DISPUTED if data.get("claim"):
            title = _("You made a claim.") if own else _("%(who)s made a claim.") % who
            return title, _("What could not be withdrawn yet waits for the decision."), "scale", "bad"
        case Kind.DISPUTE_WITHDRAWN if data.get("claim"):
            title = _("You withdrew the claim.") if own else _("%(who)s withdrew the claim.") % who
            return title, _("The order stays completed."), "undo-2", "ok"
        case Kind.RESOLVED if data.get("agreed"):
            return (
                _("You agreed on a split: the claim is settled."),
                str(data.get("reason", "")),
                "handshake",
                "ok",
            )
        case Kind.DISPUTED:
            title = _("You opened a dispute.") if own else _("%(who)s opened a dispute.") % who
            return title, _("The order and its money are frozen."), "scale", "bad"
        case Kind.DISPUTE_ANSWERED:
            title = _("You answered the dispute.") if own else _("%(who)s answered the dispute.") % who
            return title, _("Our team can decide now."), "scale", "neutral"
        case Kind.DISPUTE_WITHDRAWN:
            title = _("You withdrew the dispute.") if own else _("%(who)s withdrew the dispute.") % who
            return title, _("The order goes on with the time it had left."), "undo-2", "ok"
        case Kind.RELAUNCHED:
            return _("Our team let the work go on."), str(data.get("reason", "")), "gavel", "viol"
        case Kind.RESOLVED:
            refund = int(data.get("refund_cents", 0))
            if side == "expert":
                text = _("%(refund)s back to the buyer, %(net)s net for you.")
            else:
                text = _("%(refund)s back to the buyer, %(released)s to the expert.")
            amounts = {
                "refund": format_money(refund),
                "released": format_money(order.total_cents - refund),
                "net": format_money(int(data.get("net_cents", 0))),
            }
            return _("The dispute is resolved."), text % amounts, "gavel", "viol"
        case Kind.APPEALED:
            title = _("You appealed the decision.") if own else _("%(who)s appealed the decision.") % who
            return title, _("Another member of our team looks at it again."), "scale", "warn"
        case Kind.APPEAL_DECIDED:
            return _("The appeal is decided."), str(data.get("reason", "")), "gavel", "viol"
        case Kind.RULING_CORRECTED:
            return _("Our team corrected the decision."), str(data.get("reason", "")), "gavel", "viol"
    return None
