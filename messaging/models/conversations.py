"""What people write to each other."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.companies import seated
from accounts.models import Company, User
from marketplace.kernel.contact_details import Found
from marketplace.kernel.models import Lockable, PublicId
from messaging.models.files import PrivateFile, private_storage, unguessable_name


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def of(self, user: User) -> "ConversationQuerySet":
        """Those a person takes part in: for themselves, or for the company whose member they still are."""
        return self.filter(seated(user, "participants__"))

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
    for_company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="conversations"
    )
    """The company on the buying side, where a member began it."""

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
    for_company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The company a member sits here for: the place is empty once they have left it."""

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
    contact_details = ArrayField(
        models.CharField(max_length=10, choices=Found.choices), default=list, blank=True, editable=False
    )
    """Kinds of contact details its words hold: told to the writer and to our team, never edited nor blocked."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["conversation", "created_at"]),
            models.Index(
                fields=["-created_at"],
                condition=~models.Q(contact_details=[]),
                name="message_with_contact_details",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]


class Attachment(PrivateFile, Lockable):
    """A file sent with a message, and for a picture a small copy as private as itself."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    preview = models.FileField(
        storage=private_storage, upload_to=unguessable_name, blank=True, editable=False
    )
    preview_failed = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    @property
    def url(self) -> str:
        """Where those who may read the message download it."""
        return reverse("attachment", args=[self.public_id])

    @property
    def may_be_previewed(self) -> bool:
        """Whether this is a picture that was, or can be, drawn small."""
        return self.content_type.startswith("image/") and not self.preview_failed

    @property
    def preview_url(self) -> str:
        """Where those who may read the message see the picture small; empty for other files."""
        return reverse("attachment_preview", args=[self.public_id]) if self.may_be_previewed else ""
