"""PayPal's interface over HTTP: a token for our credentials, then JSON. Its errors come in the words of the port."""

import base64
import http.client
import json
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from marketplace.kernel import clock
from payments.gateways import GatewayRefused, GatewayUnavailable, UnknownObject

TIMEOUT_SECONDS = 20
TOKEN_MARGIN = timedelta(minutes=1)
"""A token that ends within this time is not used any more."""
REFUSALS = (400, 403, 409, 422)

_tokens: dict[tuple[str, str, str], tuple[str, datetime]] = {}


class PayPalRefused(GatewayRefused):
    """PayPal said no: the name of its error, and the details it gives."""

    def __init__(self, name: str, message: str, details: list[dict[str, Any]]) -> None:
        super().__init__(f"{message} ({name})"[:500] if name else message[:500])
        self.name, self.details = name, details


def is_set() -> bool:
    """Whether this installation has credentials of PayPal's interface."""
    return bool(settings.PAYPAL_CLIENT_ID and settings.PAYPAL_CLIENT_SECRET)


def call(verb: str, path: str, body: dict[str, Any] | None = None, *, request_id: str = "") -> dict[str, Any]:
    """Ask PayPal one thing. Calls the network.

    Raises ``PayPalRefused``, ``UnknownObject`` or ``GatewayUnavailable``: silence, a fault of theirs, or
    credentials that PayPal does not take say nothing of what became of a request.
    """
    headers = {"Content-Type": "application/json"}
    if request_id:
        headers["PayPal-Request-Id"] = request_id
    sent = None if body is None else json.dumps(body).encode()
    status, answer = _send(verb, path, sent, {**headers, "Authorization": f"Bearer {_token()}"})
    if status == 401:
        _tokens.pop(_credentials(), None)
        status, answer = _send(verb, path, sent, {**headers, "Authorization": f"Bearer {_token()}"})
    return _read(status, answer)


def _credentials() -> tuple[str, str, str]:
    return settings.PAYPAL_API_BASE, settings.PAYPAL_CLIENT_ID, settings.PAYPAL_CLIENT_SECRET


def _token() -> str:
    if not is_set():
        raise GatewayUnavailable("PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET are not set.")
    asker = _credentials()
    known = _tokens.get(asker)
    if known is not None and known[1] > clock.now():
        return known[0]
    pair = base64.b64encode(f"{asker[1]}:{asker[2]}".encode()).decode()
    status, answer = _send(
        "POST",
        "/v1/oauth2/token",
        urlencode({"grant_type": "client_credentials"}).encode(),
        {"Authorization": f"Basic {pair}", "Content-Type": "application/x-www-form-urlencoded"},
    )
    try:
        token, lasts = str(answer["access_token"]), timedelta(seconds=int(answer["expires_in"]))
    except (KeyError, TypeError, ValueError) as error:
        raise GatewayUnavailable(f"PayPal gave no token ({status})") from error
    _tokens[asker] = token, clock.now() + lasts - TOKEN_MARGIN
    return token


def _send(verb: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """The status and the JSON of an answer, whatever it says."""
    address = settings.PAYPAL_API_BASE.rstrip("/") + path
    request = urllib.request.Request(  # noqa: S310 (the operator's setting)
        address, data=body, headers={"Accept": "application/json", **headers}, method=verb
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            return answer.status, _json(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, _json(_rest(error))
    except (OSError, http.client.HTTPException) as error:
        raise GatewayUnavailable(f"PayPal did not answer: {error}"[:500]) from error


def _rest(error: urllib.error.HTTPError) -> bytes:
    try:
        return error.read()
    except (OSError, http.client.HTTPException):
        return b""


def _json(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content) if content else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _read(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    if status < 300:
        return answer
    name = str(answer.get("name") or answer.get("error") or "")
    message = str(answer.get("message") or f"HTTP {status}")
    if status == 404:
        raise UnknownObject(message)
    if status in REFUSALS:
        details = answer.get("details")
        raise PayPalRefused(name, message, details if isinstance(details, list) else [])
    raise GatewayUnavailable(f"{message} ({name or status})"[:500])
