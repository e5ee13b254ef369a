"""What everybody may read of an offer. The catalogue and the experts are beside."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import languages
from accounts.models import ExpertProfile
from marketplace.kernel import linked_data, rules
from marketplace.kernel.replica import from_replica
from offers import keeping, openings, queries, videos
from offers.models import Offer, OfferImage
from offers.queries import facts, page, price_without_tax
from offers.queries.tiers import tiers

REVIEWS_A_PAGE = 10


class _CountedPaginator(Paginator):
    """Pages of a list that was already counted."""

    def __init__(self, rows: Any, size: int, total: int) -> None:
        super().__init__(rows, size)
        self.count = total


# --- Offer --------------------------------------------------------------------------------------------------------


@login_not_required
@from_replica
def offer(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Everything a buyer needs to decide, and the way to order."""
    reading = page.read(pk, request.user)
    if reading is None:
        raise Http404
    offer, pictures, add_ons = reading.offer, reading.pictures, reading.add_ons
    if slug != offer.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(offer.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    expert, profile = offer.expert, offer.expert.expert_profile
    is_own = expert.pk == request.user.pk
    if request.user.is_authenticated and not is_own:
        keeping.note_seen(request.session, "offers", offer.pk)
    can_order = offer.is_orderable and not is_own
    calls = offer.kind == Offer.Kind.CALL and offer.call_minutes and can_order
    free = openings.free(expert, minutes=offer.call_minutes or 0) if calls else []
    ticked = set(request.GET.getlist("add_on"))
    film = reading.film  # its own film comes before one at a host
    video = videos.read(offer.video_url) if offer.video_url and not film else None
    reviews = reading.reviews
    contact = (
        profile.contact_from_offers
        and offer.status == Offer.Status.PUBLISHED
        and may_contact(request.user, profile)
    )
    similar = queries.similar(offer)
    context = {
        "offer": offer,
        "expert": expert,
        "profile": profile,
        "languages": SimpleLazyObject(lambda: [languages.shown(name) for name in profile.languages]),
        "is_own": is_own,
        "can_order": can_order,
        "cannot_order": not can_order,
        "next_slot": free[0] if free else None,
        "usual_reply": _usual_reply(profile),
        "may_contact": contact,
        "pictures": pictures,
        "requirements": reading.requirements,
        "video": video,
        "film": film,
        "description": SimpleLazyObject(lambda: Truncator(" ".join(offer.description.split())).chars(155)),
        "share_image": SimpleLazyObject(lambda: _share_image(pictures)),
        "facts": SimpleLazyObject(lambda: _facts(reading)),
        "add_ons": [(add_on, str(add_on.pk) in ticked) for add_on in add_ons],
        "tiers": SimpleLazyObject(lambda: tiers(offer, add_ons)),
        "total_cents": offer.price_cents + sum(a.price_cents for a in add_ons if str(a.pk) in ticked),
        "ht_cents": price_without_tax(offer.price_cents, profile),
        "reviews": reviews,
        "review_page": SimpleLazyObject(lambda: _review_page(request, offer.reviews, reviews.count)),
        "all_reviews": request.GET.get("reviews") == "all",
        "similar": similar.cards,
        "start_hours": int(rules.ORDER_TIMERS.start.total_seconds() // 3600),
        "acceptance_days": rules.ORDER_TIMERS.acceptance.days,
    }
    if not request.GET and not is_own and request.user.pk not in reading.writers:
        # The hearts of a person's cards are their own, so the cards of who signed in are drawn each time.
        known_by = request.user.is_authenticated or similar.print
        context["page_as"] = repr(
            (
                reading.print,
                can_order,
                offer.lacks_hours,
                offer.is_full,
                contact,
                context["next_slot"],
                known_by,
            )
        )
    response = render(request, "offers/offer.html", context)
    if video:
        response._csp_update = {"frame-src": [videos.PLAYERS[video.host]]}  # type: ignore[attr-defined]
    return response


def _facts(reading: page.Reading) -> tuple[dict[str, Any] | None, ...]:
    """What search engines read of an offer."""
    offer = reading.offer
    return (
        facts.product(offer, reading.pictures, reading.film),
        linked_data.trail(
            (_("Home"), reverse("home")),
            (offer.category.name, offer.category.get_absolute_url()),
            (offer.title, offer.get_absolute_url()),
        ),
        linked_data.questions((row.get("question", ""), row.get("answer", "")) for row in offer.faq),
    )


def may_contact(user: Any, profile: ExpertProfile) -> bool:
    """Whether to show a way to write to an expert: to everyone but experts, who never write first."""
    return profile.is_approved and not getattr(user, "is_expert", False)


def _share_image(pictures: list[OfferImage]) -> str:
    """The picture a shared link shows: the one made for that, else the cover, else the site's own."""
    if not pictures:
        return ""
    first = pictures[0]
    name = next(iter(first.renditions.get("jpeg", {}).values()), "")
    return str(first.image.storage.url(name)) if name else str(first.image.url)


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
    return _CountedPaginator(shown, page.NEWEST_REVIEWS, min(total, page.NEWEST_REVIEWS)).get_page(1)
