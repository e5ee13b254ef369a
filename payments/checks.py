"""The sandbox must never take an order in production, and nothing be sold by an operator without a name."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from payments.gateways import SANDBOX, is_sandbox
from payments.invoices import parties

STRIPE = "payments.stripe."
NEEDED_BY_STRIPE = (
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_CONNECT_WEBHOOK_SECRET",
    "STRIPE_ACCOUNTS_WEBHOOK_SECRET",
)
OPERATOR_NEEDED = ("address", "registration", "vat", "director", "email")
"""What invoices and the legal notice must say of who runs the site (Code de commerce, R123-237; LCEN, art. 1-1)."""


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
    if settings.PAYPAL_WITHDRAWALS:
        found += _paypal_settings()
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


def _paypal_settings() -> list[CheckMessage]:
    """Both credentials or neither, and never over a connection that anyone can read."""
    hint = "See “Withdrawals by PayPal” in docs/operations.md."
    found: list[CheckMessage] = []
    if bool(settings.PAYPAL_CLIENT_ID) != bool(settings.PAYPAL_CLIENT_SECRET):
        missing = "PAYPAL_CLIENT_SECRET" if settings.PAYPAL_CLIENT_ID else "PAYPAL_CLIENT_ID"
        found.append(Error(f"{missing} is empty: PayPal would send nothing.", hint=hint, id="payments.E007"))
    if not settings.LOCAL_MODE and not settings.PAYPAL_API_BASE.startswith("https://"):
        found.append(Error("PAYPAL_API_BASE does not begin with https://.", hint=hint, id="payments.E008"))
    return found


def operator_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Asked by ``check --deploy``: whoever takes money says who they are, on every invoice of their commission."""
    if settings.LOCAL_MODE or settings.DEBUG:
        return []
    found: list[CheckMessage] = [
        Error(
            f"OPERATOR_{name.upper()} is empty: invoices and the legal notice cannot say who runs the site.",
            hint="See “Settings” in docs/operations.md.",
            id="payments.E005",
        )
        for name in OPERATOR_NEEDED
        if not settings.OPERATOR[name].strip()
    ]
    if not found and not parties.operator()["siren"]:
        found.append(
            Error(
                "OPERATOR_REGISTRATION holds no SIREN: commission invoices would lack it.",
                hint="Write it as “RCS Paris 552 032 534”.",
                id="payments.E006",
            )
        )
    return found
