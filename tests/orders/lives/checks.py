"""What holds of an order at every moment of its life, whoever acted last. Each check takes the order as it is now."""

from collections.abc import Callable
from datetime import timedelta

from accounts.models import BuyerProfile, ExpertProfile
from marketplace.kernel import clock
from orders.models import BuyerDeclaration, CancellationRecord, Order, OrderEvent, Review
from orders.models.money import payments_of
from payments import ledger
from payments.models import Earning, EscrowHold, Payment

State = Order.State
Kind = OrderEvent.Kind
Check = Callable[[Order], None]

WITHOUT_A_PERSON = {
    Kind.PAID,
    Kind.CANCELLED,
    Kind.DELIVERY_ACCEPTED,
    Kind.REVISION_ACCEPTED,
    Kind.REVISION_REFUSED,
}
"""The events by which the gateway or the clock changes a state; nobody else does without a name."""
SILENCES = {"unpaid", "not_started", "buyer_silent", "unanswered", "expert_away", "agreed"}
"""The causes for which the clock cancels."""


def load(pk: int) -> Order:
    """The order as the database has it now, with what most checks read."""
    return Order.objects.select_related("payment", "call", "offer", "buyer", "expert").get(pk=pk)


def the_ledger_is_clean(order: Order) -> None:
    assert ledger.audit() == []


def every_cent_is_somewhere(order: Order) -> None:
    """Those of extras too: what ends the order decides on all its money, and what left it alone went back."""
    if order.paid_at is None:
        assert not Earning.objects.exists()
        return
    holds = [payment.hold for payment in payments_of(order)]
    refunded = sum(hold.refunded_cents for hold in holds)
    released = sum(hold.released_cents for hold in holds)
    assert sum(hold.amount_cents for hold in holds) == order.total_cents
    taken = sum(hold.clawed_back_cents for hold in holds)
    for hold in holds:
        given = sum(hold.refunds.values_list("amount_cents", flat=True))
        assert given == hold.refunded_cents + hold.clawed_back_cents
    if order.state in Order.CLOSED or order.is_claimed:
        assert refunded + released == order.total_cents
        assert order.refunded_cents == refunded + taken
        earnings = Earning.objects.values_list("net_cents", "returned_cents")
        assert order.earned_cents == sum(net - returned for net, returned in earnings)
    else:
        assert refunded == released == 0
        assert {hold.state for hold in holds} == {"frozen" if order.state == State.DISPUTED else "held"}
    left = EscrowHold.objects.exclude(pk__in=[hold.pk for hold in holds])
    assert all(hold.state == EscrowHold.State.REFUNDED for hold in left)


def what_was_promised_never_changes(order: Order, promised: dict[str, object]) -> None:
    """Commission lines and frozen terms, compared with what stood when they were first seen."""
    lines = {
        f"earning {pk}": cents
        for pk, *cents in Earning.objects.values_list("pk", "commission_cents", "net_cents")
    }
    terms = {
        f"terms {pk}": terms
        for pk, *terms in Payment.objects.values_list("pk", "commission_bp", "amount_cents")
    }
    frozen = {name: getattr(order, name) for name in ("timers", "commission_bp", "rights", "vat_bp", "title")}
    for name, value in (lines | terms | frozen).items():
        assert promised.setdefault(name, value) == value, name


def a_request_waits_only_while_there_is_something_to_agree_on(order: Order) -> None:
    open_requests = list(order.changes.open())
    assert len(open_requests) <= 1
    for change in open_requests:
        assert order.may_be_agreed_on
        assert change.kind != "extension" or order.countdown_runs
        assert change.answer_due_at > clock.now()


def an_extra_waits_only_while_the_work_runs(order: Order) -> None:
    extras = list(order.extras.all())
    waiting = [extra for extra in extras if extra.is_open]
    assert len(waiting) <= 1
    for extra in waiting:
        assert order.state == State.DELIVERED if extra.revision_id else order.takes_extras
    assert order.extras_cents == sum(extra.price_cents for extra in extras if extra.state == "paid")
    assert order.total_cents == sum(line.price_cents for line in order.lines.all())


def a_pause_stands_only_while_the_first_deliverable_is_awaited(order: Order) -> None:
    assert order.is_paused == order.pauses.open().exists() == (order.pause_due_at is not None)
    if order.is_paused:
        assert order.state == State.ACTIVE
        assert order.first_delivered_at is None
        assert not order.is_late
    if order.started_at and order.kind == "job" and not order.extras.exists():
        assert order.due_at >= order.started_at + timedelta(seconds=order.delivery_seconds)
    if order.kind == "question":
        assert order.pauses.filter(before_start=False).count() <= 1


def rounds_are_counted_and_an_open_revision_has_its_place(order: Order) -> None:
    requests = list(order.revision_requests.all())
    waiting = [request for request in requests if request.state == "open"]
    assert len(waiting) <= 1
    for request in waiting:
        assert order.state == (State.DELIVERED if request.is_extra else State.ACTIVE)
    taken = [r for r in requests if not r.is_incomplete and (r.state != "refused")]
    taken = [r for r in taken if not (r.is_extra and r.state != "accepted")]
    assert order.revision_round == len(taken) <= order.revisions_included + order.extra_rounds
    assert order.revisions_included >= 1
    handed = order.deliverables.count()
    assert order.delivered_count == handed + (order.kind == "call" and _went_without_a_summary(order))


