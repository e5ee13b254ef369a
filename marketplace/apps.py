from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps


class MarketplaceConfig(AppConfig):
    name = "marketplace"

    def ready(self) -> None:
        from marketplace.privacy import words  # noqa: F401  # gives its notifications their words

        if settings.TRACES:
            from marketplace.kernel.tracing import send_traces

            send_traces(environment=settings.ENVIRONMENT_NAME or "production")


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin, served by our own site."""

    default = False
    default_site = "marketplace.staff_site.StaffSite"
