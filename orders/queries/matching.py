"""Which experts suit a need, best first, and why: no hidden weight, the same answer for the same facts."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import ExpertProfile
from marketplace.kernel import rules
from marketplace.kernel.money import format_money
from offers.models import Offer
from orders.models import Order
from orders.models.requests import CustomRequest

SKILLS, CATEGORY, RESULTS, AVAILABILITY, PRICE = 40, 25, 15, 10, 10
"""The most each reason can weigh; together a hundred."""
PARTS = {
    "skills": (gettext_lazy("Skills"), SKILLS),
    "category": (gettext_lazy("Category"), CATEGORY),
    "results": (gettext_lazy("Results"), RESULTS),
    "availability": (gettext_lazy("Availability"), AVAILABILITY),
    "price": (gettext_lazy("Price"), PRICE),
}
"""Each reason as staff read it, and the most it weighs."""
ENOUGH_SKILLS = 3
"""Skills named in the need from which the part of skills is whole."""


@dataclass(frozen=True)
class Suggestion:
    """An expert, out of a hundred points, with the sentence behind each point given."""

    profile: ExpertProfile
    points: int
    parts: dict[str, int]
    reasons: list[str] = field(default_factory=list)


def suggestions(request: CustomRequest, limit: int = rules.REQUESTS.suggestions) -> list[Suggestion]:
    """The experts who suit a request best among those who may sell, without its buyer and those invited already.

    An expert with neither a skill of the need nor work in its category is not suggested at all.
    """
    invited = request.invitations.values("expert")
    profiles = list(
        ExpertProfile.objects.selling()
        .exclude(user=request.buyer_id)
        .exclude(user__in=invited)
        .select_related("user")
        .defer("search", "bio")
    )
    experts = [profile.user_id for profile in profiles]
    offers = {
        row["expert"]: row
        for row in Offer.objects.published()
        .filter(expert__in=experts, category=request.category_id)
        .order_by()
        .values("expert")
        .annotate(count=Count("pk"), cheapest=Min("price_cents"))
    }
    done = dict(
        Order.objects.filter(
            Q(state=Order.State.COMPLETED), expert__in=experts, offer__category=request.category_id
        )
        .order_by()
        .values_list("expert")
        .annotate(Count("pk"))
    )
    words = set(_words(f"{request.title} {request.need}"))
    found = [
        _weigh(profile, request, words, offers.get(profile.user_id), done.get(profile.user_id, 0))  # type: ignore[arg-type]
        for profile in profiles
    ]
    suited = [item for item in found if item.parts["skills"] or item.parts["category"]]
    suited.sort(key=lambda item: (-item.points, -item.profile.standing, item.profile.pk))
    return suited[:limit]


def _weigh(
    profile: ExpertProfile,
    request: CustomRequest,
    words: set[str],
    offers: dict[str, int] | None,
    done: int,
) -> Suggestion:
    reasons = []
    named = [skill for skill in profile.skills if _is_named(skill, words)]
    parts = {"skills": SKILLS * min(len(named), ENOUGH_SKILLS) // ENOUGH_SKILLS}
    if named:
        reasons.append(_("Skills named in the need: %(skills)s.") % {"skills": ", ".join(named)})
    parts["category"] = CATEGORY if offers or done else 0
    if offers:
        reasons.append(
            ngettext("%(n)s offer in this category.", "%(n)s offers in this category.", offers["count"])
            % {"n": offers["count"]}
        )
    if done:
        reasons.append(
            ngettext(
                "%(n)s order completed in this category.", "%(n)s orders completed in this category.", done
            )
            % {"n": done}
        )
    parts["results"] = RESULTS * min(max(profile.standing - 2_500, 0), 2_500) // 2_500
    if profile.rating_count:
        reasons.append(
            ngettext(
                "Rated %(rating)s by %(n)s buyer.", "Rated %(rating)s by %(n)s buyers.", profile.rating_count
            )
            % {"rating": profile.rating_avg, "n": profile.rating_count}
        )
    parts["availability"] = {"open": AVAILABILITY, "busy": AVAILABILITY // 2}.get(profile.availability, 0)
    if profile.availability != ExpertProfile.Availability.OPEN:
        reasons.append(str(profile.get_availability_display()) + ".")
    price, why = _price(profile, request, offers)
    parts["price"] = price
    if why:
        reasons.append(why)
    return Suggestion(profile, sum(parts.values()), parts, reasons)


def _price(profile: ExpertProfile, request: CustomRequest, offers: dict[str, int] | None) -> tuple[int, str]:
    """Whether the budget is of the size of what the expert asks: their cheapest offer, else two days of work."""
    asked = offers["cheapest"] if offers else 2 * (profile.daily_rate_cents or 0)
    if not asked:
        return PRICE // 2, ""
    amounts = {"budget": format_money(request.budget_cents), "asked": format_money(asked)}
    if asked <= request.budget_cents:
        return PRICE, _("The budget of %(budget)s covers what they usually ask (from %(asked)s).") % amounts
    return (
        PRICE * request.budget_cents // asked // 2,
        _("The budget of %(budget)s is below what they usually ask (from %(asked)s).") % amounts,
    )


def _is_named(skill: str, words: set[str]) -> bool:
    """Whether every word of a skill is in the need, whatever accents and plurals."""
    parts = list(_words(skill))
    return bool(parts) and all(part in words for part in parts)


def _words(text: str) -> Iterable[str]:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    for word in re.findall(r"[a-z0-9+#]+", plain):
        if (
            len(word) > 2
            or any(sign.isdigit() for sign in word)
            or word in ("ux", "ui", "it", "rh", "bi", "ia")
        ):
            yield word[:-1] if len(word) > 3 and word[-1] in "sx" else word
