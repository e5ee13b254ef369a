"""What placing an order and bringing it to life read, each written once."""

from accounts.models import ClosureRequest
from marketplace.kernel.compiled import NAME, STAND_IN, Compiled
from offers.models import AddOn, Offer, Requirement
from orders.models import Order
from payments.models import EscrowHold

placed = Compiled(
    lambda buyer, token: Order.objects.filter(buyer=buyer, placement_token=token).values_list("pk"),
    STAND_IN,
    NAME,
)
"""The order a page has placed already."""

leaving = Compiled(lambda user: ClosureRequest.objects.open().filter(user=user).values_list("pk")[:1])
"""Whether a person asked for the end of their account."""

ordered = Compiled(
    lambda key: (
        Offer.objects.select_for_update(of=("self",)).select_related("expert__expert_profile").filter(pk=key)
    )
)
"""An offer with its expert, locked: neither its terms nor its queue move while an order is placed."""

add_ons = Compiled(lambda offer: AddOn.objects.filter(offer=offer))
requirements = Compiled(lambda offer: Requirement.objects.filter(offer=offer))

confirmed = Compiled(
    lambda key: (
        Order.objects.select_for_update(of=("self", "conversation"))
        .select_related("conversation", "declaration")
        .filter(pk=key)
        .order_by()
    )
)
"""An order and its conversation, both locked, with what its buyer declared."""

held = Compiled(lambda payment: EscrowHold.objects.filter(payment=payment))
"""The money of a payment, read once the order is locked."""
