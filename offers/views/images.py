"""The gallery of an offer: pictures sent together, described, put in order, taken down."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import experts_only, person
from marketplace.kernel import rules, uploads
from marketplace.kernel.errors import Refusal
from marketplace.kernel.limits import limited
from marketplace.kernel.posting import form_of
from offers import actions, pictures
from offers.forms.film import FilmForm
from offers.forms.gallery import CutForm, PictureForm
from offers.models import Offer, OfferFilm, OfferImage
from offers.views.editor import own_offers


@require_http_methods(["GET", "HEAD", "POST"])
@experts_only
@limited("upload", rules.UPLOAD_RATE)
def gallery(request: HttpRequest, pk: int) -> HttpResponse:
    """The pictures of an offer; several may be sent at once, and either all of them hang or none."""
    offer = get_object_or_404(own_offers(request), pk=pk)
    if request.method != "POST":
        return gallery_page(request, offer)
    if request.POST.get("do") == "order":
        wanted = request.POST.get("order", "")[:200].split(",")
        actions.order_images(
            offer, [int(pk) for pk in wanted if pk.isascii() and pk.isdecimal() and len(pk) < 19]
        )
        messages.success(request, _("The images are in their new order."))
        return redirect("offer_images", pk=offer.pk)
    try:
        if "rights" not in request.POST:
            raise _Unfit(_("Confirm that you have the rights to these images."))
        added = _hang(offer, request.FILES.getlist("images"))
    except _Unfit as unfit:
        return gallery_page(request, offer, mistakes=unfit.mistakes, status=422)
    messages.success(request, ngettext("%(n)s image added.", "%(n)s images added.", added) % {"n": added})
    return redirect("offer_images", pk=offer.pk)


@form_of("offer_images", "pk")
@experts_only
def picture(request: HttpRequest, pk: int, image_pk: int) -> HttpResponse:
    """Describe one picture, move it up or down, or take it down."""
    offer = get_object_or_404(own_offers(request), pk=pk)
    image = get_object_or_404(offer.images, pk=image_pk)
    match request.POST.get("do"):
        case "remove":
            actions.remove_image(image)
            messages.success(request, _("The image is removed."))
        case "up":
            actions.move_image(image, step=-1)
        case "down":
            actions.move_image(image, step=1)
        case "cut":
            return _cut(request, offer, image)
        case _other:
            form = PictureForm(request.POST)
            if not form.is_valid():
                return gallery_page(request, offer, described=(image.pk, form), status=422)
            actions.describe_image(image, form.cleaned_data["alt"])
            messages.success(request, _("The description is saved."))
    return redirect("offer_images", pk=offer.pk)


def _cut(request: HttpRequest, offer: Offer, image: OfferImage) -> HttpResponse:
    """Show another part of a picture."""
    form = CutForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the part of the image to show, and how close: from 100 to 300."))
        return redirect("offer_images", pk=offer.pk)
    focus = (form.cleaned_data["focus_x"], form.cleaned_data["focus_y"])
    zoom = form.cleaned_data["zoom"]
    try:
        shown, thumbnail = pictures.cut(pictures.whole_of(image), focus=focus, zoom=zoom)
    except (ValidationError, OSError) as error:
        words = (
            " ".join(error.messages) if isinstance(error, ValidationError) else _("This image is missing.")
        )
        messages.error(request, words)
    else:
        actions.cut_image(image, image=shown, thumbnail=thumbnail, focus=focus, zoom=zoom)
        messages.success(request, _("The image shows another part."))
    return redirect("offer_images", pk=offer.pk)


def gallery_page(
    request: HttpRequest,
    offer: Offer,
    *,
    mistakes: tuple[str, ...] = (),
    described: tuple[int, PictureForm] | None = None,
    film_form: FilmForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The images and the film of an offer, with what was wrong in what was sent."""
    shown: list[dict[str, Any]] = []
    for image in offer.images.all():
        form = (
            described[1]
            if described and described[0] == image.pk
            else PictureForm(initial={"alt": image.alt})
        )
        form.auto_id = f"id_{image.pk}_%s"
        shown.append({"image": image, "form": form})
    context = {
        "section": "offers",
        "step": "images",
        "offer": offer,
        "pictures": shown,
        "film": OfferFilm.objects.defer("captions").filter(offer=offer).first(),
        "film_form": film_form or FilmForm(initial={"captions_language": get_language()}),
        "mistakes": mistakes,
        "limit": rules.MAX_IMAGES,
        "is_full": len(shown) >= rules.MAX_IMAGES,
        "room": max(rules.MAX_IMAGES - len(shown), 0),
        "max_megabytes": rules.MAX_IMAGE_BYTES // (1024 * 1024),
        "min_size": rules.MIN_IMAGE_SIZE,
        "is_approved": person(request).expert_profile.may_sell,
    }
    return render(request, "offers/images.html", context, status=status)


class _Unfit(Exception):
    """Some files cannot hang; ``mistakes`` says which and why."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


def _hang(offer: Offer, files: list[UploadedFile]) -> int:
    """Check and rewrite every file, then hang them all. Returns how many; raises ``_Unfit`` and hangs none."""
    if not files:
        raise _Unfit(_("Choose at least one image."))
    room = rules.MAX_IMAGES - offer.images.count()
    if len(files) > room:
        raise _Unfit(
            _("A gallery holds %(limit)s images at most: choose fewer, or remove one first.")
            % {"limit": rules.MAX_IMAGES}
        )
    mistakes, ready = [], []
    for file in files:
        try:
            ready.append(_rewritten(file))
        except ValidationError as error:
            named = {"file": uploads.clean_name(file.name or ""), "reason": " ".join(error.messages)}
            mistakes.append(_("%(file)s: %(reason)s") % named)
    if mistakes:
        raise _Unfit(*mistakes)
    try:
        with transaction.atomic():
            for whole, (image, thumbnail) in ready:
                actions.add_image(offer, image=image, thumbnail=thumbnail, original=whole)
    except Refusal as refusal:
        raise _Unfit(str(refusal)) from refusal
    return len(ready)


def _rewritten(
    file: UploadedFile,
) -> "tuple[ContentFile[bytes], tuple[ContentFile[bytes], ContentFile[bytes]]]":
    """The whole picture, then the part shown and its thumbnail, as WebP."""
    whole = pictures.checked(file)  # type: ignore[arg-type]  # an upload reads like a file
    return whole, pictures.cut(whole)
