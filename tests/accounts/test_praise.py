"""Recommendations: asked by mail, written by a client, approved, reminded of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import recommendations
from accounts.models import (
    ExpertProfile,
    Recommendation,
    User,
)
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Mail

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]


def fresh(expert: User) -> ExpertProfile:
    return ExpertProfile.objects.select_related("user").get(user=expert)


WORDS = "Un travail précis, rendu à l’heure, et des explications que toute l’équipe a comprises."


def asked(expert: User, email: str = "nadia@exemple.fr") -> Recommendation:
    return recommendations.ask(fresh(expert), name="Nadia Morel", email=email, relation="client")


def answer(client: Client, recommendation: Recommendation, **changes: str) -> Any:
    link = reverse("recommendation", args=[recommendations.token_of(recommendation)])
    data = {"name": "Nadia Morel", "role": "Gérante, Ateliers Morel", "relation": "client", "text": WORDS}
    return client.post(link, {**data, **changes})


def test_a_recommendation_goes_from_the_mail_to_the_profile(  # K26, K74, B30
    client_of: ClientOf, client: Client, expert: User, staff: User
) -> None:
    profile = fresh(expert)
    before = profile.standing
    client_of(expert).post(
        reverse("profile_recommendations"),
        {"name": "Nadia Morel", "email": "nadia@exemple.fr", "relation": "client", "words": "Souvenez-vous."},
    )
    recommendation = Recommendation.objects.get()
    mail = Mail.objects.get(recipient="nadia@exemple.fr")
    link = reverse("recommendation", args=[recommendations.token_of(recommendation)]).rsplit("/", 2)[0]
    assert link in mail.text

    answer(client, recommendation)
    recommendation.refresh_from_db()
    assert recommendation.status == "written"
    assert WORDS not in client.get(profile.get_absolute_url()).content.decode()
    assert fresh(expert).standing == before

    assert (
        answer(
            client, recommendation, text="Autre chose, en bien plus long, mais trop tard pour cela."
        ).status_code
        == 200
    )
    recommendation.refresh_from_db()
    assert recommendation.text == WORDS  # the link serves once

    recommendations.publish(recommendation, actor=staff)
    assert WORDS in client.get(profile.get_absolute_url()).content.decode()
    assert fresh(expert).standing > before
    ExpertProfile.objects.filter(user=expert).update(rating_count=1, rating_sum=1)
    reviewed = fresh(expert).standing
    ExpertProfile.objects.filter(user=expert).update(recommendation_count=0)
    assert fresh(expert).standing == reviewed  # after the first review, reviews alone count

    with pytest.raises(Refusal):
        recommendations.refuse(recommendation, actor=expert)
    recommendations.refuse(recommendation, actor=staff)
    assert fresh(expert).recommendation_count == 0
    assert WORDS not in client.get(profile.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Bien."},
        {"text": WORDS + " www.exemple.fr"},
        {"text": WORDS + " 06 12 34 56 78"},
        {"name": ""},
    ],
)
def test_a_mistaken_recommendation_does_not_use_the_link(
    client: Client, expert: User, changes: dict[str, str]
) -> None:
    recommendation = asked(expert)
    assert answer(client, recommendation, **changes).status_code == 422
    recommendation.refresh_from_db()
    assert recommendation.status == "asked"


def test_nobody_recommends_themselves_or_is_asked_twice(expert: User) -> None:
    asked(expert)
    for email in ("NADIA@exemple.fr", expert.email):
        with pytest.raises(Refusal):
            asked(expert, email)
    assert Recommendation.objects.count() == 1


def test_a_forged_or_old_link_opens_nothing(client: Client, expert: User) -> None:
    recommendation = asked(expert)
    assert client.get(reverse("recommendation", args=["forged"])).status_code == 404
    recommendations.withdraw(recommendation)
    assert answer(client, recommendation).status_code == 404


def test_those_asked_are_reminded_twice_then_left_in_peace(expert: User) -> None:
    recommendation = asked(expert)
    counts = []
    for day in (1, 5, 5, 16, 31, 60):
        with clock.at(recommendation.asked_at + timedelta(days=day)):
            counts.append(recommendations.remind_or_give_up())
    assert counts == [0, 1, 0, 1, 1, 0]
    recommendation.refresh_from_db()
    assert recommendation.status == "expired"
    assert Mail.objects.filter(recipient="nadia@exemple.fr").count() == 3


def test_declining_is_the_end_of_it(client: Client, expert: User) -> None:
    recommendation = asked(expert)
    answer(client, recommendation, decline="1")
    recommendation.refresh_from_db()
    assert (recommendation.status, recommendation.text) == ("declined", "")
    with pytest.raises(Refusal):
        asked(expert)
