"""A need that no offer meets: asked, shown to a few, negotiated in versions, chosen, delivered."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from messaging.models import Notification
from orders import actions, tasks
from orders.actions import requesting
from orders.models import CustomRequest, Invitation, Order, Terms
from tests import factories

BILLING = {
    "buyer_as": "consumer",
    "begins": "now",
    "waives": "on",
    "name": "Thomas Girard",
    "company": "",
    "address": "1 rue de la Paix",
    "postal_code": "75002",
    "city": "Paris",
    "country": "FR",
    "vat_number": "",
}


def ask(buyer, category, **fields):
    return requesting.ask(
        **{
            "buyer": buyer,
            "category": category,
            "title": "Modèle financier pour une levée",
            "need": "Un modèle financier sur trois ans, avec hypothèses et trésorerie.",
            "budget_cents": 900_00,
            "wanted_on": timezone.localdate(clock.now()) + timedelta(days=14),
            **fields,
        }
    )


@pytest.fixture
def asked(buyer, category):
    return ask(buyer, category)


@pytest.fixture
def invitation(asked, expert, staff):
    return requesting.invite(asked, actor=staff, experts=[expert])[0]


def counter(invitation, actor, number, price=1_000_00, **fields):
    terms = {"delivery_days": 10, "revisions": 2, "scope": "Le modèle et une note.", **fields}
    return requesting.counter(invitation, actor=actor, number=number, price_cents=price, **terms)


def choose(invitation, number, token=None):
    buyer = invitation.request.buyer
    return requesting.choose(
        invitation, buyer=buyer, number=number, token=token or uuid4(), billing=BILLING, method="card"
    )


def told(user, kind):
    return Notification.objects.filter(user=user, kind=kind).count()


def test_the_whole_road_in_the_pages(buyer, expert, staff, category, client_of):  # A8, A104-A110, A45
    second, third = factories.make_expert("Paul", "Renard"), factories.make_expert("Léa", "Petit")
    company = client_of(buyer)
    answer = company.post(
        reverse("custom_request"),
        {
            "title": "Modèle financier de levée",
            "category": category.pk,
            "need": "Un modèle financier sur trois ans, avec hypothèses et trésorerie.",
            "budget": "900",
            "wanted_on": (timezone.localdate(clock.now()) + timedelta(days=14)).isoformat(),
            "files": [factories.a_file()],
            "is_confidential": "on",
        },
    )
    asked = CustomRequest.objects.get()
    assert answer.url == asked.get_absolute_url()
    assert told(staff, "custom_request_received") == 1
    requesting.invite(asked, actor=staff, experts=[expert, second, third])
    mine, his, hers = (asked.invitations.get(expert=someone) for someone in (expert, second, third))

    page = client_of(expert).get(mine.get_absolute_url()).content.decode()
    assert "Girard" not in page  # confidential
    client_of(expert).post(mine.get_absolute_url(), {"act": "accept", "number": 1})
    terms = {"act": "counter", "number": 1, "delivery_days": 8, "revisions": 2, "scope": "Le modèle."}
    client_of(second).post(his.get_absolute_url(), {**terms, "price": "1200"})
    client_of(third).post(hers.get_absolute_url(), {**terms, "price": "800"})
    compared = company.get(asked.get_absolute_url()).content.decode()
    assert all(name in compared for name in ("Fontaine", "Renard", "Petit"))

    company.post(his.get_absolute_url(), {**terms, "number": 2, "price": "1000", "note": "Notre limite."})
    client_of(second).post(his.get_absolute_url(), {"act": "accept", "number": 3})
    choice = reverse("proposal_choice", args=[his.public_id])
    assert company.get(choice).context["terms"].price_cents == 1_000_00
    company.post(choice, {**BILLING, "number": 3, "token": uuid4(), "method": "card", "terms": "on"})

    order = Order.objects.get()
    assert (order.expert, order.total_cents, order.commission_bp) == (second, 1_000_00, 2_000)
    assert order.brief == asked.need
    assert order.checklist.get().files.count() == 1
    assert told(expert, "proposal_not_chosen") == told(third, "proposal_not_chosen") == 1
    assert company.get(order.get_absolute_url()).status_code == 200
    done = actions.accept_delivery(factories.deliver(factories.start(factories.pay(order))), actor=buyer)
    assert done.earned_cents == 800_00
    assert client_of(second).get(done.get_absolute_url()).status_code == 200


def test_only_invited_experts_the_buyer_and_staff_read_a_request(asked, invitation, stranger, client_of):
    outsider = factories.make_expert("Paul", "Renard")  # A111, K50
    for someone in (stranger, outsider):
        assert client_of(someone).get(asked.get_absolute_url()).status_code == 404
        assert client_of(someone).get(invitation.get_absolute_url()).status_code == 404
        assert client_of(someone).post(invitation.get_absolute_url(), {"act": "accept"}).status_code == 404
    assert client_of(invitation.expert).get(asked.get_absolute_url()).status_code == 404


def test_files_of_a_request_open_for_the_invited_alone(buyer, category, expert, staff, stranger, client_of):
    asked = ask(buyer, category, files=[factories.a_file()])
    url = asked.files.get().url
    assert client_of(expert).get(url).status_code == 404
    requesting.invite(asked, actor=staff, experts=[expert])
    assert client_of(expert).get(url).status_code == 200
    assert client_of(buyer).get(url).status_code == 200
    assert client_of(stranger).get(url).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("budget", "0"), ("wanted_on", "2020-01-01"), ("budget", "-5"), ("need", "court")]
)
def test_bad_input_stands_by_its_field_and_asks_nothing(buyer, category, client_of, field, value):
    typed = {
        "title": "Modèle financier",
        "category": category.pk,
        "need": "Un modèle financier sur trois ans, avec hypothèses.",
        "budget": "900",
        "wanted_on": (timezone.localdate(clock.now()) + timedelta(days=9)).isoformat(),
    }
    answer = client_of(buyer).post(reverse("custom_request"), typed | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not CustomRequest.objects.exists()


def test_nobody_pays_for_terms_they_did_not_see(invitation, buyer, expert):  # B42, E53
    counter(invitation, expert, 1)
    counter(invitation, expert, 2, price=1_500_00)
    with pytest.raises(actions.TermsChanged):
        choose(invitation, 2)
    assert not Order.objects.exists()
    assert choose(invitation, 3).total_cents == 1_500_00


def test_accepting_an_old_version_is_refused(invitation, buyer, expert, client_of):
    counter(invitation, expert, 1)
    counter(invitation, buyer, 2, price=950_00)
    answer = client_of(expert).post(
        invitation.get_absolute_url(), {"act": "accept", "number": 1}, follow=True
    )
    assert list(answer.context["messages"])
    assert not invitation.versions.get(number=3).may_be_chosen


def test_terms_the_expert_has_not_accepted_cannot_be_chosen(invitation, buyer, expert):
    counter(invitation, expert, 1)
    counter(invitation, buyer, 2, price=500_00)
    with pytest.raises(Refusal):
        choose(invitation, 3)
    assert not Order.objects.exists()


def test_an_expert_declines_without_penalty(invitation, expert, client_of):
    before = expert.expert_profile.standing
    client_of(expert).post(invitation.get_absolute_url(), {"act": "decline"})
    invitation.refresh_from_db()
    expert.expert_profile.refresh_from_db()
    assert invitation.state == Invitation.State.DECLINED
    assert expert.expert_profile.standing == before
    with pytest.raises(Refusal):
        requesting.accept_terms(invitation, actor=expert, number=1)


def test_an_expert_replying_to_a_withdrawn_request_changes_nothing(
    asked, invitation, buyer, expert, client_of
):
    client_of(buyer).post(reverse("request_withdrawal", args=[asked.public_id]))
    assert told(expert, "custom_request_withdrawn") == 1
    for act in (
        lambda: requesting.accept_terms(invitation, actor=expert, number=1),
        lambda: counter(invitation, expert, 1),
    ):
        with pytest.raises(Refusal):
            act()
    assert Terms.objects.count() == 1


def test_the_same_click_twice_places_one_order(invitation, expert):
    requesting.accept_terms(invitation, actor=expert, number=1)
    token = uuid4()
    assert choose(invitation, 1, token) == choose(invitation, 1, token)
    with pytest.raises(Refusal):
        choose(invitation, 1)
    assert Order.objects.count() == 1


def test_the_work_of_a_custom_request_is_checked_for_fourteen_days_that_of_an_offer_for_seven(
    invitation, expert, delivered_order
):  # B1, frozen on the order
    requesting.accept_terms(invitation, actor=expert, number=1)
    custom = factories.deliver(factories.start(factories.pay(choose(invitation, 1))))

    for order, days, reminded in ((delivered_order, 7, [3.5, 5, 6]), (custom, 14, [7, 12, 13])):
        assert order.acceptance_due_at - order.delivered_at == timedelta(days=days)
        assert order.timers["acceptance"] == days * 86_400
        assert [(at - order.delivered_at) / timedelta(days=1) for at, _what in order.reminders()] == reminded


def test_an_expert_whose_papers_lapsed_is_neither_invited_nor_chosen(asked, invitation, expert, staff):
    requesting.accept_terms(invitation, actor=expert, number=1)
    profile = expert.expert_profile
    profile.barred_since = clock.now()
    profile.save()
    invitation.expert = type(expert).objects.get(pk=expert.pk)
    with pytest.raises(Refusal):
        choose(Invitation.objects.get(pk=invitation.pk), 1)
    assert not Order.objects.exists()


def test_silence_alarms_staff_at_three_and_seven_days_and_ends_at_thirty(asked, staff, buyer):  # E51
    for days, alarms in ((2, 0), (3, 1), (4, 1), (7, 2)):
        with time_machine.travel(asked.created_at + timedelta(days=days, minutes=1), tick=False):
            tasks.keep_requests()
            tasks.keep_requests()
        assert told(staff, "custom_request_alarm") == alarms
    with time_machine.travel(asked.created_at + timedelta(days=30, minutes=1), tick=False):
        tasks.keep_requests()
        tasks.keep_requests()
    asked.refresh_from_db()
    assert asked.state == CustomRequest.State.EXPIRED
    assert told(buyer, "custom_request_expired") == 1
    assert not Order.objects.exists()


def test_an_invitation_is_reminded_then_lapses(invitation, expert):
    with time_machine.travel(invitation.invited_at + timedelta(days=3, minutes=1), tick=False):
        tasks.keep_requests()
        tasks.keep_requests()
    assert told(expert, "reminder_invitation") == 1
    with time_machine.travel(invitation.invited_at + timedelta(days=7, minutes=1), tick=False):
        tasks.keep_requests()
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.LAPSED


def test_a_proposal_that_waits_reminds_its_buyer(invitation, expert, buyer, staff):
    requesting.accept_terms(invitation, actor=expert, number=1)
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1), tick=False):
        tasks.keep_requests()
        tasks.keep_requests()
    assert told(buyer, "reminder_proposals") == 1
    assert told(staff, "custom_request_alarm") == 0


def test_when_the_last_expert_is_gone_our_team_is_told_at_once(asked, invitation, expert, staff):
    assert not CustomRequest.objects.for_staff().exists()
    requesting.decline_invitation(invitation, actor=expert)
    assert told(staff, "custom_request_unserved") == 1
    assert CustomRequest.objects.for_staff().get() == asked


@pytest.mark.django_db(transaction=True)
def test_two_choices_at_once_make_one_order(buyer, category, expert, staff):
    second = factories.make_expert("Paul", "Renard")
    made = requesting.invite(ask(buyer, category), actor=staff, experts=[expert, second])
    for invitation in made:
        requesting.accept_terms(invitation, actor=invitation.expert, number=1)
    barrier, outcomes = threading.Barrier(2), []

    def pick(pk):
        try:
            found = Invitation.objects.get(pk=pk)
            barrier.wait(timeout=10)
            outcomes.append(choose(found, 1))
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=pick, args=[invitation.pk]) for invitation in made]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert Order.objects.count() == 1
    assert sum(isinstance(item, Refusal) for item in outcomes) == 1
    assert Invitation.objects.filter(state="chosen").count() == 1
    assert Order.objects.get().commission_bp == rules.COMMISSION_CUSTOM_BP
