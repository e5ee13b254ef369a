"""Work an expert may show, once the client agrees."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import ExpertProfile
from marketplace.kernel.models import Lockable, PublicId


class PortfolioQuerySet(models.QuerySet["PortfolioPiece"]):
    def public(self) -> "PortfolioQuerySet":
        """Those whose client agreed."""
        return self.filter(consent=PortfolioPiece.Consent.GIVEN)

    def awaiting(self) -> "PortfolioQuerySet":
        return self.filter(consent=PortfolioPiece.Consent.ASKED)


class PortfolioPiece(PublicId, Lockable):
    """A piece of work done for somebody. The public sees it only with that client's recorded consent."""

    class Consent(models.TextChoices):
        ASKED = "asked", _("Awaiting the client’s consent")
        GIVEN = "given", _("Shown with the client’s consent")
        REFUSED = "refused", _("The client prefers that it is not shown")

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="portfolio")
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=1_200)
    year = models.PositiveSmallIntegerField(_("year"))
    picture = models.ImageField(_("picture"), upload_to="portfolio/%Y/%m/", blank=True)
    thumbnail = models.ImageField(upload_to="portfolio/%Y/%m/", blank=True)
    client_name = models.CharField(_("client"), max_length=120)
    client_email = models.EmailField(_("e-mail of the client"))
    client = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    order_reference = models.CharField(_("order"), max_length=20, blank=True)
    consent = models.CharField(_("consent"), max_length=10, choices=Consent.choices, default=Consent.ASKED)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    agreed_version = models.CharField(_("version"), max_length=20, blank=True, db_default="")
    agreed_language = models.CharField(_("language"), max_length=2, blank=True, db_default="")
    agreed_digest = models.CharField(
        _("digest of the words agreed to"), max_length=64, blank=True, db_default=""
    )
    """Which words the client agreed to, whether or not they have an account; empty while they have not."""

    objects = PortfolioQuerySet.as_manager()

    class Meta:
        verbose_name = _("portfolio piece")
        verbose_name_plural = _("portfolio pieces")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "order_reference"],
                condition=~models.Q(order_reference=""),
                name="one_piece_per_order",
            ),
            models.CheckConstraint(
                condition=models.Q(consent="asked") | models.Q(answered_at__isnull=False),
                name="consent_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.consent == self.Consent.GIVEN
