from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MissionsConfig(AppConfig):
    name = "missions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Missions")

    def ready(self) -> None:
        from missions import (
            certificates,  # noqa: F401 - says which missions count for the duty of vigilance
            notifications,  # noqa: F401 - gives what happens to missions its words
            suspended,  # noqa: F401 - tells the clients of an expert who is suspended
        )
