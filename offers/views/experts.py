"""What everybody may read of the experts: the directory, and a profile."""

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import languages
from accounts.models import CareerEntry, ExpertProfile, ExpertProfileQuerySet
from accounts.queries import directory, entity_of, trades
from marketplace.kernel.linked_data import absolute
from marketplace.kernel.replica import from_replica
from offers import keeping, queries, searches
from offers.forms.directory import DirectoryForm
from offers.models import Offer, SavedSearch
from offers.views.catalogue import Choice
from offers.views.public import _review_page, _usual_reply, may_contact

EXPERTS_A_PAGE = 24


@login_not_required
@from_replica
def experts(request: HttpRequest) -> HttpResponse:
    """The directory: words, filters, order, pages. A mistyped word that finds nobody is set right, and it is said."""
    form = DirectoryForm(request.GET)
    wanted, corrected = form.wanted(), ""
    page = Paginator(directory.found(wanted), EXPERTS_A_PAGE).get_page(request.GET.get("page"))
    if not page.paginator.count and form.text and (meant := trades.meant(form.text)):
        other = Paginator(directory.found(form.wanted(meant)), EXPERTS_A_PAGE).get_page(
            request.GET.get("page")
        )
        if other.paginator.count:
            page, wanted, corrected = other, form.wanted(meant), meant
    words = searches.directory_words(form)
    context = {
        "filters": form,
        "asked": form.asked,
        "page": page,
        "experts": directory.cards(cast(ExpertProfileQuerySet, page.object_list))
        if page.paginator.count
        else [],
        "chips": [(word, _without(form, name)) for name, word in words.items()],
        "corrected": corrected,
        "facets": _facets(form, directory.counts(wanted)),
        "search_kind": SavedSearch.Kind.EXPERTS,
        "search_query_string": urlencode(form.asked),
        "canonical": reverse("experts"),
        "is_filtered": bool(form.asked),
    }
    return render(request, "offers/experts.html", context)


def _facets(form: DirectoryForm, counts: directory.Counts) -> dict[str, list[Choice]]:
    """The filters. Of skills, sectors and languages, those that leave somebody, and the one that is chosen."""
    asked = form.asked

    def choices(name: str, rows: Iterable[tuple[str, Any, str]]) -> list[Choice]:
        now = asked.get(name, "")
        return [Choice(value, label, counts.count(name, key), value == now) for value, label, key in rows]

    def peopled(name: str, rows: Iterable[tuple[str, Any, str]]) -> list[Choice]:
        return [choice for choice in choices(name, rows) if choice.count or choice.chosen]

    return {
        "available": choices("available", [("1", _("Available now"), "")]),
        "skill": peopled("skill", [(name, trades.shown([name])[0], name) for name in form.skills]),
        "sector": peopled("sector", [(each.slug, each.name, str(each.pk)) for each in form.sectors]),
        "years": choices("years", [(value, label, value) for value, label in form.YEARS]),
        "language": peopled("language", [(name, languages.shown(name), name) for name in form.languages]),
    }


def _without(form: DirectoryForm, name: str) -> str:
    kept = {key: value for key, value in form.asked.items() if key != name}
    path = reverse("experts")
    return f"{path}?{urlencode(kept)}" if kept else path


@login_not_required
@from_replica
def expert_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an expert is, what they offer, what others say. Only admitted experts have a page; each sees their own."""
    profile = get_object_or_404(ExpertProfile.objects.select_related("user"), slug=slug)
    is_own = profile.user_id == request.user.pk
    if not profile.is_approved and not is_own and not request.user.is_staff:
        raise Http404
    expert = profile.user
    if request.user.is_authenticated and not is_own:
        keeping.note_seen(request.session, "experts", expert.pk)
    reviews = queries.spread(expert.reviews_received) if profile.rating_count else queries.Reviews({})
    track = expert.track_records.filter(side="expert").first()  # written by orders, the app above
    career = list(profile.career.all())
    cards = queries.cards(Offer.objects.published().of(expert))
    sectors = list(profile.sectors.all())
    address = settings.SITE_URL + profile.get_absolute_url()
    context = {
        "profile": profile,
        "expert": expert,
        "trader": entity_of(expert) if cards else None,
        "is_own": is_own,
        "may_contact": may_contact(request.user, profile),
        "cards": cards,
        "reviews": reviews,
        "review_page": _review_page(request, expert.reviews_received, reviews.count),
        "usual_reply": _usual_reply(profile),
        "track": track,
        "records": list(expert.cancellation_records.about(expert, "expert")[:20]) if track else [],
        "positions": [entry for entry in career if entry.kind == CareerEntry.Kind.POSITION],
        "studies": [entry for entry in career if entry.kind == CareerEntry.Kind.STUDIES],
        "sectors": sectors,
        "skills": trades.shown(profile.skills),
        "languages": [languages.shown(name) for name in profile.languages],
        "pieces": list(profile.portfolio.public()),
        "recommendations": list(profile.recommendations.published()) if profile.recommendation_count else [],
        "is_indexed": profile.is_listed,
        "shared_title": ", ".join(filter(None, (str(profile.user), profile.headline))),
        "structured": _structured(profile, address, trades.shown(profile.skills)),
    }
    return render(request, "offers/expert.html", context)


def _structured(profile: ExpertProfile, address: str, skills: list[str]) -> dict[str, Any]:
    """The profile as search engines read it (schema.org), with its stored rating."""
    expert = profile.user
    person: dict[str, Any] = {
        "@type": "Person",
        "@id": f"{address}#person",
        "name": expert.get_full_name(),
        "url": address,
        "jobTitle": profile.headline,
        "knowsAbout": skills,
        "knowsLanguage": [languages.shown(name) for name in profile.languages],
    }
    if expert.avatar:
        person["image"] = absolute(expert.avatar_large_url)
    if profile.city:
        person["address"] = {"@type": "PostalAddress", "addressLocality": profile.city}
    if profile.rating_count:  # the vocabulary rates what is sold, never a person
        rating = {
            "@type": "AggregateRating",
            "ratingValue": profile.rating_avg,
            "reviewCount": profile.rating_count,
            "bestRating": 5,
            "worstRating": 1,
        }
        service = {"@type": "Service", "name": profile.headline, "aggregateRating": rating}
        person["makesOffer"] = {"@type": "Offer", "itemOffered": service}
    return {
        "@type": "ProfilePage",
        "url": address,
        "dateCreated": expert.date_joined.isoformat(),
        "mainEntity": {name: value for name, value in person.items() if value},
    }
