"""The outbox of everything we ask of the gateway.

A row is written first, in the transaction that decides. It is carried out afterwards: claimed, asked, and its
effect booked together with the answer. When no answer came, or the process died before it was written, nothing is
sent again until the gateway was asked whether it knows the key: never twice, never lost.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import transaction

from marketplace.kernel import clock
from marketplace.kernel.writing import write_once
from payments.gateways import GatewayRefused, GatewayUnavailable
from payments.models import GatewayCall
from payments.models.payment import next_attempt

logger = logging.getLogger(__name__)

Kind, State = GatewayCall.Kind, GatewayCall.State

IN_FLIGHT_FOR = timedelta(minutes=3)
"""How long somebody who claimed a call may take to ask. After that they are taken for dead."""


@dataclass(frozen=True)
class Answer:
    """What the gateway made of a call: its object, and what else is worth keeping (JSON)."""

    object_id: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Errand:
    """How a kind of call is sent, looked up, and what follows in our own books.

    ``find`` says what the gateway already knows under the call's key, or ``None`` when it knows nothing; without
    it the call is harmless to repeat. ``book`` and ``refuse`` run in the transaction that settles the row.
    ``shared`` calls move no money and answer the same to everyone who asks at once.
    """

    send: Callable[[GatewayCall], Answer]
    find: Callable[[GatewayCall], Answer | None] | None = None
    book: Callable[[GatewayCall], None] | None = None
    refuse: Callable[[GatewayCall], None] | None = None
    shared: bool = False


_errands: dict[str, Errand] = {}


def register(kind: str, errand: Errand) -> None:
    """Say how a kind of call is carried out."""
    _errands[kind] = errand


def ask(kind: str, key: str, payload: dict[str, Any] | None = None, *, subject: str = "") -> GatewayCall:
    """Write down a call, once per key. Belongs in the transaction that decides it.

    Raises ``ValueError`` when the key stands for another amount.
    """
    now = clock.now()
    call = GatewayCall(
        kind=kind,
        key=key,
        payload=payload or {},
        subject=subject,
        next_attempt_at=next_attempt(1, now),
    )
    if write_once(call):
        return call
    call = GatewayCall.objects.get(key=key)
    if call.payload.get("amount_cents") != (payload or {}).get("amount_cents"):
        raise ValueError(f"the key {key} stands for another amount")
    return call


def carry_out(call: GatewayCall) -> GatewayCall:
    """Ask the gateway once, however often this runs, and book its answer. Calls the network.

    Returns the row as it stands: settled, or in the hands of somebody else. Raises ``GatewayUnavailable`` when
    nothing is known, and ``RuntimeError`` inside a transaction.
    """
    errand = _errands[call.kind]
    call, mine, asked_before = _claim(call, shared=errand.shared)
    if not mine:
        return call
    try:
        answer = errand.find(call) if asked_before and errand.find is not None else None
        if answer is None:
            answer = errand.send(call)
    except GatewayRefused as refusal:
        return _settle(call, error=str(refusal))
    except GatewayUnavailable as error:
        GatewayCall.objects.filter(pk=call.pk, state=State.SENT).update(
            state=State.UNKNOWN,
            error=str(error)[:500],
            next_attempt_at=next_attempt(call.attempts, clock.now()),
        )
        raise
    return _settle(call, answer=answer)


@shared_task(autoretry_for=(GatewayUnavailable,), retry_backoff=True, max_retries=4)
def perform_call(call_id: int) -> None:
    """Carry out one call, in a worker."""
    carry_out(GatewayCall.objects.get(pk=call_id))


@transaction.atomic(durable=True)
def _claim(call: GatewayCall, *, shared: bool) -> tuple[GatewayCall, bool, bool]:
    """The fresh row, whether it is ours to ask, and whether somebody may have asked before."""
    call = call.locked()
    now = clock.now()
    if call.is_settled:
        return call, False, False
    in_flight = call.state == State.SENT and call.claimed_until is not None and call.claimed_until > now
    if in_flight and not shared:
        return call, False, False
    asked_before = call.state != State.NEW
    call.state = State.SENT
    call.attempts += 1
    call.sent_at = call.sent_at or now
    call.claimed_until = call.next_attempt_at = now + IN_FLIGHT_FOR
    call.save(update_fields=["state", "attempts", "sent_at", "claimed_until", "next_attempt_at"])
    return call, True, asked_before and not in_flight


@transaction.atomic(durable=True)
def _settle(call: GatewayCall, *, answer: Answer | None = None, error: str = "") -> GatewayCall:
    """Write the answer and what follows from it, or neither."""
    call = call.locked()
    if call.is_settled:
        return call
    errand = _errands[call.kind]
    call.settled_at = clock.now()
    if answer is None:
        call.state, call.error = State.FAILED, error[:500]
    else:
        call.state, call.object_id, call.answer, call.error = State.DONE, answer.object_id, answer.data, ""
    call.save(update_fields=["state", "object_id", "answer", "error", "settled_at"])
    follows = errand.refuse if answer is None else errand.book
    if follows is not None:
        follows(call)
    return call
