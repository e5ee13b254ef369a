"""The film of an offer: sent and taken away by its expert, and what is said in it, for everybody."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.access import experts_only
from marketplace.kernel import rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.limits import limited
from marketplace.kernel.posting import form_of
from offers import actions
from offers.forms.film import FilmForm
from offers.models import Offer, OfferFilm
from offers.views.editor import own_offers
from offers.views.images import gallery_page


@form_of("offer_images")
@experts_only
@limited("upload", rules.UPLOAD_RATE)
def film(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a film, or take it away."""
    offer = get_object_or_404(own_offers(request), pk=pk)
    if request.POST.get("do") == "remove":
        actions.remove_film(offer)
        messages.success(request, _("The film is removed."))
        return redirect("offer_images", pk=offer.pk)
    form = FilmForm(request.POST, request.FILES)
    if not form.is_valid():
        return gallery_page(request, offer, film_form=form, status=422)
    try:
        _keep(offer, form)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The film is on the page of your offer."))
    return redirect("offer_images", pk=offer.pk)


def _keep(offer: Offer, form: FilmForm) -> None:
    """Store the files, then let the offer show them: storing may take a network, which no transaction waits for."""
    said = form.cleaned_data
    stem = f"films/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"
    kept = [default_storage.save(f"{stem}.mp4", said["film"])]
    try:
        poster = default_storage.save(f"{stem}.webp", said["poster"]) if said["poster"] else ""
        kept += [poster] if poster else []
        actions.show_film(
            offer,
            name=kept[0],
            size=said["film"].size,
            film=form.seen,
            poster=poster,
            captions=said["captions"],
            captions_language=said["captions_language"],
        )
    except BaseException:
        for name in kept:
            default_storage.delete(name)
        raise


@require_safe
@login_not_required
@cache_control(private=True, max_age=300)
def captions(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said in the film of an offer whose page the visitor may open."""
    offers: Any = Offer.objects.visible_to(request.user).filter(pk=pk)
    found = OfferFilm.objects.filter(offer__in=offers.values("pk")).exclude(captions="").first()
    if found is None:
        raise Http404
    return HttpResponse(found.captions, content_type="text/vtt; charset=utf-8")
