"""A custom request from its first line to an order: asked, shown to a few experts, negotiated, chosen.

Locks are taken in this order: the request, then the invitation.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.companies import buys_for, refuse_colleague
from accounts.models import ClosureRequest, User
from marketplace.kernel import clock, rules, uploads
from marketplace.kernel.errors import Refusal
from offers.models import Category, Offer
from orders.actions.placement import Line, Preview, TermsChanged, draw_up
from orders.models import (
    CustomRequest,
    Declared,
    Invitation,
    Order,
    OrderEvent,
    OrderRequirement,
    RequestFile,
    RequirementFile,
    Terms,
)
from orders.notifications.requests import tell_buyer, tell_expert, tell_staff
from orders.outbox import record
from orders.queries import matching


@transaction.atomic
def ask(
    *,
    buyer: User,
    category: Category,
    title: str,
    need: str,
    budget_cents: int,
    wanted_on: date,
    is_confidential: bool = False,
    files: Sequence[UploadedFile] = (),
) -> CustomRequest:
    """Hand a need to our team. Files must have passed ``uploads.inspect``.

    Raises ``Refusal`` for a budget outside the limits of an order, a date that is not in the future, or too many
    requests waiting at once.
    """
    buyer = User.objects.select_for_update().get(pk=buyer.pk)
    company = buys_for(buyer)
    now = clock.now()
    if not rules.MIN_PRICE_CENTS <= budget_cents <= rules.MAX_PRICE_CENTS:
        raise Refusal(_("This budget is outside the limits of an order."))
    if wanted_on <= timezone.localdate(now):
        raise Refusal(_("Choose a date in the future."))
    if CustomRequest.objects.waiting().filter(buyer=buyer).count() >= rules.REQUESTS.max_waiting:
        raise Refusal(_("You already have several requests waiting: choose or withdraw one first."))
    request = CustomRequest.objects.create(
        buyer=buyer,
        for_company=company,
        category=category,
        title=title.strip(),
        need=need.strip(),
        budget_cents=budget_cents,
        wanted_on=wanted_on,
        is_confidential=is_confidential,
        created_at=now,
        expires_at=now + rules.REQUESTS.lasts,
    )
    for upload in files:
        seen = uploads.inspect(upload)
        RequestFile.objects.create(
            request=request, file=upload, name=seen.name, content_type=seen.content_type, size=seen.size
        )
    tell_staff(request, "custom_request_received", key=f"request:{request.pk}:received")
    return request


@transaction.atomic
def invite(request: CustomRequest, *, actor: User, experts: Iterable[User]) -> list[Invitation]:
    """Bring a request to experts our team chose, each with the buyer's own terms as the first version.

    Inviting someone twice changes nothing. Raises ``Refusal`` when the request is over, or an expert may not sell.
    """
    if not actor.is_staff:
        raise Refusal(_("Only our team can do this."))
    request = request.locked()
    _only_waiting(request)
    now = clock.now()
    why = {item.profile.user_id: item.reasons for item in matching.suggestions(request, limit=1_000)}
    made = []
    for expert in experts:
        if expert.pk == request.buyer_id or not expert.is_expert or not expert.expert_profile.may_sell:
            raise Refusal(
                _("%(expert)s takes no new business at the moment.") % {"expert": expert.display_name}
            )
        if request.invitations.filter(expert=expert).exists():
            continue
        refuse_colleague(request.buyer, expert)
        invitation = Invitation(
            request=request, expert=expert, reasons=why.get(expert.pk, []), invited_at=now
        )
        _await_expert(invitation)
        invitation.save()
        Terms.objects.create(
            invitation=invitation,
            number=1,
            author=request.buyer,
            price_cents=request.budget_cents,
            delivery_days=min(request.days_left(timezone.localdate(now)), rules.MAX_DELIVERY_DAYS),
            revisions=rules.MIN_REVISIONS,
            scope=request.need,
            created_at=now,
        )
        tell_expert(invitation, "invitation_received", key=f"invitation:{invitation.pk}:received")
        made.append(invitation)
    if made and request.state == CustomRequest.State.SUBMITTED:
        request.state = CustomRequest.State.OPEN
        request.save(update_fields=["state"])
    return made


@transaction.atomic
def accept_terms(invitation: Invitation, *, actor: User, number: int) -> Terms:
    """Let the expert stand by the buyer's terms, if they are still the current ones. Twice changes nothing."""
    invitation, request = _locked(invitation)
    if actor.pk != invitation.expert_id:
        raise Refusal(_("Only the expert invited can do this."))
    _only_live(invitation, request)
    _only_able(actor)
    terms = _current(invitation, number)
    if terms.expert_agreed_at is not None:
        return terms
    terms.expert_agreed_at = clock.now()
    terms.save(update_fields=["expert_agreed_at"])
    _await_buyer(invitation)
    _tell_proposal(invitation, terms)
    return terms


