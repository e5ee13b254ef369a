"""How experts show, hide and close themselves, and their days off."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import (
    ExpertProfile,
    TimeOff,
    User,
)
from marketplace.kernel import clock
from tests import factories
from tests.factories import make_expert

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]


def fresh(expert: User) -> ExpertProfile:
    return ExpertProfile.objects.select_related("user").get(user=expert)


def days(first: int, last: int) -> dict[str, str]:
    today = clock.now().date()
    return {
        "part": "time_off",
        "starts_on": (today + timedelta(days=first)).isoformat(),
        "ends_on": (today + timedelta(days=last)).isoformat(),
    }


def test_experts_show_hide_and_close_themselves(client_of: ClientOf, expert: User) -> None:  # K31 improved
    actions.change_photo(expert, factories.a_portrait())
    client, here = client_of(expert), reverse("profile_availability")
    client.post(here, {"part": "visibility", "hidden": "1"})
    assert not ExpertProfile.objects.listed().filter(user=expert).exists()
    client.post(here, {"part": "visibility", "hidden": "0"})
    assert ExpertProfile.objects.listed().filter(user=expert).exists()

    client.post(here, {"part": "availability", "availability": "closed"})
    assert not fresh(expert).takes_orders
    client.post(here, {"part": "availability", "availability": "nonsense"})
    assert fresh(expert).availability == "closed"


def test_time_off_stops_new_orders_and_ends_by_itself(  # B26
    client_of: ClientOf, expert: User, offer: Any, buyer: User
) -> None:
    client_of(expert).post(reverse("profile_availability"), days(0, 3))
    assert not type(offer).objects.get(pk=offer.pk).is_orderable
    html = client_of(buyer).get("/en" + offer.get_absolute_url()).content.decode()
    assert "The expert is away until" in html
    with clock.at(clock.now() + timedelta(days=5)):
        assert type(offer).objects.get(pk=offer.pk).is_orderable


@pytest.mark.parametrize("span", [(3, 1), (-9, -5), (0, 500), (2, 6)])
def test_mistaken_absences_are_refused(client_of: ClientOf, expert: User, span: tuple[int, int]) -> None:
    client, here = client_of(expert), reverse("profile_availability")
    client.post(here, days(5, 8))
    assert client.post(here, days(*span)).status_code == 422
    assert TimeOff.objects.count() == 1


def test_an_absence_is_removed_by_its_expert_alone(client_of: ClientOf, expert: User) -> None:
    today = date.today()
    absence = TimeOff.objects.create(expert=expert, starts_on=today, ends_on=today)
    address = reverse("profile_time_off", args=[absence.pk])
    assert client_of(make_expert("Paul", "Mercier")).post(address).status_code == 404
    assert TimeOff.objects.exists()
    client_of(expert).post(address)
    assert not TimeOff.objects.exists()
