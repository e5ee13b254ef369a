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
    asked = Appeal.objects.select_for_update().filter(dispute=dispute, decided_at=None).first()
    if asked is None:
        raise Refusal(_("No appeal waits for a decision."))
    if not actor.is_staff or actor.pk in (dispute.ruled_by_id, order.buyer_id, order.expert_id):
        raise Refusal(_("An appeal is judged by somebody who did not rule."))
    if not reason.strip():
        raise Refusal(_("Give a reason: both parties will read it."))
    before = dispute.refund_cents or 0
    order = orders.correct_ruling(order, refund_cents=refund_cents, reference=f"appeal:{dispute.pk}")
    now = clock.now()
    Ruling.objects.create(
        dispute=dispute,
        decision=decision_of(order, refund_cents),
        refund_cents=refund_cents,
        reason=reason.strip(),
        on_appeal=True,
        written_by=actor,
        written_at=now,
        carried_out_at=now,
    )
    asked.decided_by, asked.decided_at, asked.reason = actor, now, reason.strip()
    asked.save(update_fields=["decided_by", "decided_at", "reason"])
    if refund_cents != before:
        dispute.decision = decision_of(order, refund_cents)
        dispute.refund_cents, dispute.reason, dispute.ruled_by = refund_cents, reason.strip(), actor
        dispute.save(update_fields=["decision", "refund_cents", "reason", "ruled_by"])
    record(
        order,
        OrderEvent.Kind.APPEAL_DECIDED,
        actor=actor,
        refund_cents=refund_cents,
        net_cents=order.earned_cents or 0,
        reason=reason.strip(),
    )
    return asked
