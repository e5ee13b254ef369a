"""What placing an order and bringing it to life read, each written once."""

from django.db.models import Exists

from accounts.models import ClosureRequest
from marketplace.kernel.compiled import NAME, SECOND, STAND_IN, Compiled
from offers.models import AddOn, Offer, Requirement
from orders.models import Order
from payments.models import EscrowHold

placed = Compiled(
    lambda buyer, token: Order.objects.filter(buyer=buyer, placement_token=token).values_list("pk"),
    STAND_IN,
    NAME,
)
"""The order a page has placed already."""

ordered = Compiled(
    lambda key, buyer: (
        Offer.objects.select_for_update(no_key=True, of=("self",))
        .select_related("expert__expert_profile")
        .annotate(buyer_leaves=Exists(ClosureRequest.objects.open().filter(user=buyer)))
        .filter(pk=key)
    ),
    STAND_IN,
    SECOND,
)
"""An offer with its expert, locked: neither its terms nor its queue move while an order is placed.

``buyer_leaves``: whether the buyer asked for the end of their account.
"""

add_ons = Compiled(lambda offer: AddOn.objects.filter(offer=offer))
requirements = Compiled(lambda offer: Requirement.objects.filter(offer=offer))

confirmed = Compiled(
    lambda key: (
        Order.objects.select_for_update(no_key=True, of=("self", "conversation"))
        .select_related("conversation", "declaration")
        .filter(pk=key)
        .order_by()
    )
)
"""An order and its conversation, both locked, with what its buyer declared."""

held = Compiled(lambda payment: EscrowHold.objects.filter(payment=payment))
"""The money of a payment, read once the order is locked."""
