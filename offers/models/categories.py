"""The categories that offers are filed under."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.audit import audited

if TYPE_CHECKING:
    pass


class Category(models.Model):
    """A field of expertise. Its names are content, kept in both languages."""

    slug = models.SlugField(unique=True)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    description_fr = models.CharField(_("description in French"), max_length=300, blank=True)
    description_en = models.CharField(_("description in English"), max_length=300, blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="briefcase")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        triggers = [
            audited("category_audited", "slug", "name_fr", "name_en", "description_fr", "description_en"),
        ]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_fr

    @property
    def description(self) -> str:
        return self.description_en if (get_language() or "").startswith("en") else self.description_fr

    def get_absolute_url(self) -> str:
        return reverse("category", args=[self.slug])
