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

from accounts.models import BuyerProfile, ExpertProfile
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders import actions, tasks
from orders.models import Order, OrderEvent, OrderRequirement, Pause, Review, RevisionRequest
from orders.models.changes import ChangeRequest
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
        changes = list(ChangeRequest.objects.order_by("pk").values())
        reviews = list(Review.objects.order_by("pk").values())
        return (
            order,
            changes,
            reviews,
            list(Pause.objects.order_by("pk").values()),
            list(RevisionRequest.objects.order_by("pk").values()),
            list(OrderRequirement.objects.order_by("pk").values()),
            OrderEvent.objects.count(),
            Refund.objects.count(),
            Earning.objects.count(),
        )

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

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]), flag=st.booleans())
    def someone_asks_for_more(self, who: str, flag: bool) -> None:
        def act(order: Order) -> None:
            words = {"actor": getattr(self, who), "wrong": "a", "expected": "b"}
            if flag:
                actions.request_revision(order, incomplete=True, **words)
            else:
                actions.ask_one_more(order, **words)

        self.attempt(act)

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]), reason=st.sampled_from(["yes", "", "Non"]))
    def someone_answers_the_revision(self, who: str, reason: str) -> None:
        def act(order: Order) -> None:
            if reason == "yes":
                actions.accept_revision(order, actor=getattr(self, who))
            else:
                actions.refuse_revision(order, actor=getattr(self, who), reason=reason)

        self.attempt(act)

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]), question=st.booleans())
    def someone_takes_time_or_asks(self, who: str, question: bool) -> None:
        def act(order: Order) -> None:
            if question:
                actions.ask_about(order, actor=getattr(self, who), text="Pourquoi ?")
            else:
                actions.extend_acceptance(order, actor=getattr(self, who))

        self.attempt(act)

    @rule(who=st.sampled_from(["buyer", "expert", "staff"]), label=st.sampled_from(["", "Les statuts"]))
    def someone_waits_for_an_item(self, who: str, label: str) -> None:
        self.attempt(lambda order: actions.ask_for_item(order, actor=getattr(self, who), label=label))

    @rule(
        who=st.sampled_from(["buyer", "expert", "stranger"]),
        what=st.sampled_from(["supply", "resume", "contest", "cancel"]),
    )
    def someone_ends_the_wait(self, who: str, what: str) -> None:
        def act(order: Order) -> None:
            actor = getattr(self, who)
            if what == "supply":
                answers = {item.pk: f"Voici {item.pk}" for item in order.checklist.all()}
                actions.supply(order, actor=actor, answers=answers, files={})
            elif what == "resume":
                actions.resume(order, actor=actor)
            elif what == "contest":
                actions.contest_pause(order, actor=actor, reason="Rien ne manque")
            else:
                actions.cancel_silent(order, actor=actor)

        self.attempt(act)

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

    @rule(
        who=st.sampled_from(["buyer", "expert", "stranger", "staff"]), days=st.sampled_from([-1, 1, 3, 400])
    )
    def someone_proposes_a_later_date(self, who: str, days: int) -> None:
        def act(order: Order) -> None:
            due_at = (order.due_at or clock.now()) + timedelta(days=days)
            actions.propose_extension(order, actor=getattr(self, who), due_at=due_at, message="Plus tard")

        self.attempt(act)

    @rule(who=st.sampled_from(["buyer", "expert", "stranger", "staff"]), reason=st.sampled_from(["", "Fin"]))
    def someone_asks_to_cancel(self, who: str, reason: str) -> None:
        self.attempt(
            lambda order: actions.request_cancellation(order, actor=getattr(self, who), reason=reason)
        )

    @rule(who=st.sampled_from(["buyer", "expert", "stranger", "staff"]), refund=st.integers(0, 160_00))
    def someone_proposes_a_split(self, who: str, refund: int) -> None:
        self.attempt(
            lambda order: actions.propose_settlement(order, actor=getattr(self, who), refund_cents=refund)
        )

    @rule(
        who=st.sampled_from(["buyer", "expert", "stranger", "staff"]),
        answer=st.sampled_from([actions.accept_change, actions.refuse_change, actions.withdraw_change]),
    )
    def someone_answers_the_last_request(self, who: str, answer) -> None:
        def act(order: Order) -> None:
            change = order.changes.order_by("pk").last()
            if change is None:
                raise Refusal
            answer(change, actor=getattr(self, who))

        self.attempt(act)

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]))
    def someone_cancels_what_is_late(self, who: str) -> None:
        self.attempt(lambda order: actions.cancel_late(order, actor=getattr(self, who)))

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]))
    def someone_writes(self, who: str) -> None:
        self.attempt(lambda order: actions.say(order, author=getattr(self, who), body="Bonjour"))

    @rule(who=st.sampled_from(["buyer", "expert", "stranger", "staff"]), rating=st.integers(1, 5))
    def someone_reviews(self, who: str, rating: int) -> None:
        self.attempt(
            lambda order: actions.leave_review(
                order, author=getattr(self, who), rating=rating, comment="Bien"
            )
        )

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]), rating=st.integers(1, 5))
    def someone_changes_a_review(self, who: str, rating: int) -> None:
        self.attempt(
            lambda order: actions.change_review(order, author=getattr(self, who), rating=rating, comment="")
        )

    @rule(who=st.sampled_from(["buyer", "expert", "stranger"]))
    def someone_answers_a_review(self, who: str) -> None:
        self.attempt(lambda order: actions.answer_review(order, actor=getattr(self, who), text="Merci"))

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
            tasks.end_pauses()
            tasks.answer_revisions()
            tasks.accept_unanswered()
            tasks.expire_requests()
            tasks.publish_reviews()
            tasks.remind()
        assert (
            tasks.expire_requests()
            == tasks.expire_unpaid()
            == tasks.cancel_not_started()
            == tasks.accept_unanswered()
            == tasks.end_pauses()
            == tasks.answer_revisions()
            == 0
        )

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
    def a_request_waits_only_while_there_is_something_to_agree_on(self) -> None:
        order = factories.fresh(self.order)
        open_requests = list(order.changes.open())
        assert len(open_requests) <= 1
        for change in open_requests:
            assert order.may_be_agreed_on
            assert change.kind != "extension" or order.countdown_runs
            assert change.answer_due_at > clock.now()

    @invariant()
    def a_pause_stands_only_while_the_first_deliverable_is_awaited(self) -> None:
        order = factories.fresh(self.order)
        assert order.is_paused == order.pauses.open().exists() == (order.pause_due_at is not None)
        if order.is_paused:
            assert order.state == Order.State.ACTIVE
            assert order.first_delivered_at is None
            assert not order.is_late
        if order.started_at:
            assert order.due_at >= order.started_at + timedelta(seconds=order.delivery_seconds)

    @invariant()
    def rounds_are_counted_and_an_open_revision_has_its_place(self) -> None:
        order = factories.fresh(self.order)
        requests = list(order.revision_requests.all())
        waiting = [request for request in requests if request.state == "open"]
        assert len(waiting) <= 1
        for request in waiting:
            assert order.state == (Order.State.DELIVERED if request.is_extra else Order.State.ACTIVE)
        taken = [r for r in requests if not r.is_incomplete and (r.state != "refused")]
        taken = [r for r in taken if not (r.is_extra and r.state != "accepted")]
        assert order.revision_round == len(taken) <= order.revisions_included + order.extra_rounds
        assert order.delivered_count == order.deliverables.count()

    @invariant()
    def a_settlement_says_what_it_did(self) -> None:
        order = factories.fresh(self.order)
        if order.cancel_cause == Order.CancelCause.SETTLED:
            said = order.events.get(kind=OrderEvent.Kind.CANCELLED).data
            agreed = order.changes.get(state="accepted", kind="settlement")
            earning = Earning.objects.get(hold=order.hold)
            assert said["refund_cents"] == agreed.refund_cents == order.hold.refunded_cents
            assert said["net_cents"] == earning.net_cents
            assert said["refund_cents"] + said["net_cents"] + earning.commission_cents == order.total_cents

    @invariant()
    def averages_count_each_published_review_once(self) -> None:
        order = factories.fresh(self.order)
        published = Review.objects.filter(published_at__isnull=False)
        for row, about in (
            (order.offer, "expert"),
            (ExpertProfile.objects.get(user=order.expert), "expert"),
            (BuyerProfile.objects.get(user=order.buyer), "buyer"),
        ):
            row.refresh_from_db()
            ratings = list(published.filter(about=about).values_list("rating", flat=True))
            assert (row.rating_count, row.rating_sum) == (len(ratings), sum(ratings))

    @invariant()
    def nobody_reads_a_review_before_its_time(self) -> None:
        order = factories.fresh(self.order)
        written = list(Review.objects.all())
        if order.ended_at is None:
            assert written == []
        if len(written) == 2:
            assert all(review.is_published for review in written)
        for review in written:
            if review.is_published and len(written) == 1:
                assert review.published_at >= review.publish_due_at

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
