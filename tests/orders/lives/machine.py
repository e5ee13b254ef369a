"""One order; buyer, expert, staff, strangers, gateway and clock act at random."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.db import connection, transaction
from django.test import Client
from django_fsm import TransitionNotAllowed
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import User
from disputes import actions as disputes
from disputes import tasks as dispute_tasks
from disputes.models import Dispute
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from offers.models import Offer
from orders import actions, tasks
from orders.models import CallMove, Order
from payments import escrow
from payments.models import Payment
from tests import factories
from tests.orders.lives import checks

PARTIES = st.sampled_from(["buyer", "expert", "buyer", "expert", "stranger"])
ANYONE = st.sampled_from(["buyer", "expert", "buyer", "expert", "stranger", "staff"])
HOUR = timedelta(hours=1)

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
        far=st.integers(0, 3),
    )
    def place(self, kind: str, method: str, express: bool, far: int) -> None:
        """Begin anywhere on the straight road: placed, paid, begun, handed over."""
        for name in ("buyer", "expert", "staff", "stranger"):
            setattr(self, name, User.objects.get(pk=getattr(self.people, name).pk))
        self.kind = kind
        offer = Offer.objects.get(pk=self.people.offers[kind].pk)
        add_ons = [offer.add_ons.first().pk] if express and kind == "job" else []
        self.order = factories.place(self.buyer, offer, method=method, add_on_ids=add_ons)
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
        """Let time pass; the clock runs twice, and the second time nothing is left to do."""
        if self.traveller:
            self.traveller.stop()
        self.traveller = time_machine.travel(moment, tick=True)
        self.traveller.start()
        for sweep in SWEEPS:
            sweep()
        after = facts()
        for sweep in SWEEPS:
            sweep()
        assert facts() == after

    def _pay(self, payment: Payment) -> None:
        escrow.receive(
            payment, amount_cents=payment.amount_cents, gateway_id=f"gw-{payment.pk}", occurred_at=clock.now()
        )

    def _straight_on(self, order: Order) -> None:
        """The next thing that happens when everything goes well."""
        if order.state == Order.State.PENDING_PAYMENT:
            self._pay(order.payment)
            actions.confirm_payment(order)
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


class Straight(Life):
    """What moves an order on, by whoever tries."""

    @rule()
    def everything_goes_well(self) -> None:
        self.attempt(self._straight_on)

    @rule()
    def the_gateway_reports_the_payment(self) -> None:
        def act(order: Order) -> None:
            self._pay(order.payment)
            actions.confirm_payment(order)

        self.attempt(act)

    @rule(who=ANYONE)
    def someone_starts(self, who: str) -> None:
        self.attempt(lambda order: actions.start(order, actor=self.who(who)))

    @rule(who=PARTIES, note=st.sampled_from(["", "Voici"]))
    def someone_delivers(self, who: str, note: str) -> None:
        self.attempt(lambda order: actions.deliver(order, actor=self.who(who), note=note))

    @rule(who=ANYONE)
    def someone_accepts(self, who: str) -> None:
        self.attempt(lambda order: actions.accept_delivery(order, actor=self.who(who)))

    @rule(who=PARTIES)
    def someone_writes(self, who: str) -> None:
        self.attempt(lambda order: actions.say(order, author=self.who(who), body="Bonjour"))

    @precondition(lambda self: not self.was_read)
    @rule(who=st.sampled_from(["buyer", "expert"]))
    def someone_opens_the_room_and_reads_no_address_of_the_other(self, who: str) -> None:
        """No page shows another party's e-mail."""
        self.was_read = True
        client = Client()
        client.force_login(self.who(who))
        other = self.expert if who == "buyer" else self.buyer
        response = client.get(self.order.get_absolute_url())
        assert response.status_code == (200 if who == "buyer" or factories.fresh(self.order).paid_at else 404)
        assert other.email not in response.content.decode()

    # Revisions

    @rule(who=PARTIES, how=st.sampled_from(["round", "incomplete", "one more"]))
    def someone_asks_for_a_revision(self, who: str, how: str) -> None:
        def act(order: Order) -> None:
            words: Any = {"actor": self.who(who), "wrong": "a", "expected": "b"}
            if how == "one more":
                actions.ask_one_more(order, **words)
            else:
                actions.request_revision(order, incomplete=how == "incomplete", **words)

        self.attempt(act)

    @rule(who=PARTIES, reason=st.sampled_from(["yes", "", "Non"]))
    def someone_answers_the_revision(self, who: str, reason: str) -> None:
        def act(order: Order) -> None:
            if reason == "yes":
                actions.accept_revision(order, actor=self.who(who))
            else:
                actions.refuse_revision(order, actor=self.who(who), reason=reason)

        self.attempt(act)

    @rule(who=PARTIES, question=st.booleans())
    def someone_takes_time_or_asks(self, who: str, question: bool) -> None:
        def act(order: Order) -> None:
            if question:
                actions.ask_about(order, actor=self.who(who), text="Pourquoi ?")
            else:
                actions.extend_acceptance(order, actor=self.who(who))

        self.attempt(act)

    # Pauses, and the clarification of a question

    @rule(who=ANYONE, label=st.sampled_from(["", "Les statuts"]))
    def someone_waits_for_an_item(self, who: str, label: str) -> None:
        self.attempt(lambda order: actions.ask_for_item(order, actor=self.who(who), label=label))

    @rule(who=PARTIES, what=st.sampled_from(["supply", "resume", "contest", "cancel"]))
    def someone_ends_the_wait(self, who: str, what: str) -> None:
        def act(order: Order) -> None:
            actor = self.who(who)
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

    # Reviews

    @rule(who=ANYONE, rating=st.integers(1, 5))
    def someone_reviews(self, who: str, rating: int) -> None:
        self.attempt(
            lambda order: actions.leave_review(order, author=self.who(who), rating=rating, comment="Bien")
        )

    @rule(who=PARTIES, rating=st.integers(0, 5))
    def someone_changes_or_answers_a_review(self, who: str, rating: int) -> None:
        def act(order: Order) -> None:
            if rating:
                actions.change_review(order, author=self.who(who), rating=rating, comment="")
            else:
                actions.answer_review(order, actor=self.who(who), text="Merci")

        self.attempt(act)


