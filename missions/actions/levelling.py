"""The commission brought down to what is due, when less is invoiced than it was taken for."""

from collections.abc import Mapping

from missions.models import Instalment, Mission
from payments import commission


def level(
    mission: Mission,
    due_ht_cents: int,
    *,
    reference: str,
    refunding: Mapping[int, int] | None = None,
) -> int:
    """Leave the commission due on the first instalments that bear it, and give back the rest. Needs the lock.

    ``due_ht_cents`` is without VAT. What was not taken yet is no longer planned; what was taken goes back to the
    expert. ``refunding`` says, by number, what is about to go back to the client. Returns the cents given back.
    """
    left, back = due_ht_cents, 0
    rows = mission.instalments.exclude(state=Instalment.State.CANCELLED).select_related("payment__hold")
    for row in rows.order_by("number"):
        stays = min(row.commission_ht_cents, left)
        left -= stays
        if stays == row.commission_ht_cents or row.state == Instalment.State.ASKED:
            continue  # what is asked is frozen with its payment: levelled once it is paid
        if row.state == Instalment.State.RELEASED and row.payment is not None:
            given = commission.give_back(
                row.payment.hold,
                due_ht_cents=stays,
                refunding_cents=(refunding or {}).get(row.number, 0),
                reference=reference,
            )
            back += given.ttc
        row.commission_ht_cents = stays
        row.save(update_fields=["commission_ht_cents"])
    mission.commission_back_cents += back
    return back
