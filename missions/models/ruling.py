"""What our team decided on a mission the two parties did not agree about."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock
from marketplace.kernel.models import Lockable
from missions.models.mission import Mission


class MissionRuling(Lockable):
    """A decision. From a threshold on it waits for a second member of the team; once carried out it never changes."""

    class Outcome(models.TextChoices):
        UPHOLD = "uphold", _("The work is done as agreed: the end review counts as validated")
        STOP = "stop", _("The mission ends here, paid for the part done")
        GO_ON = "go_on", _("The mission goes on as agreed")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="rulings", editable=False)
    outcome = models.CharField(_("decision"), max_length=6, choices=Outcome.choices, editable=False)
    percent_done = models.PositiveSmallIntegerField(_("percent done"), null=True, editable=False)
    reason = models.TextField(_("reason"), editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    written_at = models.DateTimeField(_("written on"), default=clock.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    carried_out_at = models.DateTimeField(_("carried out on"), null=True, editable=False)
    dropped_at = models.DateTimeField(_("given up on"), null=True, editable=False)

    class Meta:
        verbose_name = _("ruling on a mission")
        verbose_name_plural = _("rulings on missions")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission"],
                condition=Q(carried_out_at=None, dropped_at=None),
                name="one_mission_ruling_waits",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("written_by")),
                name="mission_four_eyes_are_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="stop", percent_done__lte=100)
                | (~Q(outcome="stop") & Q(percent_done=None)),
                name="mission_ruling_says_how_much_is_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission.reference} · {self.get_outcome_display()}"
