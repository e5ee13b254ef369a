"""Public pages that staff write: each publication is a version, kept for ever."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Page(models.TextChoices):
    """The pages there are; their addresses and their places in the footer are code, their texts are not."""

    FAQ = "faq", _("Frequently asked questions")
    ABOUT = "about", _("About us")
    TERMS = "terms", _("General terms")
    LEGAL_NOTICE = "legal-notice", _("Legal notice")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    HOW_IT_WORKS = "how-it-works", _("How it works")
    RANKING = "ranking", _("How offers are put in order")

    @property
    def url_name(self) -> str:
        return {"ranking": "offer_ranking"}.get(self.value, self.value.replace("-", "_"))

    @property
    def is_drawn(self) -> bool:
        """Whether the product draws it from its own rules as long as staff have published no text in its place."""
        return self in (Page.HOW_IT_WORKS, Page.RANKING)


class PageVersion(models.Model):
    """What a page said from a moment on, in one language. Never altered: a new text is a new version.

    ``source`` is what was typed, with its ``{figures}``; ``body`` is what people read, with the figures as they
    stood when it was published, so that an accepted version can be read again word for word.
    """

    page = models.CharField(_("page"), max_length=20, choices=Page.choices)
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    lead = models.CharField(_("lead"), max_length=300, blank=True)
    source = models.TextField(_("text"))
    body = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="page_versions",
    )
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published on"), default=timezone.now)
    takes_effect_at = models.DateTimeField(_("applies from"), null=True, blank=True)
    """For terms that were announced; empty where the text applied from its publication."""

    class Meta:
        verbose_name = _("page version")
        verbose_name_plural = _("page versions")
        ordering = ["page", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "number"], name="one_text_a_page_language_and_version"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="page_version_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="page_version_unaltered"),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} ({self.language}) {self.number}"

    @property
    def in_force_since(self) -> datetime:
        """From when it applies."""
        return self.takes_effect_at or self.published_at

    @property
    def url_name(self) -> str:
        """Where the text in force is read."""
        return Page(self.page).url_name

    def get_absolute_url(self) -> str:
        return reverse("page_version", args=[self.page, self.number])
