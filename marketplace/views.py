"""The pages that belong to no app: home, how it works, language and appearance, health, and what goes wrong."""

import logging
import secrets
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, requires_csrf_token
from django.views.decorators.http import require_POST

from accounts import actions as accounts
from accounts.access import person
from marketplace.context import THEMES
from marketplace.kernel import rules
from marketplace.kernel.logs import route
from marketplace.kernel.money import share
from messaging.drawing import instead
from messaging.models import Page
from offers import queries as offers
from offers.models import Offer

A_YEAR = 365 * 24 * 3600
EXAMPLE_CENTS = 490_00
logger = logging.getLogger(__name__)


# --- Pages --------------------------------------------------------------------------------------------------------


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What the place is, and the ways in."""
    shelves, picked = offers.categories(), offers.picked()
    shown = picked[0] if picked else None
    context = {
        "nav_categories": shelves,
        "shelves": shelves[:8],
        "lowest": {kind: offers.lowest_price(shelves, kind) for kind in Offer.Kind.values},
        "picked": picked,
        "shown": shown,
        "shown_cents": shown.price_cents if shown else EXAMPLE_CENTS,
        "popular": offers.popular_words(),
        "kept_percent": 100 - rules.COMMISSION_OFFER_BP // 100,
    }
    return render(request, "pages/home.html", context)


@login_not_required
def how_it_works(request: HttpRequest) -> HttpResponse:
    """The road of an order, the guarantees, and what an expert should know, with the figures of the rules."""
    if written := instead(request, Page.HOW_IT_WORKS):
        return written
    timers = rules.ORDER_TIMERS
    fee = share(EXAMPLE_CENTS, rules.COMMISSION_OFFER_BP)
    context = {
        "commission_percent": rules.COMMISSION_OFFER_BP // 100,
        "start_hours": int(timers.start.total_seconds() // 3600),
        "acceptance_days": timers.acceptance.days,
        "transfer_days": timers.transfer_payment.days,
        "clearing_days": timers.clearing_manual.days,
        "clearing_automatic_days": timers.clearing_automatic.days,
        "review_days": timers.review_window.days,
        "max_offers": rules.MAX_OFFERS,
        "example_cents": EXAMPLE_CENTS,
        "example_fee_cents": fee,
        "example_net_cents": EXAMPLE_CENTS - fee,
    }
    return render(request, "pages/how_it_works.html", context)


def after_login(request: HttpRequest) -> HttpResponse:
    """Where a person lands once signed in, in their language: their work if they sell, their orders if they buy."""
    user = person(request)
    with translation.override(user.language):
        if user.is_staff:
            return redirect("admin:index")
        if user.is_expert:
            return redirect("dashboard")
        return redirect("buyer_orders" if user.purchases.exists() else "home")


# --- Preferences --------------------------------------------------------------------------------------------------


def _from_our_pages(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """For what only a preference hangs on: no token, which every page would carry, but the word of the browser.

    Raises ``PermissionDenied`` unless it says that a page of ours sends the form.
    """

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        here = f"{request.scheme}://{request.get_host()}"
        sent_here = (
            request.headers.get("Sec-Fetch-Site") == "same-origin" or request.headers.get("Origin") == here
        )
        if not sent_here and not getattr(request, "_dont_enforce_csrf_checks", False):
            raise PermissionDenied
        return view(request)

    return checked


@login_not_required
@_from_our_pages
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Go on in another language, on the same page; a person who is signed in keeps it for mail too."""
    language = request.POST.get("language", "")
    back = _way_back(request)
    if not translation.check_for_language(language) or language not in dict(settings.LANGUAGES):
        return HttpResponseRedirect(back)
    response = HttpResponseRedirect(_in_language(back, language))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    if request.user.is_authenticated:
        accounts.speak(request.user, language)
    return response


def _in_language(address: str, language: str) -> str:
    """The same page in another language. An address is read in its own language, which its prefix tells."""
    own = translation.get_language_from_path(urlsplit(address).path) or settings.LANGUAGE_CODE
    with translation.override(own):
        return translate_url(address, language)


@login_not_required
@_from_our_pages
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Choose the appearance: the system's, light or dark."""
    response = HttpResponseRedirect(_way_back(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            "theme",
            theme,
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


def _way_back(request: HttpRequest) -> str:
    """The page that sent the form, if it is one of ours; the home page otherwise."""
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(back)
        return parts._replace(scheme="", netloc="").geturl() or reverse("home")
    return reverse("home")


# --- Health and mishaps -------------------------------------------------------------------------------------------


@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """``ok`` while the application and its database answer; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from a page that had expired: nothing was done, and the way out is shown."""
    return render(request, "403_csrf.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """A failure of ours, with a reference that the log carries too. Neither database nor session is touched."""
    reference = secrets.token_hex(4)
    logger.error("server error %s at %s", reference, route(request))
    return HttpResponse(get_template("500.html").render({"reference": reference}), status=500)
