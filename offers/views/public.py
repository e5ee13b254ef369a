"""What everybody may read: the catalogue, an offer, an expert."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import ExpertProfile
from marketplace.kernel import rules
from marketplace.kernel.money import format_money
from offers import queries
from offers.forms.catalogue import CatalogueForm
from offers.models import Offer, OfferQuerySet
from offers.queries import price_without_tax

CARDS_A_PAGE = 24
REVIEWS_A_PAGE = 10


# --- Catalogue ----------------------------------------------------------------------------------------------------


@login_not_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """All published offers: search, filters, tabs by kind, order, pages."""
    return _listing(request, queries.categories())


@login_not_required
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The same list within one category, under its own name."""
    shelves = queries.categories()
    shelf = next((shelf for shelf in shelves if shelf.slug == slug), None)
    if shelf is None:
        raise Http404
    return _listing(request, shelves, shelf)


def _listing(
    request: HttpRequest, shelves: list[queries.Shelf], shelf: queries.Shelf | None = None
) -> HttpResponse:
    form = CatalogueForm(request.GET, shelves=shelves, shelf=shelf)
    criteria = form.criteria
    tally = queries.tally(criteria, shelves)
    page = _CountedPaginator(
        queries.found(criteria),
        CARDS_A_PAGE,
        tally.count(category_id=criteria.category_id, kind=criteria.kind),
    ).get_page(request.GET.get("page"))
    chosen = shelf or form.cleaned_data.get("category")
    links = _Links(request.path, form, shelf)
    context = {
        "filters": form,
        "shelf": chosen,
        "nav_categories": shelves,
        "search_query": criteria.text,
        "cards": queries.cards(cast(OfferQuerySet, page.object_list)) if page.paginator.count else [],
        "page": page,
        "tabs": links.tabs(tally, criteria),
        "categories": [(each, tally.count(category_id=each.pk, kind=criteria.kind)) for each in shelves],
        "categories_total": tally.count(kind=criteria.kind),
        "chips": links.chips(chosen),
        "plain_url": request.path
        if shelf
        else links.without("q", "category", "kind", "min", "max", "delivery"),
        "delays": CatalogueForm.DELAYS,
        "sorts": form.orders,
        "chosen_delay": criteria.days,
        "nearby": [each for each in shelves if each.count and each != chosen][:6],
    }
    return render(request, "offers/catalogue.html", context)


class _CountedPaginator(Paginator):
    """Pages of a list that was already counted."""

    def __init__(self, offers: Any, size: int, total: int) -> None:
        super().__init__(offers, size)
        self.count = total


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

    def _url(self, asked: dict[str, str]) -> str:
        return f"{self.path}?{urlencode(asked)}" if asked else self.path

    def tabs(self, tally: queries.Tally, criteria: queries.Criteria) -> list[dict[str, Any]]:
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
                "count": tally.count(category_id=criteria.category_id, kind=kind),
                "current": criteria.kind == kind,
            }
            for kind, label, icon in kinds
        ]

    def chips(self, shelf: queries.Shelf | None) -> list[tuple[str, str]]:
        """The filters in force, in words, each with the address of the list without it."""
        words = {
            "q": lambda value: f"“{value}”",
            "category": lambda value: shelf.name if shelf else "",
            "min": lambda value: _("From %(price)s") % {"price": format_money(value)},
            "max": lambda value: _("Up to %(price)s") % {"price": format_money(value)},
            "delivery": lambda value: str(dict(CatalogueForm.DELAYS)[value]),
        }
        chosen = {**self.form.cleaned_data, "q": self.form.text}
        return [
            (word(chosen[name]), self.without(name)) for name, word in words.items() if name in self.asked
        ]


# --- Offer --------------------------------------------------------------------------------------------------------


@login_not_required
def offer(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Everything a buyer needs to decide, and the way to order."""
    offer = get_object_or_404(Offer.objects.visible_to(request.user).for_page(), pk=pk)
    if slug != offer.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(offer.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    expert, profile = offer.expert, offer.expert.expert_profile
    can_order = offer.is_orderable and expert.pk != request.user.pk
    pictures, add_ons, requirements = queries.parts(offer)
    ticked = set(request.GET.getlist("add_on"))
    reviews = queries.spread(offer.reviews) if offer.rating_count else queries.Reviews({})
    context = {
        "offer": offer,
        "expert": expert,
        "profile": profile,
        "is_own": expert.pk == request.user.pk,
        "can_order": can_order,
        "cannot_order": not can_order,
        "usual_reply": _usual_reply(profile),
        "pictures": pictures,
        "requirements": requirements,
        "add_ons": [(add_on, str(add_on.pk) in ticked) for add_on in add_ons],
        "total_cents": offer.price_cents + sum(a.price_cents for a in add_ons if str(a.pk) in ticked),
        "ht_cents": price_without_tax(offer.price_cents, profile),
        "reviews": reviews,
        "review_page": _review_page(request, offer.reviews, reviews.count),
        "similar": queries.similar(offer),
        "start_hours": int(rules.ORDER_TIMERS.start.total_seconds() // 3600),
        "acceptance_days": rules.ORDER_TIMERS.acceptance.days,
    }
    return render(request, "offers/offer.html", context)


def _usual_reply(profile: ExpertProfile) -> str:
    """How fast an expert usually answers, in whole hours or minutes; empty while nothing is known."""
    minutes = profile.usual_reply_minutes
    if not minutes:
        return ""
    if minutes < 60:
        return ngettext("Replies within %(n)s minute", "Replies within %(n)s minutes", minutes) % {
            "n": minutes
        }
    hours = -(-minutes // 60)
    return ngettext("Replies within %(n)s hour", "Replies within %(n)s hours", hours) % {"n": hours}


def _review_page(request: HttpRequest, reviews: Any, total: int) -> Page:
    """The newest three reviews, or ten a page of all of them when asked."""
    shown = reviews.for_lists() if total else reviews.none()
    if request.GET.get("reviews") == "all":
        return _CountedPaginator(shown, REVIEWS_A_PAGE, total).get_page(request.GET.get("page"))
    return _CountedPaginator(shown, 3, min(total, 3)).get_page(1)


# --- Expert -------------------------------------------------------------------------------------------------------


@login_not_required
def expert_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an expert is, what they offer, what buyers say. Only admitted experts have a page; each sees their own."""
    profile = get_object_or_404(ExpertProfile.objects.select_related("user"), slug=slug)
    is_own = profile.user_id == request.user.pk
    if not profile.is_approved and not is_own and not request.user.is_staff:
        raise Http404
    expert = profile.user
    reviews = queries.spread(expert.reviews_received) if profile.rating_count else queries.Reviews({})
    context = {
        "profile": profile,
        "expert": expert,
        "is_own": is_own,
        "cards": queries.cards(Offer.objects.published().of(expert)),
        "reviews": reviews,
        "review_page": _review_page(request, expert.reviews_received, reviews.count),
        "usual_reply": _usual_reply(profile),
    }
    return render(request, "offers/expert.html", context)
