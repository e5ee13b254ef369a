"""What the tests of the checkout share: a careful buyer's words."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from payments.models import Payment
from payments.sandbox.models import SandboxSession

SANDBOX = "payments.sandbox.gateway.SandboxGateway"
BILLING = {
    "buyer_as": "firm",
    "company": "Atelier Lumen",
    "siren": "303265045",
    "name": "Thomas Girard",
    "address": "12 rue de la République",
    "postal_code": "69002",
    "city": "Lyon",
    "country": "FR",
    "vat_number": "",
}


def url(offer) -> str:
    return reverse("checkout", args=[offer.pk])


def payment_url(order) -> str:
    return reverse("order_payment", args=[order.public_id])


def in_english(path: str) -> str:
    return path if path.startswith("/en/") else f"/en{path}"


def typed(offer, **changes: Any) -> Mapping[str, Any]:
    """A checkout as a careful buyer fills it in."""
    return {
        "version": offer.version,
        "token": str(uuid.uuid4()),
        "brief": "Un prêt de 140 000 €.",
        "method": "card",
        "terms": "on",
        **BILLING,
        **changes,
    }


def session_of(order) -> SandboxSession:
    return SandboxSession.objects.get(token=Payment.objects.get(pk=order.payment_id).gateway_id)
