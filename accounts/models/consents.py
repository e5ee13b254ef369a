"""What people agreed to: in which words, when, and until when."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models import PublicId


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self) -> "ConsentQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Consent(PublicId):
    """A text somebody agreed to: which version, the digest of its words, when, how. Only its withdrawal is added;
    the name and the address go when their time is over.

    Articles 7 and 30 of regulation (EU) 2016/679: whoever relies on a consent proves it, and taking it back is as
    easy as giving it. What the contract needs (terms, charter, mandate) ends with the account instead.
    """

    class Text(models.TextChoices):
        TERMS = "terms", _("General terms")
        PRIVACY = "privacy", _("Information on personal data")
        CHARTER = "charter", _("Charter of the experts")
        MANDATE = "mandate", _("Invoicing mandate")
        PHOTO = "photo", _("Use of my photo")
        PORTFOLIO = "portfolio", _("Work shown in a portfolio")
        MAILS = "mails", _("Weekly e-mail about saved searches")

    class Source(models.TextChoices):
        SIGN_UP = "sign_up", _("when the account was created")
        ORDER = "order", _("with an order")
        PAGE = "page", _("on a page of the account")
        LINK = "link", _("through a link in an e-mail")

    OPTIONAL = (Text.PHOTO, Text.PORTFOLIO, Text.MAILS)
    """What a person takes back alone, at any time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents", verbose_name=_("account")
    )
    text = models.CharField(_("text"), max_length=10, choices=Text.choices)
    about = models.CharField(max_length=40, blank=True, editable=False)
    """Which piece of a portfolio; empty for what there is once."""
    label = models.CharField(_("about"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=2)
    digest = models.CharField(_("digest"), max_length=64)
    name = models.CharField(_("signed as"), max_length=120, blank=True)
    """What was typed, where typing one's name is the signature."""
    source = models.CharField(_("given"), max_length=10, choices=Source.choices, default=Source.PAGE)
    ip = models.GenericIPAddressField(_("address on the network"), null=True, blank=True)
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "text", "version", "about"],
                condition=Q(withdrawn_at=None),
                name="a_version_is_agreed_to_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="consent_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="consent_unaltered", exclude=["withdrawn_at", "name", "ip"]),
            pgtrigger.Protect(
                name="consent_signer_unaltered",
                operation=pgtrigger.Update,
                condition=(
                    pgtrigger.Q(old__name__df=pgtrigger.F("new__name")) & ~pgtrigger.Q(new__name="")
                    | pgtrigger.Q(old__ip__df=pgtrigger.F("new__ip")) & pgtrigger.Q(new__ip__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_text_display()} {self.version} · {self.user}"

    @property
    def is_live(self) -> bool:
        return self.withdrawn_at is None

    @property
    def may_be_withdrawn(self) -> bool:
        return self.is_live and self.text in self.OPTIONAL
