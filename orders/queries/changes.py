"""The request that waits on an order, in the words of whoever looks. Read with the order: no query of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel.money import format_money
from orders.models import Order
from orders.models.changes import ChangeRequest
from orders.models.money import Split, preview_split
from orders.queries.steps import Words, first_name

Kind = ChangeRequest.Kind

ONE_AT_A_TIME = frozenset({"extend", "ask_cancel", "propose_split"})
"""The acts that wait until an open request is answered."""


@dataclass(frozen=True)
class Asked:
    """An open request. ``yours``: the person who looks has to answer; ``mine``: they may withdraw it."""

    public_id: UUID
    kind: str
    title: str
    words: Words
    message: str
    author: str
    answer_due_at: datetime
    yours: bool
    mine: bool
    split: Split | None
    total_cents: int

    @property
    def ends_the_order(self) -> bool:
        return self.kind != Kind.EXTENSION


def open_rows() -> ArraySubquery:
    """The open request of each order as a column, to annotate orders with as ``open_changes``."""
    return ArraySubquery(
        ChangeRequest.objects.open()
        .filter(order=OuterRef("pk"))
        .order_by()
        .values(
            json=JSONObject(
                public_id="public_id",
                kind="kind",
                by="proposed_by",
                message="message",
                new_due_at="new_due_at",
                refund_cents="refund_cents",
                answer_due_at="answer_due_at",
            )
        )
    )


def asked(order: Order, viewer: User) -> Asked | None:
    """The open request of an order annotated with ``open_rows``, said to one person."""
    row = next(iter(order.open_changes), None)  # type: ignore[attr-defined]
    if row is None:
        return None
    side = order.party(viewer)
    mine = row["by"] == viewer.pk
    title, text = _said(order, side, row)
    refund_cents = row["refund_cents"]
    return Asked(
        public_id=UUID(row["public_id"]),
        kind=row["kind"],
        title=title,
        words=Words(
            text,
            {
                "answer": datetime.fromisoformat(row["answer_due_at"]),
                "new_due": datetime.fromisoformat(row["new_due_at"]) if row["new_due_at"] else None,
                "due": order.due_at,
            },
        ),
        message=row["message"],
        author=(order.buyer if row["by"] == order.buyer_id else order.expert).display_name,
        answer_due_at=datetime.fromisoformat(row["answer_due_at"]),
        yours=not mine and side != "staff",
        mine=mine,
        split=preview_split(order, refund_cents=refund_cents) if refund_cents else None,
        total_cents=order.total_cents,
    )


def _said(order: Order, side: str, row: dict[str, Any]) -> tuple[str, str]:
    by_buyer = row["by"] == order.buyer_id
    mine = side == ("buyer" if by_buyer else "expert")
    names = {
        "asker": first_name(order.buyer if by_buyer else order.expert),
        "other": first_name(order.expert if by_buyer else order.buyer),
        "total": format_money(order.total_cents),
    }
    match row["kind"]:
        case Kind.EXTENSION:
            title = _("You proposed a later date") if mine else _("%(asker)s proposes a later date")
            text = _("The deliverable would be due on {new_due} instead of {due}.") + " "
            text += (
                _("%(other)s can answer until {answer}. The present date holds until then.")
                if mine
                else _("Without an agreement before {answer}, the present date stays.")
            )
        case Kind.CANCELLATION:
            title = _("You asked to cancel the order") if mine else _("%(asker)s asks to cancel the order")
            text = _("If both agree, the order ends and %(total)s go back to the buyer.") + " "
            text += (
                _("Without an answer before {answer}, the request expires and the order goes on.")
                if not order.silence_agrees
                else _(
                    "Without an answer before {answer}, it is taken as agreed, unless something is delivered."
                )
            )
        case _kind:
            title = _("You proposed a settlement") if mine else _("%(asker)s proposes a settlement")
            text = _("If both agree, the order ends with exactly these amounts.") + " "
            text += _("Without an answer before {answer}, the proposal expires and the order goes on.")
    if row["kind"] != Kind.EXTENSION and order.countdown_runs:
        text += " " + _("Meanwhile the delivery time keeps running.")
    return title % names, text % names
