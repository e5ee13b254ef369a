"""What the two parties tell each other within an order."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import rules
from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from messaging.models import Message
from offers.models import Offer
from orders.actions.parties import only
from orders.models import Order, OrderEvent
from orders.outbox import record


@transaction.atomic
def say(
    order: Order, *, author: User, body: str, files: Sequence[UploadedFile] = (), token: UUID | None = None
) -> Message:
    """Write in the order's conversation: it opens with the payment and closes with the order.

    ``token`` is chosen by the page that sends: the same words and files sent twice under it are said and told once.
    """
    order = order.locked()
    if token and (said := messaging.already_said(order.conversation, token, author, body, files)):
        return said
    if order.paid_at is None:
        raise Refusal(_("The conversation opens once the order is paid."))
    message = messaging.send_message(order.conversation, author=author, body=body, files=files, token=token)
    if order.question_at and author.pk == order.expert_id:
        order.question_at = None
        order.save()
    record(order, OrderEvent.Kind.MESSAGE, actor=author, message_id=message.pk)
    return message


@transaction.atomic
def complete_brief(order: Order, *, actor: User, brief: str) -> Order:
    """Let the buyer say more precisely what they need, until the first deliverable."""
    order = order.locked()
    only(order.buyer, actor)
    if order.state not in (Order.State.PENDING_PAYMENT, Order.State.ACTIVE) or order.first_delivered_at:
        raise Refusal(_("The brief can no longer be changed. Write in the conversation instead."))
    if order.kind == Offer.Kind.QUESTION and len(brief.strip()) > rules.MAX_QUESTION_LENGTH:
        raise Refusal(_("A question is one point: make it shorter."))
    if order.brief == brief.strip():
        return order
    order.brief = brief.strip()
    order.save()
    record(order, OrderEvent.Kind.BRIEF_COMPLETED, actor=actor)
    return order
