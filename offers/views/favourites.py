"""What people keep: favourites, searches, and what they looked at last."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import person
from accounts.models import ExpertProfile, User
from accounts.queries import directory
from marketplace.kernel import rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.limits import unguessed
from offers import keeping, queries, searches
from offers.models import Favourite, Offer, SavedSearch


def favourites(request: HttpRequest) -> HttpResponse:
    """Offers, experts and searches that somebody keeps, and what they saw last."""
    user = person(request)
    rows = list(Favourite.objects.of(user).values_list("offer_id", "expert_id"))
    session = request.session
    context = {
        "offers": queries.cards_of([offer for offer, _expert in rows if offer]),
        "experts": directory.cards_of(expert for _offer, expert in rows if expert),
        "searches": list(user.saved_searches.all()),
        "seen_offers": queries.cards_of(keeping.seen(session, "offers"))[:4],
        "seen_experts": directory.cards_of(keeping.seen(session, "experts"))[:3],
        "gone": 0,
    }
    context["gone"] = len(rows) - len(context["offers"]) - len(context["experts"])  # type: ignore[arg-type]
    return render(request, "offers/favourites.html", context)


@require_POST
def favourite_offer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep an offer, or let it go."""
    user = person(request)
    offer = get_object_or_404(Offer.objects.kept(), pk=pk)
    if not Favourite.objects.of(user).filter(offer=offer).exists():
        offer = get_object_or_404(Offer.objects.shown(), pk=pk)
    return _toggle(request, user, offer.title, offer.get_absolute_url(), "offer", offer=offer)


@require_POST
def favourite_expert(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep an expert, or let them go."""
    user = person(request)
    profile = get_object_or_404(ExpertProfile.objects.select_related("user"), user=pk)
    if not profile.is_approved and not Favourite.objects.of(user).filter(expert=pk).exists():
        raise Http404
    expert = profile.user
    return _toggle(request, user, expert.display_name, profile.get_absolute_url(), "expert", expert=expert)


def _toggle(
    request: HttpRequest,
    user: User,
    name: str,
    address: str,
    kind: str,
    *,
    offer: Offer | None = None,
    expert: User | None = None,
) -> HttpResponseBase:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = address
    kept: bool | None = None
    try:
        kept = keeping.toggle(user, offer=offer, expert=expert)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        if request.headers.get("HX-Request"):  # drawn again, the page says why
            return HttpResponse(headers={"HX-Refresh": "true"})
    if request.headers.get("HX-Request"):
        thing = offer or expert
        if "card" in request.POST and offer:
            state = {"heart": "kept" if kept else "free", "pk": offer.pk, "name": name, "pressed": True}
            return render(request, "offers/card_heart.html", state)
        context = {
            "url": request.path,
            "is_kept": bool(kept),
            "name": name,
            "back": back,
            "labelled": "labelled" in request.POST,
            "signed_in": True,
            "pressed": True,
            "pk": thing.pk if thing else 0,
        }
        return render(request, "offers/heart.html", context)
    if kept is not None:
        messages.success(
            request,
            (
                _("“%(name)s” is in your favourites.")
                if kept
                else _("“%(name)s” is no longer in your favourites.")
            )
            % {"name": name},
        )
    return redirect(back)


@require_POST
def searches_save(request: HttpRequest) -> HttpResponseBase:
    """Keep the search of the page it was sent from."""
    kind = request.POST.get("kind", "")
    if kind not in SavedSearch.Kind.values:
        raise Http404
    asked, label = searches.read(kind, QueryDict(request.POST.get("query", "")[:2_000]))
    try:
        search = keeping.save_search(person(request), kind=kind, asked=asked, label=label)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("favourites")
    messages.success(request, _("Your search is kept. We write once a week, when something new answers it."))
    return redirect(search.get_absolute_url())


@require_POST
def saved_search(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Mail, mail no longer, or forget a search."""
    search = get_object_or_404(SavedSearch, public_id=public_id, user=person(request))
    if "remove" in request.POST:
        search.delete()
        messages.success(request, _("The search is forgotten."))
    else:
        keeping.mail_search(search, wanted=request.POST.get("mailed") == "1")
        messages.success(
            request,
            _("We write to you when something new answers.")
            if search.is_mailed
            else _("We no longer write to you about this search."),
        )
    return redirect("favourites")


@require_POST
def seen_forget(request: HttpRequest) -> HttpResponseBase:
    """Forget what was looked at."""
    keeping.forget_seen(request.session)
    messages.success(request, _("What you looked at is forgotten."))
    return redirect("favourites")


@csrf_exempt  # mailboxes post here by themselves (RFC 8058); the link is signed and only ever stops mails
@login_not_required
@require_http_methods(["GET", "POST"])
@unguessed(rules.GUESS_RATE)
def searches_unsubscription(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the weekly mail from the link it holds, without signing in. Opening the link alone changes nothing."""
    user = keeping.subscriber(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        keeping.unsubscribe(user)
    return render(request, "offers/unsubscription.html", {"done": request.method == "POST"})
