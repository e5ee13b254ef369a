"""How often one person, or one address, may do a thing: enough for people, too little for programs."""

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from marketplace.kernel.rules import Rate

logger = logging.getLogger(__name__)


def exceeded(scope: str, request: HttpRequest, rate: Rate) -> bool:
    """Count one more time, and say whether it is one too many. Without a cache nobody is stopped."""
    key = _key(scope, request)
    try:
        cache.add(key, 0, rate.seconds)
        return bool(cache.incr(key) > rate.times)
    except ValueError:  # it ran out between the two: a new count begins with the next
        return False
    except Exception:
        logger.exception("limits cannot be counted")
        return False


def _key(scope: str, request: HttpRequest) -> str:
    who = f"u{request.user.pk}" if request.user.is_authenticated else address_of(request)
    return f"limit:{scope}:{hashlib.sha256(str(who).encode()).hexdigest()[:24]}"


def _reached(scope: str, request: HttpRequest, rate: Rate) -> bool:
    """Whether the next time would be one too many; nothing is counted."""
    try:
        return int(cache.get(_key(scope, request), 0)) >= rate.times
    except Exception:
        logger.exception("limits cannot be read")
        return False


def address_of(request: HttpRequest) -> str | None:
    """From where on the network somebody asks, behind the proxies we trust."""
    found: str | None = get_adapter().get_client_ip(request)
    return found


def limited(
    scope: str, rate: Rate, *, methods: tuple[str, ...] = ("POST",)
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer 429 to a visitor who asks too often; ``scope`` names what is counted together."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in methods and exceeded(scope, request, rate):
                return too_many(request, rate)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def unguessed(rate: Rate) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer 429 to a visitor who came with too many words that open nothing: those answered 404, on all such pages together.

    For pages that open by what their address or a header holds. Whoever has the right word never meets it.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if _reached("guess", request, rate):
                return too_many(request, rate)
            try:
                response: HttpResponseBase = view(request, *args, **kwargs)
            except Http404:
                exceeded("guess", request, rate)
                raise
            if response.status_code == 404:
                exceeded("guess", request, rate)
            return response

        return guarded

    return decorate


def too_many(request: HttpRequest, rate: Rate) -> HttpResponseBase:
    """The page that asks to wait; nothing was done."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(rate.seconds)
    response["Cache-Control"] = "no-store"
    return response
