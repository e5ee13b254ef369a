"""How experts present themselves: each part of the profile, how complete it is, presence, praise, portfolio."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.actions import portfolio, recommendations
from accounts.models import (
    CareerEntry,
    ExpertProfile,
    PortfolioPiece,
    Recommendation,
    Sector,
    Skill,
    TimeOff,
    User,
)
from accounts.queries import completeness, similar_rates, trades
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging.models import Mail
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


# --- Presence


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


# --- Recommendations

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


# --- Portfolio


def piece_words(**changes: str) -> dict[str, str]:
    return {
        "title": "Plan de financement d’une boulangerie",
        "description": "Deux scénarios, un prêt obtenu.",
        "year": "2024",
        "client_name": "Maison Perrin",
        "client_email": "perrin@exemple.fr",
        **changes,
    }


def test_a_piece_is_public_once_its_client_agrees_and_no_longer(  # B35
    client_of: ClientOf, client: Client, expert: User
) -> None:
    address = fresh(expert).get_absolute_url()
    image = factories.an_image((900, 600))
    image.name = "plan.webp"
    response = client_of(expert).post(reverse("profile_portfolio"), {**piece_words(), "image": image})
    assert response.status_code == 302
    piece = PortfolioPiece.objects.get()
    assert piece.thumbnail
    assert "Maison Perrin" not in client.get(address).content.decode()
    assert Mail.objects.filter(recipient="perrin@exemple.fr").count() == 1

    link = reverse("portfolio_consent", args=[portfolio.token_of(piece)])
    assert client.get(link).status_code == 200
    piece.refresh_from_db()
    assert piece.consent == "asked"  # opening the link decides nothing
    client.post(link, {"answer": "yes"})
    assert "Maison Perrin" in client.get(address).content.decode()
    client.post(link, {"answer": "no"})
    assert "Maison Perrin" not in client.get(address).content.decode()
    piece.refresh_from_db()
    assert piece.answered_at is not None


def test_changing_a_piece_asks_its_client_again(client_of: ClientOf, expert: User) -> None:
    fields = {name: value for name, value in piece_words().items() if name != "year"}
    piece = portfolio.add(fresh(expert), {**fields, "year": 2024})
    portfolio.answer(piece, agrees=True)
    client_of(expert).post(
        reverse("profile_portfolio_piece", args=[piece.public_id]), piece_words(title="Autre titre")
    )
    piece.refresh_from_db()
    assert (piece.title, piece.consent) == ("Autre titre", "asked")
    with pytest.raises(Refusal):
        portfolio.remind(piece)
    assert Mail.objects.filter(recipient="perrin@exemple.fr").count() == 2


@pytest.mark.parametrize(
    "changes",
    [{"year": "3000"}, {"title": ""}, {"client_email": "perrin"}, {"description": "Voir www.moi.fr"}],
)
def test_a_mistaken_piece_asks_nobody(client_of: ClientOf, expert: User, changes: dict[str, str]) -> None:
    assert client_of(expert).post(reverse("profile_portfolio"), piece_words(**changes)).status_code == 422
    assert not PortfolioPiece.objects.exists()
    assert not Mail.objects.filter(recipient__startswith="perrin").exists()


def test_experts_do_not_consent_for_their_clients(client_of: ClientOf, expert: User) -> None:
    response = client_of(expert).post(
        reverse("profile_portfolio"), piece_words(client_email=expert.email.upper())
    )
    assert response.status_code == 422
    assert not PortfolioPiece.objects.exists()


def test_a_finished_order_leads_to_the_portfolio_and_asks_its_buyer(  # B35
    client_of: ClientOf, completed_order: Any, stranger: User
) -> None:
    order = completed_order
    page = client_of(order.expert).get(reverse("order", args=[order.public_id])).content.decode()
    token = portfolio.order_token(
        expert=order.expert, client=order.buyer, reference=order.reference, title=order.title
    )
    address = reverse("profile_portfolio") + "?order="
    assert address in page
    assert (
        address not in client_of(order.buyer).get(reverse("order", args=[order.public_id])).content.decode()
    )

    words = {name: value for name, value in piece_words().items() if name != "client_email"}
    other = make_expert("Paul", "Mercier")
    assert (
        client_of(other).post(address + token, words).status_code == 422
    )  # another expert must give an address
    for _ in range(2):
        client_of(order.expert).post(address + token, words)
    piece = PortfolioPiece.objects.get()
    assert (piece.client, piece.order_reference, piece.consent) == (order.buyer, order.reference, "asked")
    assert Mail.objects.filter(recipient=order.buyer.email, text__contains=piece.title).count() == 1
