"""Freeze an order that two people disagree on, and settle it: the one door to its money in a dispute."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import format_money
from messaging import actions as messaging
from orders.actions import money
from orders.actions.claiming import HELD_BACK, keep_held, resolve_claim, uncleared
from orders.actions.slots import take_back
from orders.actions.work import close_waiting
from orders.models import Order, OrderEvent
from orders.models.money import payments_of, preview_split
from orders.outbox import record, write_deed
from payments import escrow, goodwill
from payments.rehearsal import Movement, rehearse


@transaction.atomic
def open_dispute(order: Order, *, actor: User) -> Order:
    """Freeze an order and its money until staff rule. Either party may."""
    order = order.locked()
    if actor.pk not in (order.buyer_id, order.expert_id):
        raise Refusal(_("Only the buyer or the expert can open a dispute."))
    if order.state == Order.State.ACTIVE and not order.is_started:
        raise Refusal(_("Work has not begun: this order can simply be cancelled or declined."))
    order.begin_dispute()
    order.schedule_reminders()
    order.save()
    close_waiting(order)
    money.freeze(order)
    record(order, OrderEvent.Kind.DISPUTED, actor=actor)
    return order


DATES = ("due_at", "revision_due_at", "acceptance_due_at", "question_at")
"""What stands still in a dispute, and moves by its length when it is withdrawn."""


def standing(order: Order) -> dict[str, Any]:
    """The state and dates of an order, to go back to (see ``withdraw_dispute``). Call it before it freezes."""
    dates = {name: moment.isoformat() for name in DATES if (moment := getattr(order, name))}
    held = {"held": uncleared(order)} if order.state == Order.State.COMPLETED else {}
    return {"state": order.state, "at": clock.now().isoformat(), **dates, **held}


@transaction.atomic
def withdraw_dispute(order: Order, *, actor: User, before: dict[str, Any]) -> Order:
    """Go back to where the order stood when it froze, each date moved by the time it was frozen."""
    order = order.locked()
    if order.state != Order.State.DISPUTED:
        raise Refusal(_("This dispute is over."))
    lasted = clock.now() - datetime.fromisoformat(before["at"])
    if before["state"] == Order.State.DELIVERED:
        order.go_on_checking()
    else:
        order.go_on()
    for name in DATES:
        setattr(order, name, datetime.fromisoformat(before[name]) + lasted if name in before else None)
    _let_go_on(order, OrderEvent.Kind.DISPUTE_WITHDRAWN, actor)
    return order


@transaction.atomic
def relaunch(order: Order, *, actor: User, due_at: datetime, reason: str) -> Order:
    """Let the work go on after a dispute, with a new date for what the expert owes. Staff decide it.

    Raises ``Refusal`` to anyone else, without a reason, and for a date that has passed or takes from the expert time
    the order gave for the first deliverable.
    """
    order = order.locked()
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if order.is_claimed:
        raise Refusal(_("This order was completed and paid out: it can be shared, not begun again."))
    if not reason.strip():
        raise Refusal(_("Give a reason: both parties will read it."))
    if due_at <= clock.now():
        raise Refusal(_("Choose a date that has not passed."))
    if (earliest := order.relaunchable_from) and due_at < earliest:
        raise Refusal(
            _("The order gives the expert until %(date)s: choose that day or a later one.")
            % {"date": clock.in_words(earliest)}
        )
    order.go_on()
    if order.first_delivered_at is None:
        order.due_at = due_at
    else:
        order.revision_due_at = due_at
    order.acceptance_due_at = order.question_at = None
    _let_go_on(order, OrderEvent.Kind.RELAUNCHED, actor, reason=reason.strip(), new_due_at=due_at.isoformat())
    return order


def _let_go_on(order: Order, kind: str, actor: User, **data: Any) -> None:
    take_back(order)
    order.schedule_reminders()
    money.unfreeze(order)
    order.save()
    order.changes.close()  # type: ignore[attr-defined]
    record(order, kind, actor=actor, **data)


def rehearse_settlement(order: Order, *, refund_cents: int) -> list[Movement]:
    """What ``settle`` would write in the ledger for so many cents back to the buyer; nothing stays. Takes the order's lock."""
    with transaction.atomic():
        order = order.locked()
        return rehearse(lambda: _share_out(order, refund_cents), payments_of(order))


