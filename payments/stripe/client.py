"""The one client of Stripe, and its errors in the words of the port."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import stripe
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from payments.gateways import GatewayRefused, GatewayUnavailable, UnknownObject

API_VERSION = "2026-10-28.endive"
"""Pinned: what Stripe answers must not change under us. Raised together with the library, with its changes read."""

NETWORK_RETRIES = 2


def client() -> stripe.StripeClient:
    """Stripe with this installation's key. ``STRIPE_API_BASE`` sends it to a contract server instead."""
    if not settings.STRIPE_SECRET_KEY:
        raise ImproperlyConfigured("Set STRIPE_SECRET_KEY to a key of your Stripe account.")
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, NETWORK_RETRIES)


@lru_cache(maxsize=8)
def _client(key: str, base: str, retries: int) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_version=API_VERSION,
        max_network_retries=retries,
        base_addresses={"api": base} if base else None,
    )


@contextmanager
def answers() -> Iterator[None]:
    """Tell a no from a silence: only a definite no may end a call.

    Raises ``UnknownObject``, ``GatewayRefused`` or ``GatewayUnavailable``.
    """
    try:
        yield
    except stripe.IdempotencyError as error:
        if error.http_status == 409:
            raise GatewayUnavailable(str(error)) from error
        raise GatewayRefused(_words(error)) from error
    except stripe.InvalidRequestError as error:
        if error.code == "resource_missing" and error.http_status == 404:
            raise UnknownObject(str(error)) from error
        raise GatewayRefused(_words(error)) from error
    except stripe.CardError as error:
        raise GatewayRefused(_words(error)) from error
    except stripe.StripeError as error:
        # Silence, too many requests, a fault of theirs, or a wrong key of ours: nothing is known.
        raise GatewayUnavailable(_words(error)) from error


def _words(error: stripe.StripeError) -> str:
    code = getattr(error, "code", None)
    message = error.user_message or str(error)
    return f"{message} ({code})"[:500] if code else message[:500]
