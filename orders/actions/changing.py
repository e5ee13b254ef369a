"""What two parties agree on while work runs: a later date, a cancellation, a split. Nothing moves on one's word alone.

A request is written and answered under the order's lock. It stops no timer: a deliverable may come, or be accepted
by itself, while it waits.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from messaging import actions as messaging
from orders.actions import money
from orders.actions.claiming import resolve_claim
from orders.actions.parties import only
from orders.actions.records import write_record
from orders.actions.work import close_waiting
from orders.models import Order, OrderEvent
from orders.models.changes import ChangeRequest
from orders.models.money import preview_split
from orders.models.records import CancellationRecord
from orders.outbox import record, write_deed

Kind = ChangeRequest.Kind
State = ChangeRequest.State


@transaction.atomic
def propose_extension(order: Order, *, actor: User, due_at: datetime, message: str = "") -> ChangeRequest:
    """Ask the buyer for a later date, while the countdown runs. The present one holds until they accept.

    The request ends by itself when its own date comes, even before the time to answer has run out.
    """
    order = order.locked()
    only(order.expert, actor)
    if not order.countdown_runs or order.due_at is None:
        raise Refusal(_("A later date can be proposed while the delivery time is running."))
    refuse_date(order, due_at)
    change = _propose(order, Kind.EXTENSION, actor, message, new_due_at=due_at)
    record(
        order,
        OrderEvent.Kind.EXTENSION_PROPOSED,
        actor=actor,
        new_due_at=due_at.isoformat(),
        answer_due_at=change.answer_due_at.isoformat(),
        reason=change.message,
    )
    return change


def refuse_date(order: Order, due_at: datetime) -> None:
    """Raise ``Refusal`` for a date that is not later than the present one, has passed, or is too far away."""
    now = clock.now()
    present = order.due_at or now
    if due_at <= present:
        raise Refusal(_("Choose a date later than the present one."))
    if due_at <= now:
        raise Refusal(_("Choose a date that has not passed."))
    if due_at > max(present, now) + timedelta(days=rules.MAX_EXTENSION_DAYS):
        raise Refusal(
            ngettext(
                "The new date may be at most %(n)s day later.",
                "The new date may be at most %(n)s days later.",
                rules.MAX_EXTENSION_DAYS,
            )
            % {"n": rules.MAX_EXTENSION_DAYS}
        )


@transaction.atomic
def request_cancellation(order: Order, *, actor: User, reason: str) -> ChangeRequest:
    """Ask the other party to cancel a started order, with a reason; the buyer would be paid back in full.

    Silence agrees while nothing was delivered. Afterwards it lets the request expire.
    """
    order = order.locked()
    _refuse_unless_agreeable(order, actor)
    if order.state == Order.State.DISPUTED:
        raise Refusal(_("In a dispute, propose a split instead: silence must not decide it."))
    if not reason.strip():
        raise Refusal(_("Say why you want to cancel: the other party reads it."))
    change = _propose(order, Kind.CANCELLATION, actor, reason)
    record(
        order,
        OrderEvent.Kind.CANCEL_REQUESTED,
        actor=actor,
        answer_due_at=change.answer_due_at.isoformat(),
        reason=change.message,
    )
    return change


@transaction.atomic
def propose_settlement(order: Order, *, actor: User, refund_cents: int, message: str = "") -> ChangeRequest:
    """Propose to end a started order on a split: so many cents back to the buyer, the rest to the expert."""
    order = order.locked()
    _refuse_unless_agreeable(order, actor)
    if not 0 < refund_cents < order.total_cents:
        raise Refusal(
            _("A settlement leaves something to each side. To pay everything back, ask for a cancellation.")
        )
    change = _propose(order, Kind.SETTLEMENT, actor, message, refund_cents=refund_cents)
    record(
        order,
        OrderEvent.Kind.SETTLEMENT_PROPOSED,
        actor=actor,
        refund_cents=refund_cents,
        net_cents=preview_split(order, refund_cents=refund_cents).net_cents,
        answer_due_at=change.answer_due_at.isoformat(),
        reason=change.message,
    )
    return change


@transaction.atomic
def accept_change(change: ChangeRequest, *, actor: User) -> ChangeRequest:
    """Agree to what the other party asks: the date moves, or the order ends and its money with it."""
    order = change.order.locked()
    change = _answerable(order, change)
    if actor.pk not in (order.buyer_id, order.expert_id) or actor.pk == change.proposed_by_id:
        raise Refusal(_("This is for the other party of the order to do."))
    if change.kind == Kind.EXTENSION:
        return _extend(order, change, actor)
    _answer(change, State.ACCEPTED, actor)
    if order.is_claimed:
        _settle_claim(order, change, actor)
    else:
        _end_by_agreement(order, change, actor)
    return change


@transaction.atomic
def refuse_change(change: ChangeRequest, *, actor: User) -> ChangeRequest:
    """Say no to what the other party asks: the order goes on as before."""
    order = change.order.locked()
    change = _answerable(order, change)
    if actor.pk not in (order.buyer_id, order.expert_id) or actor.pk == change.proposed_by_id:
        raise Refusal(_("This is for the other party of the order to do."))
    _answer(change, State.REFUSED, actor)
    record(order, OrderEvent.Kind.CHANGE_REFUSED, actor=actor, change=change.kind)
    return change


@transaction.atomic
def withdraw_change(change: ChangeRequest, *, actor: User) -> ChangeRequest:
    """Take one's own request back before it is answered."""
    order = change.order.locked()
    change = _answerable(order, change)
    if actor.pk != change.proposed_by_id:
        raise Refusal(_("This is for the other party of the order to do."))
    _answer(change, State.WITHDRAWN, actor)
    record(order, OrderEvent.Kind.CHANGE_WITHDRAWN, actor=actor, change=change.kind)
    return change


