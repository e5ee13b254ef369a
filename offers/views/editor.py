"""Where experts write their offers, put them on sale and take them off. For anyone else these pages do not exist."""

import re
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import experts_only, person
from marketplace.kernel import rules
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.money import share
from offers import actions, queries
from offers.forms.editor import OfferForm
from offers.forms.offer_editor import OfferEditor, boxes_of
from offers.models import Draft, Offer, OfferQuerySet, delivery_words
from offers.queries import price_without_tax
from offers.queries.standings import Standing, standings

OPENED = re.compile("[0-9a-f]{32}")


def own_offers(request: HttpRequest) -> OfferQuerySet:
    """The offers of the person who asks, without those they deleted."""
    return Offer.objects.of(person(request)).kept()


@experts_only
def offers(request: HttpRequest) -> HttpResponse:
    """The expert's offers, how each stands, and what may be done with it."""
    found = list(own_offers(request).select_related("category").defer("search", "description").order_by("pk"))
    context = {
        "section": "offers",
        "offers": found,
        "limit": rules.MAX_OFFERS,
        "lacks_hours": any(offer.lacks_hours for offer in found if offer.kind == Offer.Kind.CALL),
        "is_full": len(found) >= rules.MAX_OFFERS,
        "unsaved": Draft.objects.filter(expert=person(request), offer=None).first(),
        "is_approved": person(request).expert_profile.may_sell,
    }
    return render(request, "offers/dashboard.html", context)


@experts_only
def create(request: HttpRequest) -> HttpResponse:
    """Write a new offer; it is kept as a draft, then come its images."""
    if own_offers(request).count() >= rules.MAX_OFFERS:
        messages.error(
            request,
            _("You already have %(n)s offers, the most an expert may keep. Delete one to write another.")
            % {"n": rules.MAX_OFFERS},
        )
        return redirect("dashboard_offers")
    return _edit(request, None)


@experts_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an offer; those who are ordering it are told that its terms moved."""
    return _edit(request, get_object_or_404(own_offers(request), pk=pk))


def _edit(request: HttpRequest, offer: Offer | None) -> HttpResponse:
    if request.method != "POST":
        draft = Draft.objects.filter(expert=person(request), offer=offer).first()
        editor = (
            OfferEditor.resumed(draft, person(request), offer)
            if draft
            else OfferEditor.shown(person(request), offer)
        )
        return _editor_page(request, editor, offer, draft=draft)
    if "add_row" in request.POST or "remove_row" in request.POST:
        return _editor_page(request, OfferEditor.retyped(request.POST, person(request), offer), offer)
    editor = OfferEditor.checked(request.POST, person(request), offer)
    if editor.is_valid():
        try:
            saved = editor.save()
        except Refusal as refusal:
            editor.form.add_error(None, str(refusal))
        else:
            actions.close_editor(person(request), _opened(request))
            messages.success(request, _("Your offer is saved."))
            return redirect("offer_images" if offer is None else "offer_edit", pk=saved.pk)
    return _editor_page(request, editor, offer, status=422)


def _editor_page(
    request: HttpRequest,
    editor: OfferEditor,
    offer: Offer | None,
    status: int = 200,
    draft: Draft | None = None,
) -> HttpResponse:
    context = {
        "resumed": draft,
        "opened": _opened(request) or uuid4().hex,
        "section": "offers",
        "editor": editor,
        "step": "terms",
        "added": request.POST.get("add_row", ""),
        "is_approved": person(request).expert_profile.may_sell,
        **_preview(request, editor.form, offer),
    }
    return render(request, "offers/editor.html", context, status=status)


def _opened(request: HttpRequest) -> str:
    """What tells this opening of the editor from another."""
    sent = request.POST.get("opened", "")
    return sent if OPENED.fullmatch(sent) else ""


@require_POST
@experts_only
def preview(request: HttpRequest) -> HttpResponse:
    """Keep what is typed so far, and draw the side of the editor for it: the card, the earnings, the usual prices."""
    pk = request.POST.get("offer", "")
    offer = own_offers(request).filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None
    form = OfferForm(request.POST, expert=person(request), offer=offer)
    draft = actions.keep_draft(person(request), offer, boxes_of(request.POST), opened=_opened(request))
    context = {
        **_preview(request, form, offer),
        "kept": draft,
        "redrawn": True,
        "strays_from": form.strays_from,
    }
    return render(request, "offers/editor_preview.html", context)


@require_POST
@experts_only
def drop_draft(request: HttpRequest) -> HttpResponse:
    """Forget what was typed and not saved, and show the offer as it was saved."""
    pk = request.POST.get("offer", "")
    offer = own_offers(request).filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None
    actions.drop_draft(person(request), offer)
    messages.success(request, _("What you had typed and not saved is gone."))
    return redirect("offer_edit", pk=offer.pk) if offer else redirect("offer_create")


@experts_only
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The last step: what is ready, what is missing, where the offer stands in lists, and the button to sell it."""
    offer = get_object_or_404(own_offers(request).select_related("category"), pk=pk)
    standing = standings([offer.pk]).get(offer.pk)
    labels = {
        "orders": _("Completed orders"),
        "reviews": _("Reviews and recommendations"),
        "completeness": _("Complete description"),
        "replies": _("Fast replies"),
        "freshness": _("Newness"),
    }
    context = {
        "section": "offers",
        "step": "check",
        "offer": offer,
        "is_approved": person(request).expert_profile.may_sell,
        "points": _points_of(offer),
        "standing": standing,
        "parts": [(labels[name], getattr(standing, name), most) for name, most in Standing.MOST.items()]
        if standing
        else [],
        "most": sum(Standing.MOST.values()),
    }
    return render(request, "offers/check.html", context)