def _share_out(order: Order, refund_cents: int) -> int:
    """So many cents to the buyer of a locked order, the rest to the expert. Returns the expert's net."""
    if order.is_claimed:
        return resolve_claim(order, refund_cents=refund_cents, reason="ruling")
    order.resolve()
    order.schedule_reminders()
    money.unfreeze(order)
    clearing = order.timer("clearing_manual")
    return money.pay_out(order, refund_cents=refund_cents, reason="ruling", clearing=clearing).net_cents


@transaction.atomic
def settle(order: Order, *, actor: User, refund_cents: int, reason: str, rights_pass: bool = True) -> Order:
    """Carry out a ruling: so many cents go back to the buyer, the rest to the expert less the commission.

    ``rights_pass``: whether the buyer of a shared amount gets the rights in what was delivered. An expert paid in full
    passes them on, a buyer paid back in full gets none.
    """
    order = order.locked()
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    if not 0 <= refund_cents <= order.total_cents:
        raise Refusal(
            _("The refund must lie between 0 and %(total)s.") % {"total": format_money(order.total_cents)}
        )
    if not reason.strip():
        raise Refusal(_("Give a reason: both parties will read it."))
    net_cents = _share_out(order, refund_cents)
    shared = 0 < refund_cents < order.total_cents
    delivered = order.first_delivered_at is not None
    order.rights_pass = delivered and (rights_pass if shared else refund_cents == 0)
    order.save()
    close_waiting(order)
    messaging.close(order.conversation)
    record(
        order,
        OrderEvent.Kind.RESOLVED,
        actor=actor,
        refund_cents=refund_cents,
        net_cents=net_cents,
        rights_pass=order.rights_pass,
        reason=reason.strip(),
    )
    if order.rights_pass:
        write_deed.delay_on_commit(order.pk)
    return order


@transaction.atomic
def hold_back(order: Order) -> bool:
    """Keep what the expert cannot withdraw yet out of reach while staff look at it; what has cleared stays theirs.

    Held for a while, and again by a sweep: nothing clears because nobody looked. Whether anything was moved.
    """
    order = order.locked()
    held = uncleared(order)
    if not held or min(held.values()) > (clock.now() + HELD_BACK / 2).isoformat():
        return False
    keep_held(order, held)
    return True


@transaction.atomic
def correct_ruling(order: Order, *, refund_cents: int, reference: str) -> Order:
    """Put a carried-out ruling right by new postings: what changes hands is the difference, and nothing is edited.

    More for the buyer comes back from the expert and our commission, in proportion. More for the expert is given by
    us: what a buyer was paid back is theirs. What the expert has is free to be withdrawn again.
    """
    order = order.locked()
    if order.state != Order.State.RESOLVED or order.refunded_cents is None:
        raise Refusal(_("There is no ruling to correct on this order."))
    if not 0 <= refund_cents <= order.total_cents:
        raise Refusal(
            _("The refund must lie between 0 and %(total)s.") % {"total": format_money(order.total_cents)}
        )
    more = refund_cents - order.refunded_cents
    earned = order.earned_cents or 0
    if more > 0:
        earned -= money.take_back(order, refund_cents=more, reason=reference)
    elif more < 0:
        net = preview_split(order, refund_cents=refund_cents).net_cents
        goodwill.compensate(order.expert_id, net - earned, reference=reference, subject=f"order:{order.pk}")
        earned = net
    order.refunded_cents, order.earned_cents = refund_cents, earned
    order.save(update_fields=["refunded_cents", "earned_cents"])
    held = uncleared(order)
    for payment in payments_of(order):
        if str(payment.pk) in held:
            escrow.hold_back(payment.hold, until=clock.now())
    return order
