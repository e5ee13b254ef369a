"""Reads across this app's models."""

from django.db.models import F, Q

from accounts.models import User
from messaging.models import Message, Notification


def unread_messages(user: User) -> int:
    """How many messages from others a person has not seen."""
    return (
        Message.objects.filter(conversation__participants__user=user)
        .exclude(author=user)
        .filter(
            Q(conversation__participants__last_read_at=None)
            | Q(created_at__gt=F("conversation__participants__last_read_at"))
        )
        .count()
    )


def unread_notifications(user: User) -> int:
    """How many notifications a person has not read."""
    return Notification.objects.filter(user=user).unread().count()
