"""Tell people what happened, once, in the product and by mail."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from marketplace.kernel import clock
from messaging import mail, words
from messaging.models import Notification


@transaction.atomic
def notify(
    user: User,
    *,
    key: str,
    kind: str,
    params: dict[str, Any],
    url_name: str,
    url_args: Sequence[Any] = (),
    by_mail: bool = True,
) -> bool:
    """Tell someone once, in the product and by mail in their language. Returns False when already told."""
    _told, created = Notification.objects.get_or_create(
        user=user,
        key=key,
        defaults={
            "kind": kind,
            "params": params,
            "url_name": url_name,
            "url_args": [str(a) for a in url_args],
        },
    )
    if not created:
        return False
    if by_mail and user.is_active:
        with translation.override(user.language):
            said = words.render(kind, params)
            context = {
                "recipient": user,
                "said": said,
                "link": settings.SITE_URL + reverse(url_name, args=[str(a) for a in url_args]),
                "params": params,
                "site_name": settings.SITE_NAME,
                "site_url": settings.SITE_URL,
            }
            reference = params.get("reference")
            mail.owe(
                key=f"{key}:{user.pk}",
                recipient=user.email,
                subject=f"{said.title} ({reference})" if reference else said.title,
                text=render_to_string("emails/notification.txt", context),
                html=render_to_string("emails/notification.html", context),
            )
    return True


def read_notifications(user: User, pks: Sequence[int] | None = None) -> int:
    """Mark a person's notifications as read, all or some."""
    unread = Notification.objects.filter(user=user).unread()
    if pks is not None:
        unread = unread.filter(pk__in=pks)
    return unread.update(read_at=clock.now())


def read_about(user: User, url_name: str, *url_args: Any) -> int:
    """Mark as read what a person was told of one page, once they have seen that page."""
    told = Notification.objects.filter(user=user, url_name=url_name, url_args=[str(arg) for arg in url_args])
    return told.unread().update(read_at=clock.now())
