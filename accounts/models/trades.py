"""The curated words of the trade: skills and sectors, kept by staff."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Known(models.Model):
    """A word that experts and buyers share, in both languages, with the other ways of saying it."""

    slug = models.SlugField(unique=True)
    name_fr = models.CharField(_("name in French"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    synonyms = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("synonyms"),
        default=list,
        blank=True,
        help_text=_(
            "Other ways of saying it, in any language, separated by commas: a search finds them too."
        ),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_fr

    @property
    def all_words(self) -> list[str]:
        """Every way of saying it."""
        return [self.name_fr, self.name_en, *self.synonyms]


class Skill(Known):
    """Something experts know how to do. What they type is spelled as here when it is known."""

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name_fr"]


class Sector(Known):
    """A line of business that experts know from inside."""

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["name_fr"]
