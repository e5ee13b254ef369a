"""Who opens the demo world sees missions alive."""

from collections import Counter

from accounts.models import BuyerProfile
from marketplace.seed import missions as demo
from messaging.models import Mail
from missions.models import Mission, Quote
from payments.models import Payment


def test_one_quote_waits_two_missions_run_and_one_is_over_without_a_mail(buyer, expert):
    BuyerProfile.objects.filter(user=buyer).update(siren="303265045")

    assert demo.load(buyer, expert) == 4
    assert demo.load(buyer, expert) == 0

    states = Counter(Mission.objects.values_list("state", flat=True))
    assert states == {"running": 2, "completed": 1}
    assert Quote.objects.get(state="sent").is_open
    assert not Mail.objects.exists()
    assert not Payment.objects.filter(state="received", tell_due_at__isnull=False).exists()
