"""Files that only the people concerned may open, and the one way out of them.

Each app says once, for each kind of private file it keeps, who may open which (``register``). Every address of a
private file leads to ``download``: it asks that question, and sends the file to keep, never to run.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from csp.constants import SELF
from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from marketplace.kernel.models import PublicId


def private_storage() -> Any:
    return storages["private"]


def unguessable_name(instance: models.Model, filename: str) -> str:
    """Where a private file lies: by month, under a name nobody can guess and that says nothing."""
    return f"{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class PrivateFile(PublicId):
    """A file only the people concerned may open: it has no public address."""

    file = models.FileField(storage=private_storage, upload_to=unguessable_name)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Kind:
    """A kind of private file.

    ``openable_by`` narrows all files to those a person may open. ``noted`` is called with the file and who opens
    it, before it leaves: it writes the access down where that is owed.
    """

    openable_by: Callable[[Any], models.QuerySet[Any]]
    noted: Callable[[Any, Any], object] | None = None


_kinds: dict[str, Kind] = {}
VIEWABLE = {"application/pdf", "image/webp", "image/jpeg", "image/png"}
"""What a browser may show in a page of ours instead of saving it."""


def register(name: str, kind: Kind) -> None:
    """Say who may open a kind of private file. Saying it twice is a mistake."""
    if name in _kinds:
        raise ValueError(f"{name} already has its rule")
    _kinds[name] = kind


def kinds() -> list[str]:
    return sorted(_kinds)


def openable(user: Any, kind: str, public_id: UUID) -> Any:
    """The one permission of private files: the file, if this person may open it; otherwise it does not exist."""
    if not user.is_authenticated:
        raise Http404
    found = _kinds[kind].openable_by(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@cache_control(private=True, no_store=True)
def download(request: HttpRequest, public_id: UUID, kind: str, *, inline: bool = False) -> HttpResponseBase:
    """A private file, to keep; ``inline``: to be shown in a frame of our own pages, if its type allows it."""
    found = openable(request.user, kind, public_id)
    if (note := _kinds[kind].noted) is not None:
        note(found, request.user)
    response = send(found, inline=inline)
    if inline:
        response["X-Frame-Options"] = "SAMEORIGIN"
        response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
    return response


def send(found: PrivateFile, *, inline: bool = False) -> HttpResponseBase:
    """Send a file whose permission was checked: the type seen at its arrival, nothing guessed from its content.

    With ``PRIVATE_FILES_ACCEL`` the web server in front sends the bytes; with a storage that signs addresses the
    visitor is sent there for a minute; otherwise they pass through here.
    """
    inline = inline and found.content_type in VIEWABLE
    if not found.file:
        raise Http404
    disposition = content_disposition_header(not inline, found.name) or "attachment"
    storage: Any = found.file.storage
    response: HttpResponseBase
    if hasattr(storage, "querystring_auth"):
        parameters = {"ResponseContentDisposition": disposition, "ResponseContentType": found.content_type}
        response = HttpResponse(status=302)
        response["Location"] = storage.url(found.file.name, parameters=parameters, expire=60)
        return response
    if settings.PRIVATE_FILES_ACCEL:
        response = HttpResponse()
        response["X-Accel-Redirect"] = settings.PRIVATE_FILES_ACCEL + quote(found.file.name or "")
    else:
        try:
            response = FileResponse(found.file.open("rb"))
        except FileNotFoundError as error:
            raise Http404 from error
    response["Content-Type"] = found.content_type
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    return response
