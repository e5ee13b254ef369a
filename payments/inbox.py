"""Messages of the gateway: kept first, read later, never believed. What they name is looked up afresh."""

from celery import Task, shared_task
from django.db.models import F
from django.utils.translation import gettext_noop

from marketplace.kernel import clock
from marketplace.kernel.writing import write_once
from payments import books, chargebacks, escrow, payouts, refunds
from payments.gateways import GatewayUnavailable, UnknownObject, WebhookEvent, gateway
from payments.models import InboundEvent, Payment, Refund, Withdrawal
from payments.models.payment import next_attempt

MAX_ATTEMPTS = 40
"""Some three days, as long as a gateway sends its messages again."""


class NotOurs(Exception):
    """The message concerns something we do not know, or do not know yet."""


def keep(event: WebhookEvent) -> int:
    """Store a message once, by its identifier. Returns the row's key, of the first copy when it came before."""
    kept = InboundEvent(
        event_id=event.event_id,
        kind=event.kind,
        subject=event.subject,
        object_id=event.object_id,
        account=event.account,
        payload=event.payload,
        next_attempt_at=next_attempt(1, clock.now()),
    )
    if write_once(kept):
        return kept.pk
    return InboundEvent.objects.values_list("pk", flat=True).get(event_id=event.event_id)


@shared_task(bind=True, autoretry_for=(GatewayUnavailable,), retry_backoff=True, max_retries=4)
def process_event(self: Task, event_id: int) -> None:
    """Read one message, in a worker. The retries of a moment count as one attempt with the first."""
    process(InboundEvent.objects.get(pk=event_id), is_retry=self.request.retries > 0)


def process(event: InboundEvent, *, is_retry: bool = False) -> None:
    """Act on a message, once. What cannot be done yet stays pending; after some three days it is left to staff.

    ``is_retry``: it was tried some seconds ago, which counts already. Raises ``GatewayUnavailable``, and whatever else
    went wrong: the message stays pending then.
    """
    if event.state != InboundEvent.State.PENDING:
        return
    try:
        _act_on(event)
    except (UnknownObject, NotOurs):
        _postpone(event, gettext_noop("It concerns something we do not know yet."), is_retry)
    except GatewayUnavailable:
        _postpone(event, gettext_noop("The gateway did not answer."), is_retry)
        raise
    except Exception as error:
        _postpone(event, f"{type(error).__name__}: {error}", is_retry)
        raise
    else:
        InboundEvent.objects.filter(pk=event.pk).update(
            state=InboundEvent.State.PROCESSED, processed_at=clock.now(), attempts=F("attempts") + 1, error=""
        )


def replay(event: InboundEvent) -> None:
    """Make a message due again, whatever became of it. What was done once is not done twice."""
    InboundEvent.objects.filter(pk=event.pk).update(
        state=InboundEvent.State.PENDING, attempts=0, next_attempt_at=clock.now(), error=""
    )


def _act_on(event: InboundEvent) -> None:
    if event.subject == "checkout":
        checkout = gateway().look_up(event.object_id)
        payment = Payment.objects.filter(public_id=checkout.reference).first()
        if payment is None:
            raise NotOurs
        escrow.apply(payment, checkout)
    elif event.subject == "refund":
        status = gateway().look_up_refund(event.object_id)
        refund = Refund.objects.filter(public_id=status.reference).first()
        if refund is None:
            raise NotOurs
        refunds.book(refund, status)
    elif event.subject == "payout":
        payout = gateway().look_up_payout(event.object_id, event.account)
        withdrawal = Withdrawal.objects.filter(gateway_id=event.object_id).first() or _withdrawal_of(
            payout.reference
        )
        if withdrawal is None:
            raise NotOurs
        payouts.book(withdrawal, payout)
    elif event.subject == "payee":
        if payouts.book_payee(gateway().look_up_payee(event.object_id)) is None:
            raise NotOurs
    elif event.subject == "bank_account":
        payouts.note_bank_change(event.account)
    elif event.subject == "dispute":
        dispute = gateway().look_up_dispute(event.object_id)
        contested = Payment.objects.filter(
            public_id=gateway().look_up(dispute.checkout_id).reference, hold__isnull=False
        ).first()
        if contested is None:
            raise NotOurs
        chargebacks.book(contested, dispute)
    elif event.subject == "own_payout":
        books.book_own_payout(gateway().look_up_payout(event.object_id, ""))
    elif event.subject == "fraud_warning":
        books.warn_of_fraud(gateway().look_up(event.object_id).reference, event.event_id)
    elif event.subject == "transfer":
        _confirm_transfer(event.object_id)


def _withdrawal_of(reference: str) -> Withdrawal | None:
    """Its answer may not be written yet: the payout carries our own name for it."""
    return Withdrawal.objects.filter(public_id=reference).first() if reference else None


def _confirm_transfer(transfer_id: str) -> None:
    """A transfer we know of needs nothing more; one whose answer was lost is found by its own call."""
    if not payouts.knows_transfer(transfer_id):
        raise NotOurs


def _postpone(event: InboundEvent, error: str, is_retry: bool) -> None:
    now = clock.now()
    attempts = event.attempts + (not is_retry)
    given_up = attempts >= MAX_ATTEMPTS
    InboundEvent.objects.filter(pk=event.pk).update(
        state=InboundEvent.State.FAILED if given_up else InboundEvent.State.PENDING,
        attempts=attempts,
        next_attempt_at=next_attempt(attempts, now),
        error=error,
    )
