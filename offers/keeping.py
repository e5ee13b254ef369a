"""Keeping offers, experts and searches for later, and what was looked at last."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actions.consents import agree, take_back
from accounts.models import Consent, User
from accounts.queries import directory
from marketplace.kernel import clock
from marketplace.kernel.compiled import Compiled
from marketplace.kernel.errors import Refusal
from messaging import mail
from messaging import queries as messaging
from offers import queries
from offers.models import Favourite, Offer, SavedSearch
from offers.queries import finding

MAX_FAVOURITES = 300
MAX_SEARCHES = 20
MAX_SEEN = 12
A_WEEK = timedelta(days=7)
SALT = "offers.saved-searches"
SEEN_KEY = "seen"


# --- Favourites ---------------------------------------------------------------------------------------------------


@transaction.atomic
def toggle(user: User, *, offer: Offer | None = None, expert: User | None = None) -> bool:
    """Keep an offer or an expert, or let it go. Returns whether it is kept now."""
    user = user.locked()
    kept = Favourite.objects.of(user).filter(offer=offer, expert=expert)
    if kept.exists():
        kept.delete()
        return False
    if (expert is not None and expert.pk == user.pk) or (offer is not None and offer.expert_id == user.pk):
        raise Refusal(_("This is yours: you have it at hand already."))
    if Favourite.objects.of(user).count() >= MAX_FAVOURITES:
        raise Refusal(_("Your favourites are full. Remove some first."))
    Favourite.objects.create(user=user, offer=offer, expert=expert, created_at=clock.now())
    return True


def favourite_ids(user: User) -> tuple[frozenset[int], frozenset[int]]:
    """The offers and the experts (accounts) that somebody keeps. One query."""
    rows = _KEPT.rows(user.pk)
    return (
        frozenset(offer for offer, _expert in rows if offer),
        frozenset(expert for _offer, expert in rows if expert),
    )


_KEPT = Compiled(lambda pk: Favourite.objects.of(User(pk=pk)).order_by().values_list("offer_id", "expert_id"))


def unread_and_kept(request: HttpRequest) -> messaging.Unread:
    """What the header counts; in the same query, what the hearts below it will ask of ``kept_on``."""
    user: Any = request.user
    if user.company_id or hasattr(request, "favourite_ids"):
        return messaging.unread(user)
    rows = _UNREAD_AND_KEPT.rows(user.pk)
    if not rows:
        return messaging.Unread()
    messages, notifications, offers, experts = rows[0]
    request.favourite_ids = frozenset(offers), frozenset(experts)  # type: ignore[attr-defined]
    return messaging.Unread(messages, notifications)


def _unread_and_kept(user: User) -> "QuerySet[User, tuple[Any, ...]]":
    kept = Favourite.objects.of(user).order_by()
    return User.objects.filter(pk=user.pk).values_list(
        *messaging.counts(user),
        ArraySubquery(kept.filter(offer__isnull=False).values("offer_id")),
        ArraySubquery(kept.filter(expert__isnull=False).values("expert_id")),
    )


_UNREAD_AND_KEPT = Compiled(lambda pk: _unread_and_kept(User(pk=pk)))


def kept_on(request: HttpRequest) -> tuple[frozenset[int], frozenset[int]]:
    """What the person who asks keeps, read once for all the hearts of a page."""
    if not hasattr(request, "favourite_ids"):
        request.favourite_ids = favourite_ids(request.user)  # type: ignore[attr-defined,arg-type] # signed in
    ids: tuple[frozenset[int], frozenset[int]] = request.favourite_ids  # type: ignore[attr-defined]
    return ids


# --- Recently viewed ----------------------------------------------------------------------------------------------


def note_seen(session: SessionBase, kind: str, pk: int) -> None:
    """Remember what a person who is signed in looked at, in their session alone: it ends with it."""
    seen = session.get(SEEN_KEY, {})
    last = seen.get(kind, [])
    if last[:1] == [pk]:
        return
    session[SEEN_KEY] = {**seen, kind: [pk, *(other for other in last if other != pk)][:MAX_SEEN]}


def seen(session: SessionBase, kind: str) -> list[int]:
    return list(session.get(SEEN_KEY, {}).get(kind, []))


def forget_seen(session: SessionBase) -> None:
    session.pop(SEEN_KEY, None)


# --- Saved searches -----------------------------------------------------------------------------------------------


@transaction.atomic
def save_search(user: User, *, kind: str, asked: dict[str, str], label: str) -> SavedSearch:
    """Keep a search. The same one is kept once; what is on sale now is not news."""
    user = user.locked()
    query = urlencode(sorted(asked.items()))[:500]
    found = SavedSearch.objects.filter(user=user, kind=kind, query=query).first()
    if found:
        return found
    if user.saved_searches.count() >= MAX_SEARCHES:
        raise Refusal(_("You keep twenty searches already. Remove one first."))
    now = clock.now()
    agree(user, Consent.Text.MAILS)
    return SavedSearch.objects.create(
        user=user, kind=kind, query=query, label=label[:160], seen_until=now, created_at=now
    )


@transaction.atomic
def mail_search(search: SavedSearch, *, wanted: bool) -> SavedSearch:
    """Hear of a search once a week, or no longer. What came meanwhile is not news."""
    if search.is_mailed != wanted:
        search.is_mailed, search.seen_until = wanted, clock.now()
        search.save(update_fields=["is_mailed", "seen_until"])
        if wanted:
            agree(search.user, Consent.Text.MAILS)
        elif not search.user.saved_searches.filter(is_mailed=True).exists():
            take_back(search.user, Consent.Text.MAILS)
    return search


def unsubscription_path(user: User) -> str:
    return reverse("searches_unsubscription", args=[signing.dumps(user.pk, salt=SALT)])


def subscriber(token: str) -> User | None:
    """Whom an unsubscription link is for; none for a link we did not sign."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk).first()


