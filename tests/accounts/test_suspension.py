"""A suspension: what it stops, what it leaves alone, what the person concerned is told, how it ends."""

from django.urls import reverse

from accounts import queries
from messaging.models import Notification
from offers.models import Offer
from orders.models import Order
from tests import factories

WHY = "Article 9 : fausse attestation d'assurance."


def test_a_suspension_hides_offers_and_holds_withdrawals_until_it_ends(
    started_order, staff, client_of
):  # E63
    expert, profile = started_order.expert, started_order.expert.expert_profile
    before = queries.legal_standing(expert).may_be_paid
    client = client_of(staff)

    client.post(reverse("admin:accounts_expertprofile_suspend", args=[profile.pk]), {"reason": WHY})

    assert not Offer.objects.published().filter(expert=expert).exists()
    assert not queries.legal_standing(expert).may_be_paid
    told = Notification.objects.get(user=expert, kind="expert_suspended")
    assert WHY in told.params["reason"], "a statement of reasons"
    assert factories.deliver(started_order).state == Order.State.DELIVERED, "running orders go on"

    client.post(
        reverse("admin:accounts_expertprofile_approve", args=[profile.pk]), {"reason": "Attestation vue."}
    )

    assert queries.legal_standing(expert).may_be_paid == before
    assert Offer.objects.published().filter(expert=expert).exists()
