"""What people are told of custom requests, invitations and proposals."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.companies import readers
from accounts.models import User
from messaging import actions as messaging
from messaging.words import Topic, Words, register
from orders.models import CustomRequest, Invitation

register(
    "custom_request_received",
    Words(
        _("A custom request waits for experts"),
        _("“%(title)s”, budget %(budget)s. Choose the experts to invite."),
        _("See the request"),
    ),
)
register(
    "custom_request_alarm",
    Words(
        _("A custom request is %(days)s days old without an agreement"),
        _("“%(title)s”: no expert stands by any terms yet. Invite others, or write to the buyer."),
        _("See the request"),
    ),
)
register(
    "invitation_received",
    Words(
        _("You are invited to a custom request"),
        _(
            "“%(title)s”, budget %(budget)s. Accept it, propose other terms or decline without penalty "
            "before %(answer_due)s."
        ),
        _("Read the request"),
    ),
)
register(
    "reminder_invitation",
    Words(
        _("A custom request waits for your answer"),
        _("“%(title)s”: accept the terms, propose others or decline before %(answer_due)s."),
        _("Answer now"),
    ),
)
register(
    "proposal_received",
    Words(
        _("%(expert)s makes you a proposal"),
        _("“%(title)s”: %(price)s in %(days)s days. Compare it with the others, negotiate or choose it."),
        _("See the proposals"),
    ),
)
register(
    "counter_received",
    Words(
        _("The buyer proposes other terms"),
        _(
            "“%(title)s”: %(price)s in %(days)s days. Accept them, propose others or decline before %(answer_due)s."
        ),
        _("See the terms"),
    ),
)
register(
    "invitation_declined",
    Words(
        _("%(expert)s declines"),
        _("“%(title)s”: the other experts are still at work on it, and our team may invite others."),
        _("See the proposals"),
    ),
    topic=Topic.PROGRESS,
)
register(
    "proposal_chosen",
    Words(
        _("Your proposal is chosen"),
        _("“%(title)s”: the order begins once it is paid. We tell you as soon as it is."),
        _("See the request"),
    ),
)
register(
    "proposal_not_chosen",
    Words(
        _("Another proposal was chosen"),
        _("“%(title)s”: thank you for your answer. It counts neither for nor against you."),
        _("See the request"),
    ),
)
register(
    "custom_request_unserved",
    Words(
        _("Nobody is left on a custom request"),
        _("Every expert invited to “%(title)s” declined or did not answer. Invite others."),
        _("Invite experts"),
    ),
)
register(
    "custom_request_withdrawn",
    Words(
        _("The buyer withdrew a request"),
        _("“%(title)s” is over: there is nothing left to do."),
        _("See the request"),
    ),
)
register(
    "custom_request_expired",
    Words(
        _("A custom request is over"),
        _("“%(title)s” ended without an agreement. Nothing was charged."),
        _("See the request"),
    ),
)
register(
    "reminder_proposals",
    Words(
        _("Proposals wait for your choice"),
        _("“%(title)s”: choose one, negotiate, or withdraw the request before %(expires)s."),
        _("See the proposals"),
    ),
)
register(
    "custom_request_reopened",
    Words(
        _("Your custom request is open again"),
        _(
            "“%(title)s”: the order came to nothing. Choose a proposal, negotiate or withdraw before %(expires)s."
        ),
        _("See the proposals"),
    ),
)
register(
    "invitation_reopened",
    Words(
        _("A custom request is open again"),
        _("“%(title)s”: the order came to nothing, and the buyer chooses anew. You may still decline."),
        _("See the request"),
    ),
)
SILENT_PARAMS = {"price_cents": 0, "days": 0, "expert": "", "answer_due_at": ""}


def tell_buyer(request: CustomRequest, kind: str, *, key: str, **params: Any) -> None:
    """Tell the buyer, once a key."""
    for reader in readers(request.buyer, request.for_company_id):
        _tell(reader, request, kind, key, "request", str(request.public_id), params)


def tell_expert(invitation: Invitation, kind: str, *, key: str, **params: Any) -> None:
    """Tell the expert invited, once a key."""
    due = invitation.answer_due_at
    told = {"answer_due_at": due.isoformat() if due else "", **params}
    _tell(invitation.expert, invitation.request, kind, key, "invitation", str(invitation.public_id), told)


def tell_staff(request: CustomRequest, kind: str, *, key: str, **params: Any) -> None:
    """Tell whoever of our team may invite experts."""
    for person in User.objects.filter(is_staff=True, is_active=True):
        if person.has_perm("orders.change_customrequest"):
            _tell(person, request, kind, key, "admin:orders_customrequest_change", str(request.pk), params)


def _tell(
    user: User, request: CustomRequest, kind: str, key: str, url_name: str, arg: str, params: dict[str, Any]
) -> None:
    messaging.notify(
        user,
        key=key,
        kind=kind,
        params={
            **SILENT_PARAMS,
            "title": request.title,
            "budget_cents": request.budget_cents,
            "expires_at": request.expires_at.isoformat(),
            **params,
        },
        url_name=url_name,
        url_args=[arg],
    )
