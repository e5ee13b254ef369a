"""A custom request on the buyer's side of the desk: asked, shown to a few experts, given up, left unanswered."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.companies import buys_for, refuse_colleague
from accounts.models import User
from marketplace.kernel import clock, rules, uploads
from marketplace.kernel.errors import Refusal
from offers.models import Category
from orders.actions.requesting.standing import close_others, finish, only_waiting
from orders.actions.turns import await_expert
from orders.models import (
    CustomRequest,
    Invitation,
    RequestFile,
    Terms,
)
from orders.notifications.requests import tell_buyer, tell_expert, tell_staff
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
    buyer = User.objects.select_for_update(no_key=True).get(pk=buyer.pk)
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
    only_waiting(request)
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
        await_expert(invitation)
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
def withdraw_request(request: CustomRequest, *, actor: User) -> CustomRequest:
    """Let the buyer give a request up before any agreement; every expert still at work is told."""
    request = request.locked()
    if actor.pk != request.buyer_id:
        raise Refusal(_("Only the buyer can do this."))
    if request.state == CustomRequest.State.WITHDRAWN:
        return request
    only_waiting(request)
    finish(request, CustomRequest.State.WITHDRAWN)
    close_others(request, "custom_request_withdrawn")
    return request


@transaction.atomic
def expire_request_for_good(request: CustomRequest) -> bool:
    """End a request whose time is over without an agreement, and tell everyone."""
    request = request.locked()
    if not request.is_waiting or request.expires_at > clock.now():
        return False
    finish(request, CustomRequest.State.EXPIRED)
    tell_buyer(request, "custom_request_expired", key=f"request:{request.pk}:expired")
    close_others(request, "custom_request_expired")
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


def _proposals(request: CustomRequest) -> bool:
    """Whether some expert stands by the current terms of their negotiation."""
    live = request.invitations.live().prefetch_related("versions")  # type: ignore[attr-defined]
    return any(invitation.current.may_be_chosen for invitation in live)
