"""Facts going up: told after the commit, at least once. The row remembers that it is owed (`tell_due_at`)."""

from typing import Any

from celery import Task, shared_task

from marketplace.kernel import clock
from payments.models import Chargeback, Payment, Refund
from payments.observer import observer


def after_commit(task: Task, *args: Any) -> None:
    """Hand an errand to a worker once the transaction stands. A queue that is down is no reason to fail."""
    task.delay_on_commit(*args)


@shared_task
def tell_payment(payment_id: int) -> None:
    """Tell of a payment's last fact, if nobody noted yet that it was told."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.tell_due_at is None:
        return
    listener = observer()
    if payment.state == Payment.State.RECEIVED:
        listener.payment_received(payment.pk)
    elif payment.state == Payment.State.AWAITING_TRANSFER:
        listener.transfer_awaited(payment.pk)
    elif payment.state == Payment.State.FAILED:
        listener.payment_failed(payment.pk)
    # Only the fact that was told is closed: a newer one has moved the due time, and stays open.
    Payment.objects.filter(pk=payment.pk, tell_due_at=payment.tell_due_at).update(
        told_at=clock.now(), tell_due_at=None
    )


@shared_task
def tell_refund(refund_id: int) -> None:
    """Tell that a refund reached the buyer, or did not."""
    refund = Refund.objects.get(pk=refund_id)
    if refund.tell_due_at is None:
        return
    observer().refund_settled(refund.pk)
    Refund.objects.filter(pk=refund.pk, tell_due_at=refund.tell_due_at).update(
        told_at=clock.now(), tell_due_at=None
    )


@shared_task
def tell_chargeback(chargeback_id: int) -> None:
    """Tell that a bank contests a payment, or what it decided."""
    chargeback = Chargeback.objects.get(pk=chargeback_id)
    if chargeback.tell_due_at is None:
        return
    observer().charged_back(chargeback.pk)
    Chargeback.objects.filter(pk=chargeback.pk, tell_due_at=chargeback.tell_due_at).update(
        told_at=clock.now(), tell_due_at=None
    )
