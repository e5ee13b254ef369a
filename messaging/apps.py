from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "messaging"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Messaging")

    def ready(self) -> None:
        from messaging import contact_words, people_words  # noqa: F401 - what is told has its words
