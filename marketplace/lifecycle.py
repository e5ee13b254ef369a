"""The life of an order as the code has it: states, transitions, who may act, what the clock does, who is told.

Read from the state machine and from the source of the actions, never from a list kept by hand, so that
``docs/order-lifecycle.md`` cannot drift away from what happens.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation

from marketplace.kernel import rules
from messaging import words
from orders import actions
from orders.models import Order, OrderEvent
from orders.notifications import SILENT, TELLERS

DOCUMENT = "docs/order-lifecycle.md"
ORDERS = Path(actions.__file__).parent.parent

TIMERS = {
    "card_payment": "Time to pay by card before an unpaid order ends.",
    "transfer_payment": "Time for a bank transfer to arrive before an unpaid order ends.",
    "transfer_reminder": "When a buyer is reminded of a transfer, counted from the placement.",
    "start": "Time for the expert to start a paid order before it is cancelled and paid back.",
    "start_reminders": "When the expert is reminded to start, counted from the payment.",
    "acceptance": "Time for the buyer to answer a delivery before it is accepted by itself.",
    "acceptance_reminders": "When the buyer is reminded to answer, counted from the delivery.",
    "acceptance_extension": "Time added once to the buyer's answer, when the buyer asks for it.",
    "buyer_item": "Time for the buyer to send what is missing: then the order not begun ends, the one begun may be cancelled by the expert.",
    "buyer_item_reminders": "When the buyer is reminded of what is missing, counted from the pause.",
    "pause_limit": "Time after which a pause of work that nobody ended is over.",
    "due_soon": "How long before a date of theirs the expert is reminded of it.",
    "late_grace": "Lateness of the first deliverable after which the buyer may cancel alone and is paid back.",
    "change_answer": "Time to answer an extension, a cancellation or a settlement that the other party asked for.",
    "revision_answer": "Time for the expert to refuse a revision; silence takes it on. A round beyond the limit needs their word.",
    "revision_answer_reminder": "When the expert is reminded that a revision can still be refused, counted from the request.",
    "revision_minimum": "Least time given to a revision; otherwise half the time of the first deliverable.",
    "extra_answer": "Time to accept, by paying it, something more that the expert proposes while the work runs, or a revision at a price.",
    "call_free_change": "Until so long before a call, the buyer moves or cancels it alone.",
    "call_reminders": "When both parties are reminded of a call, counted back from it.",
    "call_lateness": "How late a party may be before the other may say they are absent.",
    "call_summary": "Time for the expert to hand over the summary, counted from the end of the call.",
    "absence_contest": "Time to contest an absence the other party declared.",
    "record_amendment": "Time for the other party to say how a cancellation went.",
    "claim": "Time for the buyer to claim on a completed order.",
    "review_window": "Time for both to leave a review once the order is completed or resolved.",
    "review_edit": "Time for an author to change a review that is not published yet, counted from its posting.",
    "clearing_manual": "Wait before the expert may withdraw, when the buyer accepted or staff ruled.",
    "clearing_automatic": "Wait before the expert may withdraw, when the order was accepted by itself.",
}
"""What each delay means. A delay without its sentence stops the drawing."""


@dataclass(frozen=True)
class Act:
    """One of ``orders.actions``: its promise, who may ask for it, and the transitions it makes.

    A transition stands with the state the action looks for first, or with an empty one when it looks for none.
    """

    name: str
    promise: str
    askers: tuple[str, ...]
    transitions: frozenset[tuple[str, str]]

    def makes(self, transition: str, source: str) -> bool:
        return bool(self.transitions & {(transition, source), (transition, "")})


@dataclass(frozen=True)
class Move:
    """An arrow of the diagram."""

    name: str
    source: str
    target: str
    acts: tuple[Act, ...]

    @property
    def askers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(asker for act in self.acts for asker in act.askers))


# Reading


@cache
def moves() -> tuple[Move, ...]:
    """Every transition of the machine, with the actions that make it, in the order of the states."""
    order = {state: position for position, state in enumerate(Order.State.values)}
    found = [
        Move(
            name=transition.name,
            source=str(transition.source),
            target=str(transition.target),
            acts=tuple(act for act in acts() if act.makes(transition.name, str(transition.source))),
        )
        for transition in Order._meta.get_field("state").get_all_transitions(Order)
    ]
    return tuple(sorted(found, key=lambda move: (order[move.source], order[move.target], move.name)))


@cache
def acts() -> tuple[Act, ...]:
    """Every action that makes a transition, read from its source."""
    functions = {function.name: function for function in _functions(ORDERS / "actions")}
    named = {t.name for t in Order._meta.get_field("state").get_all_transitions(Order)}
    clock = _mentioned(ORDERS / "tasks.py")
    gateway = _mentioned(ORDERS / "payment_observer.py")

    def made_by(name: str, seen: frozenset[str] = frozenset()) -> frozenset[tuple[str, str]]:
        made: set[tuple[str, str]] = set()
        for call, state in _calls(functions[name]):
            if call.removeprefix("order.") in named and call.startswith("order."):
                made.add((call.removeprefix("order."), state))
            elif call in functions and call not in seen:
                made |= {(transition, inner or state) for transition, inner in made_by(call, seen | {name})}
        return frozenset(made)

    found = []
    for name in actions.__all__:
        if name in functions and (made := made_by(name)):
            askers = [*_people(functions[name])]
            askers += ["the clock"] if name in clock else []
            askers += ["the payment gateway"] if name in gateway else []
            promise = (ast.get_docstring(functions[name]) or "").split("\n")[0]
            found.append(Act(name=name, promise=promise, askers=tuple(askers), transitions=made))
    return tuple(found)


def final_states() -> tuple[str, ...]:
    """States that wait for nobody: nothing leads on, but for a claim of the buyer in its time."""
    left = {move.source for move in moves() if move.name != "begin_claim"}
    return tuple(state for state in Order.State.values if state not in left)


@cache
def told() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """For each kind of event: who is told, under which kind of notification, read from the readers of each stage."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for kind, teller in TELLERS.items():
        module = ast.parse(inspect.getsource(inspect.getmodule(teller)))  # type: ignore[arg-type]
        named = {
            ast.unparse(node.targets[0]): node.value for node in module.body if isinstance(node, ast.Assign)
        }
        reader = next(
            node
            for node in module.body
            if isinstance(node, ast.FunctionDef) and node.name == getattr(teller, "__name__", "")
        )
        lines: list[tuple[str, str]] = []
        for node in ast.walk(reader):
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                person, notification, *_rest = node.value.elts
                if isinstance(notification, ast.Subscript):
                    notification = named.get(ast.unparse(notification.value), notification)
                lines += [(_person(person), said) for said in _strings(notification)]
        found[kind] = tuple(dict.fromkeys(lines))
    return tuple((kind, found.get(kind, ())) for kind in OrderEvent.Kind.values)


