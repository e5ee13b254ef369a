"""The right to withdraw from an order, as its buyer sees it."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.kernel import clock
from orders.models import BuyerDeclaration, Order
from orders.models.declarations import Due, due_now

OPEN = (Order.State.ACTIVE, Order.State.DELIVERED, Order.State.DISPUTED)


@dataclass(frozen=True)
class Right:
    """Until when the buyer may withdraw, whether they still may, and what it would come to now, in cents."""

    declaration: BuyerDeclaration
    until: datetime
    is_open: bool
    due: Due

    @property
    def is_over(self) -> bool:
        """The fourteen days have gone by."""
        return self.until <= clock.now()


def seen(order: Order) -> Right | None:
    """The right that came with an order; nothing for a firm, and before the payment. No query with ``declaration``."""
    declaration: BuyerDeclaration | None = getattr(order, "declaration", None)
    if declaration is None or order.withdraw_until is None:
        return None
    due = due_now(order, declaration)
    in_time = order.withdraw_until > clock.now() and order.state in OPEN
    return Right(declaration, order.withdraw_until, in_time and not due.lost, due)
