"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from marketplace.kernel import clock
from messaging import queries as messaging
from offers import keeping
from offers import queries as offers

THEMES = ("system", "light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, the chosen theme, the year, the categories, and what waits unread. Nothing is read before use."""
    theme = request.COOKIES.get("theme", "system")
    user: Any = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    unread: Any = SimpleLazyObject(lambda: _unread(request)) if signed_in else messaging.Unread()
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "theme": theme if theme in THEMES else "system",
        "nav_categories": SimpleLazyObject(offers.categories),
        "unread_messages": SimpleLazyObject(lambda: unread.messages),
        "unread_notifications": SimpleLazyObject(lambda: unread.notifications),
        "this_year": str(clock.today().year),
        "local_mode": settings.LOCAL_MODE,
    }


def _unread(request: HttpRequest) -> messaging.Unread:
    """What waits unread; on public pages, where offers have hearts, what the person keeps is read with it."""
    match: Any = request.resolver_match
    is_public = match is not None and not getattr(match.func, "login_required", True)
    user: Any = request.user
    return keeping.unread_and_kept(request) if is_public else messaging.unread(user)
