"""Everything the order room shows to one person, in a number of queries that no message adds to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel.compiled import Compiled
from marketplace.kernel.money import format_money, from_ttc
from messaging.models import Attachment
from offers.models import Offer
from orders.models import (
    CancellationRecord,
    Deliverable,
    Order,
    OrderEvent,
    OrderExtra,
    RevisionRequest,
)
from orders.models.pauses import may_pause
from orders.queries import calls, changes, elsewhere, extras, threads, waits, withdrawals
from orders.queries.rooms.shapes import Escrow, Line, Reviews, Room, Version
from orders.queries.steps import allowed, first_name, milestones, next_step
from orders.queries.threads import Entry, Window, file_rows
from payments.models import EscrowHold
from payments.queries import money_timeline

FILES_PAGE = 40


def room(order: Order, viewer: User, *, tab: str = "all", before: str = "", page: Any = 1) -> Room:
    """Gather an order room for its reader, who acts in the buyer's place where they are a colleague. ``order`` comes from ``room_orders``; at most ten more queries, whatever is in it."""
    reader, viewer = viewer, order.acting(viewer)
    side = order.party(viewer)
    other = order.expert if side == "buyer" else order.buyer
    versions = _versions(order)
    events = (_EVENTS_OF_COMPANY if order.for_company_id else _EVENTS).all(order.pk)
    for event in events:
        event.order = order
    asked = any(event.kind in threads.ASKED for event in events)
    requests = {request.round: request for request in order.revision_requests.all()} if asked else {}
    read_until: datetime | None = getattr(order, "other_last_read", None) if side != "staff" else None
    everything = max((event.pk for event in events), default=0)
    standing = max((event.pk for event in events if event.kind not in threads.QUIET), default=0)

    window, entries, files = Window([]), list[Entry](), None
    if tab == "files":
        attachments = Attachment.objects.filter(message__conversation=order.conversation_id)
        files = Paginator(
            attachments.select_related("message__author").order_by("-message__created_at", "-pk"), FILES_PAGE
        ).get_page(page)
    else:
        window = threads.window(order, before=before)
        entries = threads.entries(
            order,
            side,
            reader,
            window,
            events if tab == "all" else [],
            files_of={version.number: version.files for version in versions},
            requests=requests,
            read_until=read_until,
        )
    last_word = max((event.created_at for event in events if _is_news(event, viewer)), default=None)
    seen: datetime | None = getattr(order, "my_last_read", None)
    added = extras.extras_of(order) if order.has_extras else []  # type: ignore[attr-defined]
    hold = extras.held(order, added)
    change = changes.asked(order, viewer)
    lines = [Line(**row) for row in order.line_rows]  # type: ignore[attr-defined]
    waiting = extras.waiting(order, added, viewer)
    written: CancellationRecord | None = getattr(order, "cancellation_record", None)
    needs, stops = waits.needs_of(order), waits.stops_of(order)
    pending = _pending(order, requests)
    acts = _acts(order, side, change, needs, stops, pending)
    proposal = _proposal(order, events)
    add_ons = extras.choices(order, [line.title for line in lines]) if "add_extra" in acts else []
    return Room(
        order=order,
        side=side,
        reader=viewer,
        other=other,
        other_name=first_name(other),
        step=next_step(order, side),
        acts=_one_extra_at_a_time(acts, waiting, add_ons),
        milestones=milestones(order, brief_at=_when(events, OrderEvent.Kind.BRIEF_COMPLETED)),
        lines=lines,
        price=from_ttc(order.total_cents, order.vat_bp),
        refunded_cents=hold.refunded_cents if hold else 0,
        commission_cents=hold.commission_cents if hold else order.total_cents - order.net_cents,
        net_cents=hold.net_cents if hold else order.net_cents,
        latest=versions[-1] if versions else None,
        earlier=versions[-2::-1],
        request=pending,
        reason=_reason(order, events, side),
        proposal=proposal,
        elsewhere=elsewhere.other_experts(order, side, proposal=proposal),
        reviews=_reviews(order, side, viewer),
        entries=entries,
        window=window,
        tab=tab,
        files=files,
        file_count=order.attachment_count + sum(len(version.files) for version in versions),  # type: ignore[attr-defined]
        token=threads.as_token(everything, read_until),
        standing=str(standing),
        money=money_timeline(extras.payments(order, added), viewer=side) if order.paid_at else [],  # type: ignore[arg-type]
        escrow=_escrow(order, hold, side),
        dispute=order.disputes.order_by("-pk").first() if order.disputed_at else None,
        needs=needs,
        stop=stops[-1] if order.is_paused and stops else None,
        change=change,
        waiting=waiting,
        extras=[extra for extra in added if extra.state == OrderExtra.State.PAID],
        add_ons=add_ons,
        call=calls.seen(order, viewer),
        right=withdrawals.seen(order),
        record=written,
        may_judge=_may_judge(written, side, viewer),
        deed=getattr(order, "deed", None),
        looks_elsewhere=side == "buyer" and order.was_let_down,
        can_order_again=(
            side == "buyer"
            and order.state in Order.CLOSED
            and not order.was_let_down
            and order.offer.status == Offer.Status.PUBLISHED
            and order.expert.expert_profile.may_sell
        ),
        is_open=order.conversation.is_open and order.paid_at is not None,
        seen_until=max(
            [event.created_at for event in events] + [message.created_at for message in window.messages],
            default=None,
        ),
        has_unread=last_word is not None and side != "staff" and (seen is None or last_word > seen),
    )


