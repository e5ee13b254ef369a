"""Confidentiality agreements of a conversation: proposed and accepted by the company, then accepted by the expert."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, uploads
from marketplace.kernel.errors import Refusal
from messaging.models import Contact
from missions.models import Nda
from missions.notifications import tell_of_nda


@transaction.atomic
def propose_nda(
    contact: Contact, *, actor: User, name: str, file: UploadedFile | None = None, ours: bytes = b""
) -> Nda:
    """The company proposes its own file, or ours as it was drawn, and accepts it by doing so.

    Raises ``Refusal`` for anyone else, without a name, or while another one waits.
    """
    contact = contact.locked()
    if contact.company_id != actor.pk:
        raise Refusal(_("Only the company proposes a confidentiality agreement."))
    if not name.strip():
        raise Refusal(_("Write your name: it is kept with the acceptance."))
    if contact.ndas.filter(state=Nda.State.PROPOSED).exists():
        raise Refusal(_("An agreement already waits for the expert: withdraw it first."))
    nda = Nda(
        contact=contact,
        is_ours=file is None,
        proposed_by=actor,
        proposed_name=name.strip()[:120],
        proposed_at=clock.now(),
    )
    if file is not None:
        seen = uploads.inspect(file)
        content = file.read()
        file.seek(0)
        nda.name, nda.content_type, nda.size = seen.name, seen.content_type, seen.size
    else:
        content = ours
        nda.name, nda.content_type, nda.size = (
            _("Confidentiality agreement.pdf"),
            "application/pdf",
            len(ours),
        )
    if not content:
        raise Refusal(_("Choose a file, or our agreement."))
    nda.digest = hashlib.sha256(content).hexdigest()
    nda.file.save(nda.name, ContentFile(content), save=False)
    nda.save()
    tell_of_nda(contact.expert, "nda_proposed", nda)
    return nda


@transaction.atomic
def accept_nda(nda: Nda, *, actor: User, name: str, digest: str) -> Nda:
    """The expert accepts the very file on the page. Twice changes nothing. Raises ``Refusal`` when it does not wait."""
    nda = nda.locked()
    if nda.contact.expert_id != actor.pk:
        raise Refusal(_("The expert of this conversation accepts it."))
    if nda.state == Nda.State.ACCEPTED:
        return nda
    _refuse_closed(nda)
    if digest != nda.digest:
        raise Refusal(_("This is not the file you have read. Read it again before accepting it."))
    if not name.strip():
        raise Refusal(_("Write your name: it is kept with the acceptance."))
    nda.state, nda.accepted_name, nda.accepted_at = Nda.State.ACCEPTED, name.strip()[:120], clock.now()
    nda.save(update_fields=["state", "accepted_name", "accepted_at"])
    tell_of_nda(nda.contact.company, "nda_accepted", nda)
    return nda


@transaction.atomic
def close_nda(nda: Nda, *, actor: User) -> Nda:
    """The expert refuses it, or the company takes it back. Raises ``Refusal`` when it does not wait."""
    nda = nda.locked()
    side = nda.party(actor)
    if not side:
        raise Refusal(_("This is not yours to do."))
    _refuse_closed(nda)
    nda.state = Nda.State.REFUSED if side == "expert" else Nda.State.WITHDRAWN
    nda.closed_at = clock.now()
    nda.save(update_fields=["state", "closed_at"])
    if side == "expert":
        tell_of_nda(nda.contact.company, "nda_refused", nda)
    return nda


def _refuse_closed(nda: Nda) -> None:
    if nda.state != Nda.State.PROPOSED:
        raise Refusal(_("This agreement no longer waits for an answer."))