@transaction.atomic
def counter(
    invitation: Invitation,
    *,
    actor: User,
    number: int,
    price_cents: int,
    delivery_days: int,
    revisions: int,
    scope: str,
    note: str = "",
) -> Terms:
    """Write the next version of the terms, from either side, over the current one the writer has read.

    What an expert writes binds them; what the buyer writes waits for the expert's agreement.
    """
    invitation, request = _locked(invitation)
    if actor.pk not in (invitation.expert_id, request.buyer_id):
        raise Refusal(_("Only the buyer and the expert can do this."))
    _only_live(invitation, request)
    by_expert = actor.pk == invitation.expert_id
    if by_expert:
        _only_able(actor)
    seen = _current(invitation, number)
    if seen.number >= rules.REQUESTS.max_versions:
        raise Refusal(_("You have exchanged many versions: accept one, or end the negotiation."))
    refuse_terms(price_cents, delivery_days, revisions, scope)
    now = clock.now()
    terms = Terms.objects.create(
        invitation=invitation,
        number=seen.number + 1,
        author=actor.hand or actor,
        price_cents=price_cents,
        delivery_days=delivery_days,
        revisions=revisions,
        scope=scope.strip(),
        note=note.strip(),
        created_at=now,
        expert_agreed_at=now if by_expert else None,
    )
    if by_expert:
        _await_buyer(invitation)
        _tell_proposal(invitation, terms)
    else:
        _await_expert(invitation)
        invitation.save()
        tell_expert(
            invitation,
            "counter_received",
            key=f"terms:{terms.pk}",
            price_cents=terms.price_cents,
            days=terms.delivery_days,
        )
    return terms


@transaction.atomic
def decline_invitation(invitation: Invitation, *, actor: User) -> Invitation:
    """Let an expert say no, before or after a proposal, without penalty. Twice changes nothing."""
    invitation, request = _locked(invitation)
    if actor.pk != invitation.expert_id:
        raise Refusal(_("Only the expert invited can do this."))
    if invitation.state == Invitation.State.DECLINED:
        return invitation
    _only_live(invitation, request)
    had_proposed = invitation.versions.filter(expert_agreed_at__isnull=False).exists()
    _end(invitation, Invitation.State.DECLINED)
    _tell_if_nobody_is_left(request, invitation)
    if had_proposed:
        tell_buyer(
            request,
            "invitation_declined",
            key=f"invitation:{invitation.pk}:declined",
            expert=invitation.expert.display_name,
        )
    return invitation


@transaction.atomic
def choose(
    invitation: Invitation,
    *,
    buyer: User,
    number: int,
    token: UUID,
    billing: dict[str, Any],
    method: str,
    declared: Declared | None = None,
) -> Order:
    """Place the order on the terms the buyer has just read; the other experts are told in the same transaction.

    The same token gives the same order. Raises ``TermsChanged`` when newer terms exist, ``Refusal`` when the expert
    does not stand by these, or when the request is over.
    """
    invitation, request = _locked(invitation)
    if not request.holds(buyer):
        raise Refusal(_("Only the buyer can do this."))
    if request.order is not None and request.order.placement_token == token:
        return request.order
    _only_live(invitation, request)
    if ClosureRequest.objects.open().filter(user=buyer).exists():
        raise Refusal(_("You asked us to close your account: keep it first, then order."))
    terms = _current(invitation, number)
    if not terms.may_be_chosen:
        raise Refusal(_("The expert has not accepted these terms yet. Nothing was charged."))
    if not invitation.expert.expert_profile.may_sell:
        raise Refusal(_("This expert takes no new business at the moment. Nothing was charged."))
    order = _order(request, invitation, terms, buyer, token, billing, method, declared)
    request.state, request.order, request.closed_at = CustomRequest.State.AGREED, order, clock.now()
    request.save(update_fields=["state", "order", "closed_at"])
    _end(invitation, Invitation.State.CHOSEN)
    tell_expert(invitation, "proposal_chosen", key=f"invitation:{invitation.pk}:chosen")
    _close_others(request, "proposal_not_chosen")
    return order


