"""What people keep for later: favourites and searches."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from marketplace.kernel.models import PublicId
from offers.models.offers import Offer


class FavouriteQuerySet(models.QuerySet["Favourite"]):
    def of(self, user: User) -> "FavouriteQuerySet":
        return self.filter(user=user)


class Favourite(models.Model):
    """An offer or an expert that somebody keeps at hand. Only they see it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites")
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "offer"], condition=models.Q(offer__isnull=False), name="offer_kept_once"
            ),
            models.UniqueConstraint(
                fields=["user", "expert"], condition=models.Q(expert__isnull=False), name="expert_kept_once"
            ),
            models.CheckConstraint(
                condition=models.Q(offer__isnull=False, expert__isnull=True)
                | models.Q(offer__isnull=True, expert__isnull=False),
                name="favourite_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.offer or self.expert)


class SavedSearch(PublicId):
    """A search somebody wants to hear of: once a week, when something new answers it."""

    class Kind(models.TextChoices):
        OFFERS = "offers", _("Offers")
        EXPERTS = "experts", _("Experts")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    query = models.CharField(max_length=500)
    """The filters, as the address of the list carries them, in a fixed order."""
    label = models.CharField(_("name"), max_length=160)
    is_mailed = models.BooleanField(_("weekly e-mail"), default=True)
    seen_until = models.DateTimeField(default=timezone.now)
    """What was published until then was told, or was there when the search was kept."""
    created_at = models.DateTimeField(_("kept on"), default=timezone.now)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "query"], name="search_kept_once"),
        ]
        indexes = [
            models.Index(
                fields=["seen_until"], condition=models.Q(is_mailed=True), name="saved_search_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        path = reverse("experts" if self.kind == self.Kind.EXPERTS else "catalogue")
        return f"{path}?{self.query}" if self.query else path
