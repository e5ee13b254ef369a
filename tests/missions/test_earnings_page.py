"""What a mission brought stands among an expert's earnings, with the way to the mission."""

import pytest
from django.urls import reverse

from payments.models import Earning

pytestmark = pytest.mark.django_db


def test_the_page_of_earnings_shows_an_instalment_and_leads_to_its_mission(running, client_of):
    assert Earning.objects.filter(expert=running.expert).exists()

    page = client_of(running.expert).get(reverse("dashboard_earnings"))

    assert page.status_code == 200
    assert running.get_absolute_url() in page.content.decode()
    assert running.client.display_name in page.content.decode()


def test_the_commission_of_a_mission_is_explained_where_it_is_read(running, client_of):  # K59
    page = client_of(running.expert).get(f"/en{reverse('dashboard_earnings')}").content.decode()

    assert "taken once, out of the first instalment: the next ones come to you whole" in page
    assert f"Instalment 1 · {running.reference}" in page


def test_an_expert_without_a_mission_reads_nothing_of_theirs(completed_order, client_of):
    page = client_of(completed_order.expert).get(f"/en{reverse('dashboard_earnings')}").content.decode()

    assert completed_order.reference in page
    assert "first instalment" not in page
