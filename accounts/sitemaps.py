"""The experts' part of the sitemap."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from accounts.models import ExpertProfile


class ExpertSitemap(Sitemap):
    """The pages of the listed experts, in every language."""

    changefreq = "weekly"
    priority = 0.6
    limit = 10_000
    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[tuple[str, datetime | None]]:
        return list(ExpertProfile.objects.listed().order_by("pk").values_list("slug", "approved_at"))

    def location(self, item: tuple[str, datetime | None]) -> str:
        return reverse("expert_profile", args=[item[0]])

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        return item[1]
