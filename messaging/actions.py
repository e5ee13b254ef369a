"""Open a conversation, say something in it, read it, close it; tell people what happened."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, uploads
from marketplace.kernel.errors import Refusal
from messaging import mail, words
from messaging.models import Attachment, Conversation, Message, Notification, Participant


@transaction.atomic
def start_conversation(*, subject: str, members: Iterable[User]) -> Conversation:
    """Open a thread between these people."""
    conversation = Conversation.objects.create(subject=subject)
    Participant.objects.bulk_create([Participant(conversation=conversation, user=user) for user in members])
    return conversation


@transaction.atomic
def send_message(
    conversation: Conversation,
    *,
    author: User,
    body: str,
    files: Sequence[UploadedFile] = (),
    kind: str = Message.Kind.TEXT,
) -> Message:
    """Say something in an open conversation one takes part in.

    Files must have passed ``uploads.inspect``. Raises ``Refusal`` when the conversation is closed, the author
    is a stranger to it, or there is nothing to send.
    """
    conversation = conversation.locked()
    if not conversation.is_open:
        raise Refusal(_("This conversation is closed: nothing was sent."))
    if not conversation.participants.filter(user=author).exists():
        raise Refusal(_("Only the people of this conversation can write in it."))
    body = body.strip()
    if not body and not files:
        raise Refusal(_("Write a message or attach a file."))
    message = Message.objects.create(
        conversation=conversation, author=author, body=body, kind=kind, created_at=clock.now()
    )
    for upload in files:
        seen = uploads.inspect(upload)
        Attachment.objects.create(
            message=message, file=upload, name=seen.name, content_type=seen.content_type, size=seen.size
        )
    conversation.last_message_at = message.created_at
    conversation.save(update_fields=["last_message_at"])
    return message


def mark_read(conversation: Conversation, user: User) -> None:
    """Remember that a person has seen the thread up to now."""
    conversation.participants.filter(user=user).update(last_read_at=clock.now())


@transaction.atomic
def close(conversation: Conversation) -> None:
    """Make a thread read-only. Doing it twice changes nothing."""
    Conversation.objects.filter(pk=conversation.pk, closed_at=None).update(closed_at=clock.now())


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
