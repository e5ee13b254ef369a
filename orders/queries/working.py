"""What happens while work runs, said in the thread of an order to whoever looks."""

from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.kernel import clock
from orders.models import Order, OrderEvent, Pause
from orders.queries.steps import first_name

Kind = OrderEvent.Kind
End = Pause.End
Said = tuple[str, str, str, str]
"""Title, text, icon and tone."""


def said(event: OrderEvent, order: Order, side: str) -> Said | None:
    """An event of the work, or nothing when it is of another kind."""
    data = event.data
    own = event.actor_id is not None and event.actor_id == {
        "buyer": order.buyer_id,
        "expert": order.expert_id,
    }.get(side)
    names = {"buyer": first_name(order.buyer), "expert": first_name(order.expert), "item": "", **data}
    match event.kind:
        case Kind.ITEMS_SUPPLIED:
            title = _("You sent what is needed.") if own else _("%(buyer)s sent what is needed.") % names
            return title, str(data.get("item", "")), "clipboard-check", "neutral"
        case Kind.PAUSED:
            title = {
                "expert": _("You wait for %(buyer)s."),
                "buyer": _("%(expert)s waits for something from you."),
            }.get(side, _("%(expert)s waits for %(buyer)s."))
            text = _("Missing: %(item)s. The dates stand still meanwhile.")
            return title % names, text % names, "pause", "accent"
        case Kind.RESUMED:
            return _resumed(event, names)
        case Kind.ROUND_REQUESTED:
            title = (
                _("You asked for one more revision.")
                if own
                else _("%(buyer)s asked for one more revision.") % names
            )
            return title, _("The rounds included are used up."), "refresh-cw", "accent"
        case Kind.REVISION_ACCEPTED:
            title = _("You took on the revision.") if own else _("%(expert)s took on the revision.") % names
            text = _("Expected on %(when)s.") % {"when": _when(data.get("revision_due_at"))}
            return title, text, "check", "info"
        case Kind.REVISION_REFUSED:
            if data.get("silent"):
                return _("No further revision was agreed in time."), "", "clock", "neutral"
            title = _("You refused the revision.") if own else _("%(expert)s refused the revision.") % names
            return title, "", "circle-x", "bad"
        case Kind.QUESTION_ASKED:
            title = (
                _("You asked about the deliverable.")
                if own
                else _("%(buyer)s asked about the deliverable.") % names
            )
            return title, "", "message-circle-question", "accent"
        case Kind.ACCEPTANCE_EXTENDED:
            title = (
                _("You took more time to answer.")
                if own
                else _("%(buyer)s took more time to answer.") % names
            )
            text = _("Accepted by itself on %(when)s.") % {"when": _when(data.get("acceptance_due_at"))}
            return title, text, "calendar-clock", "neutral"
    return None


def _resumed(event: OrderEvent, names: dict[str, str]) -> Said:
    due = event.data.get("due_at") or event.data.get("start_due_at")
    titles = {
        End.SUPPLIED: _("What was missing is there: the dates are running again."),
        End.CONTESTED: _("%(buyer)s says that nothing is missing: the dates are running again.") % names,
        End.RAN_OUT: _("The pause is over: the dates are running again."),
    }
    title = titles.get(
        event.data.get("end"), _("%(expert)s no longer waits: the dates are running again.") % names
    )
    return title, _("New date: %(when)s.") % {"when": _when(due)} if due else "", "play", "info"


def _when(moment: str | None) -> str:
    return clock.in_words(datetime.fromisoformat(moment)) if moment else "–"
