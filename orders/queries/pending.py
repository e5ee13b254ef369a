"""What the other party asked in an order and that waits for one person, as a column of their lists."""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from orders.models import Call, CallMove, Order, OrderExtra, RevisionRequest
from orders.models.changes import ChangeRequest

PENDING = Q(pending__gt="")
"""Of orders annotated with ``pending``: those that wait for an answer."""


def with_pending(orders: QuerySet[Order], user: User) -> QuerySet[Order]:
    """Annotate a party's orders with ``pending``: the kind of what waits for their answer, empty when nothing does.

    A change of the order comes before an absence, another time, an extra and a revision.
    """
    buys, sells = Q(order__buyer=user), Q(order__expert=user)
    party = Q(call__order__buyer=user) | Q(call__order__expert=user)
    absent = buys & Q(absent=Call.Side.BUYER) | sells & Q(absent=Call.Side.EXPERT)
    order = OuterRef("pk")
    found = [
        _first(
            ChangeRequest.objects.open().filter(buys | sells, order=order).exclude(proposed_by=user),
            F("kind"),
        ),
        _first(Call.objects.filter(absent, order=order, state=Call.State.BOOKED), _word("absence")),
        _first(
            CallMove.objects.filter(party, call__order=order, state="open").exclude(proposed_by=user),
            _word("move"),
        ),
        _first(OrderExtra.objects.open().filter(buys, order=order), _word("extra")),
        _first(RevisionRequest.objects.open().filter(sells, order=order), _word("revision")),
    ]
    return orders.annotate(pending=Coalesce(*found, Value(""), output_field=TextField()))


def _first(rows: QuerySet[Any], said: F | Value) -> Subquery:
    return Subquery(rows.order_by().annotate(said=said).values("said")[:1], output_field=TextField())


def _word(kind: str) -> Value:
    return Value(kind, output_field=TextField())
