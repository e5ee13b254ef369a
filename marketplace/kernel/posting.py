"""Addresses that a form of another page is sent to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods


def form_of(page: str, *kept: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Act on a POST; lead whoever asks to read this address to the page that holds the form.

    A refused form is shown again at its own address: from there people reload, change the language or come
    back once they have signed in. ``page`` is the name of the page's address; it takes the arguments of this
    one, or only those named in ``kept``. The page itself says who may read it.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def either(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                answer: HttpResponseBase = view(request, *args, **kwargs)
                return answer
            return redirect(page, **{name: kwargs[name] for name in kept or kwargs})

        return either

    return decorate
