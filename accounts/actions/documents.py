"""Send a document, decide on it, and let time pass over it."""

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import rules
from accounts.actions.standing import refresh_standing
from accounts.models import Document, LegalEntity, User
from accounts.models.matrix import IDENTITY, REQUIRED, Requirement, requirement_of
from accounts.outbox import tell, tell_staff
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.papers import Paper

State = Document.State


@transaction.atomic
def send_document(
    user: User,
    *,
    requirement: Requirement,
    kind: str,
    paper: Paper,
    issued_on: date | None = None,
    ends_on: date | None = None,
    details: dict[str, Any] | None = None,
) -> Document:
    """Send a document to be checked. One that already waited is replaced; the one that counts goes on counting.

    ``paper`` comes from ``papers.read``. Raises ``Refusal`` for a kind the person's legal form does not ask for,
    and for a file that another account has already sent.
    """
    user = user.locked()
    entity = LegalEntity.objects.current().filter(user=user).first()
    asked = REQUIRED[entity.form if entity else "none"]
    if requirement not in asked or kind not in requirement.kinds:
        raise Refusal(_("Your legal form does not ask for this document."))
    digest = hashlib.sha256(paper.content.read()).hexdigest()
    paper.content.seek(0)
    if Document.objects.filter(digest=digest).exclude(user=user).exists():
        raise Refusal(_("This file has already been sent from another account. Send your own document."))
    now = clock.now()
    Document.objects.filter(user=user, kind__in=requirement.kinds, state=State.IN_REVIEW).update(
        state=State.REPLACED
    )
    document = Document(
        user=user,
        entity=None if requirement is IDENTITY else entity,
        kind=kind,
        name=paper.name,
        content_type=paper.content_type,
        size=paper.size,
        digest=digest,
        issued_on=issued_on,
        ends_on=ends_on,
        details=details or {},
        uploaded_at=now,
        review_due_at=now + rules.REVIEW_TIME,
    )
    document.valid_until = document.rule.valid_until(
        issued_on=issued_on, ends_on=ends_on, uploaded_on=clock.today()
    )
    document.file.save(paper.name, paper.content, save=False)
    document.save()
    return document


ALREADY = gettext_lazy("%(who)s has already decided on this document: nothing was changed.")
WITHDRAWN = gettext_lazy("A newer document has taken its place: nothing was changed.")


def _to_decide(document: Document, actor: User) -> Document:
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    document = document.locked()
    if document.state == State.IN_REVIEW:
        return document
    if document.decided_by is None:
        raise Refusal(str(WITHDRAWN))
    raise Refusal(str(ALREADY) % {"who": document.decided_by.display_name})


@transaction.atomic
def accept_document(
    document: Document, *, actor: User, issued_on: date | None = None, ends_on: date | None = None
) -> Document:
    """Let a document count, with the dates read on it. Its sender takes new business again if it was the last.

    Raises ``Refusal`` when somebody decided before, or when the document is already past its last day.
    """
    document = _to_decide(document, actor)
    document.issued_on, document.ends_on = issued_on or document.issued_on, ends_on or document.ends_on
    document.valid_until = document.rule.valid_until(
        issued_on=document.issued_on,
        ends_on=document.ends_on,
        uploaded_on=clock.local_day(document.uploaded_at),
    )
    if document.valid_until is not None and document.valid_until < clock.today():
        raise Refusal(_("By these dates it no longer counts: refuse it as out of date."))
    kinds = requirement_of(document.kind).kinds
    Document.objects.filter(
        user_id=document.user_id, kind__in=kinds, state__in=[State.ACCEPTED, State.EXPIRED]
    ).update(state=State.REPLACED)
    document.state = State.ACCEPTED
    _sign(document, actor)
    tell(
        document.user,
        "document_accepted" if document.valid_until else "document_accepted_for_good",
        key=f"document:{document.pk}",
        url_name="documents",
        document=document.label,
        until=document.valid_until or "",
    )
    refresh_standing(document.user)
    return document


@transaction.atomic
def refuse_document(document: Document, *, actor: User, reason: str, note: str = "") -> Document:
    """Send a document back with a reason of the list, and words of ours if they help."""
    document = _to_decide(document, actor)
    document.state = State.REFUSED
    document.refusal, document.refusal_note = reason, note.strip()
    _sign(document, actor)
    tell(
        document.user,
        "document_refused",
        key=f"document:{document.pk}",
        url_name="documents",
        document=document.label,
        why=Document.Refusal(reason).label,
        note=document.refusal_note,
    )
    refresh_standing(document.user)
    return document


def _sign(document: Document, actor: User) -> None:
    document.decided_at, document.decided_by = clock.now(), actor
    document.save()


@transaction.atomic
def expire_document(document: Document) -> bool:
    """Let a document end after its last day, and tell its expert. Returns whether it ended now."""
    document = document.locked()
    if (
        document.state != State.ACCEPTED
        or document.valid_until is None
        or document.valid_until >= clock.today()
    ):
        return False
    document.state = State.EXPIRED
    document.save(update_fields=["state"])
    tell(
        document.user,
        "document_expired",
        key=f"document:{document.pk}:expired",
        url_name="documents",
        document=document.label,
        until=document.valid_until,
    )
    return True


@transaction.atomic
def remind_of_expiry(document: Document) -> bool:
    """Tell an expert that a document runs out, 30, 14, 7 and 1 days before, unless its renewal waits for us."""
    document = document.locked()
    days = document.reminder_due(clock.today())
    if days is None:
        return False
    document.reminded_at_days = days
    document.save(update_fields=["reminded_at_days"])
    kinds = requirement_of(document.kind).kinds
    if Document.objects.filter(user_id=document.user_id, kind__in=kinds, state=State.IN_REVIEW).exists():
        return False
    return tell(
        document.user,
        "document_expiring",
        key=f"document:{document.pk}:expiring:{days}",
        url_name="documents",
        document=document.label,
        until=document.valid_until,
    )


@transaction.atomic
def press_for_review(document: Document) -> bool:
    """Tell our team, once, that a document waits longer than we announced."""
    if document.state == State.IN_REVIEW:
        tell_staff(
            "document_waits",
            permission="accounts.change_document",
            key=f"document:{document.pk}:waits",
            url_name="admin:accounts_document_review",
            url_args=(document.pk,),
            document=document.label,
            candidate=document.user.display_name,
        )
    return document.state == State.IN_REVIEW


@transaction.atomic
def drop_file(document: Document) -> None:
    """Delete the file of a document whose time of keeping is over; its digest and dates remain, not its name."""
    document = document.locked()
    name, storage = document.file.name, document.file.storage
    if not name:
        return
    document.file, document.name = "", ""
    document.save(update_fields=["file", "name"])
    transaction.on_commit(lambda: storage.delete(name))
