"""How a message proves where it comes from: HMAC-SHA256 over the time and the exact body."""

import hashlib
import hmac

from payments.gateways import BadSignature

HEADER = "Sandbox-Signature"
TOLERANCE_SECONDS = 300
"""How old a message may be, or how far ahead its clock: an intercepted one is soon worth nothing."""


def sign(body: bytes, secret: str, timestamp: int) -> str:
    """The value of the signature header, ``t=…,v1=…``."""
    return f"t={timestamp},v1={_digest(body, secret, timestamp)}"


def verify(body: bytes, header: str, secret: str, now: int) -> None:
    """Raises ``BadSignature`` unless one signature of the header is right and its time near. Times are seconds."""
    if not secret:
        raise BadSignature("no secret is set")
    parts = [part.partition("=") for part in header.split(",")]
    stamps = [value for name, _, value in parts if name.strip() == "t"]
    given = [value.strip() for name, _, value in parts if name.strip() == "v1"]
    if len(stamps) != 1 or not (stamps[0].isascii() and stamps[0].isdigit()) or len(stamps[0]) > 12:
        raise BadSignature("no time")
    timestamp = int(stamps[0])
    if abs(now - timestamp) > TOLERANCE_SECONDS:
        raise BadSignature("too old, or ahead of time")
    expected = _digest(body, secret, timestamp).encode()
    if not any(hmac.compare_digest(expected, value.encode()) for value in given):
        raise BadSignature("no signature matches")


def _digest(body: bytes, secret: str, timestamp: int) -> str:
    return hmac.new(secret.encode(), b"%d.%b" % (timestamp, body), hashlib.sha256).hexdigest()
