"""Random lives of orders: whoever acts, in whatever order, the invariants hold after every step."""

import os
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django_fsm import TransitionNotAllowed
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders import actions, tasks
from orders.models import Order, OrderEvent
from payments import escrow, ledger
from payments.models import Earning, Refund
from tests import factories

LIVES = int(os.environ.get("LIVES", "25"))
"""How many lives a run goes through; raise it in the environment for a deep search."""


class OrderLife(RuleBasedStateMachine):
    """One order; buyer, expert, staff, gateway and clock act at random."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.traveller = None

    @initialize(method=st.sampled_from(["card", "transfer"]), express=st.booleans())
    def place(self, method: str, express: bool) -> None:
        self.expert = factories.make_expert()
        self.buyer = factories.make_user()
        self.staff = factories.make_user("Sophie", "Arnaud", is_staff=True)
        self.stranger = factories.make_user("Inès", "Carpentier")
        offer = factories.make_offer(self.expert, add_ons=(("Express", 35_01, -2),))
        self.order = factories.place(
            self.buyer, offer, method=method, add_on_ids=[offer.add_ons.get().pk] if express else []
        )
        self.seen = self.order.state

    def attempt(self, act) -> None:
        """Do something; when it is refused, nothing at all may have moved."""
        before = self.facts()
        try:
            with transaction.atomic():
                act(factories.fresh(self.order))
        except (Refusal, TransitionNotAllowed):
            assert self.facts() == before

    def facts(self):
        order = Order.objects.filter(pk=self.order.pk).values().get()
        return order, OrderEvent.objects.count(), Refund.objects.count(), Earning.objects.count()

    @rule()
    def the_gateway_reports_the_payment(self) -> None:
        def act(order: Order) -> None:
            escrow.receive(
                order.payment, amount_cents=order.total_cents, gateway_id="gw-1", occurred_at=clock.now()
            )
            actions.confirm_payment(order)

        self.attempt(act)

    @rule(who=st.sampled_from(["buyer", "expert", "stranger", "staff"]))
    def someone_starts(self, who: str) -> None:
        self.attempt(lambda order: actions.start(order, actor=getattr(self, who)))

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]), note=st.sampled_from(["", "Voici"]))
    def someone_delivers(self, who: str, note: str) -> None:
        self.attempt(lambda order: actions.deliver(order, actor=getattr(self, who), note=note))

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]))
    def someone_asks_for_a_revision(self, who: str) -> None:
        self.attempt(
            lambda order: actions.request_revision(order, actor=getattr(self, who), wrong="a", expected="b")
        )

    @rule(who=st.sampled_from(["buyer", "expert", "stranger", "staff"]))
    def someone_accepts(self, who: str) -> None:
        self.attempt(lambda order: actions.accept_delivery(order, actor=getattr(self, who)))

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]))
    def someone_cancels(self, who: str) -> None:
        self.attempt(lambda order: actions.cancel_before_start(order, actor=getattr(self, who)))

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]))
    def someone_declines(self, who: str) -> None:
        self.attempt(lambda order: actions.decline(order, actor=getattr(self, who), reason="Non"))

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]))
    def someone_disputes(self, who: str) -> None:
        self.attempt(lambda order: actions.open_dispute(order, actor=getattr(self, who)))

    @rule(who=st.sampled_from(["buyer", "expert", "staff"]), refund=st.integers(-1, 160_00))
    def someone_rules(self, who: str, refund: int) -> None:
        self.attempt(
            lambda order: actions.settle(order, actor=getattr(self, who), refund_cents=refund, reason="Jugé")
        )

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]))
    def someone_writes(self, who: str) -> None:
        self.attempt(lambda order: actions.say(order, author=getattr(self, who), body="Bonjour"))

    @rule(hours=st.sampled_from([1, 25, 80, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        moment = clock.now() + timedelta(hours=hours)
        if self.traveller:
            self.traveller.stop()
        self.traveller = time_machine.travel(moment, tick=True)
        self.traveller.start()
        for _twice in range(2):
            tasks.expire_unpaid()
            tasks.cancel_not_started()
            tasks.accept_unanswered()
            tasks.remind()
        assert tasks.expire_unpaid() == tasks.cancel_not_started() == tasks.accept_unanswered() == 0

    @invariant()
    def the_ledger_is_clean(self) -> None:
        assert ledger.audit() == []

    @invariant()
    def every_cent_is_somewhere(self) -> None:
        order = factories.fresh(self.order)
        if order.paid_at is None:
            return
        hold = order.hold
        refunded = sum(hold.refunds.values_list("amount_cents", flat=True))
        assert hold.refunded_cents == refunded
        earning = Earning.objects.filter(hold=hold).first()
        released = earning.net_cents + earning.commission_cents if earning else 0
        if order.state in (Order.State.COMPLETED, Order.State.RESOLVED, Order.State.CANCELLED):
            assert refunded + released == order.total_cents
        else:
            assert refunded == released == 0
            assert hold.state == ("frozen" if order.state == Order.State.DISPUTED else "held")

    @invariant()
    def no_order_rests_without_a_person_or_a_timer(self) -> None:
        order = factories.fresh(self.order)
        waits = {
            Order.State.PENDING_PAYMENT: order.payment_due_at,
            Order.State.ACTIVE: order.due_at if order.is_started else order.start_due_at,
            Order.State.DELIVERED: order.acceptance_due_at,
            Order.State.DISPUTED: "staff",
        }
        assert order.state in Order.CLOSED or waits[order.state] is not None

    @invariant()
    def every_change_of_state_was_recorded(self) -> None:
        order = factories.fresh(self.order)
        last = order.events.order_by("pk").last()
        assert last.state == order.state

    def teardown(self) -> None:
        if self.traveller:
            self.traveller.stop()
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)


@pytest.mark.django_db
def test_random_lives_keep_the_invariants():
    run_state_machine_as_test(
        OrderLife,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
