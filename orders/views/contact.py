"""A company writes to an expert, and the conversation that follows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import person
from accounts.models import ExpertProfile, User
from marketplace.kernel import rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.limits import limited
from messaging import actions as messaging
from messaging.models import Contact
from offers.models import Offer
from orders import queries
from orders.forms import MessageForm
from orders.views.room import CONTACT_PATTERNS, _identifier


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("message", rules.MESSAGE_RATE)
def expert_contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the first message to an expert; who has written already is led to the conversation.

    Experts have no such page: they never write first. From an offer it exists where the expert allows it.
    """
    user = person(request)
    profile = get_object_or_404(ExpertProfile.objects.approved().select_related("user"), slug=slug)
    if user.is_expert or profile.user_id == user.pk:
        raise Http404
    offer = _offer(request, profile)
    begun = messaging.contact_between(user, profile.user)
    if begun is not None:
        return redirect(begun)
    form = MessageForm(request.POST or None, request.FILES or None, to=profile.user.first_name)
    if request.method == "POST" and form.is_valid():
        try:
            contact = messaging.make_contact(
                company=user,
                expert=profile.user,
                subject=offer.title if offer else _("First contact"),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your message is on its way."))
            return redirect(contact)
    context = {
        "form": form,
        "profile": profile,
        "expert": profile.user,
        "offer": offer,
        "contact_patterns": CONTACT_PATTERNS,
    }
    return render(request, "orders/contact.html", context, status=422 if form.errors else 200)


def _offer(request: HttpRequest, profile: ExpertProfile) -> Offer | None:
    """The offer the question is about; a page of its own only where the expert takes such questions."""
    asked = request.GET.get("offer", "")
    if not asked:
        return None
    if not profile.contact_from_offers or not asked.isascii() or not asked.isdigit() or len(asked) > 9:
        raise Http404
    return get_object_or_404(Offer.objects.published().of(profile.user), pk=int(asked))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("message", rules.MESSAGE_RATE)
def conversation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A conversation a company opened: both sides read and write; our team reads."""
    user = person(request)
    found = get_object_or_404(
        Contact.objects.visible_to(user).select_related(
            "company", "for_company", "expert__expert_profile", "conversation"
        ),
        public_id=public_id,
    )
    side = found.party(user)
    is_party = bool(side)
    other = found.other(user)
    form = MessageForm(request.POST or None, request.FILES or None, to=other.first_name)
    if request.method == "POST":
        if not is_party:
            raise Http404
        if form.is_valid():
            try:
                messaging.write_in_contact(found, author=user, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(f"{found.get_absolute_url()}#composer")
    window, entries = queries.contact_thread(
        found, user, is_party=is_party, before=_identifier(request.GET.get("before"))
    )
    if is_party:
        last = window.messages[-1].created_at if window.messages else None
        if not window.until:
            messaging.mark_read(found.conversation, user, until=last)
        messaging.read_about(user, "conversation", public_id)
    context: dict[str, Any] = {
        "contact": found,
        "other": other,
        "company": found.for_company.name if found.for_company else _company(found.company),
        "side": side or "staff",
        "entries": entries,
        "window": window,
        "is_open": is_party and found.conversation.is_open,
        "form": form,
        "contact_patterns": CONTACT_PATTERNS,
    }
    return render(request, "orders/conversation.html", context, status=422 if form.errors else 200)


def _company(user: User) -> str:
    """The name of the company a person writes for, where they gave it."""
    profile = getattr(user, "buyer_profile", None)
    return profile.company if profile else ""
