"""Mails of this app. Django's backend writes them down in the same transaction; a worker sends them after it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import User


@dataclass(frozen=True)
class Said:
    """What a mail says: the fact, what to do, the label of its button. Already in the language of the reader."""

    title: str
    body: str
    action: str
    quoted: str = ""
    """Words of the person on whose behalf we write, shown as a quotation."""


def tell(user: User, said: Said, path: str) -> None:
    """Write to somebody who has an account."""
    _send(user.email, said, path, template="emails/notification", recipient=user)


def ask_outsider(email: str, said: Said, path: str, *, sender: str) -> None:
    """Write once to somebody who may have no account, because ``sender`` gave us their address."""
    _send(email, said, path, template="emails/outsider", sender=sender)


def _send(email: str, said: Said, path: str, *, template: str, **context: Any) -> None:
    words = {
        "said": said,
        "link": settings.SITE_URL + path,
        "params": {},
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        **context,
    }
    message = EmailMultiAlternatives(
        subject=" ".join(said.title.split()),
        body=render_to_string(f"{template}.txt", words),
        to=[email],
    )
    message.attach_alternative(render_to_string(f"{template}.html", words), "text/html")
    message.send()


def in_language_of(user: User) -> Any:
    """Speak a person's language for a while."""
    return translation.override(user.language)
