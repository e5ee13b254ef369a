"""The sandbox behind the gateway's port: same promises, no network, no real money."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from marketplace.kernel import clock
from payments.gateways import (
    BadSignature,
    Checkout,
    CheckoutRequest,
    CheckoutState,
    CheckoutStatus,
    Person,
    RefundState,
    RefundStatus,
    UnknownObject,
    WebhookEvent,
)
from payments.sandbox import actions, signing
from payments.sandbox.models import SandboxRefund, SandboxSession
from payments.sandbox.payees import SandboxPayees


class SandboxGateway(SandboxPayees):
    """A provider whose payment page is ours. Refuses to be one anywhere but on a developer's machine."""

    doors = ("payments",)
    has_customers = False

    def __init__(self) -> None:
        if not settings.LOCAL_MODE:
            raise ImproperlyConfigured(
                "The payment sandbox only runs on a developer's machine: LOCAL_MODE is off."
            )

    def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        """Prepare a payment page. Its address has no host, so that it opens wherever the site was reached."""
        session, _created = SandboxSession.objects.get_or_create(
            idempotency_key=idempotency_key,
            defaults={
                "reference": request.reference,
                "label": request.label,
                "description": request.description,
                "amount_cents": request.amount_cents,
                "currency": request.currency,
                "method": request.method,
                "language": request.language,
                "return_url": _on_this_site(request.return_url),
                "cancel_url": _on_this_site(request.cancel_url),
                "expires_at": request.expires_at,
            },
        )
        if (session.reference, session.amount_cents) != (request.reference, request.amount_cents):
            raise ValueError(f"the key {idempotency_key} stands for another payment page")
        return Checkout(gateway_id=session.token, url=reverse("sandbox_checkout", args=[session.token]))

    def create_customer(self, person: Person, *, idempotency_key: str) -> str:
        return f"sbx_cus_{person.reference}"

    def find_customer(self, person: Person, *, idempotency_key: str) -> str | None:
        return None

    def find_checkout(self, reference: str, *, since: datetime, idempotency_key: str) -> Checkout | None:
        session = SandboxSession.objects.filter(idempotency_key=idempotency_key).first()
        if session is None:
            return None
        return Checkout(gateway_id=session.token, url=reverse("sandbox_checkout", args=[session.token]))

    def find_refund(self, gateway_id: str, *, idempotency_key: str) -> RefundStatus | None:
        refund = SandboxRefund.objects.filter(idempotency_key=idempotency_key).first()
        return _status(refund) if refund else None

    def look_up(self, gateway_id: str) -> CheckoutStatus:
        session = SandboxSession.objects.filter(token=gateway_id).first()
        if session is None:
            raise UnknownObject(gateway_id)
        state = {
            SandboxSession.State.AWAITING_TRANSFER: CheckoutState.AWAITING_TRANSFER,
            SandboxSession.State.PAID: CheckoutState.PAID,
            SandboxSession.State.EXPIRED: CheckoutState.EXPIRED,
        }.get(SandboxSession.State(session.state), CheckoutState.OPEN)
        return CheckoutStatus(
            gateway_id=session.token,
            reference=session.reference,
            state=CheckoutState.EXPIRED if session.ran_out else state,
            received_cents=session.received_cents,
            occurred_at=session.paid_at or clock.now(),
            method=session.paid_with,
            failure=session.failure,
            failed_at=session.failed_at,
            transfer_instructions=_instructions(session),
        )

    def expire_checkout(self, gateway_id: str) -> None:
        session = SandboxSession.objects.filter(token=gateway_id).first()
        if session is None:
            raise UnknownObject(gateway_id)
        actions.expire(session)

    def refund(
        self, gateway_id: str, amount_cents: int, *, reference: str, idempotency_key: str
    ) -> RefundStatus:
        session = SandboxSession.objects.filter(token=gateway_id).first()
        if session is None:
            raise UnknownObject(gateway_id)
        return _status(actions.refund(session, amount_cents, reference=reference, key=idempotency_key))

    def look_up_refund(self, gateway_id: str) -> RefundStatus:
        refund = SandboxRefund.objects.filter(token=gateway_id).first()
        if refund is None:
            raise UnknownObject(gateway_id)
        return _status(refund)

    def parse_webhook(self, body: bytes, headers: Mapping[str, str], door: str = "") -> WebhookEvent:
        signing.verify(
            body,
            headers.get(signing.HEADER, ""),
            settings.PAYMENT_WEBHOOK_SECRET,
            int(clock.now().timestamp()),
        )
        try:
            message = json.loads(body)
            return WebhookEvent(
                event_id=message["id"],
                kind=message["type"],
                subject=message["data"]["object"],
                object_id=message["data"]["id"],
                payload=message,
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BadSignature("not a message of the sandbox") from error


def _instructions(session: SandboxSession) -> dict[str, object]:
    if session.paid_with != "transfer" and session.state != SandboxSession.State.AWAITING_TRANSFER:
        return {}
    instructions: dict[str, object] = {
        "iban": session.iban,
        "bic": actions.BIC,
        "holder": f"{settings.SITE_NAME} Sandbox",
        "reference": session.label,
        "amount": session.amount_cents,
    }
    if session.received_cents:
        instructions |= {"received": session.received_cents, "missing": session.missing_cents}
    return instructions


def _status(refund: SandboxRefund) -> RefundStatus:
    return RefundStatus(
        gateway_id=refund.token,
        reference=refund.reference,
        state=RefundState(refund.state),
        failure=actions.REFUSED if refund.state == SandboxRefund.State.FAILED else "",
    )


def _on_this_site(url: str) -> str:
    """The path of one of our own addresses: the buyer comes back to the host they left, and nowhere else."""
    path = url.removeprefix(settings.SITE_URL)
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"{url} does not lead back to this site")
    return path