@transaction.atomic
def withdraw_request(request: CustomRequest, *, actor: User) -> CustomRequest:
    """Let the buyer give a request up before any agreement; every expert still at work is told."""
    request = request.locked()
    if actor.pk != request.buyer_id:
        raise Refusal(_("Only the buyer can do this."))
    if request.state == CustomRequest.State.WITHDRAWN:
        return request
    _only_waiting(request)
    _finish(request, CustomRequest.State.WITHDRAWN)
    _close_others(request, "custom_request_withdrawn")
    return request


@transaction.atomic
def expire_request_for_good(request: CustomRequest) -> bool:
    """End a request whose time is over without an agreement, and tell everyone."""
    request = request.locked()
    if not request.is_waiting or request.expires_at > clock.now():
        return False
    _finish(request, CustomRequest.State.EXPIRED)
    tell_buyer(request, "custom_request_expired", key=f"request:{request.pk}:expired")
    _close_others(request, "custom_request_expired")
    return True


@transaction.atomic
def lapse(invitation: Invitation) -> bool:
    """Close an invitation its expert left unanswered, without penalty: our team may invite someone else."""
    invitation, request = _locked(invitation)
    due = invitation.answer_due_at
    if not invitation.is_open or due is None or due > clock.now():
        return False
    _end(invitation, Invitation.State.LAPSED)
    _tell_if_nobody_is_left(request, invitation)
    return True


@transaction.atomic
def remind_expert(invitation: Invitation) -> bool:
    """Remind an expert of an invitation, once for each set of terms."""
    invitation, _request = _locked(invitation)
    if not invitation.is_open or invitation.remind_at is None:
        return False
    invitation.remind_at = None
    invitation.save(update_fields=["remind_at"])
    tell_expert(
        invitation,
        "reminder_invitation",
        key=f"invitation:{invitation.pk}:remind:{invitation.current.number}",
    )
    return True


@transaction.atomic
def alarm_request(request: CustomRequest, days: int) -> bool:
    """Alarm our team about a request that nobody agreed to for so many days. Once each step."""
    request = request.locked()
    if not request.is_waiting or request.alarmed_days >= days or _proposals(request):
        return False
    request.alarmed_days = days
    request.save(update_fields=["alarmed_days"])
    tell_staff(request, "custom_request_alarm", key=f"request:{request.pk}:alarm:{days}", days=days)
    return True


@transaction.atomic
def remind_buyer(request: CustomRequest, days: int) -> bool:
    """Remind a buyer that a proposal has waited for so many days. Once each step."""
    request = request.locked()
    if not request.is_waiting or request.reminded_days >= days or not _proposals(request):
        return False
    request.reminded_days = days
    request.save(update_fields=["reminded_days"])
    tell_buyer(request, "reminder_proposals", key=f"request:{request.pk}:remind:{days}")
    return True


def refuse_terms(price_cents: int, delivery_days: int, revisions: int, scope: str) -> None:
    """Raise ``Refusal`` for terms that no order could have."""
    if not (
        rules.MIN_PRICE_CENTS <= price_cents <= rules.MAX_PRICE_CENTS
        and 1 <= delivery_days <= rules.MAX_DELIVERY_DAYS
        and rules.MIN_REVISIONS <= revisions <= rules.MAX_REVISIONS
        and scope.strip()
    ):
        raise Refusal(_("These terms are outside the limits of an order."))


def _order(
    request: CustomRequest,
    invitation: Invitation,
    terms: Terms,
    buyer: User,
    token: UUID,
    billing: dict[str, Any],
    method: str,
    declared: Declared | None,
) -> Order:
    """The order of an agreement: an offer made for one buyer, which nobody else ever sees, at 20 %."""
    offer = Offer.objects.create(
        expert=invitation.expert,
        category=request.category,
        kind=Offer.Kind.JOB,
        status=Offer.Status.DELETED,
        title=request.title,
        description=terms.scope,
        price_cents=terms.price_cents,
        delivery_days=terms.delivery_days,
        revisions=terms.revisions,
        opening_message="",
    )
    order = draw_up(
        buyer=buyer,
        offer=offer,
        seen=Preview(
            lines=[Line(title=request.title, price_cents=terms.price_cents, days=terms.delivery_days)],
            total_cents=terms.price_cents,
            delivery_days=terms.delivery_days,
        ),
        commission_bp=rules.COMMISSION_CUSTOM_BP,
        token=token,
        brief=request.need,
        billing=billing,
        method=method,
        timers=rules.CUSTOM_TIMERS,
        declared=declared,
    )
    _pass_files(request, order)
    record(order, OrderEvent.Kind.PLACED, actor=buyer)
    return order


