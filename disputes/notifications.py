"""What people are told of a dispute beside the events of its order."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from disputes.models import Dispute
from messaging import actions as messaging
from messaging.words import Words, register

register(
    "dispute_answer_due",
    Words(
        _("Your side of the dispute is awaited"),
        _("Say what happened with “%(title)s” before %(due)s. After that day we decide on what we have."),
        _("Give my side"),
    ),
)
register(
    "dispute_unanswered",
    Words(
        _("The time to answer the dispute is over"),
        _("The other side of “%(title)s” was not given. Our team decides on what is there."),
        _("Open the dispute"),
    ),
)
register(
    "dispute_question",
    Words(
        _("Our team has a question for you"),
        _("It concerns the dispute over “%(title)s”. Please answer before %(due)s."),
        _("Answer the question"),
    ),
)
register(
    "dispute_word",
    Words(_("A word from our team on the dispute"), _("“%(title)s”: %(excerpt)s"), _("Open the dispute")),
)
register(
    "dispute_alarm",
    Words(
        _("A dispute waits for a decision"),
        _("“%(title)s” has been in dispute for %(days)s days. Somebody must look at it."),
        _("Open the order"),
    ),
)


def tell(
    user: User, kind: str, dispute: Dispute, *, key: str, due_at: datetime | None = None, **params: Any
) -> None:
    """Tell one person, once under this key."""
    order = dispute.order
    for reader in order.readers(user):
        messaging.notify(
            reader,
            key=key,
            kind=kind,
            params={
                "title": order.title,
                "reference": order.reference,
                "due_at": due_at.isoformat() if due_at else "",
                **params,
            },
            url_name="order" if reader.is_staff else "order_dispute",
            url_args=[str(order.public_id)],
        )
