"""What each day brought, added up once so that no page has to count orders. Amounts are cents, days those of Paris."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayFigures(models.Model):
    """The figures of one day. A sweep writes those of today and yesterday again each hour."""

    day = models.DateField(_("day"), unique=True)
    paid = models.PositiveIntegerField(_("orders paid"), default=0)
    completed = models.PositiveIntegerField(_("orders completed"), default=0)
    cancelled = models.PositiveIntegerField(_("orders cancelled after payment"), default=0)
    volume_cents = models.BigIntegerField(_("volume, in cents"), default=0)
    """What buyers paid into our keeping: orders, their extras, instalments of missions."""
    commission_cents = models.BigIntegerField(_("commission before VAT, in cents"), default=0)
    refunded_cents = models.BigIntegerField(_("refunds decided, in cents"), default=0)

    class Meta:
        verbose_name = _("figures of a day")
        verbose_name_plural = _("figures of days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
