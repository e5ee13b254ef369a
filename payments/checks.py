"""The sandbox must never take an order in production."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from payments.gateways import SANDBOX, is_sandbox

STRIPE = "payments.stripe."
NEEDED_BY_STRIPE = (
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_CONNECT_WEBHOOK_SECRET",
    "STRIPE_ACCOUNTS_WEBHOOK_SECRET",
)


def payment_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse the payment sandbox anywhere but on a developer's machine; warn when nobody can pay."""
    found: list[CheckMessage] = []
    if not settings.LOCAL_MODE and apps.is_installed(SANDBOX):
        found.append(
            Error(
                "The payment sandbox is installed.",
                hint=f"Take {SANDBOX} out of INSTALLED_APPS.",
                id="payments.E001",
            )
        )
    if not settings.LOCAL_MODE and is_sandbox(settings.PAYMENT_GATEWAY):
        found.append(
            Error("PAYMENT_GATEWAY is the payment sandbox.", hint="Name a real gateway.", id="payments.E002")
        )
    if not settings.PAYMENT_GATEWAY:
        found.append(Warning("PAYMENT_GATEWAY is empty: nobody can pay.", id="payments.W001"))
    elif settings.PAYMENT_GATEWAY.startswith(STRIPE):
        found += [
            Error(
                f"{name} is empty.",
                hint="See “Taking real payments” in docs/operations.md.",
                id="payments.E004",
            )
            for name in NEEDED_BY_STRIPE
            if not getattr(settings, name)
        ]
    elif not settings.PAYMENT_WEBHOOK_SECRET:
        found.append(
            Error("PAYMENT_WEBHOOK_SECRET is empty: anyone could sign a payment.", id="payments.E003")
        )
    return found