class Changing(Straight):
    """Changes of mind: alone, together, and for more money."""

    @rule(
        who=PARTIES, how=st.sampled_from([actions.cancel_before_start, actions.cancel_late, actions.decline])
    )
    def someone_leaves_alone(self, who: str, how: Callable[..., Order]) -> None:
        words = {"reason": "Non"} if how is actions.decline else {}
        self.attempt(lambda order: how(order, actor=self.who(who), **words))

    @rule(who=ANYONE, days=st.sampled_from([-1, 1, 3, 400]))
    def someone_proposes_a_later_date(self, who: str, days: int) -> None:
        def act(order: Order) -> None:
            due_at = (order.due_at or clock.now()) + timedelta(days=days)
            actions.propose_extension(order, actor=self.who(who), due_at=due_at, message="Plus tard")

        self.attempt(act)

    @rule(who=ANYONE, reason=st.sampled_from(["", "Fin"]))
    def someone_asks_to_cancel(self, who: str, reason: str) -> None:
        self.attempt(lambda order: actions.request_cancellation(order, actor=self.who(who), reason=reason))

    @rule(who=ANYONE, refund=st.integers(0, 160_00))
    def someone_proposes_a_split(self, who: str, refund: int) -> None:
        self.attempt(
            lambda order: actions.propose_settlement(order, actor=self.who(who), refund_cents=refund)
        )

    @rule(
        who=ANYONE,
        answer=st.sampled_from([actions.accept_change, actions.refuse_change, actions.withdraw_change]),
    )
    def someone_answers_the_last_request(self, who: str, answer: Callable[..., object]) -> None:
        def act(order: Order) -> None:
            change = order.changes.order_by("pk").last()
            if change is None:
                raise Refusal
            answer(change, actor=self.who(who))

        self.attempt(act)

    @rule(who=PARTIES, cents=st.sampled_from([0, 4_99, 50_01]), number=st.integers(0, 2))
    def someone_adds_something(self, who: str, cents: int, number: int) -> None:
        """The buyer an add-on of the offer, the expert something at a price."""

        def act(order: Order) -> None:
            if cents:
                actions.propose_extra(
                    order, actor=self.who(who), title="Un atelier", price_cents=cents, days=number
                )
            else:
                actions.choose_add_on(order, actor=self.who(who), number=number)

        self.attempt(act)

    @rule(
        who=PARTIES,
        what=st.sampled_from(
            [
                actions.accept_extra,
                actions.refuse_extra,
                actions.withdraw_extra,
                actions.pay_back_extra,
                None,
                None,
            ]
        ),
    )
    def something_happens_to_the_last_extra(self, who: str, what: Callable[..., object] | None) -> None:
        """Somebody answers it, or the gateway reports its payment, in time or not."""

        def act(order: Order) -> None:
            extra = order.extras.order_by("pk").last()
            if extra is None or (what is None and extra.payment is None):
                raise Refusal
            if what is not None:
                what(extra, actor=self.who(who))
            else:
                self._pay(extra.payment)
                actions.confirm_extra(extra)

        self.attempt(act)


