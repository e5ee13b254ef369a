"""The dated file of an expert's certificates that a client keeps with the contract. Orders and missions use it."""

import tempfile
import zipfile
from typing import IO

from django.template.loader import render_to_string
from django.utils.translation import pgettext

from accounts import charter
from accounts.models import Consent, DocumentAccess, User
from accounts.queries.vigilance import Pack
from marketplace.kernel import clock


def build(pack: Pack, *, reader: User, title: str, reference: str) -> IO[bytes]:
    """Write the certificates and a dated list of them into a zip; each one taken is written down as opened.

    ``title`` and ``reference`` are those of the contract. A file missing from the disk is named in the list.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    day = clock.today().isoformat()
    absent = []
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for document in pack.documents:
            name = f"{reference} {day}/{document.kind} {document.name}"
            try:
                with document.file.open("rb") as source:
                    archive.writestr(name, source.read())
            except (FileNotFoundError, ValueError):
                absent.append(document)
                continue
            DocumentAccess.objects.create(document=document, user=reader, at=clock.now())
        context = {
            "pack": pack,
            "title": title,
            "reference": reference,
            "now": clock.now(),
            "absent": absent,
            "declared": _declared(pack.expert),
        }
        listing = render_to_string("accounts/vigilance.txt", context)
        name = pgettext("file name", "list.txt")
        archive.writestr(f"{reference} {day}/{name}", listing)
    target.seek(0)
    return target


def _declared(expert: User) -> Consent | None:
    """The expert's signature under the words of the charter that speak of foreign workers; those words and no others."""
    signed = (
        Consent.objects.live().filter(user=expert, text=Consent.Text.CHARTER).order_by("-given_at").first()
    )
    if signed is None or signed.version not in charter.EDITIONS:
        return None
    return signed if signed.digest == charter.digest(signed.language, signed.version) else None
