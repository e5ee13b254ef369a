"""The catalogue: search, filters, sorting, pages, and what is suggested while one types."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts import languages
from marketplace.kernel import linked_data, rules
from marketplace.kernel.limits import limited
from marketplace.kernel.money import euros_to_type, format_money
from marketplace.kernel.replica import from_replica
from messaging.drawing import instead
from messaging.models import Page
from offers import queries
from offers.forms.catalogue import CatalogueForm
from offers.models import Offer
from offers.queries import finding, vocabulary
from offers.queries.finding import Found
from offers.queries.standings import Standing

CARDS_A_PAGE = 24
NEIGHBOURS = 6
WITHIN = ("q", "category", "kind", "min", "max", "delivery", "rating", "language", "available")
"""The filters, in the order of their chips."""


@login_not_required
@from_replica
def catalogue(request: HttpRequest) -> HttpResponse:
    """All published offers: search, filters, tabs by kind, order, pages."""
    return _listing(request, queries.categories())


@login_not_required
@from_replica
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The same list within one category, under its own name."""
    shelves = queries.categories()
    shelf = next((shelf for shelf in shelves if shelf.slug == slug), None)
    if shelf is None:
        raise Http404
    return _listing(request, shelves, shelf)


@require_safe
@login_not_required
@limited("suggestion", rules.SUGGESTION_RATE, methods=("GET",))
@cache_control(public=True, max_age=300)
@from_replica
def suggestions(request: HttpRequest) -> HttpResponse:
    """What a search could be, for what is typed so far: options of a list, and nothing else."""
    words = vocabulary.suggestions(request.GET.get("q", "")[:120])
    return render(request, "offers/suggestions.html", {"words": words})


@login_not_required
def ranking(request: HttpRequest) -> HttpResponse:
    """How offers are put in order, and what weighs how much (Consumer Code, article L. 111-7)."""
    if written := instead(request, Page.RANKING):
        return written
    context = {"most": Standing.MOST, "total": sum(Standing.MOST.values())}
    return render(request, "offers/ranking.html", context)


def _listing(
    request: HttpRequest, shelves: queries.Shelves, shelf: queries.Shelf | None = None
) -> HttpResponse:
    form = CatalogueForm(request.GET, shelves=shelves, shelf=shelf)
    criteria = form.criteria
    number = _number(request.GET.get("page", ""))
    found = finding.find(criteria, page=number, size=CARDS_A_PAGE)
    page = _CountedPaginator(range(found.reachable), CARDS_A_PAGE).get_page(number)
    chosen = shelf or form.cleaned_data.get("category")
    links = _Links(request.path, form, shelf)
    chips = links.chips(chosen)
    context = {
        "filters": form,
        "shelf": chosen,
        "nav_categories": shelves,
        "search_query": criteria.text,
        "cards": queries.cards_at_hand(found.ids),
        "found": found,
        "more": "" if found.is_exact else "+",
        "page": page,
        "tabs": SimpleLazyObject(lambda: links.tabs(found)),
        "list_key": None if criteria.text else _list_key(request, shelves, found),
        "categories": SimpleLazyObject(
            lambda: [(each, found.count("category", each.pk)) for each in shelves]
        ),
        "categories_total": found.count("category"),
        "facets": SimpleLazyObject(lambda: _facets(form, found, links)),
        "chips": chips,
        "plain_url": request.path if shelf else links.without(*WITHIN),
        "sorts": form.orders,
        "nearby": [each for each in shelves if each.count and each != chosen][:NEIGHBOURS],
        "custom_request_url": _custom_request_url(),
        "canonical": links.canonical(page.number),
        "trail": SimpleLazyObject(
            lambda: linked_data.trail(
                (_("Home"), reverse("home")),
                (_("Catalogue"), reverse("catalogue")),
                *([(chosen.name, chosen.get_absolute_url())] if chosen else []),
            )
        ),
        "is_narrow": bool(set(links.asked) - {"category", "kind"}),
    }
    return render(request, "offers/catalogue.html", context)


def _list_key(request: HttpRequest, shelves: queries.Shelves, found: Found) -> int:
    """All that what stands around the cards depends on, but for the language: equal keys draw equal parts."""
    counts = (tuple(each.items()) for each in found.counts.values())
    return hash((request.get_full_path(), found.total, found.is_exact, *counts, shelves.names))


def _number(typed: str) -> int:
    return (
        int(typed)
        if typed.isascii() and typed.isdecimal() and len(typed) < 10
        else 1
        if not typed.isdecimal()
        else 10**9
    )


def _custom_request_url() -> str:
    """Where one asks for what the catalogue lacks: the request form, else where one learns who to ask."""
    for name in ("custom_request", "contact", "how_it_works"):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


