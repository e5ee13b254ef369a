"""What is added to an order while its work runs, each with a payment and a hold of its own.

An add-on of the offer keeps the price and the days it had when the order was placed; anything else the expert
proposes and the buyer accepts by paying. Nothing is added once the work is handed over, disputed or closed, but a
revision at a price: it is answered while its version is checked.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from orders.actions.parties import only
from orders.actions.rounds import begin_round, keep_waiting, priced
from orders.models import Order, OrderEvent, OrderExtra, OrderLine, RevisionRequest
from orders.models.changes import ChangeRequest
from orders.models.extras import moved
from orders.outbox import record
from payments import escrow
from payments.models import EscrowHold, Payment

State = OrderExtra.State
_TOO_LATE = gettext_lazy("Something can be added while the work runs, until it is handed over.")
LATE = "paid after the extra was closed"


@transaction.atomic
def choose_add_on(order: Order, *, actor: User, number: int, method: str = Payment.Method.CARD) -> OrderExtra:
    """Let the buyer take one of the add-ons the offer had, by its place in the order's own list, and ask for its price.

    Choosing the same one again gives the same payment, so a double click buys one. Raises ``Refusal`` when the order
    takes no extras now, another one waits, or the add-on is already part of the order.
    """
    order = order.locked()
    only(order.buyer, actor)
    _refuse_unless_extendable(order)
    try:
        add_on = order.add_ons_offered[number] if number >= 0 else None
    except IndexError:
        add_on = None
    if add_on is None:
        raise Refusal(_("Choose one of the add-ons of this order."))
    waiting = order.extras.open().first()  # type: ignore[attr-defined]
    if waiting and waiting.title == add_on["title"] and waiting.state == State.UNPAID:
        return waiting
    _refuse_second(waiting)
    if order.lines.filter(title=add_on["title"], is_add_on=True).exists():
        raise Refusal(_("This add-on is already part of the order."))
    return _ask(
        order,
        OrderExtra(
            order=order,
            proposed_by=actor,
            title=add_on["title"],
            message=add_on.get("description", ""),
            price_cents=add_on["price_cents"],
            days=add_on["days"],
            created_at=clock.now(),
        ),
        method,
    )


@transaction.atomic
def propose_extra(
    order: Order, *, actor: User, title: str, price_cents: int, days: int = 0, message: str = ""
) -> OrderExtra:
    """Let the expert propose something more, at a price, with the days it takes. The buyer accepts by paying."""
    order = order.locked()
    only(order.expert, actor)
    _refuse_unless_extendable(order)
    if not title.strip():
        raise Refusal(_("Say what you propose."))
    if not rules.MIN_PRICE_CENTS <= price_cents <= rules.MAX_PRICE_CENTS:
        raise Refusal(_("This price is outside the limits."))
    if not -rules.MAX_EXTENSION_DAYS <= days <= rules.MAX_EXTENSION_DAYS:
        raise Refusal(_("This number of days is outside the limits."))
    _refuse_second(order.extras.open().first())  # type: ignore[attr-defined]
    now = clock.now()
    extra = OrderExtra.objects.create(
        order=order,
        proposed_by=actor,
        title=title.strip(),
        message=message.strip(),
        price_cents=price_cents,
        days=days,
        state=State.PROPOSED,
        created_at=now,
        due_at=now + order.timer("extra_answer"),
    )
    _record(order, OrderEvent.Kind.EXTRA_PROPOSED, extra, actor=actor, answer_due_at=extra.due_at.isoformat())
    return extra


def price_revision(order: Order, asked: RevisionRequest, *, price_cents: int, message: str) -> OrderExtra:
    """Propose a revision that was just refused, at a price: the buyer accepts by paying, and it begins. See ``rounds``."""
    extra = priced(order, asked, price_cents=price_cents, message=message)
    _record(
        order,
        OrderEvent.Kind.EXTRA_PROPOSED,
        extra,
        actor=order.expert,
        round=asked.round,
        reason=message,
        answer_due_at=extra.due_at.isoformat(),
    )
    return extra


@transaction.atomic
def accept_extra(extra: OrderExtra, *, actor: User, method: str = Payment.Method.CARD) -> OrderExtra:
    """Let the buyer agree to what the expert proposes: its price is asked for, and nothing counts until it is paid."""
    order = extra.order.locked()
    only(order.buyer, actor)
    extra = _fresh(order, extra)
    if extra.state == State.UNPAID:
        return extra
    if extra.state != State.PROPOSED:
        raise Refusal(_("This proposal no longer waits for an answer. Nothing was charged."))
    if not extra.has_its_place:
        raise Refusal(_TOO_LATE)
    extra = _ask(order, extra, method)
    if extra.revision_id is not None:
        keep_waiting(order, extra.due_at)
    return extra


@transaction.atomic
def refuse_extra(extra: OrderExtra, *, actor: User) -> OrderExtra:
    """Let the buyer say no to a proposal, or give up an add-on that is not paid yet."""
    order = extra.order.locked()
    only(order.buyer, actor)
    extra = _waiting(order, extra)
    proposed = extra.proposed_by_id == order.expert_id
    _close(extra, State.REFUSED if proposed else State.WITHDRAWN)
    if proposed:
        _record(order, OrderEvent.Kind.EXTRA_REFUSED, extra, actor=actor)
    return extra


@transaction.atomic
def withdraw_extra(extra: OrderExtra, *, actor: User) -> OrderExtra:
    """Let the expert take a proposal back, until the buyer has accepted it."""
    order = extra.order.locked()
    only(order.expert, actor)
    extra = _waiting(order, extra)
    if extra.state != State.PROPOSED or extra.proposed_by_id != actor.pk:
        raise Refusal(_("The buyer is already paying for it. You can pay it back once it is paid."))
    _close(extra, State.WITHDRAWN)
    _record(order, OrderEvent.Kind.EXTRA_WITHDRAWN, extra, actor=actor)
    return extra


@transaction.atomic
def confirm_extra(extra: OrderExtra) -> OrderExtra:
    """Make a paid extra part of the order: its line, its total, its date. Safe to call twice.

    Money that comes when the order takes nothing more goes straight back to the buyer.
    """
    order = extra.order.locked()
    extra = _fresh(order, extra)
    payment = extra.payment
    if payment is None or extra.state in (State.PAID, State.REFUNDED):
        return extra
    hold = payment.hold
    if extra.state != State.UNPAID or not extra.has_its_place:
        if hold.state == EscrowHold.State.HELD:
            escrow.refund(hold, reason=LATE)
        if extra.is_open:
            _finish(extra, State.CLOSED)
        return extra
    now = clock.now()
    extra.state, extra.paid_at = State.PAID, now
    extra.save(update_fields=["state", "paid_at"])
    OrderLine.objects.create(
        order=order,
        extra=extra,
        title=extra.title,
        price_cents=extra.price_cents,
        days=extra.days,
        is_add_on=True,
        position=order.lines.count(),
    )
    order.total_cents += extra.price_cents
    order.extras_cents += extra.price_cents
    order.extras_net_cents += hold.net_cents
    _shift(order, extra.days)
    if extra.revision is not None:
        begin_round(order, extra.revision)
    order.schedule_reminders()
    order.save()
    _overtake(order, days=extra.days)
    round_ = {"round": extra.revision.round} if extra.revision is not None else {}
    _record(order, OrderEvent.Kind.EXTRA_PAID, extra, actor=order.buyer, net_cents=hold.net_cents, **round_)
    return extra


@transaction.atomic
def pay_back_extra(extra: OrderExtra, *, actor: User, reason: str = "") -> OrderExtra:
    """Let the expert give one extra back to the buyer while the work runs: it leaves the order with its price.

    Days it added stay with the expert; days it saved come back.
    """
    order = extra.order.locked()
    only(order.expert, actor)
    extra = _fresh(order, extra)
    if extra.state != State.PAID or order.state != Order.State.ACTIVE or extra.payment is None:
        raise Refusal(_("An extra can be paid back alone while the work runs."))
    hold = extra.payment.hold
    net_cents = hold.net_cents
    escrow.refund(hold, reason=reason or "extra paid back")
    _take_off(order, extra, net_cents, actor=actor, reason=reason.strip())
    return extra


def lose_extra(order: Order, extra: OrderExtra) -> None:
    """The buyer's bank took the price of one extra back: it leaves the locked order, which goes on without it."""
    commission = order.payment.terms.commission_on(extra.price_cents)
    _take_off(order, extra, extra.price_cents - commission.ttc)


