from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class SandboxConfig(AppConfig):
    name = "payments.sandbox"
    label = "sandbox"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Payment sandbox")

    def ready(self) -> None:
        if not settings.LOCAL_MODE:
            raise ImproperlyConfigured(
                "The payment sandbox only runs on a developer's machine: LOCAL_MODE is off."
            )
