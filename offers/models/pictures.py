"""What an offer shows of itself: the pictures of its gallery, and one film."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models.offers import Offer


class OfferImageQuerySet(models.QuerySet["OfferImage"]):
    def to_render(self, now: datetime) -> "OfferImageQuerySet":
        """Those whose sizes nobody has made in time."""
        return self.filter(render_due_at__lte=now)


class OfferImage(models.Model):
    """A picture of the gallery. The first is the cover."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="images")
    image = models.ImageField(upload_to="offers/%Y/%m/", width_field="width", height_field="height")
    thumbnail = models.ImageField(upload_to="offers/%Y/%m/", blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    original = models.ImageField(upload_to="offers/%Y/%m/", blank=True)
    """The picture before it was cut to the shape of the gallery; without metadata, like the others."""
    focus_x = models.PositiveSmallIntegerField(default=50)
    focus_y = models.PositiveSmallIntegerField(default=50)
    zoom = models.PositiveSmallIntegerField(default=100)
    """Where the cut lies: per cent from the left and the top, and how much closer than the whole (100)."""
    renditions = models.JSONField(default=dict, editable=False)
    """Files by format and width, such as ``{"avif": {"480": "offers/…"}}``; empty until they are made."""
    render_due_at = models.DateTimeField(null=True, editable=False)
    """When the sweep makes them if nobody has until then; none once they are made."""
    rights_confirmed_at = models.DateTimeField(null=True, editable=False)
    """When the expert stated that they may show this picture."""
    alt = models.CharField(_("description of the image"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfferImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["render_due_at"],
                condition=models.Q(render_due_at__isnull=False),
                name="image_to_render",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or f"{self.offer} · {self.position + 1}"

    @property
    def sources(self) -> list[dict[str, str]]:
        """Each modern format with its sizes, the lightest first; nothing until they are made."""
        storage = self.image.storage
        return [
            {
                "type": f"image/{kind}",
                "srcset": ", ".join(
                    f"{storage.url(name)} {width}w" for width, name in self.renditions[kind].items()
                ),
            }
            for kind in ("avif", "webp")
            if self.renditions.get(kind)
        ]


class OfferFilm(models.Model):
    """The film of an offer, sent by its expert. The file was looked into and tells nothing of where it was made."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="film")
    file = models.FileField(_("film"), upload_to="films/%Y/%m/")
    size = models.PositiveIntegerField(_("size in bytes"))
    seconds = models.PositiveSmallIntegerField(_("length in seconds"))
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    poster = models.ImageField(_("still picture"), upload_to="films/%Y/%m/", blank=True)
    captions = models.TextField(_("captions"), blank=True)
    """What is said, as WebVTT; empty when the film has none."""
    captions_language = models.CharField(
        _("language of the captions"), max_length=5, choices=settings.LANGUAGES, blank=True
    )
    """Set exactly when there are captions."""
    rights_confirmed_at = models.DateTimeField(_("rights confirmed on"))
    """When the expert stated that they may show this film."""
    created_at = models.DateTimeField(_("sent on"), default=timezone.now)

    class Meta:
        verbose_name = _("film of an offer")
        verbose_name_plural = _("films of offers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(captions="", captions_language="")
                | (~models.Q(captions="") & ~models.Q(captions_language="")),
                name="captions_have_a_language",
            ),
        ]

    def __str__(self) -> str:
        return str(self.offer)

    @property
    def files(self) -> list[str]:
        """The names of what is stored of it."""
        return [name for name in (self.file.name, self.poster.name) if name]
