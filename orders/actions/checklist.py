"""What the expert needs, sent by the buyer item by item. An item that is there ends the pause that waited for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, uploads
from marketplace.kernel.errors import Refusal
from orders.actions.parties import only
from orders.actions.pausing import end_pause_of
from orders.models import Order, OrderEvent, OrderRequirement, RequirementFile
from orders.outbox import record


@transaction.atomic
def supply(
    order: Order,
    *,
    actor: User,
    answers: Mapping[int, str],
    files: Mapping[int, Sequence[UploadedFile]],
) -> list[OrderRequirement]:
    """Send items of the list, by their keys: words, or files that passed ``uploads.inspect``.

    Returns those that changed. Files are added to those already sent; words replace those written before.
    """
    order = order.locked()
    only(order.buyer, actor)
    if not order.takes_items:
        raise Refusal(_("These items can no longer be sent here. Write in the conversation instead."))
    now = clock.now()
    changed = []
    for item in order.checklist.prefetch_related("files"):
        sent = list(files.get(item.pk, ()))
        words = answers.get(item.pk, item.answer).strip()
        if words == item.answer and not sent:
            continue
        item.answer = words
        item.supplied_at = now if words or sent or item.files.all() else None
        item.save(update_fields=["answer", "supplied_at"])
        for upload in sent:
            seen = uploads.inspect(upload)
            RequirementFile.objects.create(
                requirement=item,
                file=upload,
                name=seen.name,
                content_type=seen.content_type,
                size=seen.size,
                sent_at=now,
            )
        changed.append(item)
    if not changed:
        return []
    order.items_missing = order.checklist.missing().count()  # type: ignore[attr-defined]
    order.save()
    record(
        order,
        OrderEvent.Kind.ITEMS_SUPPLIED,
        actor=actor,
        item=", ".join(item.label for item in changed),
        missing=order.items_missing,
    )
    end_pause_of(order, [item for item in changed if item.supplied_at], actor=actor)
    return changed


def join_files(order: Order, files: Sequence[UploadedFile], *, at: datetime) -> None:
    """Put the files that come with a question at the end of the list of an order that was just placed."""
    place = order.checklist.count()
    item = OrderRequirement.objects.create(
        order=order,
        label=str(_("Files joined to the question")),
        kind=OrderRequirement.Kind.FILE,
        is_required=False,
        position=place,
        asked_at=at,
        supplied_at=at,
    )
    for upload in files:
        seen = uploads.inspect(upload)
        RequirementFile.objects.create(
            requirement=item,
            file=upload,
            name=seen.name,
            content_type=seen.content_type,
            size=seen.size,
            sent_at=at,
        )
