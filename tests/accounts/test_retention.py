"""What is kept for a time and no longer: what parties said of a dispute, devices, and the archive few open."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.tasks import forget_old_sessions
from disputes import actions as disputes
from marketplace.kernel import clock
from marketplace.privacy import retention
from orders.models import Order

pytestmark = pytest.mark.django_db


def later(**span):
    return clock.at(clock.now() + timedelta(**span))


def test_what_the_parties_said_of_a_dispute_goes_with_their_messages_and_the_ruling_stays(
    delivered_order, staff
):  # B64
    dispute = disputes.open_dispute(
        delivered_order,
        actor=delivered_order.buyer,
        ground="unsuitable",
        statement="Le livrable ne correspond pas au brief, malgré deux retouches demandées.",
        wish="refund",
    )
    Order.objects.filter(pk=delivered_order.pk).update(
        state="cancelled", resolved_at=clock.now(), billing={"company": "Girard"}
    )
    delivered_order.conversation.messages.update(body="")

    assert retention.forget_old_talk() == 0
    with later(days=6 * 365):
        assert (retention.forget_old_talk(), retention.forget_old_talk()) == (1, 0)

    dispute.refresh_from_db()
    assert (dispute.statement, dispute.answer) == ("", "")
    assert (dispute.ground, dispute.wish) == ("unsuitable", "refund")


def test_a_device_is_forgotten_with_its_session(client_of, buyer, expert):
    for user in (buyer, expert):
        key = client_of(user).session.session_key
        UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="Firefox")
    UserSession.objects.update(created_at=clock.now() - timedelta(days=2))
    gone = UserSession.objects.get(user=buyer).session_key
    Session.objects.filter(session_key=gone).update(expire_date=clock.now() - timedelta(days=1))

    forget_old_sessions()
    forget_old_sessions()

    assert list(UserSession.objects.values_list("user", flat=True)) == [expert.pk]
