"""Which browsers an account has been seen on: a signed cookie a person, nothing kept about the device itself."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import User

COOKIE = "known_device"
MAX_AGE = 365 * 24 * 3600
"""Seconds. After a year without signing in, a browser is new again."""
MOST = 5
"""People who share one browser and are all remembered."""


def _people(request: HttpRequest) -> list[str]:
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=MAX_AGE)
    except signing.BadSignature:
        return []
    return [str(person) for person in known][:MOST] if isinstance(known, list) else []


def knows(request: HttpRequest, user: User) -> bool:
    """Whether this browser carries the mark of this account."""
    return str(user.public_id) in _people(request)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Leave the mark of this account beside those already there."""
    people = [str(user.public_id), *(p for p in _people(request) if p != str(user.public_id))][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(people, salt=COOKIE),
        max_age=MAX_AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
