from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from orders import (
            notifications,  # noqa: F401 - gives the events of orders their words
            reported,  # noqa: F401 - lets reviews be reported
            suspended,  # noqa: F401 - tells the buyers of an expert who is suspended
        )
        from orders.queries import certificates  # noqa: F401 - says which orders count for the duty of vigilance
