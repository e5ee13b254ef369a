"""A chosen order that comes to nothing: its request is open again, with its proposals."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from marketplace.kernel import clock, rules
from messaging.models import Notification
from orders import actions
from orders.actions import requesting
from orders.models import CustomRequest, Invitation
from tests import factories
from tests.orders.test_requests import BILLING, ask, choose, counter

State = Invitation.State


@pytest.fixture
def rivals(buyer, category, expert, staff):
    """Two proposals; the first is chosen, and its order waits for the payment."""
    second = factories.make_expert("Paul", "Renard")
    first, other = requesting.invite(ask(buyer, category), actor=staff, experts=[expert, second])
    counter(first, expert, 1)
    counter(other, second, 1, price=1_200_00)
    return choose(first, 2), first, other


def state(invitation):
    return Invitation.objects.get(pk=invitation.pk).state


def told(user, kind):
    return Notification.objects.filter(user=user, kind=kind).count()


def test_an_order_never_paid_leaves_the_choice_to_make_again(rivals, buyer, expert):
    order, first, other = rivals
    with time_machine.travel(order.payment_due_at + timedelta(minutes=1)):
        for _twice in range(2):
            actions.expire_unpaid(order)
        request = CustomRequest.objects.get()
        assert request.is_waiting
        assert request.order is None
        assert request.expires_at >= clock.now() + rules.REQUESTS.reopened - timedelta(minutes=1)
        assert state(first) == state(other) == State.OPEN
        assert told(buyer, "custom_request_reopened") == told(expert, "invitation_reopened") == 1

        again = choose(Invitation.objects.get(pk=other.pk), 2)
    assert again.total_cents == 1_200_00
    assert state(first) == State.CLOSED


def test_the_second_choice_is_made_in_the_pages(rivals, buyer, client_of):
    order, first, other = rivals
    company = client_of(buyer)
    with time_machine.travel(order.payment_due_at + timedelta(minutes=1)):
        actions.expire_unpaid(order)
        page = company.get(order_request := CustomRequest.objects.get().get_absolute_url())
        choices = [reverse("proposal_choice", args=[each.public_id]) for each in (first, other)]
        assert all(choice in page.content.decode() for choice in choices)

        assert company.get(choices[1]).context["terms"].price_cents == 1_200_00
        terms = {**BILLING, "number": 2, "token": uuid4(), "method": "card", "terms": "on"}
        company.post(choices[1], terms)

        again = CustomRequest.objects.get().order
        assert (again.expert, again.total_cents, again.state) == (other.expert, 1_200_00, "pending_payment")
        assert choices[0] not in company.get(order_request).content.decode()


def test_an_expert_who_declines_what_they_were_chosen_for_leaves_the_others(rivals, buyer, expert):
    order, first, other = rivals
    actions.decline(factories.pay(order), actor=expert, reason="Un imprévu.")

    assert (state(first), state(other)) == (State.DECLINED, State.OPEN)
    assert CustomRequest.objects.get().is_waiting
    assert told(expert, "invitation_reopened") == 0


def test_a_request_without_any_expert_left_is_our_team_s(invitation_alone, expert, staff):
    actions.decline(factories.pay(choose(invitation_alone, 2)), actor=expert, reason="Un imprévu.")

    assert told(staff, "custom_request_unserved") == 1


@pytest.fixture
def invitation_alone(buyer, category, expert, staff):
    invitation = requesting.invite(ask(buyer, category), actor=staff, experts=[expert])[0]
    counter(invitation, expert, 1)
    return invitation


def test_a_buyer_who_was_paid_back_changed_their_mind(rivals, buyer):
    order, _first, other = rivals
    actions.cancel_before_start(factories.pay(order), actor=buyer)

    assert CustomRequest.objects.get().state == CustomRequest.State.AGREED
    assert state(other) == State.CLOSED
