"""A random life that moves on: paid, begun, handed over, revised, waited for, judged."""

from typing import Any

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from orders import actions
from orders.models import Order
from tests import factories
from tests.orders.lives.world import Life

PARTIES = st.sampled_from(["buyer", "expert", "buyer", "expert", "stranger"])


ANYONE = st.sampled_from(["buyer", "expert", "buyer", "expert", "stranger", "staff"])


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

    @rule(
        who=PARTIES,
        reason=st.sampled_from(["yes", "", "Non", "Non"]),
        price=st.sampled_from([None, 4_99, 75_01]),
    )
    def someone_answers_the_revision(self, who: str, reason: str, price: int | None) -> None:
        def act(order: Order) -> None:
            if reason == "yes":
                actions.accept_revision(order, actor=self.who(who))
            else:
                actions.refuse_revision(order, actor=self.who(who), reason=reason, price_cents=price)

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
