"""The sandbox must never take an order in production."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from payments.gateways import SANDBOX, is_sandbox


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
    elif not settings.PAYMENT_WEBHOOK_SECRET:
        found.append(
            Error("PAYMENT_WEBHOOK_SECRET is empty: anyone could sign a payment.", id="payments.E003")
        )
    return found