@transaction.atomic
def unsubscribe(user: User) -> int:
    """Stop the weekly e-mail of every saved search; the searches stay."""
    take_back(user, Consent.Text.MAILS)
    return user.saved_searches.update(is_mailed=False)


def mail_news(limit: int = 500) -> int:
    """Write to those whose searches are a week old and have news. Returns how many mails were owed.

    A search moves on under lock in the transaction that owes the mail, so any number of runs tells a thing once.
    """
    due = SavedSearch.objects.filter(
        is_mailed=True, seen_until__lte=clock.now() - A_WEEK, user__is_active=True
    )
    people = due.order_by("seen_until").values_list("user", flat=True)[:limit]
    return sum(_mail_news_to(pk) for pk in dict.fromkeys(people))


@transaction.atomic
def _mail_news_to(user_pk: int) -> bool:
    now = clock.now()
    user = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user_pk)
    due = list(user.saved_searches.filter(is_mailed=True, seen_until__lte=now - A_WEEK))
    with translation.override(user.language):
        parts = [
            {"search": search, "url": settings.SITE_URL + search.get_absolute_url(), "news": news}
            for search in due
            if (news := _news(search))
        ]
        user.saved_searches.filter(pk__in=[search.pk for search in due]).update(seen_until=now)
        if not parts:
            return False
        context = {
            "recipient": user,
            "parts": parts,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "stop_url": settings.SITE_URL + unsubscription_path(user),
            "link": settings.SITE_URL + reverse("favourites") + "#searches",
        }
        mail.owe(
            key=f"saved_searches:{user.pk}:{due[0].seen_until:%Y%m%d%H%M%S}",
            recipient=user.email,
            subject=_("New this week for your searches"),
            text=render_to_string("emails/saved_searches.txt", context),
            html=render_to_string("emails/saved_searches.html", context),
        )
    return True


def _news(search: SavedSearch, number: int = 5) -> list[dict[str, str]]:
    """What came since the search was last looked at, newest first."""
    from offers.searches import criteria_of, wanted_of

    asked = QueryDict(search.query)
    if search.kind == SavedSearch.Kind.EXPERTS:
        experts = directory.found(wanted_of(asked)).filter(approved_at__gt=search.seen_until)
        own = experts.exclude(user=search.user_id).order_by("-approved_at", "-pk")[:number]
        return [
            {"title": card.name, "note": card.headline, "url": settings.SITE_URL + card.get_absolute_url()}
            for card in directory.cards(own)
        ]
    found = finding.find(replace(criteria_of(asked), sort="new"), page=1, size=24)
    if found.is_near or found.corrected:
        return []
    fresh = Offer.objects.filter(pk__in=found.ids, published_at__gt=search.seen_until).exclude(
        expert=search.user_id
    )
    cards = queries.cards(fresh.published().order_by("-published_at", "-pk")[:number])
    return [
        {"title": card.title, "note": card.expert_name, "url": settings.SITE_URL + card.get_absolute_url()}
        for card in cards
    ]
