"""The only ways to a private file: whoever may see the order may download what lies in it."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import User
from messaging import previews
from messaging.models import Attachment, PrivateFile
from orders import archive
from orders.models import DeliverableFile, Order, RequirementFile


@require_safe
@cache_control(private=True, no_store=True)
def attachment(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A file sent with a message of an order."""
    user: User = request.user  # type: ignore[assignment]
    mine = Attachment.objects.filter(message__conversation__order__in=Order.objects.visible_to(user))
    return _download(get_object_or_404(mine, public_id=public_id))


@require_safe
@cache_control(private=True, max_age=600)
def attachment_preview(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A picture sent with a message, small, to look at: written again by us, so that it holds pixels alone."""
    user: User = request.user  # type: ignore[assignment]
    mine = Attachment.objects.filter(message__conversation__order__in=Order.objects.visible_to(user))
    found = get_object_or_404(mine, public_id=public_id)
    if not found.preview:
        found = previews.draw(found)
    if not found.preview:
        raise Http404
    try:
        content: Any = found.preview.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@cache_control(private=True, no_store=True)
def deliverable_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A file of a deliverable."""
    user: User = request.user  # type: ignore[assignment]
    mine = DeliverableFile.objects.filter(deliverable__order__in=Order.objects.visible_to(user))
    return _download(get_object_or_404(mine, public_id=public_id))


@require_safe
@cache_control(private=True, no_store=True)
def requirement_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A file sent for an item the expert needs."""
    user: User = request.user  # type: ignore[assignment]
    mine = RequirementFile.objects.filter(requirement__order__in=Order.objects.visible_to(user))
    return _download(get_object_or_404(mine, public_id=public_id))


@require_safe
@cache_control(private=True, no_store=True)
def order_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Everything an order holds for one side, as a zip to keep."""
    user: User = request.user  # type: ignore[assignment]
    mine = Order.objects.visible_to(user).select_related("buyer", "expert", "payment")
    found = get_object_or_404(mine, public_id=public_id)
    response = FileResponse(
        archive.build(found, user),
        as_attachment=True,
        filename=f"{found.reference}.zip",
        content_type="application/zip",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _download(found: PrivateFile) -> HttpResponseBase:
    """Send a file to keep, never to run: the type checked at its arrival, and nothing guessed from its content."""
    try:
        content: Any = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