def _functions(folder: Path) -> Iterator[ast.FunctionDef]:
    for path in sorted(folder.glob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                yield node


def _calls(node: ast.AST, state: str = "") -> Iterator[tuple[str, str]]:
    """Every call below a node, with the state that an ``if order.state == …`` around it asks for."""
    if isinstance(node, ast.Call):
        yield ast.unparse(node.func), state
    if isinstance(node, ast.If):
        asked = re.search(r"order\.state == Order\.State\.(\w+)", ast.unparse(node.test))
        inside = Order.State[asked[1]].value if asked else state
        for line in node.body:
            yield from _calls(line, inside)
        for part in (node.test, *node.orelse):
            yield from _calls(part, state)
        return
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, state)


def _mentioned(path: Path) -> set[str]:
    """The actions a module names, as ``actions.start``."""
    return {
        node.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "actions"
    }


def _people(function: ast.FunctionDef) -> list[str]:
    """Whom an action lets in, from the check that stands in it."""
    source = ast.unparse(function)
    checks = {
        "the buyer": ("only(order.buyer, ", "order.buyer_id, order.expert_id"),
        "the expert": ("only(order.expert, ", "order.buyer_id, order.expert_id"),
        "staff": ("actor.is_staff",),
    }
    return [person for person, marks in checks.items() if any(mark in source for mark in marks)]


def _person(node: ast.expr) -> str:
    name = ast.unparse(node).rpartition(".")[2]
    others = {"asker": "whoever asked", "quiet": "whoever stayed silent", "party": "each party"}
    if isinstance(node, ast.IfExp | ast.Call):
        return "the other party"
    return others.get(name, f"the {name}")