def _take_off(
    order: Order, extra: OrderExtra, net_cents: int, *, actor: User | None = None, reason: str = ""
) -> None:
    _finish(extra, State.REFUNDED)
    order.lines.filter(extra=extra).delete()
    order.total_cents -= extra.price_cents
    order.extras_cents -= extra.price_cents
    order.extras_net_cents -= net_cents
    _shift(order, max(0, -extra.days))
    order.schedule_reminders()
    order.save()
    _overtake(order, days=max(0, -extra.days))
    _record(
        order,
        OrderEvent.Kind.EXTRA_REFUNDED,
        extra,
        actor=actor,
        refund_cents=extra.price_cents,
        reason=reason,
    )


@transaction.atomic
def await_extra_transfer(extra: OrderExtra) -> OrderExtra:
    """Give the money of an extra the days a bank needs. Safe to call twice."""
    order = extra.order.locked()
    extra = _fresh(order, extra)
    if extra.state == State.UNPAID and extra.payment is not None:
        extra.due_at = max(extra.due_at, extra.payment.expires_at)
        extra.save(update_fields=["due_at"])
        if extra.revision_id is not None:
            keep_waiting(order, extra.due_at)
    return extra


@transaction.atomic
def change_extra_method(extra: OrderExtra, *, actor: User, method: str) -> OrderExtra:
    """Let the buyer pay an extra in another way."""
    order = extra.order.locked()
    only(order.buyer, actor)
    extra = _waiting(order, extra)
    if extra.payment is None:
        raise Refusal(_("Accept this proposal before you pay it."))
    extra.payment = escrow.change_method(extra.payment, method)
    return extra


