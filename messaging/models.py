"""What people and the product say to each other."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from marketplace.kernel.models import Lockable, PublicId


def private_storage() -> Any:
    return storages["private"]


def unguessable_name(instance: models.Model, filename: str) -> str:
    """Where a private file lies: by month, under a name nobody can guess and that says nothing."""
    return f"{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class PrivateFile(PublicId):
    """A file only the people concerned may open: it has no public address."""

    file = models.FileField(storage=private_storage, upload_to=unguessable_name)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def of(self, user: User) -> "ConversationQuerySet":
        """Those a person takes part in."""
        return self.filter(participants__user=user)

    def with_unread_for(self, user: User) -> "ConversationQuerySet":
        """Annotate ``unread``: messages by others since the person last looked."""
        mine = Participant.objects.filter(conversation=models.OuterRef("conversation_id"), user=user)
        unread = (
            Message.objects.filter(conversation=models.OuterRef("pk"))
            .exclude(author=user)
            .filter(
                created_at__gt=models.functions.Coalesce(
                    models.Subquery(mine.values("last_read_at")[:1]),
                    datetime.min.replace(tzinfo=UTC),
                )
            )
            .order_by()
            .values("conversation")
            .annotate(n=models.Count("pk"))
            .values("n")
        )
        return self.annotate(unread=models.functions.Coalesce(models.Subquery(unread), 0))


class Conversation(PublicId, Lockable):
    """A thread between a few people, open until what it serves is over."""

    subject = models.CharField(max_length=160)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Participant", related_name="conversations"
    )
    created_at = models.DateTimeField(default=timezone.now)
    last_message_at = models.DateTimeField(null=True, blank=True, db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Participant(models.Model):
    """Someone's place in a conversation, and how far they have read."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="participations"
    )
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user"], name="one_place_a_person_in_a_conversation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.conversation}"


class Message(PublicId):
    """One message. It is never edited."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Message")
        OPENING = "opening", _("Opening message")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TEXT)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["conversation", "created_at"])]

    def __str__(self) -> str:
        return self.body[:60]


class Attachment(PrivateFile):
    """A file sent with a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    @property
    def url(self) -> str:
        """Where those who may read the message download it."""
        return reverse("attachment", args=[self.public_id])


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    """Something a person should know; its words are made when it is read, in their language."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url_name = models.CharField(max_length=60)
    url_args = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "-created_at"]),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.user}"

    def get_absolute_url(self) -> str:

        return reverse(self.url_name, args=self.url_args)


class Mail(Lockable):
    """A mail that is owed to someone: written first, sent after the commit, sent again if a worker died."""

    key = models.CharField(max_length=160, unique=True)
    recipient = models.EmailField()
    sender = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(sent_at=None), name="mail_owed")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