def _strings(node: ast.expr) -> list[str]:
    constants = [str(part.value) for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return [text for text in constants if text in words.kinds()]


def _last_name(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


# Writing


def document() -> str:
    """The whole page, as it should stand in ``docs/order-lifecycle.md``."""
    with translation.override("en"):
        parts = [INTRODUCTION, _diagram(), _states(), _transitions(), _clock(), _timers(), _told()]
        return "\n\n".join(parts) + "\n"


INTRODUCTION = """# The life of an order

Drawn from the code by `make lifecycle`; a test fails when it is stale. Every change of state goes through one
action of `orders.actions`, which locks the order, makes the transition, moves the money and writes one event."""


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{label}" as {value}' for value, label in Order.State.choices]
    lines.append(f"    [*] --> {Order.State.PENDING_PAYMENT}: place order")
    lines += [f"    {move.source} --> {move.target}: {move.name.replace('_', ' ')}" for move in moves()]
    lines += [f"    {state} --> [*]" for state in final_states()]
    return "\n".join([*lines, "```"])


def _states() -> str:
    rows = []
    for state in Order.State:
        if state in final_states():
            continue
        out = [move for move in moves() if move.source == state]
        askers = list(dict.fromkeys(asker for move in out for asker in move.askers))
        rows.append([f"{state.label} (`{state}`)", ", ".join(askers)])
    closed = ", ".join(f"`{state}`" for state in final_states())
    return (
        "## Nothing waits for ever\n\n"
        + _table(["State", "Who or what can move it on"], rows)
        + f"\n\nFinal: {closed}; a completed order may be claimed on in its time. A dispute waits for staff alone: the administration counts the open ones and shows the oldest."
    )


def _transitions() -> str:
    rows = [
        [f"`{move.source}` → `{move.target}`", f"`{act.name}`", ", ".join(act.askers), act.promise]
        for move in moves()
        for act in move.acts
    ]
    return "## Transitions\n\n" + _table(["From → to", "Action", "Asked by", "What it does"], rows)


def _clock() -> str:
    functions = {
        node.name: node
        for node in ast.parse((ORDERS / "tasks.py").read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    rows = []
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        module, _dot, name = entry["task"].rpartition(".")
        if module == "orders.tasks":
            rows.append([f"`{name}`", f"{entry['schedule']} s", ast.get_docstring(functions[name]) or ""])
    return (
        "## What the clock does\n\nDeadlines are columns of the order. Each sweep looks again under lock, so a lost or "
        "doubled run changes nothing.\n\n" + _table(["Task", "Every", "What it does"], rows)
    )


def _timers() -> str:
    rows = [
        [f"`{field.name}`", _length(field.name), TIMERS[field.name]] for field in fields(rules.ORDER_TIMERS)
    ]
    return (
        "## Delays\n\nThey stand in `marketplace.kernel.rules`, and each order keeps those of the day it was placed.\n\n"
        + _table(["Delay", "Length", "What it is for"], rows)
    )


def _length(name: str) -> str:
    usual, custom = (_delay(getattr(timers, name)) for timers in (rules.ORDER_TIMERS, rules.CUSTOM_TIMERS))
    return usual if usual == custom else f"{usual}; custom requests: {custom}"


def _told() -> str:
    rows = []
    for kind, lines in told():
        label = str(OrderEvent.Kind(kind).label)
        rows += [
            [label if position == 0 else "", person, _title(notification)]
            for position, (person, notification) in enumerate(lines)
        ]
    return (
        "## Who is told\n\nIn the product and by mail, in their own language; nobody is told of what they did themselves.\n\n"
        + _table(["Event", "Person", "Words"], rows)
        + "\n\nTold to nobody:\n\n"
        + _table(["Event", "Why"], [[str(OrderEvent.Kind(kind).label), why] for kind, why in SILENT.items()])
    )


def _title(notification: str) -> str:
    return re.sub(r"%\(\w+\)s", "…", str(words.of(notification).title)).replace("%%", "%")


def _delay(value: timedelta | tuple[timedelta, ...]) -> str:
    if isinstance(value, tuple):
        return ", ".join(_delay(part) for part in value)
    minutes = int(value.total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [f"{days} d" if days else "", f"{hours} h" if hours else "", f"{left} min" if left else ""]
    return " ".join(part for part in parts if part)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