class Calling(Changing):
    """The slot of a call: moved, given up, missed."""

    @precondition(lambda self: self.kind == "call")
    @rule(who=PARTIES, days=st.integers(1, 6), alone=st.booleans())
    def someone_wants_another_time(self, who: str, days: int, alone: bool) -> None:
        def act(order: Order) -> None:
            slot = factories.first_slot(self.people.offers["call"], timedelta(days=days))
            move = actions.move_call if alone else actions.propose_move
            move(order, actor=self.who(who), starts_at=slot)

        self.attempt(act)

    @precondition(lambda self: self.kind == "call")
    @rule(
        who=PARTIES,
        answer=st.sampled_from([actions.accept_move, actions.refuse_move, actions.withdraw_move]),
    )
    def someone_answers_the_proposed_time(self, who: str, answer: Callable[..., object]) -> None:
        def act(order: Order) -> None:
            move = CallMove.objects.order_by("pk").last()
            if move is None:
                raise Refusal
            answer(move, actor=self.who(who))

        self.attempt(act)

    @precondition(lambda self: self.kind == "call")
    @rule(who=PARTIES, reason=st.sampled_from(["", "Souffrant"]))
    def someone_gives_the_call_up(self, who: str, reason: str) -> None:
        self.attempt(lambda order: actions.cancel_call(order, actor=self.who(who), reason=reason))

    @precondition(lambda self: self.kind == "call")
    @rule(minutes=st.sampled_from([-24 * 60 - 5, -70, -5, 6, 45, 24 * 60]))
    def the_call_comes(self, minutes: int) -> None:
        call = checks.load(self.order.pk).booking
        moment = call.starts_at + timedelta(minutes=minutes) if call else None
        if moment and moment > clock.now():
            self.go_to(moment)

    @precondition(lambda self: self.kind == "call")
    @rule(who=PARTIES, comes=st.booleans())
    def someone_comes_or_says_the_other_did_not(self, who: str, comes: bool) -> None:
        def act(order: Order) -> None:
            if comes:
                actions.enter_room(order, actor=self.who(who))
            else:
                disputes.say_absent(order, actor=self.who(who), statement="Personne")

        self.attempt(act)


class OrderLife(Calling):
    """And when they do not agree: disputes, and what staff do."""

    def _dispute(self) -> Dispute:
        found = Dispute.objects.order_by("pk").last()
        if found is None:
            raise Refusal
        return found

    @rule(who=PARTIES, ground=st.sampled_from(["unsuitable", "unsuitable", "files"]))
    def someone_disputes_or_claims(self, who: str, ground: str) -> None:
        self.attempt(
            lambda order: disputes.open_dispute(
                order, actor=self.who(who), ground=ground, statement="Cela ne va pas."
            )
        )

    @rule(who=PARTIES, back=st.booleans())
    def someone_answers_or_takes_the_dispute_back(self, who: str, back: bool) -> None:
        def act(order: Order) -> None:
            if back:
                disputes.withdraw(self._dispute(), actor=self.who(who))
            else:
                disputes.answer(self._dispute(), actor=self.who(who), statement="Voyez le fil.")

        self.attempt(act)

    @rule(who=st.sampled_from(["buyer", "expert", "staff", "staff"]), refund=st.integers(-1, 160_00))
    def someone_rules(self, who: str, refund: int) -> None:
        self.attempt(
            lambda order: disputes.rule(
                self._dispute(), actor=self.who(who), refund_cents=refund, reason="Jugé"
            )
        )

    @rule(who=st.sampled_from(["buyer", "staff", "staff"]), days=st.sampled_from([-1, 4]))
    def someone_relaunches(self, who: str, days: int) -> None:
        self.attempt(
            lambda order: disputes.rule(
                self._dispute(),
                actor=self.who(who),
                decision=Dispute.Decision.RELAUNCH,
                new_due_at=clock.now() + timedelta(days=days),
                reason="Continuez",
            )
        )

    @rule(who=st.sampled_from(["expert", "staff"]), reason=st.sampled_from(["", "Compte fermé"]))
    def staff_cancel(self, who: str, reason: str) -> None:
        self.attempt(lambda order: actions.cancel_as_staff(order, actor=self.who(who), reason=reason))
