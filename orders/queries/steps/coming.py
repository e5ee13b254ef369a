"""What comes next in an order, whatever its stage."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from marketplace.kernel.money import format_money
from orders.models import Order
from orders.queries.steps import beginning, ending, running
from orders.queries.steps.words import NextStep, Words, days, first_name, version

State = Order.State

KindStep = Callable[[Order, str], NextStep | None]

_steps: dict[str, KindStep] = {}


def step_of(kind: str) -> Callable[[KindStep], KindStep]:
    """Let a kind of order have words of its own; where it has none, those of every order serve."""

    def register(step: KindStep) -> KindStep:
        _steps[kind] = step
        return step

    return register


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
            return beginning.unpaid(order, side, names)
        case State.ACTIVE if order.is_paused:
            return running.paused(order, side, names)
        case State.ACTIVE if not order.is_started:
            return beginning.to_start(order, side, names)
        case State.ACTIVE if order.first_delivered_at:
            return running.revising(order, side, names)
        case State.ACTIVE:
            return running.working(order, side, names)
        case State.DELIVERED:
            return running.delivered(order, side, names)
        case State.COMPLETED:
            return ending.completed(order, side, names)
        case State.DISPUTED if order.is_claimed:
            return NextStep(
                _("Completed, and claimed on: our team is examining it"),
                Words(
                    _(
                        "A claim was made on {disputed}. What the expert could not withdraw yet waits for the "
                        "decision; you can write here again."
                    ),
                    {"disputed": order.disputed_at},
                ),
                tone="bad",
                icon="scale",
            )
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
            return ending.resolved(order, side)
    return ending.cancelled(order, side, names)
