"""When an edition of the charter or of the mandate was announced, and from when it applies."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.consents import Consent


class TextEdition(models.Model):
    """A version of a text that comes with the product. The day it applies is set when it is first seen, never moved."""

    text = models.CharField(_("text"), max_length=10, choices=Consent.Text.choices)
    version = models.CharField(_("version"), max_length=20)
    announced_at = models.DateTimeField(_("announced on"), default=timezone.now)
    takes_effect_at = models.DateTimeField(_("applies from"))

    class Meta:
        verbose_name = _("edition of a text")
        verbose_name_plural = _("editions of the texts")
        ordering = ["text", "-takes_effect_at"]
        constraints = [
            models.UniqueConstraint(fields=["text", "version"], name="an_edition_is_announced_once")
        ]
        triggers = [
            pgtrigger.Protect(name="edition_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="edition_unaltered"),
        ]

    def __str__(self) -> str:
        return f"{self.get_text_display()} {self.version}"
