"""What an expert did before: positions held, studies and certificates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import ExpertProfile


class CareerEntry(models.Model):
    """A line of an expert's past, as they tell it. Without an end, it goes on."""

    class Kind(models.TextChoices):
        POSITION = "position", _("Experience")
        STUDIES = "studies", _("Studies and certificates")

    profile = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="career")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.POSITION)
    title = models.CharField(_("position or diploma"), max_length=120)
    organisation = models.CharField(_("company or school"), max_length=120)
    started = models.PositiveSmallIntegerField(_("first year"))
    ended = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    description = models.TextField(_("what you did there"), max_length=800, blank=True)

    class Meta:
        verbose_name = _("career entry")
        verbose_name_plural = _("career entries")
        ordering = ["kind", models.F("ended").desc(nulls_first=True), "-started", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended__isnull=True) | models.Q(ended__gte=models.F("started")),
                name="career_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"
