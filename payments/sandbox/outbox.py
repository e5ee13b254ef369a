"""The sandbox's messages on their way to our own door, over HTTP like anybody else's."""

import urllib.error
import urllib.request
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.urls import reverse

from marketplace.kernel import clock
from payments.sandbox import signing
from payments.sandbox.models import SandboxCallback

MAX_ATTEMPTS = 12
TIMEOUT_SECONDS = 10


@shared_task
def deliver(callback_id: int) -> None:
    """Send one message, unless it was answered; what fails is due again, later each time."""
    callback = SandboxCallback.objects.get(pk=callback_id)
    if callback.sent_at is not None:
        return
    error = _send(callback)
    callback.attempts += 1
    callback.error = error
    now = clock.now()
    if not error:
        callback.sent_at, callback.due_at = now, None
    elif callback.attempts >= MAX_ATTEMPTS:
        callback.due_at = None
    else:
        callback.due_at = now + timedelta(seconds=5 * 2 ** min(callback.attempts, 8))
    callback.save(update_fields=["attempts", "error", "sent_at", "due_at"])


def signed(callback: SandboxCallback) -> tuple[bytes, dict[str, str]]:
    """The body and headers of a message, signed as of now."""
    body = callback.body.encode()
    signature = signing.sign(body, settings.PAYMENT_WEBHOOK_SECRET, int(clock.now().timestamp()))
    return body, {"Content-Type": "application/json", signing.HEADER: signature}


def _send(callback: SandboxCallback) -> str:
    """Returns what went wrong, or nothing."""
    body, headers = signed(callback)
    url = settings.SITE_URL + reverse("payment_webhook")
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 (our own address)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
            return ""
    except (urllib.error.URLError, OSError) as error:
        return str(error)[:200] or type(error).__name__
