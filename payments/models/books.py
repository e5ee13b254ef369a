"""What the nightly look at the books found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.money import format_money


class BooksReport(models.Model):
    """The books against themselves and against the provider's, at one moment. Amounts are cents."""

    taken_at = models.DateTimeField(_("taken on"), default=clock.now)
    own_funds_cents = models.BigIntegerField(_("own funds"))
    ledger_cents = models.BigIntegerField(_("at the provider, by our books"))
    gateway_cents = models.BigIntegerField(_("at the provider, by theirs"), null=True, blank=True)
    movements = models.PositiveIntegerField(_("movements compared"), default=0)
    findings = models.JSONField(_("findings"), default=list, blank=True)

    class Meta:
        verbose_name = _("check of the books")
        verbose_name_plural = _("checks of the books")
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M} {format_money(self.own_funds_cents, full=True)}"

    @property
    def is_sound(self) -> bool:
        return not self.findings
