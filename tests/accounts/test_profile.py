"""How experts present themselves: each part of the profile, how complete it is, the advised rate."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import (
    CareerEntry,
    ExpertProfile,
    Sector,
    Skill,
    User,
)
from accounts.queries import completeness, similar_rates, trades
from tests import factories
from tests.accounts.pages import fields_in_error, typed
from tests.factories import make_expert

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]
BIO = "Vingt ans de direction financière en PME. " * 3


def presentation(**changes: str) -> dict[str, str]:
    return {
        "headline": "Directrice financière",
        "bio": BIO,
        "city": "Nantes",
        "years_of_experience": "20",
        **changes,
    }


def fresh(expert: User) -> ExpertProfile:
    return ExpertProfile.objects.select_related("user").get(user=expert)


# --- Words and skills


def test_an_expert_describes_themselves(client_of: ClientOf, expert: User) -> None:  # K28
    client = client_of(expert)
    for headline in ("Directrice financière", "Directrice financière de PME"):
        assert (
            client.post(reverse("profile_presentation"), presentation(headline=headline)).status_code == 302
        )
        assert fresh(expert).headline == headline
    assert fresh(expert).years_of_experience == 20


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", ""),
        ("headline", "x" * 121),
        ("bio", "Trop court"),
        ("years_of_experience", "-1"),
        ("years_of_experience", "61"),
        ("years_of_experience", "vingt"),
    ],
)
def test_a_mistaken_presentation_changes_nothing_and_is_kept(
    client_of: ClientOf, expert: User, field: str, value: str
) -> None:
    response = client_of(expert).post(reverse("profile_presentation"), presentation(**{field: value}))

    assert response.status_code == 422
    html = response.content.decode()
    assert fields_in_error(html) == {field}
    assert typed(html)["city"] == "Nantes"
    assert fresh(expert).city == ""


def test_nobody_approves_themselves(client_of: ClientOf) -> None:
    expert = make_expert(approved=False)
    forged = presentation(status="approved", rating_sum="500", slug="vip", recommendation_count="9")
    client_of(expert).post(reverse("profile_presentation"), forged)

    saved = fresh(expert)
    assert saved.status == ExpertProfile.Status.PENDING
    assert (saved.rating_sum, saved.recommendation_count) == (0, 0)
    assert saved.slug != "vip"


def test_known_skills_are_spelled_as_in_the_curated_list(client_of: ClientOf, expert: User) -> None:
    Skill.objects.create(slug="excel", name_fr="Excel", name_en="Excel", synonyms=["MS Excel", "tableur"])
    industry = Sector.objects.create(slug="industrie", name_fr="Industrie", name_en="Manufacturing")
    trades.forget()
    response = client_of(expert).post(
        reverse("profile_skills"),
        {
            "skills": "ms excel, Tableur ; Trésorerie",
            "sectors": [str(industry.pk)],
            "strengths": "Clarté\n- Sang-froid\nSens du détail",
            "languages": "french, Anglais, klingon",
        },
    )
    assert response.status_code == 302
    saved = fresh(expert)
    assert saved.skills == ["Excel", "Trésorerie"]
    assert list(saved.sectors.all()) == [industry]
    assert saved.strengths == ["Clarté", "Sang-froid", "Sens du détail"]
    assert saved.languages == ["Français", "Anglais", "klingon"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("languages", ",".join(f"langue {n}" for n in range(9))),
        ("skills", "x" * 61),
        ("skills", ""),
        ("strengths", "\n".join(f"force {n}" for n in range(6))),
        ("sectors", ["999999"]),
    ],
)
def test_mistaken_skills_change_nothing(client_of: ClientOf, expert: User, field: str, value: Any) -> None:
    data = {"skills": "Trésorerie", "languages": "Français", "strengths": "Clarté", field: value}
    response = client_of(expert).post(reverse("profile_skills"), data)

    assert response.status_code == 422
    assert fresh(expert).skills == []


# --- Complete, guided


def test_the_meter_says_what_is_missing_with_a_link_to_each(client_of: ClientOf, expert: User) -> None:  # K23
    client = client_of(expert)
    html = client.get("/en" + reverse("expert_profile_edit")).content.decode()
    for piece in completeness(fresh(expert)).missing:
        assert str(reverse(piece.url_name)) in html
    before = completeness(fresh(expert)).percent

    client.post(reverse("profile_presentation"), presentation())
    assert completeness(fresh(expert)).percent == before + 20


def test_saving_goes_on_to_the_next_missing_part(client_of: ClientOf, expert: User) -> None:  # K21
    client = client_of(expert)
    response = client.post(reverse("profile_presentation"), presentation(go_on="1"))
    assert response["Location"] == reverse("profile_photo")

    actions.change_photo(expert, factories.a_portrait())
    response = client.post(reverse("profile_presentation"), presentation(go_on="1"))
    assert response["Location"] == reverse("profile_skills")


def test_a_whole_profile_reaches_a_hundred_per_cent(expert: User) -> None:
    profile = fresh(expert)
    sector = Sector.objects.create(slug="sante", name_fr="Santé", name_en="Health")
    actions.change_photo(expert, factories.a_portrait())
    from accounts.actions.profile import tell_career

    actions.present(
        profile,
        {
            "bio": BIO,
            "skills": ["a", "b", "c"],
            "strengths": ["a", "b", "c"],
            "languages": ["Français"],
            "daily_rate_cents": 600_00,
            "sectors": [sector],
        },
    )
    for kind in CareerEntry.Kind.values:
        tell_career(profile, {"kind": kind, "title": "DAF", "organisation": "Morel", "started": 2010})
    whole = completeness(fresh(expert))
    assert (whole.percent, whole.missing) == (100, [])


def test_the_past_is_told_changed_and_removed(client_of: ClientOf, expert: User, stranger: User) -> None:
    client = client_of(expert)
    line = {"kind": "position", "title": "DAF", "organisation": "Morel", "started": "2010", "ended": "2018"}
    client.post(reverse("profile_career"), line)
    entry = CareerEntry.objects.get()
    client.post(reverse("profile_career_entry", args=[entry.pk]), {**line, "title": "Directrice financière"})
    entry.refresh_from_db()
    assert entry.title == "Directrice financière"
    assert ExpertProfile.objects.filter(search="morel").exists()

    other = make_expert("Paul", "Mercier")
    assert (
        client_of(other).post(reverse("profile_career_entry", args=[entry.pk]), {"remove": "1"}).status_code
        == 404
    )
    assert CareerEntry.objects.exists()
    client.post(reverse("profile_career_entry", args=[entry.pk]), {"remove": "1"})
    assert not CareerEntry.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"ended": "2009"}, {"started": "2999"}, {"started": "12"}, {"title": ""}, {"kind": "star"}]
)
def test_a_mistaken_line_of_the_past_is_refused(
    client_of: ClientOf, expert: User, changes: dict[str, str]
) -> None:
    line = {"kind": "position", "title": "DAF", "organisation": "Morel", "started": "2010", **changes}
    assert client_of(expert).post(reverse("profile_career"), line).status_code == 422
    assert not CareerEntry.objects.exists()


# --- Rate


def priced(cents: int, **fields: Any) -> User:
    expert = make_expert("Paul", f"Mercier{cents}")
    User.objects.filter(pk=expert.pk).update(avatar="a.webp")
    ExpertProfile.objects.filter(user=expert).update(
        daily_rate_cents=cents, skills=["Trésorerie"], years_of_experience=12, **fields
    )
    return expert


def test_a_rate_is_advised_by_what_similar_experts_ask(client_of: ClientOf, expert: User) -> None:  # K24, K25
    actions.present(fresh(expert), {"skills": ["Trésorerie"], "years_of_experience": 14})
    assert similar_rates(fresh(expert)) is None
    for cents in (400_00, 500_00, 600_00, 700_00):
        priced(cents)
    priced(5_000_00, is_hidden=True)
    similar = similar_rates(fresh(expert))
    assert similar is not None
    assert (similar.low_cents, similar.middle_cents, similar.high_cents, similar.count) == (
        400_00,
        500_00,
        600_00,
        4,
    )
    client = client_of(expert)
    assert client.post(reverse("profile_rate"), {"daily_rate_cents": "5"}).status_code == 422
    client.post(reverse("profile_rate"), {"daily_rate_cents": "350"})
    assert fresh(expert).daily_rate_cents == 350_00
    assert "below the usual" in client.get("/en" + reverse("profile_rate")).content.decode()