_EVENTS = Compiled(lambda pk: OrderEvent.objects.filter(order=pk))
_EVENTS_OF_COMPANY = Compiled(lambda pk: OrderEvent.objects.filter(order=pk).select_related("hand"))


def _versions(order: Order) -> list[Version]:
    if order.first_delivered_at is None:
        return []
    found: Iterable[Deliverable] = order.deliverables.prefetch_related("files").order_by("version")
    return [Version(item.version, item.note, item.created_at, file_rows(item.files.all())) for item in found]


def _reviews(order: Order, side: str, viewer: User) -> Reviews:
    """One query for an order that ended, none before."""
    if order.ended_at is None:
        return Reviews()
    written = list(order.reviews.select_related("author", "subject").order_by("created_at", "pk"))
    for review in written:
        review.order = order
    mine = next((review for review in written if review.author_id == viewer.pk), None)
    read = [review for review in written if review.is_read]
    open_ = "review" in allowed(order, side)
    return Reviews(
        mine=mine,
        shown=written if side == "staff" else [r for r in written if r in read or r == mine],
        other_wrote=any(not review.is_published and review != mine for review in written),
        until=order.reviewable_until,
        may_write=open_ and mine is None,
        may_change=mine is not None and mine.is_changeable,
        to_answer=next((r for r in read if r.subject_id == viewer.pk and r.replied_at is None), None),
    )


def _is_news(event: OrderEvent, viewer: User) -> bool:
    """Whether an event may have put an unread message in the thread."""
    return event.kind in (OrderEvent.Kind.MESSAGE, OrderEvent.Kind.PAID) and event.actor_id != viewer.pk


def _acts(
    order: Order,
    side: str,
    change: changes.Asked | None,
    needs: list[waits.Need],
    stops: list[waits.Stop],
    pending: RevisionRequest | None,
) -> frozenset[str]:
    """The acts open to a side, knowing also what waits on the order."""
    acts = set(allowed(order, side))
    if change:
        acts -= changes.ONE_AT_A_TIME
    if needs and "brief" in acts:
        acts |= {"supply"}
    if side == "expert" and may_pause(order, stops):
        acts |= {"pause"}
    if pending and pending.state == RevisionRequest.State.OPEN:
        acts -= {"revise"}
        if side == "expert":
            acts |= {"refuse"}
    return frozenset(acts)


