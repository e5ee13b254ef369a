"""A company writes to an expert; an expert never begins."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.companies import buys_for, held_by, readers
from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from messaging.actions.talking import already_said, close, reopen, send_message, start_conversation
from messaging.actions.telling import notify
from messaging.models import Contact, Message


@transaction.atomic
def make_contact(
    *,
    company: User,
    expert: User,
    subject: str,
    body: str,
    files: Sequence[UploadedFile] = (),
    token: UUID | None = None,
) -> Contact:
    """Open the conversation of a company with an expert by its first message; a second one joins the same thread.

    Raises ``Refusal`` when the writer is an expert, the expert takes no contact, or too many were begun in a day.
    """
    company = User.objects.select_for_update(no_key=True).get(pk=company.pk)
    if company.is_expert or company.pk == expert.pk:
        raise Refusal(_("Companies write to experts first: an expert cannot open a conversation."))
    house = buys_for(company)
    contact = contact_between(company, expert)
    if contact is None:
        if not expert.is_expert or not expert.expert_profile.is_approved:
            raise Refusal(_("This expert cannot be contacted at the moment."))
        since = clock.now() - timedelta(days=1)
        if Contact.objects.filter(company=company, opened_at__gt=since).count() >= rules.MAX_CONTACTS_A_DAY:
            raise Refusal(
                _("You have written to many experts today: wait for their answers, or try tomorrow.")
            )
        contact = Contact.objects.create(
            conversation=start_conversation(
                subject=subject[:160], members=[company, expert], buyer=company, company=house
            ),
            for_company=house,
            company=company,
            expert=expert,
            opened_at=clock.now(),
        )
    write_in_contact(contact, author=company, body=body, files=files, token=token)
    return contact


@transaction.atomic
def write_in_contact(
    contact: Contact,
    *,
    author: User,
    body: str,
    files: Sequence[UploadedFile] = (),
    token: UUID | None = None,
) -> Message:
    """Say something in a conversation that a company opened, and tell the other side. Both write freely.

    ``token`` is chosen by the page that sends: the same words and files sent twice under it are said and told once.
    """
    if token and (said := already_said(contact.conversation, token, author, body, files)):
        return said
    message = send_message(contact.conversation, author=author, body=body, files=files, token=token)
    by_expert = author.pk == contact.expert_id
    for reader in readers(contact.company, contact.for_company_id) if by_expert else [contact.expert]:
        notify(
            reader,
            key=f"contact_message:{message.pk}",
            kind="contact_message",
            params={"author": author.display_name, "excerpt": message.body[:140] or "…"},
            url_name="conversation",
            url_args=[contact.public_id],
        )
    return message


@transaction.atomic
def decline_contact(contact: Contact, *, actor: User, body: str) -> Contact:
    """Let the expert end a talk with a last word, without penalty: nobody writes until they take it up again.

    Twice changes nothing. Raises ``Refusal`` for anybody else.
    """
    contact = contact.locked()
    if actor.pk != contact.expert_id:
        raise Refusal(_("Only the expert can do this."))
    if contact.declined_at is not None:
        return contact
    message = send_message(contact.conversation, author=actor, body=body)
    contact.declined_at = clock.now()
    contact.save(update_fields=["declined_at"])
    close(contact.conversation)
    _tell_company(contact, "contact_declined", key=f"contact_declined:{message.pk}", excerpt=body[:140])
    return contact


@transaction.atomic
def resume_contact(contact: Contact, *, actor: User) -> Contact:
    """Let the expert take up a talk they had declined. Twice changes nothing. Raises ``Refusal`` for anybody else."""
    contact = contact.locked()
    if actor.pk != contact.expert_id:
        raise Refusal(_("Only the expert can do this."))
    if contact.declined_at is None:
        return contact
    declined_at, contact.declined_at = contact.declined_at, None
    contact.save(update_fields=["declined_at"])
    reopen(contact.conversation)
    key = f"contact_resumed:{contact.pk}:{declined_at.isoformat()}"
    _tell_company(contact, "contact_resumed", key=key)
    return contact


def _tell_company(contact: Contact, kind: str, *, key: str, excerpt: str = "") -> None:
    for reader in readers(contact.company, contact.for_company_id):
        notify(
            reader,
            key=key,
            kind=kind,
            params={"author": contact.expert.display_name, "excerpt": excerpt},
            url_name="conversation",
            url_args=[contact.public_id],
        )


def contact_between(user: User, expert: User) -> Contact | None:
    """The talk a buyer, or the company they buy for, has with an expert already."""
    return Contact.objects.filter(held_by(user, "company"), expert=expert).order_by("opened_at").first()
