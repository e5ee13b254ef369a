"""What happens on the sandbox's side: a person pays or does not, a bank sends money or takes it back.

Each act locks the page, changes it, and leaves a signed message for us, at once or late, once or twice.
"""

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_noop

from marketplace.kernel import clock
from payments.outbox import after_commit
from payments.sandbox.models import (
    SandboxCallback,
    SandboxPayout,
    SandboxRefund,
    SandboxSession,
    new_event_id,
)
from payments.sandbox.outbox import deliver

BIC = "SBOXFRPPXXX"
DECLINED = gettext_noop("The bank declined this card.")
NOT_CONFIRMED = gettext_noop("The payment was not confirmed with the bank.")
REFUSED = gettext_noop("The buyer's bank refused the refund.")
CLOSED_ACCOUNT = gettext_noop("The bank account has been closed.")
BANK_TIME = timedelta(seconds=20)
REFUSED_CENTS, RETURNED_CENTS = 13, 66
LATE = timedelta(seconds=30)
SOON = timedelta(seconds=10)
"""When the sweep takes over a message that the errand after the commit should have sent."""

State = SandboxSession.State


@transaction.atomic
def choose_options(
    session: SandboxSession, *, late: bool, twice: bool, refund_outcome: str
) -> SandboxSession:
    """How this page's messages and refunds should misbehave."""
    session = session.locked()
    session.sends_late, session.sends_twice, session.refund_outcome = late, twice, refund_outcome
    session.save(update_fields=["sends_late", "sends_twice", "refund_outcome"])
    return session


@transaction.atomic
def pay(session: SandboxSession, method: str) -> SandboxSession:
    """The money is taken. A page that is no longer open stays as it is."""
    session = session.locked()
    if _is_open(session):
        _settle(session, method, session.amount_cents)
    return session


@transaction.atomic
def decline(session: SandboxSession, reason: str = DECLINED) -> SandboxSession:
    """The bank says no; another card may be tried."""
    session = session.locked()
    if _is_open(session):
        session.state = State.OPEN
        session.failure = reason
        session.failed_at = clock.now()
        session.save()
        _owe_message(session, "checkout.declined", "checkout", session.token)
    return session


@transaction.atomic
def ask_confirmation(session: SandboxSession) -> SandboxSession:
    """The bank wants to be sure that it is the card's owner."""
    session = session.locked()
    if _is_open(session):
        session.state = State.CONFIRMING
        session.save(update_fields=["state"])
    return session


@transaction.atomic
def choose_transfer(session: SandboxSession) -> SandboxSession:
    """The buyer will send a transfer: the page stays open until it is there."""
    session = session.locked()
    if _is_open(session):
        session.state = State.AWAITING_TRANSFER
        session.failure, session.failed_at = "", None
        session.save()
        _owe_message(session, "checkout.transfer_awaited", "checkout", session.token)
    return session


@transaction.atomic
def receive_transfer(session: SandboxSession, amount_cents: int) -> SandboxSession:
    """A transfer comes in, of the right amount or not. Several add up."""
    session = session.locked()
    if session.state == State.AWAITING_TRANSFER and amount_cents > 0:
        total = session.received_cents + amount_cents
        if total >= session.amount_cents:
            _settle(session, "transfer", total)
        else:
            session.received_cents = total
            session.save(update_fields=["received_cents"])
            _owe_message(session, "checkout.partially_funded", "checkout", session.token)
    return session


@transaction.atomic
def return_excess(session: SandboxSession) -> SandboxSession:
    """What came in too much goes back to its sender."""
    session = session.locked()
    if session.state == State.PAID and session.excess_cents:
        session.received_cents = session.amount_cents
        session.save(update_fields=["received_cents"])
        _owe_message(session, "checkout.paid", "checkout", session.token)
    return session


@transaction.atomic
def expire(session: SandboxSession) -> SandboxSession:
    """Take no more money on a page, unless it is paid."""
    session = session.locked()
    if session.state not in (State.PAID, State.EXPIRED):
        session.state = State.EXPIRED
        session.save(update_fields=["state"])
        _owe_message(session, "checkout.expired", "checkout", session.token)
    return session