def _pending(order: Order, requests: dict[int, RevisionRequest]) -> RevisionRequest | None:
    """The revision under way, the one that waits for an answer, or the refused one the buyer has to decide after."""
    last = requests.get(max(requests, default=0))
    if last is None or order.state not in (Order.State.ACTIVE, Order.State.DELIVERED):
        return None
    if order.is_being_revised or last.state == RevisionRequest.State.OPEN or order.revision_refused_at:
        return last
    return None


def _when(events: Sequence[OrderEvent], kind: str) -> datetime | None:
    return max((event.created_at for event in events if event.kind == kind), default=None)


def _reason(order: Order, events: Sequence[OrderEvent], side: str) -> str:
    """The words both parties read under a cancelled or settled order; a question that waits for its expert."""
    if order.state == Order.State.CANCELLED:
        return order.cancel_reason
    if order.state == Order.State.RESOLVED:
        return next(
            (event.data.get("reason", "") for event in events if event.kind == OrderEvent.Kind.RESOLVED), ""
        )
    if order.state == Order.State.DELIVERED and order.question_at and side == "expert":
        asked = [event for event in events if event.kind == OrderEvent.Kind.QUESTION_ASKED]
        return str(max(asked, key=lambda event: event.pk).data.get("excerpt", "")) if asked else ""
    return ""


def _proposal(order: Order, events: Sequence[OrderEvent]) -> str:
    if order.cancel_cause != Order.CancelCause.DECLINED:
        return ""
    told = (event.data.get("proposal") for event in events if event.kind == OrderEvent.Kind.CANCELLED)
    return next((reverse("invitation", args=[public_id]) for public_id in told if public_id), "")


def _may_judge(written: CancellationRecord | None, side: str, viewer: User) -> bool:
    if written is None or side == "staff":
        return False
    if written.subject_id == viewer.pk:
        return written.amended_at is not None and written.replied_at is None
    return written.is_amendable


def _one_extra_at_a_time(
    acts: frozenset[str], waiting: extras.Waiting | None, add_ons: list[extras.AddOnRow]
) -> frozenset[str]:
    """Nothing more is added while an extra waits; nothing is chosen when everything is taken."""
    if waiting is not None:
        return acts - {"add_extra", "propose_extra"}
    return acts if add_ons else acts - {"add_extra"}


def _escrow(order: Order, hold: extras.Held | None, side: str) -> Escrow | None:
    """Where the buyer's money is now; nothing before it came."""
    if hold is None:
        return None
    total, expert = format_money(hold.amount_cents), first_name(order.expert)
    if hold.state == EscrowHold.State.HELD:
        title = _("%(amount)s held until approval.") % {"amount": total}
        if side == "expert":
            return Escrow(
                title,
                _("%(net)s are paid to you once the buyer approves.") % {"net": format_money(hold.net_cents)},
            )
        return Escrow(
            title, _("Paid to %(expert)s once you approve.") % {"expert": expert} if side == "buyer" else ""
        )
    if hold.state == EscrowHold.State.FROZEN and order.state != Order.State.DISPUTED:
        return Escrow(
            _("%(amount)s frozen.") % {"amount": total},
            _("Nothing moves until the buyer's bank has decided."),
        )
    if hold.state == EscrowHold.State.FROZEN:
        return Escrow(
            _("%(amount)s frozen.") % {"amount": total}, _("Nothing moves until our team has decided.")
        )
    if hold.state == EscrowHold.State.RELEASED:
        if side == "expert":
            return Escrow(_("%(net)s credited to your balance.") % {"net": format_money(hold.net_cents)}, "")
        return Escrow(
            _("%(amount)s released.") % {"amount": total}, _("%(expert)s is paid.") % {"expert": expert}
        )
    if hold.state == EscrowHold.State.REFUNDED:
        return Escrow(_("%(amount)s paid back to the buyer.") % {"amount": total}, "")
    part = hold.net_cents if side == "expert" else hold.released_cents
    return Escrow(
        _("%(refund)s paid back, %(part)s to the expert.")
        % {"refund": format_money(hold.refunded_cents), "part": format_money(part)},
        "",
    )
