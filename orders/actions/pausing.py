"""Stop the dates of an order for a named cause, and let them run again. One pause at a time, under the order's lock.

Before the start, a pause holds the time to start, once; a buyer who sends nothing lets the order end. While work
runs, it holds the countdown: when its time is over the expert may cancel without fault, or the countdown runs again.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from offers.models import Offer
from orders.actions.endings import _cancel
from orders.actions.parties import only
from orders.models import Order, OrderEvent, OrderRequirement, Pause
from orders.models.changes import ChangeRequest
from orders.models.pauses import may_pause
from orders.outbox import record

Cause = Pause.Cause
End = Pause.End


@transaction.atomic
def pause(
    order: Order,
    cause: str,
    *,
    actor: User,
    item: str,
    requirement: OrderRequirement | None = None,
) -> Pause:
    """Stop the dates of the expert, who says what is missing. ``item`` is shown to both parties.

    Refused when the delivery is already late, and after the buyer has contested an earlier pause.
    """
    order = order.locked()
    only(order.expert, actor)
    if not item.strip():
        raise Refusal(_("Name what is missing: the buyer needs to know what to send."))
    _refuse_unless_pausable(order, cause)
    paused = Pause.objects.create(
        order=order,
        cause=cause,
        item=item.strip(),
        requirement=requirement,
        before_start=not order.is_started,
        begun_at=clock.now(),
        begun_by=actor,
    )
    order.begin_pause()
    order.schedule_reminders()
    order.save()
    order.changes.filter(kind=ChangeRequest.Kind.EXTENSION).close()  # type: ignore[attr-defined]
    record(
        order,
        OrderEvent.Kind.PAUSED,
        actor=actor,
        cause=cause,
        item=paused.item,
        pause_due_at=order.pause_due_at.isoformat() if order.pause_due_at else "",
    )
    return paused


@transaction.atomic
def ask_for_item(order: Order, *, actor: User, label: str, hint: str = "", kind: str = "text") -> Pause:
    """Name an item that is missing, add it to the list of the order, and wait for it."""
    order = order.locked()
    only(order.expert, actor)
    if not label.strip():
        raise Refusal(_("Name what is missing: the buyer needs to know what to send."))
    cause = Cause.CLARIFICATION if order.kind == Offer.Kind.QUESTION else Cause.BUYER_ITEM
    _refuse_unless_pausable(order, cause)
    last = order.checklist.order_by("-position").values_list("position", flat=True).first()
    place = 0 if last is None else last + 1
    if place >= rules.MAX_ORDER_ITEMS:
        raise Refusal(_("This order already has as many items as it can. Write in the conversation instead."))
    requirement = OrderRequirement.objects.create(
        order=order,
        label=label.strip(),
        hint=hint.strip(),
        kind=kind,
        position=place,
        asked_at=clock.now(),
        named_later=True,
    )
    order.items_missing = order.checklist.missing().count()  # type: ignore[attr-defined]
    order.save()
    return pause(order, cause, actor=actor, item=requirement.label, requirement=requirement)


@transaction.atomic
def wait_for_item(order: Order, *, actor: User, requirement: OrderRequirement) -> Pause:
    """Wait for an item of the list that the buyer has not sent."""
    order = order.locked()
    found = order.checklist.filter(pk=requirement.pk, supplied_at=None).first()
    if found is None:
        raise Refusal(_("This item was sent. Choose another one, or name what is missing."))
    return pause(order, Cause.BUYER_ITEM, actor=actor, item=found.label, requirement=found)


@transaction.atomic
def resume(order: Order, *, actor: User | None, end: str = End.RESUMED) -> Order:
    """Let the dates run again, moved by the time of the pause. ``actor`` is ``None`` when the cause ended by itself."""
    order = order.locked()
    if not order.is_paused:
        raise Refusal(_("The dates of this order are running already."))
    if actor is not None and end == End.RESUMED:
        only(order.expert, actor)
    return _resume(order, end, actor=actor)


@transaction.atomic
def contest_pause(order: Order, *, actor: User, reason: str) -> Order:
    """Let the buyer say that nothing is missing: the dates run again, and the expert may not pause them any more."""
    order = order.locked()
    only(order.buyer, actor)
    if not order.is_paused:
        raise Refusal(_("The dates of this order are running already."))
    if not reason.strip():
        raise Refusal(_("Say why nothing is missing: the expert reads it."))
    order.pauses.open().update(reason=reason.strip())  # type: ignore[attr-defined]
    return _resume(order, End.CONTESTED, actor=actor, reason=reason.strip())


@transaction.atomic
def cancel_silent(order: Order, *, actor: User) -> Order:
    """Let the expert end, without fault, an order whose buyer did not send what is missing: everything is paid back."""
    order = order.locked()
    only(order.expert, actor)
    if order.state == Order.State.ACTIVE and order.may_cancel_silent:
        return _cancel(order, Order.CancelCause.BUYER_SILENT, actor=actor, reason=_item(order))
    raise Refusal(_("The buyer still has time to send what is missing."))


@transaction.atomic
def end_pause_in_time(order: Order) -> Order:
    """End a pause whose time ran out: an order not begun is cancelled, one begun goes on. Running twice changes nothing."""
    order = order.locked()
    if order.pause_due_at is None or order.pause_due_at > clock.now():
        return order
    if order.state == Order.State.ACTIVE and not order.is_started:
        return _cancel(order, Order.CancelCause.BUYER_SILENT, reason=_item(order))
    return _resume(order, End.RAN_OUT)


def end_pause_of(order: Order, items: list[OrderRequirement], *, actor: User) -> None:
    """Let a locked order run again when what it waits for is among these items."""
    waited: Pause | None = order.pauses.open().first()  # type: ignore[attr-defined]
    if order.is_paused and waited and waited.requirement_id in {item.pk for item in items}:
        _resume(order, End.SUPPLIED, actor=actor)


def _refuse_unless_pausable(order: Order, cause: str) -> None:
    if order.is_paused:
        raise Refusal(_("The dates of this order are paused already."))
    if order.is_late:
        raise Refusal(_("The delivery is already late: propose a later date instead."))
    past = list(order.pauses.all())
    if any(each.end == End.CONTESTED for each in past):
        raise Refusal(
            _("The buyer contested an earlier pause: agree in the conversation, or open a dispute.")
        )
    if not may_pause(order, past) and order.kind == Offer.Kind.QUESTION:
        raise Refusal(
            _("A clarification is asked for once, before the answer. Answer, or decline the question.")
        )
    if not may_pause(order, past):
        raise Refusal(
            _("The dates can be paused once before the start, then a few times until the first deliverable.")
        )


def _resume(order: Order, end: str, *, actor: User | None = None, reason: str = "") -> Order:
    """Let a locked order run again."""
    since = order.paused_at
    order.end_pause()
    order.schedule_reminders()
    order.save()
    order.pauses.close(end)  # type: ignore[attr-defined]
    lasted = clock.in_seconds(clock.now() - since) if since else 0
    record(order, OrderEvent.Kind.RESUMED, actor=actor, end=end, lasted_seconds=lasted, reason=reason)
    return order


def _item(order: Order) -> str:
    """What the open pause waits for, as the parties read it once the order is over."""
    found: Pause | None = order.pauses.open().first()  # type: ignore[attr-defined]
    return found.item if found else ""
