from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    name = "disputes"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Disputes")

    def ready(self) -> None:
        from disputes import notifications  # noqa: F401 - gives the events of disputes their words
        from disputes.queries import archived
        from disputes.queries.reading import evidence_of
        from marketplace.kernel import private_files
        from orders import archive
        from orders.models import OrderEvent

        private_files.register("evidence", private_files.Kind(openable_by=evidence_of))
        archive.contribute(archived.parts, since=OrderEvent.Kind.DISPUTED)
