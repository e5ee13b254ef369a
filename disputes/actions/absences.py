"""An absence that both sides see otherwise: the word of one against the word of the other, which staff settle."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from disputes.actions.opening import open_dispute
from disputes.models import Dispute
from marketplace.kernel.errors import Refusal
from orders import actions as orders
from orders.models import Call, Order


@transaction.atomic
def say_absent(order: Order, *, actor: User, statement: str) -> Dispute | None:
    """Say that the other party did not come to the call.

    If they said it first, the two words disagree: a dispute opens by itself and is returned. Otherwise the other
    party has their time to contest.
    """
    order = order.locked()
    call = Call.objects.filter(order=order).first()
    if call is not None and call.absent and call.absent == order.party(actor):
        return contest_absence(order, actor=actor, statement=statement)
    orders.declare_absence(order, actor=actor, words=statement)
    return None


@transaction.atomic
def contest_absence(order: Order, *, actor: User, statement: str) -> Dispute:
    """Say that one was there. The money is frozen and staff decide, with what each did on the page of the call."""
    order = order.locked()
    call = Call.objects.filter(order=order).first()
    if call is None or not call.is_booked or not call.absent or call.absent != order.party(actor):
        raise Refusal(_("There is no absence to contest on this order."))
    return open_dispute(order, actor=actor, ground=Dispute.Ground.ABSENCE, statement=statement)
