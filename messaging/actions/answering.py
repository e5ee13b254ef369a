"""Receive what people ask the team, hand it to someone, answer it by mail, or close it with a reason."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging import mail
from messaging.models import ContactAnswer, ContactRequest


@transaction.atomic
def ask_team(
    *,
    name: str,
    email: str,
    topic: str,
    body: str,
    language: str,
    order_reference: str = "",
    user: User | None = None,
) -> ContactRequest:
    """Keep a message to the team.

    Only a signed-in person gets an acknowledgement by mail: an address typed by anyone would let one person fill
    another's mailbox.
    """
    asked = ContactRequest.objects.create(
        user=user,
        name=name,
        email=email,
        topic=topic,
        body=body.strip(),
        language=language,
        order_reference=order_reference,
        created_at=clock.now(),
    )
    if user is not None and user.email == email:
        with translation.override(language):
            _write(
                asked,
                key=f"contact:{asked.pk}",
                subject=_("We received your message (%(reference)s)") % {"reference": asked.reference},
                body=_("A person of our team reads it and answers you. This is what you wrote:"),
            )
    return asked


@transaction.atomic
def assign_request(asked: ContactRequest, *, actor: User, to: User) -> ContactRequest:
    """Hand a request to someone of the team, who answers for it."""
    if not (actor.is_staff and to.is_staff and to.is_active):
        raise Refusal(_("Only our team can do this."))
    asked = asked.locked()
    asked.assigned_to = to
    asked.save(update_fields=["assigned_to"])
    return asked


@transaction.atomic
def answer_request(asked: ContactRequest, *, actor: User, body: str) -> ContactAnswer:
    """Answer by mail, in the person's language. Whoever answers takes the request; a second answer may follow."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if not body.strip():
        raise Refusal(_("Write an answer."))
    asked = asked.locked()
    answer = ContactAnswer.objects.create(
        request=asked, author=actor, body=body.strip(), created_at=clock.now()
    )
    asked.settle(ContactRequest.State.ANSWERED, answer.created_at)
    asked.assigned_to = asked.assigned_to or actor
    asked.save()
    with translation.override(asked.language):
        _write(
            asked,
            key=f"contact_answer:{answer.pk}",
            subject=_("Our answer to your message (%(reference)s)") % {"reference": asked.reference},
            body=answer.body,
        )
    return answer


@transaction.atomic
def close_request(asked: ContactRequest, *, actor: User) -> ContactRequest:
    """Put a request away without an answer: spam, or already dealt with. The reason stands in its history."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    asked = asked.locked()
    if asked.state != ContactRequest.State.OPEN:
        raise Refusal(_("This request does not wait any more."))
    asked.settle(ContactRequest.State.CLOSED, clock.now())
    asked.save()
    return asked


@transaction.atomic
def reopen_request(asked: ContactRequest, *, actor: User) -> ContactRequest:
    """Let a request wait again: its age counts from when it came."""
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    asked = asked.locked()
    asked.state, asked.settled_at = ContactRequest.State.OPEN, None
    asked.save()
    return asked


def _write(asked: ContactRequest, *, key: str, subject: str, body: str) -> None:
    context: dict[str, Any] = {
        "asked": asked,
        "subject": subject,
        "body": body,
        "link": settings.SITE_URL + reverse("contact"),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    mail.owe(
        key=key,
        recipient=asked.email,
        subject=subject,
        text=render_to_string("emails/contact.txt", context),
        html=render_to_string("emails/contact.html", context),
    )
