"""What the other party asked in an order and that waits for one side, as a column of its lists."""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from orders.models import Call, CallMove, OrderExtra, OrderQuerySet, RevisionRequest
from orders.models.changes import ChangeRequest

PENDING = Q(pending__gt="")
"""Of orders annotated with ``pending``: those that wait for an answer."""


def with_pending(orders: OrderQuerySet, side: str) -> OrderQuerySet:
    """Annotate orders with ``pending``: the kind of what waits for the answer of a side, empty when nothing does.

    ``side`` is ``buyer`` or ``expert``. A change of the order comes before an absence, another time, an extra, a revision.
    """
    other = "expert" if side == "buyer" else "buyer"
    order = OuterRef("pk")
    found = [
        _first(ChangeRequest.objects.open().filter(order=order, proposed_by=F(f"order__{other}")), F("kind")),
        _first(Call.objects.filter(order=order, absent=side, state=Call.State.BOOKED), _word("absence")),
        _first(
            CallMove.objects.filter(
                call__order=order, state=CallMove.State.OPEN, proposed_by=F(f"call__order__{other}")
            ),
            _word("move"),
        ),
    ]
    if side == "buyer":
        found.append(_first(OrderExtra.objects.open().filter(order=order), _word("extra")))
    else:
        found.append(_first(RevisionRequest.objects.open().filter(order=order), _word("revision")))
    return orders.annotate(pending=Coalesce(*found, Value(""), output_field=TextField()))


def _first(rows: QuerySet[Any], said: F | Value) -> Subquery:
    return Subquery(rows.order_by().annotate(said=said).values("said")[:1], output_field=TextField())


def _word(kind: str) -> Value:
    return Value(kind, output_field=TextField())
