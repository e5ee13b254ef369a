"""The first words an account writes to somebody: what our team has looked at, and what it made of them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from marketplace.kernel.models import Lockable
from messaging.models.conversations import Message
from messaging.models.reports import Report


class FirstMessageQuerySet(models.QuerySet["FirstMessage"]):
    def waiting(self) -> "FirstMessageQuerySet":
        """Those nobody of the team has read."""
        return self.filter(state=FirstMessage.State.WAITING)


class FirstMessage(Lockable):
    """The first message of an account. It was delivered at once: reading it keeps nobody waiting.

    What an expert says by itself at the start of each order is no first message: it stands in the offer, which is read.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("To read")
        FINE = "fine", _("Fine")
        WARNED = "warned", _("Its author was warned")
        REPORTED = "reported", _("Handed to the reports")

    author = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="first_message",
        verbose_name=_("author"),
    )
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="as_first")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    warning = models.TextField(_("what we told its author"), max_length=1_000, blank=True)
    report = models.ForeignKey(
        Report,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("report"),
    )
    created_at = models.DateTimeField(_("sent on"), default=timezone.now)
    settled_at = models.DateTimeField(_("read by the team on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("read by"),
    )

    objects = FirstMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("first message")
        verbose_name_plural = _("first messages")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state="waiting"), name="first_message_waiting")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at=None, settled_by=None)
                | (~Q(state="waiting") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="first_message_is_read_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="warned") & ~Q(warning="") | ~Q(state="warned") & Q(warning=""),
                name="first_message_warned_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author} · {self.message}"

    def settle(self, state: str, actor: User, now: datetime) -> None:
        self.state, self.settled_by, self.settled_at = state, actor, now
