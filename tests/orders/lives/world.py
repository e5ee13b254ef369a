"""What every random life has: people, one offer of each kind, time, and the checks after each step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.db import connection, transaction
from django_fsm import TransitionNotAllowed
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from accounts.models import BuyerProfile, User
from disputes import tasks as dispute_tasks
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from offers.models import Offer
from orders import actions, tasks
from orders.models import Declared, Order
from payments import escrow
from payments.models import Payment
from tests import factories
from tests.orders.lives import checks

HOUR = timedelta(hours=1)
CONSUMER = BuyerProfile.BuyerAs.CONSUMER
DECLARED = [
    None,
    None,
    Declared(CONSUMER, at_once=True, waives=True),
    Declared(CONSUMER, at_once=True),
    Declared(CONSUMER),
]
"""Buyers who have no fourteen days, and those who have them: the work begins at once, or waits."""

SWEEPS = (
    tasks.expire_unpaid,
    tasks.cancel_not_started,
    tasks.end_pauses,
    tasks.refund_unanswered,
    tasks.answer_revisions,
    tasks.expire_moves,
    tasks.settle_absences,
    tasks.expire_requests,
    tasks.expire_extras,
    tasks.accept_unanswered,
    tasks.publish_reviews,
    tasks.remind_of_calls,
    tasks.remind,
    dispute_tasks.keep_disputes,
)
"""Everything the clock does to an order and to its dispute."""


TABLES = [
    "orders_order",
    "orders_changerequest",
    "orders_review",
    "orders_pause",
    "orders_revisionrequest",
    "orders_orderrequirement",
    "orders_orderevent",
    "orders_call",
    "orders_callmove",
    "orders_orderextra",
    "orders_orderline",
    "orders_deliverable",
    "orders_cancellationrecord",
    "orders_trackrecord",
    "orders_buyerdeclaration",
    "disputes_dispute",
    "disputes_ruling",
    "payments_payment",
    "payments_escrowhold",
    "payments_refund",
    "payments_earning",
    "ledger_posting",
    "messaging_message",
]


FACTS = " UNION ALL ".join(f"SELECT '{name}', t::text FROM {name} t" for name in TABLES)


@dataclass(frozen=True)
class Cast:
    """Who is there, and one offer of each kind."""

    buyer: User
    expert: User
    staff: User
    stranger: User
    offers: dict[str, Offer]


def cast() -> Cast:
    """The people of every life: made once, each life takes back what it changed."""
    expert = factories.make_expert()
    offers = {
        "job": factories.make_offer(expert, add_ons=(("Express", 35_01, -2), ("Annexe", 50_00, 1))),
        "call": factories.make_call(expert),
        "question": factories.make_offer(
            expert, kind="question", title="Une question", price_cents=40_00, delivery_days=2
        ),
    }
    return Cast(
        buyer=factories.make_user(),
        expert=expert,
        staff=factories.make_user("Sophie", "Arnaud", is_staff=True),
        stranger=factories.make_user("Inès", "Carpentier"),
        offers=offers,
    )


def facts() -> list[Any]:
    """Every row that an act upon an order may touch."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS)
        return sorted(cursor.fetchall())


class Life(RuleBasedStateMachine):
    """What every life has: people, time, an order, and the checks after each step."""

    people: Cast

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.traveller: Any = None
        self.promised: dict[str, object] = {}
        self.was_read = False

    @initialize(
        kind=st.sampled_from(["job", "call", "question", "job"]),
        method=st.sampled_from(["card", "card", "transfer"]),
        express=st.booleans(),
        declared=st.sampled_from(DECLARED),
        far=st.integers(0, 3),
    )
    def place(self, kind: str, method: str, express: bool, declared: Declared | None, far: int) -> None:
        """Begin anywhere on the straight road: placed, paid, begun, handed over."""
        for name in ("buyer", "expert", "staff", "stranger"):
            setattr(self, name, User.objects.get(pk=getattr(self.people, name).pk))
        self.kind = kind
        offer = Offer.objects.get(pk=self.people.offers[kind].pk)
        add_ons = [offer.add_ons.first().pk] if express and kind == "job" else []
        if kind == "call" and declared and declared.waits:
            declared = None  # within the fourteen days, a call is asked for expressly or not booked
        self.order = factories.place(self.buyer, offer, method=method, add_on_ids=add_ons, declared=declared)
        for _step in range(far):
            self._straight_on(factories.fresh(self.order))

    # Tools

    def attempt(self, act: Callable[[Order], object]) -> None:
        """Do something; when it is refused, nothing at all may have moved."""
        before = facts()
        try:
            with transaction.atomic():
                act(factories.fresh(self.order))
        except (Refusal, TransitionNotAllowed):
            assert facts() == before

    def who(self, name: str) -> User:
        person: User = getattr(self, name)
        return person

    def go_to(self, moment: datetime) -> None:
        """Let time pass; the clock runs twice at that very moment, and the second time nothing is left to do."""
        self._stand_at(moment, tick=False)  # a deadline milliseconds away must not pass between the two
        for sweep in SWEEPS:
            sweep()
        after = facts()
        for sweep in SWEEPS:
            sweep()
        assert facts() == after
        self._stand_at(moment, tick=True)

    def _stand_at(self, moment: datetime, *, tick: bool) -> None:
        if self.traveller:
            self.traveller.stop()
        self.traveller = time_machine.travel(moment, tick=tick)
        self.traveller.start()

    def _pay(self, payment: Payment) -> None:
        escrow.receive(
            payment, amount_cents=payment.amount_cents, gateway_id=f"gw-{payment.pk}", occurred_at=clock.now()
        )

    def _straight_on(self, order: Order) -> None:
        """The next thing that happens when everything goes well."""
        if order.state == Order.State.PENDING_PAYMENT:
            self._pay(order.payment)
            actions.confirm_payment(order)
        elif order.is_kept_waiting:
            self.go_to(order.work_from)
        elif order.state == Order.State.ACTIVE and not order.is_started:
            actions.start(order, actor=self.expert)
        elif order.state == Order.State.ACTIVE:
            call = order.booking
            if call is not None and call.is_booked and not call.has_begun:
                self.go_to(call.ends_at + timedelta(minutes=2))
            actions.deliver(order, actor=self.expert, note="Voici")
        elif order.state == Order.State.DELIVERED:
            actions.accept_delivery(order, actor=self.buyer)

    # The clock

    @rule(hours=st.sampled_from([1, 25, 50, 80, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self.go_to(clock.now() + hours * HOUR)

    # What holds

    @invariant()
    def everything_holds(self) -> None:
        order = checks.load(self.order.pk)
        for check in checks.CHECKS:
            check(order)
        checks.what_was_promised_never_changes(order, self.promised)

    def teardown(self) -> None:
        if self.traveller:
            self.traveller.stop()
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