def _pass_files(request: CustomRequest, order: Order) -> None:
    """Give the files of the need to the order, on the list of what the expert received."""
    files = list(request.files.all())
    if not files:
        return
    item = OrderRequirement.objects.create(
        order=order,
        label=str(_("Files of the request")),
        kind=OrderRequirement.Kind.FILE,
        is_required=False,
        position=order.checklist.count(),
        asked_at=order.placed_at,
        supplied_at=order.placed_at,
    )
    RequirementFile.objects.bulk_create(
        [
            RequirementFile(
                requirement=item,
                file=file.file.name,
                name=file.name,
                content_type=file.content_type,
                size=file.size,
                sent_at=order.placed_at,
            )
            for file in files
        ]
    )


def _locked(invitation: Invitation) -> tuple[Invitation, CustomRequest]:
    request = CustomRequest.objects.get(pk=invitation.request_id).locked()
    found = invitation.locked()
    found.request = request
    return found, request


def _only_waiting(request: CustomRequest) -> None:
    if not request.is_waiting:
        raise Refusal(
            {
                CustomRequest.State.WITHDRAWN: _("The buyer withdrew this request: nothing was changed."),
                CustomRequest.State.EXPIRED: _("The time of this request is over: nothing was changed."),
                CustomRequest.State.AGREED: _("A proposal was already chosen: nothing was changed."),
            }[CustomRequest.State(request.state)]
        )


def _only_live(invitation: Invitation, request: CustomRequest) -> None:
    _only_waiting(request)
    if not invitation.is_open:
        raise Refusal(_("This negotiation is over: nothing was changed."))


def _only_able(expert: User) -> None:
    if not expert.expert_profile.may_sell:
        raise Refusal(_("A missing document keeps you from new business: see your documents first."))


def _current(invitation: Invitation, number: int) -> Terms:
    """The current terms, if they are the version the person has read."""
    terms = invitation.current
    if terms.number != number:
        raise TermsChanged(_("The terms have changed since you read them. Read the current ones first."))
    return terms


def _await_expert(invitation: Invitation) -> None:
    now = clock.now()
    invitation.answer_due_at = min(now + rules.REQUESTS.answer, invitation.request.expires_at)
    invitation.remind_at = now + rules.REQUESTS.answer_reminder


def _await_buyer(invitation: Invitation) -> None:
    invitation.answer_due_at = invitation.remind_at = None
    invitation.save(update_fields=["answer_due_at", "remind_at"])


def _end(invitation: Invitation, state: str) -> None:
    invitation.state, invitation.ended_at = state, clock.now()
    invitation.answer_due_at = invitation.remind_at = None
    invitation.save(update_fields=["state", "ended_at", "answer_due_at", "remind_at"])


def _finish(request: CustomRequest, state: str) -> None:
    request.state, request.closed_at = state, clock.now()
    request.save(update_fields=["state", "closed_at"])


def _close_others(request: CustomRequest, kind: str) -> None:
    for other in request.invitations.live().select_related("expert", "request"):  # type: ignore[attr-defined]
        _end(other, Invitation.State.CLOSED)
        tell_expert(other, kind, key=f"invitation:{other.pk}:{kind}")


def _tell_if_nobody_is_left(request: CustomRequest, last: Invitation) -> None:
    """The last expert invited is gone: our team finds others, rather than wait for an alarm."""
    if request.is_waiting and not request.invitations.live().exists():  # type: ignore[attr-defined]
        tell_staff(request, "custom_request_unserved", key=f"request:{request.pk}:unserved:{last.pk}")


def _proposals(request: CustomRequest) -> bool:
    """Whether some expert stands by the current terms of their negotiation."""
    live = request.invitations.live().prefetch_related("versions")  # type: ignore[attr-defined]
    return any(invitation.current.may_be_chosen for invitation in live)


def _tell_proposal(invitation: Invitation, terms: Terms) -> None:
    tell_buyer(
        invitation.request,
        "proposal_received",
        key=f"terms:{terms.pk}",
        expert=invitation.expert.display_name,
        price_cents=terms.price_cents,
        days=terms.delivery_days,
    )
