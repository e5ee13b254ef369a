from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    name = "payments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Payments")

    def ready(self) -> None:
        from payments.checks import operator_settings, payment_settings

        register(payment_settings)
        register(operator_settings, Tags.security, deploy=True)
