"""Reads across this app's models, as pages need them."""

from django.core.cache import cache

from offers.models import Category

CATEGORIES_KEY = "offers:categories"


def categories() -> list[Category]:
    """All categories in their order; they change rarely, so they are kept for a minute."""
    found: list[Category] | None = cache.get(CATEGORIES_KEY)
    if found is None:
        found = list(Category.objects.all())
        cache.set(CATEGORIES_KEY, found, 60)
    return found