@transaction.atomic
def expire_extra(order: Order) -> Order:
    """End what was neither answered nor paid in time. Looks again under lock, so running twice changes nothing."""
    order = order.locked()
    extra = order.extras.open().filter(due_at__lte=clock.now()).first()  # type: ignore[attr-defined]
    if extra is None:
        return order
    if extra.payment is not None and extra.payment.state == Payment.State.RECEIVED:
        confirm_extra(extra)
        return order
    _close(extra, State.EXPIRED)
    _record(order, OrderEvent.Kind.EXTRA_EXPIRED, extra, by_expert=extra.proposed_by_id == order.expert_id)
    return order


def close_extras(order: Order) -> None:
    """End what waits because the order goes another way. The caller holds the order's lock."""
    for extra in order.extras.open().select_related("payment"):  # type: ignore[attr-defined]
        _close(extra, State.CLOSED)


def _refuse_unless_extendable(order: Order) -> None:
    if not order.takes_extras:
        raise Refusal(_TOO_LATE)


def _refuse_second(waiting: OrderExtra | None) -> None:
    if waiting is not None:
        raise Refusal(_("An extra already waits on this order. Pay or refuse it first."))


def _ask(order: Order, extra: OrderExtra, method: str) -> OrderExtra:
    """Ask for the price of an extra under the commission the order froze."""
    delay = order.timer("transfer_payment" if method == Payment.Method.TRANSFER else "card_payment")
    extra.due_at = clock.now() + delay
    extra.payment = escrow.request_payment(
        payer=order.buyer,
        payee=order.expert,
        amount_cents=extra.price_cents,
        terms=order.payment.terms,
        description=f"{extra.title} ({order.title})",
        reference=order.reference,
        method=method,
        expires_at=extra.due_at,
    )
    extra.state = State.UNPAID
    extra.save()
    return extra


def _shift(order: Order, days: int) -> None:
    """Move what is left of the delivery time; before the start, the time that will run."""
    if days and not order.is_started:
        whole = order.delivery_seconds + clock.in_seconds(timedelta(days=days))
        order.delivery_seconds = max(whole, clock.in_seconds(timedelta(days=1)))
    elif days and (due_at := moved(order, days)):
        order.due_at = due_at
    elif days > 0 and order.is_being_revised and order.revision_due_at:
        order.revision_due_at += timedelta(days=days)


def _overtake(order: Order, *, days: int) -> None:
    """Close the open request whose figures or date are no longer those that were read."""
    kinds = [ChangeRequest.Kind.SETTLEMENT, *([ChangeRequest.Kind.EXTENSION] if days else [])]
    order.changes.filter(kind__in=kinds).close()  # type: ignore[attr-defined]


def _fresh(order: Order, extra: OrderExtra) -> OrderExtra:
    found: OrderExtra = order.extras.select_related("payment", "revision").get(pk=extra.pk)
    found.order = order
    return found


def _waiting(order: Order, extra: OrderExtra) -> OrderExtra:
    extra = _fresh(order, extra)
    if not extra.is_open:
        raise Refusal(_("This extra no longer waits. Nothing was changed."))
    return extra


def _close(extra: OrderExtra, state: str) -> None:
    """End an extra that waits; whatever its payment brought, or brings too late, goes back."""
    payment = extra.payment
    if payment is not None:
        payment = payment.locked()
        if payment.state == Payment.State.RECEIVED:
            escrow.refund(payment.hold, reason=LATE)
        else:
            escrow.expire(payment)
    _finish(extra, state)


def _finish(extra: OrderExtra, state: str) -> None:
    extra.state, extra.closed_at = state, clock.now()
    extra.save(update_fields=["state", "closed_at"])


def _record(order: Order, kind: str, extra: OrderExtra, *, actor: User | None = None, **data: object) -> None:
    record(
        order,
        kind,
        actor=actor,
        extra=extra.title,
        amount_cents=extra.price_cents,
        days=extra.days,
        **data,
    )
