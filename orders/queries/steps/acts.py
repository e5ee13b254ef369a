"""Which acts are open to whom, as the order stands."""

from collections.abc import Callable

from marketplace.kernel import clock
from offers.models import Offer
from orders.models import Order

State = Order.State

KindActs = Callable[[Order, str, set[str]], set[str]]

_acts: dict[str, KindActs] = {}


def acts_of(kind: str) -> Callable[[KindActs], KindActs]:
    """Let a kind of order add acts to those of every order, or take some away."""

    def register(acts: KindActs) -> KindActs:
        _acts[kind] = acts
        return acts

    return register


def allowed(order: Order, side: str) -> frozenset[str]:
    """The acts open to a side now. The actions have the last word, under lock."""
    acts: set[str] = set()
    waiting = order.state == State.ACTIVE and not order.is_started
    working = order.state == State.ACTIVE and order.is_started
    if side == "buyer":
        if order.state == State.PENDING_PAYMENT:
            acts |= {"pay"}
        if order.state == State.PENDING_PAYMENT or waiting:
            acts |= {"cancel"}
        if order.takes_items:
            acts |= {"brief"}
        if order.state == State.DELIVERED:
            acts |= {"accept", "question"}
            if order.revision_refused_at is None:
                acts |= {"revise"}
            if order.acceptance_extended_at is None:
                acts |= {"more_time"}
        if order.is_claimable:
            acts |= {"claim"}
        if order.may_cancel_late:
            acts |= {"cancel_late"}
        if order.is_paused:
            acts |= {"contest"}
        if order.takes_extras and order.add_ons_offered:
            acts |= {"add_extra"}
    if side == "expert":
        if waiting:
            acts |= {"decline"} if order.is_kept_waiting else {"start", "decline"}
            if order.kind == Offer.Kind.QUESTION:
                acts |= {"offer_instead"}
        if working:
            acts |= {"deliver"}
        if order.takes_extras:
            acts |= {"propose_extra"}
        if order.countdown_runs:
            acts |= {"extend"}
        if order.is_paused:
            acts |= {"resume"}
        if order.may_cancel_silent:
            acts |= {"cancel_silent"}
    if side in ("buyer", "expert"):
        until = order.reviewable_until
        if until and clock.now() < until:
            acts |= {"review"}
        if working or order.state == State.DELIVERED:
            acts |= {"dispute", "ask_cancel", "propose_split"}
        if order.paid_at and order.state in (State.ACTIVE, State.DELIVERED, State.DISPUTED):
            acts |= {"message"}
    if (of_kind := _acts.get(order.kind)) is not None:
        acts = of_kind(order, side, acts)
    return frozenset(acts)
