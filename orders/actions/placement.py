"""From a click on an offer to money in escrow."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actions.consents import agree
from accounts.companies import buys_for, refuse_colleague
from accounts.models import Consent, ExpertProfile, User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.writing import draw, write
from messaging import actions as messaging
from messaging import pages
from messaging.models import Conversation, Page
from offers.models import AddOn, Offer
from orders.actions.checklist import join_files
from orders.actions.parties import only
from orders.actions.slots import SlotTaken, book, keep_slot, pay_before, refuse_transfer
from orders.actions.withdrawing import open_withdrawal
from orders.actions.work import stretched
from orders.models import BuyerDeclaration, Declared, Order, OrderEvent, OrderLine, OrderRequirement
from orders.models.deadlines import frozen
from orders.models.declarations import last_moment
from orders.models.requirements import freeze as freeze_checklist
from orders.outbox import announce, event_of, record
from orders.queries import placing
from payments import clawback, escrow
from payments.models import Payment, Refund
from payments.terms import CommissionTerms

CONFIRMED = (
    *("state", "paid_at", "payment_due_at", "start_due_at", "withdraw_until", "work_from"),
    *("reminders_sent", "next_reminder_at"),
)
"""What changes on an order when it is paid."""


class TermsChanged(Refusal):
    """The offer changed after the buyer read it: they must see it again before paying."""


@dataclass(frozen=True)
class Line:
    """A line of the price to come: cents, and days added or saved."""

    title: str
    price_cents: int
    days: int = 0
    is_add_on: bool = False


@dataclass(frozen=True)
class Preview:
    """What an order would cost and how long it would take."""

    lines: list[Line]
    total_cents: int
    delivery_days: int


def preview(offer: Offer, add_ons: Sequence[AddOn]) -> Preview:
    """Add up an offer and the chosen add-ons. Whatever is saved, a day at least remains."""
    lines = [
        Line(title=offer.title, price_cents=offer.price_cents, days=offer.delivery_days),
        *[Line(title=a.title, price_cents=a.price_cents, days=a.days, is_add_on=True) for a in add_ons],
    ]
    return Preview(
        lines=lines,
        total_cents=sum(line.price_cents for line in lines),
        delivery_days=max(1, sum(line.days for line in lines)),
    )


def place_order(
    *,
    buyer: User,
    offer: Offer,
    add_on_ids: Sequence[int],
    version: int,
    token: UUID,
    brief: str = "",
    billing: dict[str, Any] | None = None,
    method: str = Payment.Method.CARD,
    slot: datetime | None = None,
    zone: str = "",
    files: Sequence[UploadedFile] = (),
    declared: Declared | None = None,
) -> Order:
    """Place an order on terms the buyer has seen, to be paid before it comes alive.

    ``files`` that passed ``uploads.inspect`` go with a question, on the list of what the expert received.

    The same token gives the same order, so a double click places one. A call takes the ``slot`` chosen for it,
    which the buyer reads in ``zone``. Raises ``TermsChanged`` when the offer is no longer the version that was
    read, ``SlotTaken`` when the time is not free, ``Refusal`` when it cannot be ordered.
    """
    if known := placing.placed.rows(buyer.pk, token):
        return Order.objects.get(pk=known[0][0])
    try:
        return _place(
            buyer,
            offer,
            add_on_ids,
            version,
            token,
            brief,
            billing or {},
            method,
            slot,
            zone,
            files,
            declared,
        )
    except (IntegrityError, SlotTaken):  # the same click twice: the first one took the slot
        twin = Order.objects.filter(buyer=buyer, placement_token=token).first()
        if twin is None:
            raise
        return twin


@transaction.atomic
def _place(
    buyer: User,
    offer: Offer,
    add_on_ids: Sequence[int],
    version: int,
    token: UUID,
    brief: str,
    billing: dict[str, Any],
    method: str,
    slot: datetime | None,
    zone: str,
    files: Sequence[UploadedFile],
    declared: Declared | None,
) -> Order:
    offer = placing.ordered.get(offer.pk, buyer.pk)
    if offer.expert_id == buyer.pk:
        raise Refusal(_("You cannot order your own offer."))
    refuse_colleague(buyer, offer.expert)
    if offer.buyer_leaves:  # type: ignore[attr-defined]  # an annotation
        raise Refusal(_("You asked us to close your account: keep it first, then order."))
    if offer.lacks_hours:
        raise SlotTaken(_("This expert takes no calls at the moment. Nothing was charged."))
    if offer.is_full:
        raise Refusal(full_words(offer))
    if not offer.is_orderable:
        raise Refusal(_("This offer is not available at the moment. Nothing was charged."))
    if offer.version != version:
        raise TermsChanged(
            _("The expert has just changed this offer. Read it again before you pay; nothing was charged.")
        )
    offered = placing.add_ons.all(offer.pk)
    add_ons = [add_on for add_on in offered if add_on.pk in add_on_ids]
    if len(add_ons) != len(set(add_on_ids)):
        raise TermsChanged(_("One of the add-ons no longer exists. Check your choice; nothing was charged."))
    is_question = offer.kind == Offer.Kind.QUESTION
    if is_question and len(brief.strip()) > rules.MAX_QUESTION_LENGTH:
        raise Refusal(_("A question is one point: make it shorter."))
    order = draw_up(
        buyer=buyer,
        offer=offer,
        seen=preview(offer, add_ons),
        commission_bp=rules.COMMISSION_OFFER_BP,
        token=token,
        brief=brief,
        billing=billing,
        method=method,
        slot=slot,
        declared=declared,
        add_ons=offered,
    )
    if files and is_question:
        join_files(order, files, at=order.placed_at)
    if order.kind == Offer.Kind.CALL:
        if declared and declared.waits and slot is not None and slot < last_moment(order.placed_at):
            raise SlotTaken(
                _(
                    "This call comes before your 14 days are over: ask that it take place, or choose a later time."
                )
            )
        call = keep_slot(order, slot=slot, zone=zone)
        if method == Payment.Method.TRANSFER:
            refuse_transfer(call)
    return order


def full_words(offer: Offer) -> str:
    """Why an offer whose queue is full cannot be ordered."""
    return ngettext(
        "This expert takes %(n)s order of this offer at a time. It can be ordered again once the work under way is delivered; nothing was charged.",
        "This expert takes %(n)s orders of this offer at a time. It can be ordered again once one of them is delivered; nothing was charged.",
        offer.queue_limit or 1,
    ) % {"n": offer.queue_limit}


def draw_up(
    *,
    buyer: User,
    offer: Offer,
    seen: Preview,
    commission_bp: int,
    token: UUID,
    brief: str,
    billing: dict[str, Any],
    method: str,
    slot: datetime | None = None,
    timers: rules.OrderTimers = rules.ORDER_TIMERS,
    declared: Declared | None = None,
    add_ons: Sequence[AddOn] = (),
) -> Order:
    """Write an order on terms already judged, every one frozen, with the payment it waits for.

    ``add_ons``: all the offer has, for those not taken may still be bought while the work runs.
    Inside a transaction; the event that tells of it is recorded with it.
    """
    profile = offer.expert.expert_profile
    company = buys_for(buyer)
    vat_bp = rules.VAT_BP if profile.vat_regime == ExpertProfile.VatRegime.REGISTERED else 0
    now = clock.now()
    time_to_pay = timers.transfer_payment if method == Payment.Method.TRANSFER else timers.card_payment
    pay_until = now + time_to_pay
    if offer.kind == Offer.Kind.CALL and slot is not None:
        pay_until = pay_before(slot, pay_until)
    number, order_key, payment_key, conversation_key = draw("orders_number_seq", Order, Payment, Conversation)
    payment = escrow.payment_of(
        key=payment_key,
        payer=buyer,
        payee=offer.expert,
        amount_cents=seen.total_cents,
        terms=CommissionTerms(rate_bp=commission_bp, base="ttc", vat_bp=rules.VAT_BP, seller_vat_bp=vat_bp),
        description=offer.title,
        reference=f"J-{number}",
        method=method,
        expires_at=pay_until,
    )
    conversation, places = messaging.conversation_of(
        conversation_key,
        subject=offer.title,
        members=[buyer, offer.expert],
        buyer=buyer,
        company=company,
    )
    given = agree(buyer, Consent.Text.TERMS, source=Consent.Source.ORDER)
    in_french = buyer.language == pages.PREVAILS
    items = placing.requirements.all(offer.pk)
    order = Order(
        pk=order_key,
        number=number,
        buyer=buyer,
        expert=offer.expert,
        offer=offer,
        payment=payment,
        conversation=conversation,
        for_company=company,
        placement_token=token,
        offer_version=offer.version,
        terms_version=int(given.version) if in_french else pages.number_of(Page.TERMS, pages.PREVAILS),
        kind=offer.kind,
        title=offer.title,
        description=offer.description,
        includes=offer.includes,
        requirements=[need.label for need in items],
        opening_message=offer.opening_message,
        add_ons_offered=[
            {name: getattr(add_on, name) for name in ("title", "description", "price_cents", "days")}
            for add_on in add_ons
        ],
        rights=offer.ip_clause,
        rights_text=offer.ip_terms,
        call_minutes=offer.call_minutes,
        base_price_cents=offer.price_cents,
        total_cents=seen.total_cents,
        commission_bp=commission_bp,
        vat_regime=profile.vat_regime,
        vat_bp=vat_bp,
        delivery_seconds=clock.in_seconds(timedelta(days=seen.delivery_days)),
        revisions_included=offer.revisions_included,
        timers=frozen(timers),
        billing=billing,
        brief=brief.strip(),
        placed_at=now,
        payment_due_at=pay_until,
    )
    needs = [
        OrderRequirement(label=need.label, hint=need.hint, kind=need.kind, is_required=need.required)
        for need in items
    ]
    order.items_missing = sum(need.is_required for need in needs)
    order.schedule_reminders()
    freeze_checklist(order, needs, at=now)
    lines = [
        OrderLine(order=order, position=position, **asdict(line)) for position, line in enumerate(seen.lines)
    ]
    said = [] if declared is None else [BuyerDeclaration.of(order, declared, at=now)]
    placed = event_of(order, OrderEvent.Kind.PLACED, actor=buyer)
    write([payment, conversation, places, order, needs, lines, *said, placed])
    announce.delay_on_commit(placed.pk)
    return order


@transaction.atomic
def confirm_payment(order: Order) -> Order:
    """Bring a paid order to life: the conversation opens with the expert's message and the start timer runs.

    Money that arrives for an order that is gone goes back to the buyer. Safe to call twice.
    """
    order = placing.confirmed.get(order.pk)
    hold = placing.held.get(order.payment_id)
    if order.state == Order.State.CANCELLED:
        if hold.state == hold.State.HELD:
            escrow.refund(hold, reason="paid after the order was cancelled")
        return order
    if order.state != Order.State.PENDING_PAYMENT:
        return order
    order.confirm_payment()
    open_withdrawal(order)
    if order.paid_at and order.start_due_at:
        order.start_due_at = stretched(order.expert_id, order.paid_at, order.start_due_at)
    order.schedule_reminders()
    call = book(order)  # it saves the order with what the slot changes
    changed: list[tuple[Model, Sequence[str]]] = [] if call else [(order, CONFIRMED)]
    new: list[Model] = []
    if order.opening_message.strip():
        said = messaging.opening_of(order.conversation, author_id=order.expert_id, body=order.opening_message)
        new.append(said)
        changed.append((order.conversation, ["last_message_at"]))
    until = order.withdraw_until.isoformat() if order.withdraw_until else ""
    paid = event_of(order, OrderEvent.Kind.PAID, amount_cents=order.total_cents, withdraw_end_at=until)
    write([*new, paid], changed)
    announce.delay_on_commit(paid.pk)
    if call is not None:
        record(order, OrderEvent.Kind.CALL_BOOKED)
    return order


@transaction.atomic
def await_transfer(order: Order) -> Order:
    """Give a buyer who pays by bank transfer the days a bank needs. Safe to call twice."""
    order = order.locked()
    if order.state != Order.State.PENDING_PAYMENT:
        return order
    if order.events.filter(kind=OrderEvent.Kind.TRANSFER_AWAITED).exists():
        return order
    order.payment_due_at = order.placed_at + order.timer("transfer_payment")
    if call := order.booking:
        order.payment_due_at = pay_before(call.starts_at, order.payment_due_at)
    order.schedule_reminders()
    order.save()
    record(order, OrderEvent.Kind.TRANSFER_AWAITED)
    return order


@transaction.atomic
def note_declined_payment(order: Order) -> Order:
    """Remember that a bank said no; the buyer may try again until the time to pay runs out."""
    order = order.locked()
    if order.state == Order.State.PENDING_PAYMENT:
        record(order, OrderEvent.Kind.PAYMENT_DECLINED)
    return order


@transaction.atomic
def change_method(order: Order, *, actor: User, method: str) -> Order:
    """Let the buyer of an unpaid order choose another way to pay."""
    order = order.locked()
    only(order.buyer, actor)
    if order.state != Order.State.PENDING_PAYMENT:
        raise Refusal(_("This order no longer waits for a payment."))
    if method == Payment.Method.TRANSFER and (call := order.booking):
        refuse_transfer(call)
    order.payment = escrow.change_method(order.payment, method)
    return order


@transaction.atomic
def note_refund(order: Order, *, refund: Refund) -> Order:
    """Write down that the bank has taken a refund, once; what our team gave back by itself changes what was earned."""
    order = order.locked()
    refund_id = str(refund.public_id)
    if not order.events.filter(kind=OrderEvent.Kind.REFUNDED, data__refund_id=refund_id).exists():
        if refund.reason == clawback.BY_TEAM and order.refunded_cents is not None:
            net_cents = refund.amount_cents - refund.commission_back_cents
            order.refunded_cents += refund.amount_cents
            order.earned_cents = max(0, (order.earned_cents or 0) - net_cents)
            order.save(update_fields=["refunded_cents", "earned_cents"])
        record(order, OrderEvent.Kind.REFUNDED, refund_id=refund_id, amount_cents=refund.amount_cents)
    return order
