"""What is being typed in the editor, kept as typed until it is saved."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from offers.models.offers import Offer


class Draft(models.Model):
    """The boxes of the editor as they stood when the browser last sent them; nothing is checked.

    At most one an expert and offer, and one for the offer that is not saved yet (``offer`` none).
    """

    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offer_drafts"
    )
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, null=True, related_name="drafts")
    boxes = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "offer"], name="one_draft_an_offer", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return str(self.boxes.get("title") or self.pk)
