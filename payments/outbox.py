"""Errands at the gateway, left for after the commit. None takes a decision.

Each may be lost and each may run twice: its key at the gateway and a locked second look make that harmless, and
the row it serves remembers that it is owed until a sweep of `payments.tasks` runs it again.
"""

import logging

from celery import shared_task
from django.db.models import F

from payments import refunds
from payments.gateways import GatewayUnavailable, UnknownObject, gateway
from payments.models import Refund
from payments.telling import after_commit, tell_payment, tell_refund

__all__ = ["after_commit", "close_checkout", "send_refund", "tell_payment", "tell_refund"]

logger = logging.getLogger(__name__)


@shared_task(autoretry_for=(GatewayUnavailable,), retry_backoff=True, max_retries=4)
def send_refund(refund_id: int) -> None:
    """Send money back once, however often this runs; of one under way, ask what became of it."""
    refund = Refund.objects.select_related("hold__payment").get(pk=refund_id)
    if refund.state not in Refund.UNDER_WAY:
        return
    Refund.objects.filter(pk=refund.pk).update(attempts=F("attempts") + 1)
    if refund.state == Refund.State.SENT:
        status = gateway().look_up_refund(refund.gateway_id)
    else:
        status = gateway().refund(
            refund.hold.payment.gateway_id,
            refund.amount_cents,
            reference=str(refund.public_id),
            idempotency_key=refund.key,
        )
    refunds.book(refund, status)


@shared_task(autoretry_for=(GatewayUnavailable,), retry_backoff=True, max_retries=4)
def close_checkout(gateway_id: str) -> None:
    """Ask the gateway to take no more money on a page. Money that comes all the same goes straight back."""
    try:
        gateway().expire_checkout(gateway_id)
    except UnknownObject:
        logger.warning("the gateway knows no payment page %s", gateway_id)
