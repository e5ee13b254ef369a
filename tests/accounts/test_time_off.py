"""Days on which an expert is away."""

from datetime import date

import pytest
from django.db import IntegrityError

from accounts.models import TimeOff, days_off
from tests import factories

pytestmark = pytest.mark.django_db


def test_days_off_include_both_ends_and_count_an_overlap_once():
    expert = factories.make_expert()
    away = TimeOff.objects
    away.create(expert=expert, starts_on=date(2026, 12, 22), ends_on=date(2026, 12, 24))
    away.create(expert=expert, starts_on=date(2026, 12, 24), ends_on=date(2026, 12, 26))
    away.create(expert=factories.make_expert(), starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    assert days_off(expert.pk, date(2026, 12, 23), date(2026, 12, 25)) == {
        date(2026, 12, 23),
        date(2026, 12, 24),
        date(2026, 12, 25),
    }
    assert days_off(expert.pk, date(2026, 12, 27), date(2026, 12, 31)) == set()


def test_time_off_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError):
        TimeOff.objects.create(
            expert=factories.make_expert(), starts_on=date(2026, 12, 24), ends_on=date(2026, 12, 23)
        )
