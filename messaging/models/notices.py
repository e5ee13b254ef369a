"""What people are told: on the site, and by mail."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models import Lockable


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    """Something a person should know; its words are made when it is read, in their language."""

    class ByMail(models.TextChoices):
        NONE = "", _("Not sent by mail")
        OWN = "own", _("A mail of its own")
        DIGEST_DUE = "digest_due", _("Waits for the daily mail")
        DIGESTED = "digested", _("In a daily mail, or read before it")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url_name = models.CharField(max_length=60)
    url_args = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    by_mail = models.CharField(max_length=10, choices=ByMail.choices, blank=True, editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "-created_at"]),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notification_unread"),
            models.Index(
                fields=["user"], condition=models.Q(by_mail="digest_due"), name="notification_digest_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.user}"

    def get_absolute_url(self) -> str:

        return reverse(self.url_name, args=self.url_args)


class MailPreference(models.Model):
    """How someone hears by mail of one topic. No row: at once."""

    class Choice(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day")
        NEVER = "never", _("Never")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preferences"
    )
    topic = models.CharField(max_length=12)
    choice = models.CharField(max_length=8, choices=Choice.choices)

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="one_choice_a_person_and_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.topic} · {self.choice}"


class Mail(Lockable):
    """A mail that is owed to someone: written first, sent after the commit, sent again if a worker died."""

    key = models.CharField(max_length=160, unique=True)
    recipient = models.EmailField()
    sender = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    unsubscribe_url = models.CharField(max_length=400, blank=True)
    """Where one click stops mails of this kind (RFC 8058); empty for those that always leave."""
    calendar = models.TextField(blank=True)
    """An iCalendar file that goes with it; empty for most."""
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
