"""What people do while parts of the site die. Each looks at the page and does what it offers next, until done.

Nobody keeps a plan of their own: after an answer that never came they read the page again, as people do.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.people import ORDER, PDF, Lost, Page, Person, Unreachable

FULL_ROAD, NEVER_STARTED, NEVER_ACCEPTED, QUESTION, CALL = (
    "job",
    "not started",
    "not accepted",
    "question",
    "call",
)
KINDS = (FULL_ROAD, FULL_ROAD, QUESTION, CALL, NEVER_ACCEPTED, FULL_ROAD, NEVER_STARTED)
PAUSE = 0.4
"""Seconds before somebody without an answer tries again."""


@dataclass
class Tally:
    """What the load did so far, shared by its threads."""

    placed: list[dict[str, str]] = field(default_factory=list)
    """Journeys that got as far as an order: its kind, mark and, once known, public id."""
    done: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Journey:
    """One order, from the checkout to wherever its kind leads."""

    def __init__(self, kind: str, mark: str, pair: dict[str, Any], buyer: Person, expert: Person) -> None:
        self.kind, self.mark, self.pair = kind, mark, pair
        self.buyer, self.expert = buyer, expert
        self.order = ""
        self.checkout: Page | None = None
        self.slot: dict[str, str] = {}
        self.bank = ""
        self.written = False
        self.next: Callable[[], bool] = self.place

    def step(self) -> bool:
        """Do the next thing. True when there is nothing left to do."""
        return self.next()

    def place(self) -> bool:
        what = self.kind if self.kind in (QUESTION, CALL) else "job"
        path = f"/offers/{self.pair[what]}/order/"
        if self.checkout is None:
            self.checkout = self.buyer.open(path)
            self.slot = self._slot(self.checkout)
        answer = self.buyer.submit(
            self.checkout,
            self.checkout.form(path),
            brief=f"Dossier {self.mark}",
            buyer_as="firm",
            company="Girard & Fils",
            siren="303265045",
            address="12 rue des Carmes",
            postal_code="44000",
            city="Nantes",
            method="card",
            terms="on",
            **self.slot,
        )
        return self._on_the_way(answer)

    def _slot(self, page: Page) -> dict[str, str]:
        """A call needs a time: any that the page offers."""
        if self.kind != CALL:
            return {}
        slots = page.attribute("//input[@name='slot']/@value")
        if not slots:
            raise Lost(f"no time to choose on {page.url}")
        return {"slot": random.choice(slots)}

    def _on_the_way(self, answer: Page) -> bool:
        """Where one is after asking to pay: at the bank, before a page that tries again, or in the order."""
        if "/sandbox/checkout/" in answer.url:
            self.bank = answer.url.partition("/sandbox/")[2].partition("?")[0]
            self.next = self.pay
        elif found := ORDER.search(answer.url):
            self.order = found[1]
            self.next = self.ask_to_pay if "/payment/" in answer.url else self.work
        elif self.kind == CALL:  # somebody was faster, or the time is too close by now: choose another one
            self.checkout = None
        else:
            raise Lost(f"{self.mark}: the checkout says {answer.status} {answer.errors()}")
        return False

    def ask_to_pay(self) -> bool:
        path = f"/orders/{self.order}/payment/"
        page = self.buyer.open(path)
        form = page.form(path)
        if "/payment/" not in page.url or form is None:
            self.next = self.work
            return "/payment/" in page.url and not self._is_waiting(page)
        return self._on_the_way(self.buyer.submit(page, form, method="card"))

    @staticmethod
    def _is_waiting(page: Page) -> bool:
        return page.status == 200

    def pay(self) -> bool:
        page = self.buyer.open(f"/sandbox/{self.bank}")
        form = page.form("/card/")
        if form is not None:
            page = self.buyer.submit(page, form, card="accepted")
        found = ORDER.search(page.url) or ORDER.search(page.text)
        if found is None:
            raise Lost(f"{self.mark}: the bank does not lead back to an order")
        self.order = found[1]
        self.next = self.work
        return False

    def work(self) -> bool:
        """What the room offers, to the one or the other."""
        room = f"/orders/{self.order}/"
        if not self.written:
            page = self.buyer.open(room)
            form = page.form(f"{room}messages/")
            if form is None:  # not paid yet, as far as the site knows: the bank's message is on its way
                if page.form(f"{room}payment/") is not None:
                    self.next = self.ask_to_pay
                return False
            self.buyer.submit(page, form, body=f"Bonjour, voici le dossier {self.mark}.")
            self.written = True
        if self.kind in (NEVER_STARTED, CALL):
            return True
        page = self.expert.open(room)
        start = page.form(f"{room}start/")
        if start is not None:
            page = self.expert.submit(page, start)
        if "/deliverables/" in page.text:
            page = self.expert.open(f"{room}deliverables/")
            form = page.form(f"{room}deliverables/")
            if form is not None:
                answer = self.expert.submit(
                    page, form, note=f"Voici le travail {self.mark}.", file=("plan.pdf", PDF)
                )
                if answer.status == 422:
                    return False  # the disk is full, and the page said so
        page = self.buyer.open(f"{room}acceptance/")
        form = page.form(f"{room}acceptance/")
        if form is not None:
            if self.kind == NEVER_ACCEPTED:
                return True
            self.buyer.submit(page, form)
            return False  # look again: it must be over
        return page.form(f"{room}review/") is not None or "/review/" in page.text


def live(
    doors: list[str], pair: dict[str, Any], number: int, tally: Tally, stop: threading.Event, name: str
) -> None:
    """Make one journey after another as one buyer and one expert, until asked to stop; then end the last one."""
    buyer, expert = Person(doors, pair["buyer"]), Person(doors, pair["expert"])
    turn = number
    while not stop.is_set():
        kind = KINDS[turn % len(KINDS)]
        turn += 1
        journey = Journey(kind, f"{name}-{number}-{turn}", pair, buyer, expert)
        until = time.monotonic() + 180
        try:
            while not _moved_on(journey):
                if time.monotonic() > until:
                    raise Lost(
                        f"{journey.mark} ({kind}): no way on from {journey.next.__name__} {journey.order}"
                    )
        except Lost as lost:
            with tally.lock:
                tally.lost.append(str(lost))
            continue
        with tally.lock:
            tally.done[kind] += 1
            tally.placed.append({"kind": kind, "mark": journey.mark, "order": journey.order})
    with tally.lock:
        tally.done["requests"] += buyer.asked + expert.asked
        tally.done["without an answer"] += buyer.unanswered + expert.unanswered


def _moved_on(journey: Journey) -> bool:
    """One step, or a short rest when nobody answered."""
    try:
        done = journey.step()
    except Unreachable:
        time.sleep(PAUSE)
        return False
    time.sleep(0.05)
    return done
