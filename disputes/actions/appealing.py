"""One appeal, judged by somebody who did not rule. A correction is new postings: nothing is edited in place."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from disputes.actions.opening import checked
from disputes.actions.ruling import decision_of
from disputes.models import Appeal, Dispute, Ruling
from disputes.queries.reading import may_appeal
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from orders import actions as orders
from orders.models import OrderEvent
from orders.outbox import record


@transaction.atomic
def appeal(dispute: Dispute, *, actor: User, statement: str) -> Appeal:
    """Ask for a second look, once, within the time to appeal. What the expert was given waits meanwhile."""
    order = dispute.order.locked()
    dispute = dispute.locked()
    dispute.order = order
    if actor.pk not in (order.buyer_id, order.expert_id):
        raise Refusal(_("Only the buyer or the expert can do this."))
    if not may_appeal(dispute):
        raise Refusal(_("The time to appeal is over."))
    try:
        with transaction.atomic():
            asked = Appeal.objects.create(
                dispute=dispute, asked_by=actor, statement=checked(statement), asked_at=clock.now()
            )
    except IntegrityError as error:
        raise Refusal(_("This decision has been appealed already.")) from error
    orders.hold_back(order)
    record(order, OrderEvent.Kind.APPEALED, actor=actor)
    return asked


@transaction.atomic
def decide_appeal(dispute: Dispute, *, actor: User, reason: str, refund_cents: int) -> Appeal:
    """Uphold a decision, or correct it: what changes hands is the difference, as new postings. It is final.

    Raises ``Refusal`` to whoever ruled first.
    """
    order = dispute.order.locked()
    dispute = dispute.locked()
    dispute.order = order
    asked = Appeal.objects.select_for_update(no_key=True).filter(dispute=dispute, decided_at=None).first()
    if asked is None:
        raise Refusal(_("No appeal waits for a decision."))
    if not actor.is_staff or actor.pk in (dispute.ruled_by_id, order.buyer_id, order.expert_id):
        raise Refusal(_("An appeal is judged by somebody who did not rule."))
    if not reason.strip():
        raise Refusal(_("Give a reason: both parties will read it."))
    _put_right(dispute, actor, reason.strip(), refund_cents, on_appeal=True)
    asked.decided_by, asked.decided_at, asked.reason = actor, clock.now(), reason.strip()
    asked.save(update_fields=["decided_by", "decided_at", "reason"])
    return asked


@transaction.atomic
def correct(dispute: Dispute, *, actor: User, reason: str, refund_cents: int) -> Dispute:
    """Put a mistake of our team right without an appeal: new postings for the difference, and a decision of its own.

    For somebody who did not rule. The time to appeal begins again for both parties, unless one appealed already.
    """
    order = dispute.order.locked()
    dispute = dispute.locked()
    dispute.order = order
    if not actor.is_staff or actor.pk in (dispute.ruled_by_id, order.buyer_id, order.expert_id):
        raise Refusal(_("A decision is corrected by somebody who did not rule."))
    if not may_be_corrected(dispute):
        raise Refusal(_("There is no ruling to correct on this order."))
    if not reason.strip():
        raise Refusal(_("Give a reason: both parties will read it."))
    if refund_cents == dispute.refund_cents:
        raise Refusal(_("The decision gives this amount back already."))
    _put_right(dispute, actor, reason.strip(), refund_cents)
    dispute.ruled_at = clock.now()
    dispute.save(update_fields=["ruled_at"])
    return dispute


def may_be_corrected(dispute: Dispute) -> bool:
    """Whether a ruling that moved money is in force, and no appeal is being judged."""
    ruled = dispute.ruled_at is not None and dispute.decision != Dispute.Decision.RELAUNCH
    return ruled and not Appeal.objects.filter(dispute=dispute, decided_at=None).exists()


def _put_right(
    dispute: Dispute, actor: User, reason: str, refund_cents: int, *, on_appeal: bool = False
) -> None:
    """Keep the new decision beside those before it, move the difference, tell both. Everything is locked."""
    now = clock.now()
    ruling = Ruling.objects.create(
        dispute=dispute,
        decision=decision_of(dispute.order, refund_cents),
        refund_cents=refund_cents,
        reason=reason,
        on_appeal=on_appeal,
        written_by=actor,
        written_at=now,
        carried_out_at=now,
    )
    reference = f"appeal:{dispute.pk}" if on_appeal else f"correction:{ruling.pk}"
    order = orders.correct_ruling(dispute.order, refund_cents=refund_cents, reference=reference)
    if refund_cents != dispute.refund_cents:
        dispute.decision = ruling.decision
        dispute.refund_cents, dispute.reason, dispute.ruled_by = refund_cents, reason, actor
        dispute.save(update_fields=["decision", "refund_cents", "reason", "ruled_by"])
    record(
        order,
        OrderEvent.Kind.APPEAL_DECIDED if on_appeal else OrderEvent.Kind.RULING_CORRECTED,
        actor=actor,
        refund_cents=refund_cents,
        net_cents=order.earned_cents or 0,
        reason=reason,
    )
