"""Tell people what happened, once, in the product and by mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from accounts.models import User
from marketplace.kernel import clock
from messaging import mail, preferences, words
from messaging.models import MailPreference, Notification


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
    calendar: str = "",
) -> bool:
    """Tell someone once: in the product always, by mail in their language as they chose. False when already told.

    ``calendar``: an iCalendar file that the mail brings, which therefore does not wait for the daily one.
    """
    topic = words.topic_of(kind)
    how = preferences.choice_of(user, topic) if by_mail and user.is_active else None
    if how == MailPreference.Choice.DAILY and (calendar or _presses(params)):
        how = MailPreference.Choice.AT_ONCE
    own = how == MailPreference.Choice.AT_ONCE
    _told, created = Notification.objects.get_or_create(
        user=user,
        key=key,
        defaults={
            "kind": kind,
            "params": params,
            "url_name": url_name,
            "url_args": [str(a) for a in url_args],
            "by_mail": BY_MAIL[how] if how else Notification.ByMail.NONE,
        },
    )
    if created and own:
        _write(
            user,
            topic,
            key=key,
            kind=kind,
            params=params,
            url_name=url_name,
            url_args=url_args,
            calendar=calendar,
        )
    return created


PRESSING = timedelta(hours=36)
BY_MAIL = {
    MailPreference.Choice.AT_ONCE: Notification.ByMail.OWN,
    MailPreference.Choice.DAILY: Notification.ByMail.DIGEST_DUE,
    MailPreference.Choice.NEVER: Notification.ByMail.NONE,
}


def _presses(params: dict[str, Any]) -> bool:
    """Whether a date comes so soon that the next daily mail could be too late."""
    now = clock.now()
    dates = (
        datetime.fromisoformat(value) for name, value in params.items() if name.endswith("_due_at") and value
    )
    return any(now < date < now + PRESSING for date in dates)


def _write(
    user: User,
    topic: words.Topic,
    *,
    key: str,
    kind: str,
    params: dict[str, Any],
    url_name: str,
    url_args: Sequence[Any],
    calendar: str = "",
) -> None:
    """Owe someone the mail of one notification, in their language."""
    with translation.override(user.language):
        said = words.render(kind, params)
        unsubscribe = preferences.unsubscribe_url(user, topic) if topic.may_be_stopped else ""
        context = {
            "recipient": user,
            "said": said,
            "link": settings.SITE_URL + reverse(url_name, args=[str(a) for a in url_args]),
            "params": params,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "topic": topic,
            "unsubscribe_url": unsubscribe,
        }
        reference = params.get("reference")
        mail.owe(
            key=f"{key}:{user.pk}",
            recipient=user.email,
            subject=f"{said.title} ({reference})" if reference else said.title,
            text=render_to_string("emails/notification.txt", context),
            html=render_to_string("emails/notification.html", context),
            unsubscribe_url=unsubscribe,
            calendar=calendar,
        )


@transaction.atomic
def send_digest(user: User, *, before: datetime) -> bool:
    """Owe someone one mail of all that waited for it since the last one; nothing when they have read it all.

    A row taken by another worker is left to it, so a second run finds nothing to say.
    """
    waiting = Notification.objects.select_for_update(no_key=True, skip_locked=True).filter(
        user=user, by_mail=Notification.ByMail.DIGEST_DUE, created_at__lt=before
    )
    rows = list(waiting.order_by("created_at", "pk"))
    if not rows:
        return False
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(by_mail=Notification.ByMail.DIGESTED)
    unread = [row for row in rows if row.read_at is None]
    if not unread or not user.is_active:
        return False
    with translation.override(user.language):
        news = [
            {
                "said": words.render(row.kind, row.params),
                "link": settings.SITE_URL + row.get_absolute_url(),
                "reference": row.params.get("reference", ""),
            }
            for row in unread
        ]
        subject = ngettext("%(n)s thing to see today", "%(n)s things to see today", len(news)) % {
            "n": len(news)
        }
        unsubscribe = preferences.unsubscribe_url(user)
        context = {
            "recipient": user,
            "news": news,
            "subject": subject,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "unsubscribe_url": unsubscribe,
        }
        mail.owe(
            key=f"digest:{unread[-1].pk}:{user.pk}",
            recipient=user.email,
            subject=subject,
            text=render_to_string("emails/digest.txt", context),
            html=render_to_string("emails/digest.html", context),
            unsubscribe_url=unsubscribe,
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
