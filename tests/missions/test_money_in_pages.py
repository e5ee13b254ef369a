"""What client and expert read of the money of a mission, and what they do with it in its pages."""

from datetime import timedelta

from django.urls import reverse

from marketplace.kernel import clock
from missions import actions
from missions.models import Instalment, Mission
from payments.models import Earning
from tests.missions.conftest import pay
from tests.missions.test_promises import said, shown


def test_three_payments_and_one_commission_out_of_the_first(mission, buyer, expert, client_of):
    thomas, claire = client_of(buyer), client_of(expert)
    home = mission.get_absolute_url()
    parts = list(Instalment.objects.filter(mission=mission).order_by("number"))
    assert [part.ttc_cents for part in parts] == [1_800_00, 1_800_00, 2_400_00]  # K54, B12
    page = shown(thomas, home)
    for amount in ("1 800,00", "2 400,00", "6 000,00"):
        assert amount in page
    first = mission.instalments.get(number=1)
    assert "1 800" in shown(thomas, first.get_absolute_url())  # K55: due once the quote is accepted
    assert first.payment is not None
    assert mission.instalments.get(number=2).payment is None

    pay(mission, 1)
    claire.post(f"{home}start/")
    (earning,) = Earning.objects.filter(expert=expert)
    assert (earning.gross_cents, earning.commission_cents) == (
        1_800_00,
        900_00,
    )  # K53, K59: 15 % of 5 000, and VAT
    assert "900,00" in shown(claire, reverse("dashboard_earnings"))

    claire.post(f"{home}second-instalment/")  # K57
    pay(mission, 2)
    claire.post(f"{home}end-review/", {"review-words": "Tout est livré."})  # K58
    pay(mission, 3)
    assert mission.instalments.filter(number=3, state=Instalment.State.RELEASED).count() == 0
    thomas.post(f"{home}validation/", {"validation-words": "Parfait.", "validation-rating": "5"})
    commissions = (
        Earning.objects.filter(expert=expert).order_by("pk").values_list("commission_cents", flat=True)
    )
    assert list(commissions) == [900_00, 0, 0]
    assert Mission.objects.get().state == Mission.State.COMPLETED


def test_of_a_late_instalment_the_parties_are_told_to_talk_then_to_ask_us(running, buyer, expert, client_of):
    actions.ask_second(running, actor=expert)  # K66
    late = said("It is late: you may suspend the work until it is paid, or ask our team to decide.")
    assert late not in shown(client_of(expert), running.get_absolute_url())
    running.instalments.filter(number=2).update(
        due_at=clock.now() - timedelta(days=1), asked_at=clock.now() - timedelta(days=15)
    )

    page = shown(client_of(expert), running.get_absolute_url())

    assert late in page
    assert running.quote.talk_url
    assert running.quote.talk_url in page, "they talk first"
    assert running.state == Mission.State.RUNNING
    client_of(expert).post(reverse("mission_suspension", args=[running.public_id]))
    running.refresh_from_db()
    assert running.state == Mission.State.SUSPENDED
    assert said("Suspended") in shown(client_of(buyer), running.get_absolute_url())
