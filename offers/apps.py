from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffersConfig(AppConfig):
    name = "offers"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Offers")

    def ready(self) -> None:
        from offers import (
            notifications,  # noqa: F401 - gives the events of offers their words
            quoted,  # noqa: F401 - lets pages quote the figures of the ranking
            reported,  # noqa: F401 - lets offers be reported
        )
