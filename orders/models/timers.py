"""What the clock did, kept so that staff see that it runs."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TimerRun(models.Model):
    """One run of a timer: what it acted on, what it could not. A run with nothing to do replaces the one before."""

    timer = models.CharField(_("timer"), max_length=40)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), default=timezone.now)
    done = models.PositiveIntegerField(_("done"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)

    class Meta:
        verbose_name = _("run of a timer")
        verbose_name_plural = _("timers")
        ordering = ["-began_at", "-pk"]
        indexes = [models.Index(fields=["timer", "-began_at"], name="latest_runs")]

    def __str__(self) -> str:
        return f"{self.timer} {self.began_at:%Y-%m-%d %H:%M}"
