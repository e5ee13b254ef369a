"""What people ask the team through the contact page, and what the team answered."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from marketplace.kernel.models import Lockable, PublicId


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    def waiting(self) -> "ContactRequestQuerySet":
        """Those nobody has answered or closed."""
        return self.filter(state=ContactRequest.State.OPEN)


class ContactRequest(PublicId, Lockable):
    """A message to the team. It waits until someone answers or closes it with a reason."""

    class Topic(models.TextChoices):
        QUESTION = "question", _("A question")
        ORDER = "order", _("Help with an order")
        PAYMENT = "payment", _("A payment or a refund")
        ACCOUNT = "account", _("My account or my data")
        ABUSE = "abuse", _("Report abuse")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("To answer")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_requests",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    topic = models.CharField(_("subject"), max_length=10, choices=Topic.choices)
    order_reference = models.CharField(_("order"), max_length=20, blank=True)
    body = models.TextField(_("message"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_requests_to_answer",
        verbose_name=_("assigned to"),
    )
    created_at = models.DateTimeField(_("received on"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact request")
        verbose_name_plural = _("contact requests")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(state="open"), name="contact_request_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at=None)
                | (~models.Q(state="open") & models.Q(settled_at__isnull=False)),
                name="contact_request_settled_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.get_topic_display()}"

    @property
    def reference(self) -> str:
        """What staff and the person call it."""
        return f"C-{self.pk}"

    def settle(self, state: str, now: datetime) -> None:
        """Answered or closed: it waits no more."""
        self.state, self.settled_at = state, now


class ContactAnswer(models.Model):
    """What the team answered, as it was sent."""

    request = models.ForeignKey(ContactRequest, on_delete=models.PROTECT, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contact_answers"
    )
    body = models.TextField(_("answer"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.body[:60]


class CannedAnswer(models.Model):
    """An answer given often, in both languages, to start from."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    body_fr = models.TextField(_("text in French"))
    body_en = models.TextField(_("text in English"))

    class Meta:
        verbose_name = _("canned answer")
        verbose_name_plural = _("canned answers")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def body(self, language: str) -> str:
        """The text in the language of the person who asked."""
        return self.body_en if language == User.Language.ENGLISH else self.body_fr
