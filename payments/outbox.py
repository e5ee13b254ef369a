"""Errands at the gateway, left for after the commit. None takes a decision.

Each may be lost and each may run twice: what is asked stands in a `GatewayCall` first (see `payments.calls`), and
the row it serves remembers that it is owed until a sweep of `payments.tasks` runs it again.
"""

import logging
from typing import Any

from celery import shared_task
from django.db.models import F

from payments import calls, checkouts, refunds
from payments.calls import Answer, Errand, perform_call
from payments.gateways import GatewayUnavailable, RefundState, RefundStatus, UnknownObject, gateway
from payments.models import GatewayCall, GatewayCustomer, Refund
from payments.telling import after_commit, tell_payment, tell_refund

__all__ = ["after_commit", "close_checkout", "perform_call", "send_refund", "tell_payment", "tell_refund"]

logger = logging.getLogger(__name__)
Kind = GatewayCall.Kind


@shared_task(autoretry_for=(GatewayUnavailable,), retry_backoff=True, max_retries=4)
def send_refund(refund_id: int) -> None:
    """Send money back once, however often this runs; of one under way, ask what became of it."""
    refund = Refund.objects.select_related("hold__payment").get(pk=refund_id)
    if refund.state not in Refund.UNDER_WAY or refund.is_by_hand:
        return
    if refund.state == Refund.State.DECIDED and refund.hold.payment.chargebacks.running().exists():
        return  # the bank may give it back itself: the sweep looks again
    Refund.objects.filter(pk=refund.pk).update(attempts=F("attempts") + 1)
    if refund.state == Refund.State.SENT:
        refunds.book(refund, gateway().look_up_refund(refund.gateway_id))
        return
    payload = {
        "checkout": refund.hold.payment.gateway_id,
        "amount_cents": refund.amount_cents,
        "reference": str(refund.public_id),
    }
    calls.carry_out(calls.ask(Kind.REFUND, refund.key, payload, subject=f"refund:{refund.pk}"))


def close_checkout(gateway_id: str) -> None:
    """Leave word that a page must take no more money. Money that comes all the same goes straight back."""
    call = calls.ask(Kind.CHECKOUT_EXPIRY, f"checkout:{gateway_id}:expiry", {"checkout": gateway_id})
    after_commit(perform_call, call.pk)


# --- How each call is made ------------------------------------------------------------------------------------


def _send_customer(call: GatewayCall) -> Answer:
    return Answer(gateway().create_customer(checkouts.person_of(call.payload), idempotency_key=call.key))


def _find_customer(call: GatewayCall) -> Answer | None:
    found = gateway().find_customer(checkouts.person_of(call.payload), idempotency_key=call.key)
    return Answer(found) if found else None


def _book_customer(call: GatewayCall) -> None:
    GatewayCustomer.objects.get_or_create(
        user_id=call.payload["user"], defaults={"gateway_id": call.object_id}
    )


def _send_checkout(call: GatewayCall) -> Answer:
    opened = gateway().open_checkout(checkouts.request_of(call.payload), idempotency_key=call.key)
    return Answer(opened.gateway_id, {"url": opened.url})


def _find_checkout(call: GatewayCall) -> Answer | None:
    found = gateway().find_checkout(
        call.payload["reference"], since=call.created_at, idempotency_key=call.key
    )
    return Answer(found.gateway_id, {"url": found.url}) if found else None


def _book_checkout(call: GatewayCall) -> None:
    if checkouts.book(call.payload["reference"], call.object_id, call.answer["url"]) is None:
        close_checkout(call.object_id)


def _refuse_checkout(call: GatewayCall) -> None:
    checkouts.refuse(call.payload["reference"])


def _send_expiry(call: GatewayCall) -> Answer:
    try:
        gateway().expire_checkout(call.payload["checkout"])
    except UnknownObject:
        logger.warning("the gateway knows no payment page %s", call.payload["checkout"])
    return Answer(call.payload["checkout"])


def _send_refund(call: GatewayCall) -> Answer:
    asked: Any = call.payload
    return _refund_answer(
        gateway().refund(
            asked["checkout"], asked["amount_cents"], reference=asked["reference"], idempotency_key=call.key
        )
    )


def _find_refund(call: GatewayCall) -> Answer | None:
    found = gateway().find_refund(call.payload["checkout"], idempotency_key=call.key)
    return _refund_answer(found) if found else None


def _refund_answer(status: RefundStatus) -> Answer:
    return Answer(status.gateway_id, {"state": status.state.value, "failure": status.failure})


def _book_refund(call: GatewayCall) -> None:
    refund = Refund.objects.get(public_id=call.payload["reference"])
    if refund.key == call.key:
        status = RefundStatus(
            gateway_id=call.object_id,
            reference=call.payload["reference"],
            state=RefundState(call.answer["state"]),
            failure=call.answer["failure"],
        )
        refunds.book(refund, status)


def _refuse_refund(call: GatewayCall) -> None:
    refund = Refund.objects.get(public_id=call.payload["reference"])
    if refund.key == call.key:
        refunds.refuse(refund, call.error)


calls.register(
    Kind.CUSTOMER,
    Errand(send=_send_customer, find=_find_customer, book=_book_customer, shared=True),
)
calls.register(
    Kind.CHECKOUT,
    Errand(
        send=_send_checkout,
        find=_find_checkout,
        book=_book_checkout,
        refuse=_refuse_checkout,
        shared=True,
    ),
)
calls.register(Kind.CHECKOUT_EXPIRY, Errand(send=_send_expiry))
calls.register(
    Kind.REFUND,
    Errand(send=_send_refund, find=_find_refund, book=_book_refund, refuse=_refuse_refund),
)