@transaction.atomic
def refund(session: SandboxSession, amount_cents: int, *, reference: str, key: str) -> SandboxRefund:
    """Send money back, once per key. Never more than came in."""
    session = session.locked()
    known = SandboxRefund.objects.filter(idempotency_key=key).first()
    if known is not None:
        return known
    gone = (
        session.refunds.exclude(state=SandboxRefund.State.FAILED).aggregate(total=Sum("amount_cents"))[
            "total"
        ]
        or 0
    )
    if amount_cents > session.received_cents - gone:
        raise ValueError(f"{amount_cents} cents is more than is left of {session.token}")
    asked = SandboxRefund.objects.create(
        session=session,
        idempotency_key=key,
        reference=reference,
        amount_cents=amount_cents,
        state={
            SandboxSession.RefundOutcome.SUCCEED: SandboxRefund.State.SUCCEEDED,
            SandboxSession.RefundOutcome.FAIL: SandboxRefund.State.FAILED,
        }.get(SandboxSession.RefundOutcome(session.refund_outcome), SandboxRefund.State.PENDING),
    )
    _owe_message(session, "refund.updated", "refund", asked.token)
    return asked


@transaction.atomic
def settle_refund(asked: SandboxRefund, *, succeeds: bool) -> SandboxRefund:
    """The buyer's bank takes the money, or sends it back, even after it took it."""
    session = asked.session.locked()
    asked = asked.locked()
    wanted = SandboxRefund.State.SUCCEEDED if succeeds else SandboxRefund.State.FAILED
    if asked.state not in (wanted, SandboxRefund.State.FAILED):
        asked.state = wanted
        asked.save(update_fields=["state"])
        _owe_message(session, "refund.updated", "refund", asked.token)
    return asked


@transaction.atomic
def pay_out(amount_cents: int, *, reference: str, key: str) -> SandboxPayout:
    """Send money to an expert's bank, once per key; it is there a little later."""
    payout, _new = SandboxPayout.objects.get_or_create(
        idempotency_key=key,
        defaults={
            "reference": reference,
            "amount_cents": amount_cents,
            "next_step_at": clock.now() + BANK_TIME,
        },
    )
    return payout


@transaction.atomic
def settle_payout(payout: SandboxPayout) -> SandboxPayout:
    """The next thing a bank does with it: take it, refuse it, or send back what it took."""
    payout = payout.locked()
    if payout.next_step_at is None:
        return payout
    cents = payout.amount_cents % 100
    pending = payout.state == SandboxPayout.State.PENDING
    comes_back = cents == RETURNED_CENTS
    payout.state = (
        SandboxPayout.State.PAID if pending and cents != REFUSED_CENTS else SandboxPayout.State.FAILED
    )
    payout.next_step_at = clock.now() + BANK_TIME if pending and comes_back else None
    payout.save(update_fields=["state", "next_step_at"])
    _send_message(
        f"payout.{payout.state}", "payout", payout.token, due_at=clock.now() + SOON, copies=1, now=True
    )
    return payout


def _is_open(session: SandboxSession) -> bool:
    return session.state in (State.OPEN, State.CONFIRMING) and not session.ran_out


def _settle(session: SandboxSession, method: str, received_cents: int) -> None:
    session.state = State.PAID
    session.paid_with = method
    session.received_cents = received_cents
    session.paid_at = clock.now()
    session.failure, session.failed_at = "", None
    session.save()
    _owe_message(session, "checkout.paid", "checkout", session.token)


def _owe_message(session: SandboxSession, kind: str, subject: str, object_id: str) -> None:
    _send_message(
        kind,
        subject,
        object_id,
        due_at=clock.now() + (LATE if session.sends_late else SOON),
        copies=2 if session.sends_twice else 1,
        now=not session.sends_late,
    )


def _send_message(
    kind: str, subject: str, object_id: str, *, due_at: datetime, copies: int, now: bool
) -> None:
    event_id = new_event_id()
    body = json.dumps(
        {
            "id": event_id,
            "type": kind,
            "created": int(clock.now().timestamp()),
            "data": {"object": subject, "id": object_id},
        }
    )
    for _copy in range(copies):
        callback = SandboxCallback.objects.create(event_id=event_id, body=body, due_at=due_at)
        if now:
            after_commit(deliver, callback.pk)
