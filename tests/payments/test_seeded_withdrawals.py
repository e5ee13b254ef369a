"""The demo world has withdrawals in several states, and its books add up."""

from datetime import timedelta

import pytest

from accounts.models import BankAccount
from marketplace.kernel import clock
from marketplace.seed.payouts import load_tax_details, load_withdrawals
from payments import escrow
from payments.models import Earning, Withdrawal

pytestmark = pytest.mark.django_db


def test_the_demo_world_has_withdrawals_paid_returned_and_on_their_way(hold):
    BankAccount.objects.update(usable_from=clock.now() - timedelta(days=30))
    escrow.release(hold, clearing=timedelta(0))
    Earning.objects.update(available_at=clock.now() - timedelta(days=20))

    assert load_withdrawals() == 3
    assert load_withdrawals() == 0, "a second load adds nothing"

    assert sorted(Withdrawal.objects.values_list("state", flat=True)) == ["failed", "paid", "requested"]


def test_most_experts_of_the_demo_world_gave_their_tax_details(hold, expert):
    escrow.release(hold, clearing=timedelta(0))
    first, again = load_tax_details(), load_tax_details()

    assert first + again == (1 if expert.pk % 4 else 0)
