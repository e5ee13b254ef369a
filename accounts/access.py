"""Who may open a page, beyond being signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.models import User


def person(request: HttpRequest) -> User:
    """Who asks, on a page that the login middleware keeps closed to strangers."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware has seen to it
    return request.user


def experts_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a page to experts; for anyone else signed in it does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.is_authenticated and request.user.is_expert):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
