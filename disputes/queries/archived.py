"""A dispute as it goes into the archive of its order: what its reader may see of it, and nothing more."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.translation import pgettext

from accounts.models import User
from disputes.models import Dispute, StaffNote
from orders.archive import Part
from orders.models import Order


def parts(order: Order, viewer: User) -> Iterator[Part]:
    """One text a dispute, numbered from the first, with the evidence of both parties. Notes kept to the team stay there."""
    notes = StaffNote.objects.select_related("author")
    if order.party(viewer) != "staff":
        notes = notes.filter(is_shared=True)
    found = (
        Dispute.objects.filter(order=order)
        .select_related("appeal", "opened_by")
        .prefetch_related("evidence", "questions", Prefetch("notes", notes))
        .order_by("pk")
    )
    for number, dispute in enumerate(found, start=1):
        other = order.expert if dispute.opened_by_id == order.buyer_id else order.buyer
        context = {
            "dispute": dispute,
            "order": order,
            "other": other,
            "appeal": getattr(dispute, "appeal", None),
        }
        folder = pgettext("file name", "dispute")
        yield Part(
            folder=f"{folder} {number}",
            name=pgettext("file name", "dispute.txt"),
            text=render_to_string("disputes/archive.txt", context),
            files=list(dispute.evidence.all()),
        )
