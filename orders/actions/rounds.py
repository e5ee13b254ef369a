"""A revision at a price: outside what was ordered, or beyond the rounds of the order. It begins once it is paid."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from offers.models import Offer
from orders.models import Order, OrderExtra, RevisionRequest

State = RevisionRequest.State


def priced(order: Order, asked: RevisionRequest, *, price_cents: int, message: str) -> OrderExtra:
    """The proposal to make a refused revision at a price; its line is written in the buyer's language.

    The caller holds the order's lock. Raises ``Refusal`` when files were missing: those are owed, never sold.
    """
    if asked.is_incomplete:
        raise Refusal(_("Files that are missing or cannot be opened are owed: they have no price."))
    if not rules.MIN_PRICE_CENTS <= price_cents <= rules.MAX_PRICE_CENTS:
        raise Refusal(_("This price is outside the limits."))
    if order.extras.open().exists():  # type: ignore[attr-defined]
        raise Refusal(_("An extra already waits on this order. Pay or refuse it first."))
    now = clock.now()
    with translation.override(order.buyer.language):
        question = order.kind == Offer.Kind.QUESTION
        title = _("One more follow-up question") if question else _("One more revision")
    extra = OrderExtra.objects.create(
        order=order,
        revision=asked,
        proposed_by=order.expert,
        title=title,
        message=message,
        price_cents=price_cents,
        state=OrderExtra.State.PROPOSED,
        created_at=now,
        due_at=now + order.timer("extra_answer"),
    )
    keep_waiting(order, extra.due_at)
    return extra


def keep_waiting(order: Order, until: datetime) -> None:
    """Leave the buyer a day to decide once a proposal has ended, whatever was left to them."""
    if order.acceptance_due_at is not None:
        order.acceptance_due_at = max(order.acceptance_due_at, until + order.timer("due_soon"))
    order.schedule_reminders()
    order.save()


def begin_round(order: Order, asked: RevisionRequest) -> None:
    """Begin a revision whose price has come: one round more, with a target of its own. The caller saves the order."""
    order.extra_rounds += 1
    order.ask_revision()
    order.revision_refused_at = None
    asked.state, asked.answered_at, asked.due_at = State.ACCEPTED, clock.now(), order.revision_due_at
    asked.save(update_fields=["state", "answered_at", "due_at"])
