"""What a database is given before anybody comes: the demo world, or what a real site begins with."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from marketplace.local import prepare
from marketplace.roles import EVERYTHING, ROLES
from offers.models import Category, Offer

pytestmark = pytest.mark.django_db


class InThisProcess:
    """Django's command line without its end, which closes the connection of the test."""

    def __init__(self, argv: list[str]) -> None:
        self.argv = argv

    def execute(self) -> None:
        call_command(*self.argv[1:], verbosity=0)


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.setattr("marketplace.local.messages.compile_stale", lambda: None)
    monkeypatch.setattr("django.core.management.ManagementUtility", InThisProcess)


def test_a_real_site_begins_with_its_roles_and_categories_and_no_demo_data(monkeypatch):
    monkeypatch.setenv("SEED", "0")
    Group.objects.all().delete()

    for _run in range(2):
        prepare.main([])

    assert {group.name for group in Group.objects.all()} == {*ROLES, EVERYTHING}
    assert Category.objects.exists()
    assert not Offer.objects.exists()


def test_a_named_command_runs_alone(monkeypatch):
    monkeypatch.setenv("SEED", "0")
    Group.objects.all().delete()

    prepare.main(["categories"])

    assert not Group.objects.exists()
