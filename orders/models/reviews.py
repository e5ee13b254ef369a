"""What each party says of the other."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock, rules
from marketplace.kernel.models import Lockable
from offers.models import Offer
from orders.models.order import Order

if TYPE_CHECKING:
    pass


class ReviewQuerySet(models.QuerySet["Review"]):
    def published(self) -> "ReviewQuerySet":
        """Those everyone may read."""
        return self.filter(hidden_at=None, published_at__isnull=False)

    def of_experts(self) -> "ReviewQuerySet":
        """What buyers say of experts: the ones that count in an offer's and in an expert's average."""
        return self.filter(about=Review.About.EXPERT)

    def waiting(self) -> "ReviewQuerySet":
        """Written, and read by their author alone so far."""
        return self.filter(published_at=None)

    def due(self, now: datetime) -> "ReviewQuerySet":
        """Not published yet, and the time of the other side to write has run out."""
        return self.waiting().filter(publish_due_at__lte=now)

    def for_lists(self) -> "ReviewQuerySet":
        """The published reviews of experts, newest first, with who wrote them."""
        return (
            self.published()
            .of_experts()
            .select_related("author", "author__buyer_profile", "subject")
            .order_by("-published_at", "-pk")
        )


class Review(Lockable):
    """What one party of an order thought of the other.

    Neither reads the other's before writing: a review is published when both are in, or when the time to write
    one has run out.
    """

    class About(models.TextChoices):
        EXPERT = "expert", _("the expert")
        BUYER = "buyer", _("the buyer")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reviews")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="reviews")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews_written"
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews_received"
    )
    about = models.CharField(max_length=6, choices=About.choices, default=About.EXPERT)
    rating = models.PositiveSmallIntegerField(_("rating"))
    comment = models.TextField(_("comment"), max_length=rules.MAX_MESSAGE_LENGTH, blank=True)
    experienced_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    publish_due_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(_("reply"), max_length=rules.MAX_MESSAGE_LENGTH, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.TextField(max_length=1_000, blank=True, db_default="", default="")
    """Why staff took it off our pages, as its author reads it."""

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "author"], name="one_review_an_author_an_order"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="rating_within_stars"),
            models.CheckConstraint(condition=Q(about__in=["expert", "buyer"]), name="review_about_known"),
            models.CheckConstraint(
                condition=Q(replied_at=None) | Q(published_at__isnull=False), name="reply_to_what_is_read"
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_reason="")
                | (Q(hidden_at__isnull=False, published_at__isnull=False) & ~Q(hidden_reason="")),
                name="hidden_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["publish_due_at"], condition=Q(published_at=None), name="due_review"),
        ]

    def __str__(self) -> str:
        return f"{self.rating}/5 {self.order.reference}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_read(self) -> bool:
        """Whether everyone may read it."""
        return self.is_published and self.hidden_at is None

    @property
    def changeable_until(self) -> datetime:
        """When its author may no longer change it, if it is not published before."""
        return min(self.created_at + self.order.timer("review_edit"), self.publish_due_at)

    @property
    def is_changeable(self) -> bool:
        return not self.is_published and clock.now() < self.changeable_until
