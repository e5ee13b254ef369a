"""Open a conversation, say something in it, read it, close it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from accounts.companies import holds, seated
from accounts.models import Company, User
from marketplace.kernel import clock, contact_details, uploads
from marketplace.kernel.errors import Refusal
from marketplace.kernel.writing import draw, write, write_once
from messaging import outbox
from messaging.models import Attachment, Conversation, FirstMessage, Message, Participant


def start_conversation(
    *, subject: str, members: Iterable[User], buyer: User | None = None, company: Company | None = None
) -> Conversation:
    """Open a thread between these people. ``company``: the one the ``buyer`` among them sits there for."""
    [key] = draw(Conversation)
    conversation, places = conversation_of(
        key, subject=subject, members=members, buyer=buyer, company=company
    )
    write([conversation, places])
    return conversation


def conversation_of(
    key: int,
    *,
    subject: str,
    members: Iterable[User],
    buyer: User | None = None,
    company: Company | None = None,
) -> tuple[Conversation, list[Participant]]:
    """The rows of a thread to come, under a key that was drawn for it, for whoever writes them with others."""
    conversation = Conversation(pk=key, subject=subject, for_company=company)
    return conversation, [
        Participant(conversation=conversation, user=user, for_company=company if user == buyer else None)
        for user in members
    ]


def opening_of(conversation: Conversation, *, author_id: int, body: str) -> Message:
    """The first words of an expert in a thread that was made for them and is locked: a row not saved yet.

    Whoever writes it saves ``last_message_at`` of the conversation, which follows it.
    """
    message = Message(
        conversation=conversation,
        author_id=author_id,
        body=body.strip(),
        kind=Message.Kind.OPENING,
        created_at=clock.now(),
    )
    conversation.last_message_at = message.created_at
    return message


@transaction.atomic
def send_message(
    conversation: Conversation,
    *,
    author: User,
    body: str,
    files: Sequence[UploadedFile] = (),
    kind: str = Message.Kind.TEXT,
    token: UUID | None = None,
) -> Message:
    """Say something in an open conversation one takes part in.

    Files must have passed ``uploads.inspect``. ``token`` is the message's public id, chosen by the page that sends
    it: asked for twice, it is said once. Contact details are noted and the words left as they are; the first message
    of an account is noted for our team. Raises ``Refusal`` when the conversation is closed, the author is a stranger
    to it, or there is nothing to send.
    """
    conversation = conversation.locked()
    if token and (said := already_said(conversation, token, author, body, files)):
        return said
    if not conversation.is_open:
        raise Refusal(_("This conversation is closed: nothing was sent."))
    has_written = _has_written(conversation, author)
    if has_written is None:
        raise Refusal(_("Only the people of this conversation can write in it."))
    body = body.strip()
    if not body and not files:
        raise Refusal(_("Write a message or attach a file."))
    message = Message.objects.create(
        public_id=_free(token),
        conversation=conversation,
        author=author,
        body=body,
        kind=kind,
        contact_details=contact_details.find(body) if kind == Message.Kind.TEXT else [],
        created_at=clock.now(),
    )
    if not has_written:
        write_once(FirstMessage(author=author, message=message, created_at=message.created_at))
    for upload in files:
        seen = uploads.inspect(upload)
        attached = Attachment.objects.create(
            message=message, file=upload, name=seen.name, content_type=seen.content_type, size=seen.size
        )
        if attached.may_be_previewed:
            outbox.preview.delay_on_commit(attached.pk)
    conversation.last_message_at = message.created_at
    conversation.save(update_fields=["last_message_at"])
    return message


def _has_written(conversation: Conversation, author: User) -> bool | None:
    """Whether somebody who sits in a talk ever wrote a message anywhere; nothing for whoever does not sit there.

    A member of the company that began the talk takes a place by their first words.
    """
    company_id = conversation.for_company_id
    if company_id is not None and holds(author, 0, company_id):
        Participant.objects.get_or_create(
            conversation=conversation, user=author, defaults={"for_company_id": company_id}
        )
    written = Exists(Message.objects.filter(author=author, kind=Message.Kind.TEXT))
    places = conversation.participants.filter(seated(author, "")).annotate(has_written=written)
    return places.values_list("has_written", flat=True).first()


def already_said(
    conversation: Conversation, token: UUID, author: User, body: str, files: Sequence[UploadedFile]
) -> Message | None:
    """The message a page has sent already, if this is the very same: a page gone back to may say something else."""
    said = conversation.messages.filter(public_id=token, author=author, body=body.strip()).first()
    return said if said and said.attachments.count() == len(files) else None


def _free(token: UUID | None) -> UUID:
    """A public id nobody has: the page's own, unless a message of another thread took it."""
    return uuid4() if token is None or Message.objects.filter(public_id=token).exists() else token


def mark_read(conversation: Conversation, user: User, *, until: datetime | None = None) -> None:
    """Remember how far a person has read: up to ``until``, the last thing their page showed, or up to now.

    What was written while the page was on its way stays unread, and a late answer never takes the mark back.
    """
    seen = until or clock.now()
    conversation.participants.filter(Q(last_read_at=None) | Q(last_read_at__lt=seen), user=user).update(
        last_read_at=seen
    )


@transaction.atomic
def close(conversation: Conversation) -> None:
    """Make a thread read-only. Doing it twice changes nothing."""
    close_all([conversation.pk])


def close_all(conversation_ids: Sequence[int]) -> None:
    """Let nobody write in several any more. Doing it twice changes nothing."""
    Conversation.objects.filter(pk__in=conversation_ids, closed_at=None).update(closed_at=clock.now())


def reopen(conversation: Conversation) -> None:
    """Let a closed thread be written in again. Doing it twice changes nothing."""
    Conversation.objects.filter(pk=conversation.pk).update(closed_at=None)