@transaction.atomic
def expire_request(order: Order) -> Order:
    """Answer for whoever stayed silent: a cancellation is agreed if nothing was delivered, all else expires.

    Looks again under lock, so running twice changes nothing.
    """
    order = order.locked()
    change = order.changes.open().filter(answer_due_at__lte=clock.now()).first()  # type: ignore[attr-defined]
    if change is None:
        return order
    disputed = order.state == Order.State.DISPUTED  # silence decides nothing in a dispute
    if change.kind == Kind.CANCELLATION and order.silence_agrees and not disputed:
        _answer(change, State.ACCEPTED, None)
        _end_by_agreement(order, change, None)
        return order
    _answer(change, State.EXPIRED, None)
    record(
        order,
        OrderEvent.Kind.CHANGE_EXPIRED,
        change=change.kind,
        by_expert=change.proposed_by_id == order.expert_id,
    )
    return order


def _refuse_unless_agreeable(order: Order, actor: User) -> None:
    if actor.pk not in (order.buyer_id, order.expert_id):
        raise Refusal(_("Only the buyer or the expert can do this."))
    if not order.may_be_agreed_on:
        raise Refusal(_("This can be asked for once work has begun, and until the order is closed."))


def _propose(
    order: Order,
    kind: str,
    actor: User,
    message: str,
    *,
    new_due_at: datetime | None = None,
    refund_cents: int | None = None,
) -> ChangeRequest:
    """Write a request on a locked order. One at a time: two opposite ones could not both be kept."""
    if order.changes.open().exists():  # type: ignore[attr-defined]
        raise Refusal(_("A request already waits for an answer on this order. Answer or withdraw it first."))
    now = clock.now()
    answer_due_at = now + order.timer("change_answer")
    return ChangeRequest.objects.create(
        order=order,
        kind=kind,
        proposed_by=actor,
        message=message.strip(),
        new_due_at=new_due_at,
        refund_cents=refund_cents,
        created_at=now,
        answer_due_at=min(answer_due_at, new_due_at) if new_due_at else answer_due_at,
    )


def _answerable(order: Order, change: ChangeRequest) -> ChangeRequest:
    """The request as it is now, under the order's lock. Raises ``Refusal`` when it no longer waits."""
    found: ChangeRequest | None = order.changes.open().filter(pk=change.pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise Refusal(_("This request no longer waits for an answer. Nothing was changed."))
    return found


def _answer(change: ChangeRequest, state: str, actor: User | None) -> None:
    change.state = state
    change.answered_by = actor
    change.answered_at = clock.now()
    change.save(update_fields=["state", "answered_by", "answered_at"])


def _extend(order: Order, change: ChangeRequest, actor: User) -> ChangeRequest:
    if not order.countdown_runs or change.new_due_at is None or change.new_due_at <= clock.now():
        raise Refusal(_("This date can no longer be agreed on. Nothing was changed."))
    _answer(change, State.ACCEPTED, actor)
    order.due_at = change.new_due_at
    order.schedule_reminders()
    order.save()
    record(order, OrderEvent.Kind.EXTENSION_AGREED, actor=actor)
    return change


def _end_by_agreement(order: Order, change: ChangeRequest, actor: User | None) -> None:
    """End a locked order as both agreed: paid back in full, or split to the cent."""
    settled = change.kind == Kind.SETTLEMENT
    refund_cents = change.refund_cents if settled and change.refund_cents else order.total_cents
    cause = Order.CancelCause.SETTLED if settled else Order.CancelCause.AGREED
    if order.state == Order.State.DISPUTED:
        money.unfreeze(order)
    order.end_by_agreement(cause, change.message)
    order.schedule_reminders()
    outcome = money.pay_out(
        order, refund_cents=refund_cents, reason=cause, clearing=order.timer("clearing_manual")
    )
    order.rights_pass = settled and order.first_delivered_at is not None
    order.save()
    close_waiting(order)
    _keep_record(order, change)
    messaging.close(order.conversation)
    record(
        order,
        OrderEvent.Kind.CANCELLED,
        actor=actor,
        cause=cause,
        reason=change.message,
        refund_cents=refund_cents,
        net_cents=outcome.net_cents,
    )
    if order.rights_pass:
        write_deed.delay_on_commit(order.pk)


def _settle_claim(order: Order, change: ChangeRequest, actor: User | None) -> None:
    """End a claim on a completed order as both agreed: a part of what was paid out comes back."""
    refund_cents = change.refund_cents or 0
    net_cents = resolve_claim(order, refund_cents=refund_cents, reason=Order.CancelCause.SETTLED)
    order.save()
    close_waiting(order)
    messaging.close(order.conversation)
    record(
        order,
        OrderEvent.Kind.RESOLVED,
        actor=actor,
        refund_cents=refund_cents,
        net_cents=net_cents,
        reason=change.message,
        agreed=True,
    )


def _keep_record(order: Order, change: ChangeRequest) -> None:
    """Note who asked for the end both agreed to."""
    asker = order.buyer if change.proposed_by_id == order.buyer_id else order.expert
    shared = change.kind == Kind.SETTLEMENT
    cause = CancellationRecord.Cause.SHARED if shared else CancellationRecord.Cause.AGREED
    write_record(order, subject=asker, cause=cause)
