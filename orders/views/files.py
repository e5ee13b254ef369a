"""Files of orders: whoever may see the order may download what lies in it.

Attachments and files of deliverables leave by the one door of private files; what may pass it is said here.
"""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import User
from marketplace.kernel import private_files
from messaging import previews
from messaging.models import Attachment, Contact
from orders import archive
from orders.models import CustomRequest, DeliverableFile, Order, RequestFile, RequirementFile


def _attachments(user: Any) -> QuerySet[Attachment]:
    return Attachment.objects.filter(
        Q(message__conversation__order__in=Order.objects.visible_to(user))
        | Q(message__conversation__contact__in=Contact.objects.visible_to(user))
    )


def _deliverables(user: Any) -> QuerySet[DeliverableFile]:
    return DeliverableFile.objects.filter(deliverable__order__in=Order.objects.visible_to(user))


def _requirements(user: Any) -> QuerySet[RequirementFile]:
    return RequirementFile.objects.filter(requirement__order__in=Order.objects.visible_to(user))


private_files.register("attachment", private_files.Kind(_attachments))
private_files.register("deliverable", private_files.Kind(_deliverables))


def _request_files(user: Any) -> QuerySet[RequestFile]:
    return RequestFile.objects.filter(
        Q(request__in=CustomRequest.objects.visible_to(user)) | Q(request__invitations__expert=user)
    ).distinct()


private_files.register("request_file", private_files.Kind(_request_files))
private_files.register("requirement", private_files.Kind(_requirements))


@require_safe
@cache_control(private=True, max_age=600)
def attachment_preview(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A picture sent with a message, small, to look at: written again by us, so that it holds pixels alone."""
    found = private_files.openable(request.user, "attachment", public_id)
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