class _CountedPaginator(Paginator):
    """Pages of a list that was already counted."""

    def __init__(self, places: range, size: int) -> None:
        super().__init__(places, size)
        self.count = len(places)


@dataclass(frozen=True)
class Choice:
    """One line of a facet: what it is called, what it sends, how many answers it would leave."""

    value: str
    label: Any
    count: int
    chosen: bool
    url: str = ""


def _facets(form: CatalogueForm, found: Found, links: "_Links") -> dict[str, list[Choice]]:
    chosen = form.cleaned_data

    def choices(name: str, labels: Sequence[tuple[str, Any]]) -> list[Choice]:
        now = chosen.get(name) or ""
        return [Choice(value, label, found.count(name, value), value == now) for value, label in labels]

    spoken = list(found.counts.get("language", {}))
    wanted = chosen.get("language") or ""
    if wanted and wanted not in spoken and wanted in links.asked.values():
        spoken.append(wanted)
    return {
        "delivery": choices("delivery", form.DELAYS),
        "rating": choices("rating", form.RATINGS),
        "language": [
            Choice("", _("Any language"), found.count("kind"), not wanted),
            *(
                Choice(each, languages.shown(each), found.count("language", each), each == wanted)
                for each in spoken
            ),
        ],
        "available": choices("available", [("1", _("Available now"))]),
        "price": [
            Choice(
                str(place),
                _band_words(low, high),
                count,
                (chosen.get("min"), chosen.get("max")) == (low, high),
                links.with_budget(low, high),
            )
            for place, (low, high) in enumerate(finding.BANDS)
            if (count := found.count("price", place))
        ],
    }


def _band_words(low: int | None, high: int | None) -> str:
    if low is None:
        return _("Up to %(price)s") % {"price": format_money(high or 0)}
    if high is None:
        return _("From %(price)s") % {"price": format_money(low)}
    return _("%(low)s to %(high)s") % {"low": format_money(low), "high": format_money(high)}


class _Links:
    """Addresses of the same list with one filter changed."""

    def __init__(self, path: str, form: CatalogueForm, shelf: queries.Shelf | None) -> None:
        self.path, self.form = path, form
        self.asked = {
            name: value
            for name in form.fields
            if (value := form.data[name] if name != "q" else form.text) and name not in form.errors
        }
        if shelf or not form.cleaned_data.get("category"):
            self.asked.pop("category", None)

    def without(self, *names: str) -> str:
        return self._url({name: value for name, value in self.asked.items() if name not in names})

    def with_budget(self, low: int | None, high: int | None) -> str:
        """The same list between two prices, in cents."""
        asked = {name: value for name, value in self.asked.items() if name not in ("min", "max")}
        typed = {"min": low, "max": high}
        return self._url(
            {**asked, **{name: euros_to_type(value) for name, value in typed.items() if value is not None}}
        )

    def canonical(self, number: int) -> str:
        """The one address of this list for search engines: its category and its page, never a filter."""
        category = self.form.cleaned_data.get("category")
        path = category.get_absolute_url() if category else self.path
        return f"{path}?page={number}" if number > 1 else path

    def _url(self, asked: dict[str, str]) -> str:
        return f"{self.path}?{urlencode(asked)}" if asked else self.path

    def tabs(self, found: Found) -> list[dict[str, Any]]:
        """All kinds, then each, with how many answer."""
        kinds = [
            ("", _("All kinds"), ""),
            (Offer.Kind.JOB, _("Deliverables"), "package"),
            (Offer.Kind.CALL, _("Calls"), "phone"),
            (Offer.Kind.QUESTION, _("Questions"), "message-circle-question"),
        ]
        return [
            {
                "label": label,
                "icon": icon,
                "url": self._url({**self.asked, "kind": kind}) if kind else self.without("kind"),
                "count": found.count("kind", kind),
                "current": self.form.cleaned_data.get("kind", "") == kind,
            }
            for kind, label, icon in kinds
        ]

    def chips(self, shelf: queries.Shelf | None) -> list[tuple[str, str]]:
        """The filters in force, in words, each with the address of the list without it."""
        words = {
            "q": lambda value: _("“%(text)s”") % {"text": value},
            "category": lambda value: shelf.name if shelf else "",
            "min": lambda value: _("From %(price)s") % {"price": format_money(value)},
            "max": lambda value: _("Up to %(price)s") % {"price": format_money(value)},
            "delivery": lambda value: str(dict(CatalogueForm.DELAYS)[value]),
            "rating": lambda value: str(dict(CatalogueForm.RATINGS)[value]),
            "language": languages.shown,
            "available": lambda value: _("Available now"),
        }
        chosen = {**self.form.cleaned_data, "q": self.form.text}
        return [
            (word(chosen[name]), self.without(name)) for name, word in words.items() if name in self.asked
        ]
