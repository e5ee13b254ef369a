"""Every mail is a row first. A worker sends it after the commit, and a sweep sends what a lost queue forgot."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.db.models import F, Q

from marketplace.kernel import clock
from messaging.models import Mail

CLAIM_LASTS = timedelta(minutes=10)
MAX_ATTEMPTS = 12


class OutboxBackend(BaseEmailBackend):
    """Writes mails down instead of sending them, so that a request never waits for a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html = ""
            for alternative in getattr(message, "alternatives", []):
                if alternative[1] == "text/html":
                    html = str(alternative[0])
            for recipient in message.recipients():
                owe(
                    key=f"direct:{uuid.uuid4()}",
                    recipient=recipient,
                    sender=message.from_email or "",
                    subject=str(message.subject),
                    text=str(message.body),
                    html=html,
                )
        return len(email_messages)


def owe(
    *,
    key: str,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    sender: str = "",
    unsubscribe_url: str = "",
    calendar: str = "",
) -> Mail:
    """Write a mail down once, whatever how often it is asked for under this key.

    ``calendar``: an iCalendar file to join to it, so that the date finds its way into calendars.
    """
    from messaging.outbox import deliver

    with transaction.atomic():
        mail, created = Mail.objects.get_or_create(
            key=key,
            defaults={
                "recipient": recipient,
                "sender": sender,
                "subject": " ".join(subject.split())[:250],
                "text": text,
                "html": html,
                "unsubscribe_url": unsubscribe_url,
                "calendar": calendar,
            },
        )
        if created:
            deliver.delay_on_commit(mail.pk)
    return mail


def owe_again(mail: Mail) -> None:
    """Give a mail that was given up its attempts back. One that was sent stays sent, one in hand is not sent twice."""
    from messaging.outbox import deliver

    with transaction.atomic():
        renewed = Mail.objects.filter(pk=mail.pk, sent_at=None).update(attempts=0)
        if renewed:
            deliver.delay_on_commit(mail.pk)


def send(mail_id: int) -> bool:
    """Send one mail unless it was sent, or another worker holds it. Returns whether it went out now."""
    now = clock.now()
    claimed = (
        Mail.objects.filter(pk=mail_id, sent_at=None, attempts__lt=MAX_ATTEMPTS)
        .filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_LASTS))
        .update(claimed_at=now, attempts=F("attempts") + 1)
    )
    if not claimed:
        return False
    mail = Mail.objects.get(pk=mail_id)
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender or settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        connection=get_connection(settings.MAIL_DELIVERY_BACKEND),
        headers=_headers(mail),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach(_calendar_part(mail.calendar))
    try:
        message.send()
    except OSError as error:  # smtplib's errors are OSErrors: the sweep tries again later
        Mail.objects.filter(pk=mail_id).update(error=str(error)[:2_000])
        return False
    Mail.objects.filter(pk=mail_id).update(sent_at=clock.now(), error="")
    return True


def _headers(mail: Mail) -> dict[str, str]:
    """The same identifier however often a mail is tried; one-click unsubscription where it may be stopped."""
    headers = {"Message-ID": f"<{mail.pk}.{mail.created_at:%Y%m%d%H%M%S}@{_domain()}>"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _calendar_part(calendar: str) -> MIMEText:
    """The file as mail programs expect it: its method stands in its type too (RFC 6047)."""
    method = next((line[7:] for line in calendar.splitlines() if line.startswith("METHOD:")), "PUBLISH")
    part = MIMEText(calendar, "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="call.ics")
    return part


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