def _went_without_a_summary(order: Order) -> bool:
    """A call the buyer gave up too late, or missed: paid, though nothing was written."""
    return order.completed_at is not None and not order.deliverables.exists()


def a_call_keeps_its_slot_while_it_lives(order: Order) -> None:
    call = order.booking
    assert (call is not None) == (order.kind == "call")
    if call is None:
        return
    assert (call.state == "kept") == (order.state == State.PENDING_PAYMENT)
    first = order.state == State.ACTIVE and order.first_delivered_at is None and not order.disputed_at
    if first and not order.events.filter(kind=Kind.DISPUTED).exists():
        assert call.is_booked
    assert not call.is_booked or order.state == State.ACTIVE
    assert call.blocked.lower == call.starts_at
    assert call.moved_by_buyer <= 2
    moves = list(call.moves.filter(state="open"))
    assert len(moves) <= 1
    assert all(call.is_booked and move.answer_due_at <= call.starts_at for move in moves)
    if call.absence_due_at:
        assert call.is_booked
        assert call.absent
        assert order.due_at >= call.absence_due_at


def a_settlement_says_what_it_did(order: Order) -> None:
    if order.cancel_cause == Order.CancelCause.SETTLED:
        said = order.events.get(kind=Kind.CANCELLED).data
        agreed = order.changes.get(state="accepted", kind="settlement")
        earnings = list(Earning.objects.all())
        assert said["refund_cents"] == agreed.refund_cents == order.refunded_cents
        assert said["net_cents"] == sum(earning.net_cents for earning in earnings)
        kept = sum(earning.commission_cents for earning in earnings)
        assert said["refund_cents"] + said["net_cents"] + kept == order.total_cents


def averages_count_each_published_review_once(order: Order) -> None:
    published = list(Review.objects.filter(published_at__isnull=False))
    for row, about in (
        (order.offer, "expert"),
        (ExpertProfile.objects.get(user=order.expert_id), "expert"),
        (BuyerProfile.objects.get(user=order.buyer_id), "buyer"),
    ):
        ratings = [review.rating for review in published if review.about == about]
        assert (row.rating_count, row.rating_sum) == (len(ratings), sum(ratings))


def nobody_reads_a_review_before_its_time(order: Order) -> None:
    written = list(Review.objects.all())
    if order.ended_at is None and order.completed_at is None:
        assert written == []
    if len(written) == 2:
        assert all(review.is_published for review in written)
    for review in written:
        if review.is_published and len(written) == 1:
            assert review.published_at >= review.publish_due_at


def no_order_rests_without_a_person_or_a_timer(order: Order) -> None:
    waits = {
        State.PENDING_PAYMENT: order.payment_due_at,
        State.ACTIVE: order.due_at if order.is_started else order.start_due_at,
        State.DELIVERED: order.acceptance_due_at,
        State.DISPUTED: "staff",
    }
    assert order.state in Order.CLOSED or waits[order.state] is not None


def every_change_of_state_was_recorded_with_who_when_and_why(order: Order) -> None:
    before = ""
    for event in order.events.order_by("pk"):
        if event.state != before and event.actor_id is None:
            assert event.kind in WITHOUT_A_PERSON, event.kind
            if event.kind == Kind.CANCELLED:
                assert event.data["cause"] in SILENCES
            if event.kind == Kind.DELIVERY_ACCEPTED:
                assert event.data["automatic"]
        if event.kind == Kind.CANCELLED:
            assert event.data["cause"] == order.cancel_cause
        if event.kind in (Kind.RESOLVED, Kind.RELAUNCHED):
            assert event.data.get("reason") or event.data.get("agreed")
        assert event.created_at
        before = event.state
    assert before == order.state


def who_cancelled_is_known_once(order: Order) -> None:
    """A cancellation is on one profile at most, and only of an order that was cancelled."""
    records = list(CancellationRecord.objects.values_list("order_id", flat=True))
    assert len(records) <= 1
    assert not records or order.state == State.CANCELLED


def a_withdrawal_is_counted_to_the_cent_and_marks_nobody(order: Order) -> None:
    """And the work of a buyer who keeps their fourteen days begins after them."""
    declared = BuyerDeclaration.objects.filter(order=order).first()
    withdrew = order.cancel_cause == Order.CancelCause.WITHDRAWN
    assert withdrew == (declared is not None and declared.withdrawn_at is not None)
    if declared and withdrew:
        assert declared.may_withdraw
        assert declared.withdrawn_at < order.withdraw_until
        assert declared.refund_cents == order.refunded_cents
        assert declared.refund_cents + declared.kept_cents == order.total_cents
        assert declared.at_once or declared.kept_cents == 0
        assert not CancellationRecord.objects.exists()
    if order.work_from and order.started_at:
        assert order.started_at >= order.work_from


CHECKS: tuple[Check, ...] = (
    the_ledger_is_clean,
    every_cent_is_somewhere,
    a_request_waits_only_while_there_is_something_to_agree_on,
    an_extra_waits_only_while_the_work_runs,
    a_pause_stands_only_while_the_first_deliverable_is_awaited,
    rounds_are_counted_and_an_open_revision_has_its_place,
    a_call_keeps_its_slot_while_it_lives,
    a_settlement_says_what_it_did,
    a_withdrawal_is_counted_to_the_cent_and_marks_nobody,
    averages_count_each_published_review_once,
    nobody_reads_a_review_before_its_time,
    no_order_rests_without_a_person_or_a_timer,
    every_change_of_state_was_recorded_with_who_when_and_why,
    who_cancelled_is_known_once,
)