def _points_of(offer: Offer) -> list[tuple[Any, bool, str, str]]:
    """What makes an offer complete: words, whether it is there, and the step where it is added."""
    pictures = offer.images.count()
    return [
        (_("A title, a description and a price"), True, "offer_edit", "#step-offer"),
        (_("The list of what the buyer receives"), bool(offer.includes), "offer_edit", "#step-offer"),
        (_("Three keywords or more"), len(offer.keywords) >= 3, "offer_edit", "#step-offer"),
        (_("An add-on"), offer.add_ons.exists(), "offer_edit", "#step-price"),
        (_("What you need to begin"), offer.requirements.exists(), "offer_edit", "#step-order"),
        (_("A frequent question and its answer"), bool(offer.faq), "offer_edit", "#step-order"),
        (_("An image"), pictures > 0, "offer_images", ""),
        (_("A film"), bool(offer.video_url) or hasattr(offer, "film"), "offer_images", "#film"),
    ]


def _preview(request: HttpRequest, form: OfferForm, offer: Offer | None) -> dict[str, Any]:
    """What the side of the editor shows; a box that makes no sense yet counts as empty. Amounts in cents."""
    typed = form.so_far("kind", "category", "price", "delivery_days", "call_minutes")
    price, category = typed["price"], typed["category"]
    kind = typed["kind"] or Offer.Kind.JOB
    commission = share(price, rules.COMMISSION_OFFER_BP) if price else None
    return {
        "offer": offer,
        "preview_title": form["title"].value() or "",
        "preview_kind": kind,
        "preview_delay": delivery_words(kind, typed["delivery_days"] or 1, typed["call_minutes"] or 30),
        "price_cents": price,
        "ht_cents": price_without_tax(price, person(request).expert_profile) if price else None,
        "commission_cents": commission,
        "commission_percent": rules.COMMISSION_OFFER_BP // 100,
        "net_cents": price - commission if price and commission is not None else None,
        "category_name": category.name if category else "",
        "usual": queries.usual_prices(
            category.pk if category else None, kind, without=offer.pk if offer else None
        ),
    }


@require_POST
@experts_only
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an offer on sale."""
    offer = get_object_or_404(own_offers(request), pk=pk)
    with refusals_as_messages(request):
        if actions.submit(offer).status == Offer.Status.IN_REVIEW:
            messages.success(
                request,
                _("“%(title)s” is sent. Our team reads it within one working day and writes to you.")
                % {"title": offer.title},
            )
        else:
            messages.success(request, _("“%(title)s” is on sale.") % {"title": offer.title})
    return redirect("dashboard_offers")


@require_POST
@experts_only
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offer off sale for a while."""
    offer = get_object_or_404(own_offers(request), pk=pk)
    with refusals_as_messages(request):
        actions.pause(offer)
        messages.success(
            request, _("“%(title)s” is paused. Orders already placed go on.") % {"title": offer.title}
        )
    return redirect("dashboard_offers")


@require_http_methods(["GET", "HEAD", "POST"])
@experts_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take an offer away for good."""
    offer = get_object_or_404(own_offers(request), pk=pk)
    if request.method != "POST":
        return render(request, "offers/deletion.html", {"section": "offers", "offer": offer})
    with refusals_as_messages(request):
        actions.delete(offer)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": offer.title})
    return redirect("dashboard_offers")
