"""A custom request from its first line to an order: asked, shown to a few experts, negotiated, chosen.

Locks are taken in this order: the request, then the invitation.
"""

from orders.actions.requesting.asking import (
    alarm_request,
    ask,
    expire_request_for_good,
    invite,
    remind_buyer,
    withdraw_request,
)
from orders.actions.requesting.choosing import choose
from orders.actions.requesting.negotiating import (
    accept_terms,
    counter,
    decline_invitation,
    lapse,
    remind_expert,
)
from orders.actions.requesting.standing import refuse_terms

__all__ = [
    "accept_terms",
    "alarm_request",
    "ask",
    "choose",
    "counter",
    "decline_invitation",
    "expire_request_for_good",
    "invite",
    "lapse",
    "refuse_terms",
    "remind_buyer",
    "remind_expert",
    "withdraw_request",
]
