"""Queries written once are run with the keys of the day."""

from datetime import date

import pytest
from django.db.models import DateField, Value

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.compiled import DAY, STAND_IN, Compiled
from offers.models import Offer
from tests import factories


def names(pk):
    return User.objects.filter(pk__in=[pk]).order_by("first_name").values_list("first_name")


def test_a_query_is_written_once_and_run_with_one_key_or_several(buyer, expert, django_assert_num_queries):
    written = []

    def build(pk):
        written.append(pk)
        return names(pk)

    people = Compiled(build)

    with django_assert_num_queries(3):
        assert people.rows(buyer.pk) == [("Thomas",)]
        assert people.rows(expert.pk) == [("Claire",)]
        assert people.rows_of([buyer.pk, expert.pk]) == [("Claire",), ("Thomas",)]
    assert len(written) == 1


def test_what_changed_since_is_read(buyer):
    people = Compiled(names)
    assert people.rows(buyer.pk) == [("Thomas",)]

    User.objects.filter(pk=buyer.pk).update(first_name="Tom")

    assert people.rows(buyer.pk) == [("Tom",)]


def test_several_keys_need_one_list_to_stand_in(db):
    with pytest.raises(ValueError, match="one list"):
        Compiled(lambda pk: User.objects.filter(pk=pk).values_list("pk")).rows_of([1])
    twice = Compiled(lambda pk: User.objects.filter(pk__in=[pk], company__in=[pk]).values_list("pk"))
    with pytest.raises(ValueError, match="one list"):
        twice.rows_of([factories.make_user("Inès", "Carpentier").pk])


def test_rows_become_models_with_what_they_join_and_what_was_annotated(
    offer, expert, django_assert_num_queries
):
    of_day = Compiled(
        lambda pk, day: (
            Offer.objects.filter(pk=pk)
            .select_related("expert")
            .annotate(day=Value(day, DateField()))
            .defer("faq")
        ),
        *(STAND_IN, DAY),
    )
    with django_assert_num_queries(1):
        rows = of_day.rows(offer.pk, date(2026, 5, 4))
        found = of_day.objects(rows)[0]
        assert (found.title, found.expert.first_name) == (offer.title, expert.first_name)
        assert found.day == date(2026, 5, 4)
        assert found.cover.name == offer.cover.name
    assert found.get_deferred_fields() == {"faq"}
    assert of_day.objects(of_day.rows(offer.pk, date(2027, 1, 1)))[0].day == date(2027, 1, 1)
    assert of_day.rows(0, date(2026, 5, 4)) == []


def test_a_moment_that_would_be_kept_is_refused(db):
    frozen = Compiled(lambda pk: User.objects.filter(pk=pk, date_joined__gt=clock.now()))

    with pytest.raises(ValueError, match="give a key for it"):
        frozen.rows(1)
