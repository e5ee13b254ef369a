"""What stands in front of whole parts of the site."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.kernel.audit import acting
from marketplace.kernel.storage import FilesAway, NotKept

Handler = Callable[[HttpRequest], HttpResponse]


PERMISSIONS = ", ".join(
    [f"{power}=()" for power in ("camera", "microphone", "geolocation", "payment", "usb", "serial", "midi",
        "accelerometer", "gyroscope", "magnetometer", "display-capture", "browsing-topics")]
    + [f"publickey-credentials-{act}=(self)" for act in ("get", "create")]
)  # fmt: skip


WATCHED = ("/healthz", "/readyz", "/metrics")


class AskedByWatchers:
    """Those who watch ask each process by its number, which is no name of the site: they are answered under its own."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.host = urlsplit(settings.SITE_URL).netloc

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in WATCHED:
            request.META["HTTP_HOST"] = self.host
        return self.get_response(request)


class BrowserPermissions:
    """Nothing of ours needs a camera, a place or a sensor: whatever a page may be made to hold does not get them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class ContentSecurityPolicy(CSPMiddleware):
    """The header of answers that change nothing of the policy is written once; the others' by the library each time."""

    policy: Any = None
    usual: str = ""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        own = any(name.startswith("_csp") for name in vars(response)) or getattr(request, "_csp_nonce", None)
        if own or HEADER in response or settings.DEBUG:
            return super().process_response(request, response)
        if self.policy is not settings.CONTENT_SECURITY_POLICY:
            response = super().process_response(request, response)
            # The header first: another thread reads it as soon as the policy is known.
            self.usual = response[HEADER]
            self.policy = settings.CONTENT_SECURITY_POLICY
            return response
        response[HEADER] = self.usual
        request.csp_nonce = _TOO_LATE  # type: ignore[attr-defined]
        return response


_TOO_LATE = CheckableLazyObject(CSPMiddleware._csp_nonce_post_response)


class FilesOutOfReach:
    """An act or a page that needs a file which can neither be kept nor read just now ends in a sentence: come back later."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, (FilesAway, NotKept)):
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "120"
        return response


class StaffAudit:
    """What staff change through the administration is written down with their name."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inside = request.path_info.startswith("/admin/") and request.method not in ("GET", "HEAD", "OPTIONS")
        if not inside or request.user.pk is None:
            return self.get_response(request)
        with acting(request.user.pk):
            return self.get_response(request)


class StaffSecondFactor:
    """The administration opens only to staff who have a second factor; without one they are led to set it up.

    Whoever has one was asked for it when signing in.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not settings.STAFF_SECOND_FACTOR or match is None or "admin" not in match.app_names:
            return None
        if match.url_name in ("login", "logout", "jsi18n") or not request.user.is_authenticated:
            return None
        if request.user.is_staff and not is_mfa_enabled(request.user):
            messages.warning(request, _("The administration needs a second factor: set one up here."))
            return redirect("mfa_index")
        return None
