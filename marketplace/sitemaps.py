"""What search engines may look at: `/robots.txt`, and an index of sitemaps that stays quick at any number of offers.

Offers are cut by ranges of their number rather than by pages of a list, so that every file costs the same.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import ExpertProfile
from offers.models import Category, Offer

RANGE = 10_000
PAGES = (
    "home",
    "catalogue",
    "experts",
    "how_it_works",
    "faq",
    "about",
    "contact",
    "offer_ranking",
    "terms",
    "legal_notice",
    "privacy",
    "accessibility",
)
"""Public pages that stand alone; those the site does not have are left out."""
KEPT_OUT = (
    "account/",
    "dashboard/",
    "admin/",
    "orders/",
    "messages/",
    "notifications/",
    "files/",
    "offers/suggestions/",
)


@require_safe
@login_not_required
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers leave alone, and where the list of pages is."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: /{prefix}{path}" for prefix in ("", "en/") for path in KEPT_OUT]
    lines += ["Disallow: /*?*q=", "", f"Sitemap: {settings.SITE_URL}{reverse('sitemap_index')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
@cache_control(public=True, max_age=3_600)
def index(request: HttpRequest) -> HttpResponse:
    """The sitemaps there are: pages, then ranges of experts and of offers."""
    names = ["pages"]
    for name, rows in (("experts", ExpertProfile.objects.all()), ("offers", Offer.objects.all())):
        highest = rows.aggregate(most=Max("pk"))["most"] or 0
        names += [f"{name}-{number}" for number in range(highest // RANGE + 1)] if highest else []
    body = "".join(
        f"<sitemap><loc>{escape(settings.SITE_URL + reverse('sitemap', args=[name]))}</loc></sitemap>"
        for name in names
    )
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</sitemapindex>')


@require_safe
@login_not_required
@cache_control(public=True, max_age=3_600)
def sitemap(request: HttpRequest, name: str) -> HttpResponse:
    """One list of pages, each with its twin in the other language."""
    kind, _dash, number = name.partition("-")
    if kind == "pages" and not number:
        return _urls(_pages())
    if kind not in ("experts", "offers") or not number.isascii() or not number.isdecimal() or len(number) > 8:
        raise Http404
    within = {"pk__gte": int(number) * RANGE, "pk__lt": (int(number) + 1) * RANGE}
    return _urls(_offers(within) if kind == "offers" else _experts(within))


def _pages() -> Iterator[tuple[str, datetime | None]]:
    for name in PAGES:
        try:
            yield _french(name), None
        except NoReverseMatch:
            continue
    for slug in Category.objects.values_list("slug", flat=True):
        yield _french("category", slug), None


def _offers(within: dict[str, int]) -> Iterator[tuple[str, datetime | None]]:
    root = _french("catalogue")
    rows = Offer.objects.published().filter(**within).order_by("pk").values_list("pk", "slug", "published_at")
    for pk, slug, published_at in rows:
        yield f"{root}{pk}/{slug}/", published_at


def _experts(within: dict[str, int]) -> Iterator[tuple[str, datetime | None]]:
    for slug in ExpertProfile.objects.listed().filter(**within).order_by("pk").values_list("slug", flat=True):
        yield _french("expert_profile", slugify(slug)), None


def _french(name: str, *args: str) -> str:
    with translation.override("fr"):
        return reverse(name, args=args)


def _urls(pages: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    site = settings.SITE_URL
    rows = []
    for path, changed in pages:
        french, english = escape(site + path), escape(f"{site}/en{path}")
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>'
            for language, url in (("fr", french), ("en", english), ("x-default", french))
        )
        when = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
        rows += [f"<url><loc>{url}</loc>{when}{links}</url>" for url in (french, english)]
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        f"{''.join(rows)}</urlset>"
    )


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', content_type="application/xml")
