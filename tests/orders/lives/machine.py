"""One order; buyer, expert, staff, strangers, gateway and clock act at random."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from disputes import actions as disputes
from disputes.models import Dispute
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders import actions
from orders.actions.instead import offer_instead
from orders.models import CallMove, Order
from tests import factories
from tests.orders.lives import checks
from tests.orders.lives.straight import ANYONE, PARTIES, Straight


class Changing(Straight):
    """Changes of mind: alone, together, and for more money."""

    @rule(
        who=PARTIES, how=st.sampled_from([actions.cancel_before_start, actions.cancel_late, actions.decline])
    )
    def someone_leaves_alone(self, who: str, how: Callable[..., Order]) -> None:
        words = {"reason": "Non"} if how is actions.decline else {}
        self.attempt(lambda order: how(order, actor=self.who(who), **words))

    @rule(who=ANYONE, days=st.sampled_from([0, 0, 13, 15]))
    def someone_withdraws_from_the_contract(self, who: str, days: int) -> None:
        """Within the fourteen days of consumers, or after."""
        order = checks.load(self.order.pk)
        if days and order.paid_at and (moment := order.paid_at + timedelta(days=days)) > clock.now():
            self.go_to(moment)
        self.attempt(lambda order: actions.withdraw(order, actor=self.who(who)))

    @precondition(lambda self: self.kind == "question")
    @rule(who=PARTIES)
    def someone_proposes_more_than_an_answer(self, who: str) -> None:
        self.attempt(
            lambda order: offer_instead(
                order,
                actor=self.who(who),
                price_cents=300_00,
                delivery_days=4,
                revisions=1,
                scope="Un plan entier",
                note="Il faut plus qu’une réponse.",
            )
        )

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
