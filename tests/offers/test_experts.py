"""The directory of experts, what people keep of it, and the weekly mail about what is new."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from accounts import actions as accounts
from accounts.models import ExpertProfile, Sector, Skill, TimeOff, User
from accounts.queries import trades
from marketplace.kernel import clock
from messaging.models import Mail
from offers import keeping, searches
from offers.models import Favourite, SavedSearch
from orders.actions import deliver
from tests import factories

pytestmark = pytest.mark.django_db
HERE = "/experts/"


def listed(first: str, last: str, **fields: Any) -> User:
    expert = factories.make_expert(first, last)
    User.objects.filter(pk=expert.pk).update(avatar="a.webp")
    expert.refresh_from_db()
    accounts.present(expert.expert_profile, {"headline": "Conseil en trésorerie", **fields})
    return expert


@pytest.fixture(scope="module")
def gathered(once: None) -> dict[str, User]:
    """Three experts who differ in everything that can be asked."""
    Skill.objects.create(
        slug="tresorerie", name_fr="Trésorerie", name_en="Treasury", synonyms=["cash management"]
    )
    sector = Sector.objects.create(
        slug="sante", name_fr="Santé", name_en="Health", synonyms=["hôpital", "pharmacie"]
    )
    trades.forget()
    return {
        "ines": listed(
            "Inès", "Carpentier", skills=["Trésorerie"], sectors=[sector], years_of_experience=8,
            daily_rate_cents=450_00, languages=["Français"],
        ),
        "paul": listed(
            "Paul", "Mercier", skills=["Recrutement"], years_of_experience=22, daily_rate_cents=800_00,
            languages=["Français", "Anglais"], headline="Recruteur",
        ),
        "nora": listed("Nora", "Duval", skills=["Trésorerie"], years_of_experience=35, headline="Banquière"),
    }  # fmt: skip


@pytest.fixture
def crowd(gathered: dict[str, User], db: None) -> dict[str, User]:
    return gathered


def names(client: Any, **asked: str) -> list[str]:
    html = client.get(HERE, asked).content.decode()
    return re.findall(r'expert-tile-name"><a href="/experts/([a-z]+)-', html)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {"ines", "paul", "nora"}),
        ({"q": "tresorerie"}, {"ines", "nora"}),
        ({"q": "cash management"}, {"ines", "nora"}),
        ({"q": "Treasury"}, {"ines", "nora"}),
        ({"q": "hôpital"}, {"ines"}),
        ({"q": "carpentier"}, {"ines"}),
        ({"q": "trézorerie"}, {"ines", "nora"}),
        ({"skill": "Treasury"}, {"ines", "nora"}),
        ({"sector": "sante"}, {"ines"}),
        ({"years": "20"}, {"paul", "nora"}),
        ({"rate": "500"}, {"ines"}),
        ({"language": "Anglais"}, {"paul"}),
        ({"q": "tresorerie", "years": "30"}, {"nora"}),
        ({"q": "zzzzz"}, set()),
    ],
)
def test_experts_are_found_by_words_and_filters(client, crowd, asked, expected):  # K7, K8
    assert set(names(client, **asked)) == expected


def test_a_word_set_right_is_said(client, crowd):
    html = client.get("/en" + HERE, {"q": "trézorerie"}).content.decode()
    assert "Nobody answers “trézorerie”." in html


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "1000000000"},
        {"page": "-1"},
        {"page": "x"},
        {"skill": "\x00", "sector": "nowhere", "years": "7", "rate": "beaucoup", "language": "klingon"},
        {"q": "' OR 1=1 -- \x00 \U0001f600 \u202e"},
        {"q": "a" * 5_000, "sort": "drop"},
    ],
)
def test_absurd_addresses_give_a_sane_page(client, crowd, asked):
    assert client.get(HERE, asked).status_code == 200


def test_sorting(client, crowd):
    assert names(client, sort="years") == ["nora", "paul", "ines"]
    assert names(client, sort="rate") == ["ines", "paul", "nora"]
    ExpertProfile.objects.filter(user=crowd["paul"]).update(recommendation_count=2)
    assert names(client)[0] == "paul"  # K74
    ExpertProfile.objects.filter(user=crowd["ines"]).update(rating_count=3, rating_sum=15)
    assert names(client)[:2] == ["ines", "paul"]


def test_each_expert_sees_their_mark_and_everybody_how_it_is_made(client, client_of, crowd):
    """B29, K74: by recommendations until the first review, by reviews from then on."""
    ines = crowd["ines"]
    profile = ExpertProfile.objects.filter(user=ines)
    profile.update(recommendation_count=2)
    with translation.override("en"):
        overview, explained = reverse("expert_profile_edit"), f"{reverse('offer_ranking')}#experts"
        directory = reverse("experts")
    assert "3.30 of 5" in client_of(ines).get(overview).content.decode()

    profile.update(rating_count=3, rating_sum=15)
    page = client_of(ines).get(overview).content.decode()
    assert "4.38 of 5" in page
    assert "From your 3 reviews" in page
    assert explained in page
    assert explained in client.get(directory).content.decode()


def test_who_is_not_listed_is_not_found(client, crowd):  # K12, K22
    User.objects.filter(pk=crowd["ines"].pk).update(avatar="")
    ExpertProfile.objects.filter(user=crowd["paul"]).update(status="suspended")
    ExpertProfile.objects.filter(user=crowd["nora"]).update(is_hidden=True)
    assert names(client) == []


def test_without_a_photo_one_leaves_the_lists_at_once_and_nothing_else(client, client_of, started_order):
    """E69: who has the address still reads the profile and the offer, and the work under way goes on."""
    order, expert = started_order, started_order.expert
    accounts.change_photo(expert, factories.a_portrait())
    profile = expert.expert_profile.get_absolute_url()
    assert profile in client.get(HERE).content.decode()

    accounts.change_photo(expert, None)

    assert profile not in client.get(HERE).content.decode()
    for address in (profile, order.offer.get_absolute_url()):
        assert client.get(address).status_code == 200
    assert client_of(order.buyer).get(reverse("order", args=[order.public_id])).status_code == 200
    deliver(order, actor=expert, note="Voici le plan.")
    order.refresh_from_db()
    assert order.state == "delivered"


def test_those_away_or_closed_are_not_available_now(client, crowd):
    today = clock.today()
    TimeOff.objects.create(expert=crowd["ines"], starts_on=today, ends_on=today)
    ExpertProfile.objects.filter(user=crowd["paul"]).update(availability="closed")
    assert names(client, available="1") == ["nora"]
    assert len(names(client)) == 3


def left(client, **asked: str) -> dict[str, dict[str, int]]:
    """What the page says each filter would leave."""
    facets = client.get(HERE, asked).context["facets"]
    return {name: {each.value: each.count for each in choices} for name, choices in facets.items()}


def test_each_filter_says_how_many_experts_it_would_leave(client, crowd):
    factories.make_expert("Sans", "Photo")  # not listed
    ExpertProfile.objects.filter(user=crowd["paul"]).update(availability="closed")

    everybody = left(client)
    assert everybody["skill"] == {"Trésorerie": 2, "Recrutement": 1}
    assert everybody["sector"] == {"sante": 1}
    assert everybody["years"] == {"": 3, "5": 3, "10": 2, "20": 2, "30": 1}
    assert everybody["language"] == {"Anglais": 1, "Français": 2}
    assert everybody["available"] == {"1": 2}
    treasurers = left(client, skill="Trésorerie", years="20")
    assert treasurers["skill"] == {"Trésorerie": 1, "Recrutement": 1}, "with another in its place"
    assert treasurers["years"] == {"": 2, "5": 2, "10": 1, "20": 1, "30": 1}
    assert treasurers["language"] == {}, "none would leave anybody"
    for name, values in everybody.items():
        for value, count in values.items():
            assert len(names(client, **{name: value})) == count
    assert left(client, q="recruteur")["skill"] == {"Recrutement": 1}


def test_a_filter_that_is_chosen_stays_though_it_leaves_nobody(client, crowd):
    page = client.get(HERE, {"language": "Anglais", "skill": "Trésorerie"})

    assert {each.value: each.count for each in page.context["facets"]["language"]} == {
        "Français": 1,
        "Anglais": 0,
    }
    assert '<option value="Anglais" selected>Anglais (0)</option>' in page.content.decode()


def test_the_directory_asks_four_queries_however_many_experts(client, crowd, django_assert_max_num_queries):
    client.get(HERE)
    with django_assert_max_num_queries(4):
        client.get(HERE, {"q": "tresorerie"})
    for n in range(5):
        listed("Paul", f"Autre{n}", skills=["Trésorerie"])
    with django_assert_max_num_queries(4):
        client.get(HERE, {"q": "tresorerie"})


def test_staff_who_change_synonyms_change_what_is_found(client, crowd):
    from accounts.actions.profile import word_changed

    skill = Skill.objects.get(slug="tresorerie")
    assert names(client, q="BFR") == []
    skill.synonyms = ["BFR"]
    skill.save()
    word_changed(skill)
    assert set(names(client, q="BFR")) == {"ines", "nora"}


def test_the_way_to_the_experts_is_in_the_header_and_on_the_home_page(client, client_of, buyer):  # K7
    assert f'formaction="{HERE}"' in client.get("/").content.decode()
    assert "Find an expert" in client_of(buyer).get("/en" + reverse("favourites")).content.decode()


def test_a_profile_speaks_to_search_engines(client, crowd):
    ExpertProfile.objects.filter(user=crowd["ines"]).update(
        rating_count=2, rating_sum=9, headline="</script><b>"
    )
    profile = ExpertProfile.objects.get(user=crowd["ines"])
    html = client.get(profile.get_absolute_url()).content.decode()
    assert '<link rel="canonical" href="http' in html
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert block is not None
    data = json.loads(block[1])
    assert data["@type"] == "ProfilePage"
    assert data["mainEntity"]["makesOffer"]["itemOffered"]["aggregateRating"]["ratingValue"] == 4.5
    assert data["mainEntity"]["jobTitle"] == "</script><b>"

    ExpertProfile.objects.filter(user=crowd["ines"]).update(is_hidden=True)
    assert 'content="noindex"' in client.get(profile.get_absolute_url()).content.decode()


# --- Favourites


def test_a_heart_keeps_and_lets_go(client_of, stranger, offer):  # B31
    client, path = client_of(stranger), reverse("favourite_offer", args=[offer.pk])
    response = client.post(path, {"next": offer.get_absolute_url()})
    assert response["Location"] == offer.get_absolute_url()
    assert offer.title in client.get(reverse("favourites")).content.decode()
    part = client.post(path, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="false" autofocus' in part
    assert not Favourite.objects.exists()


def test_signed_out_visitors_are_led_to_sign_in_and_back(client, offer, crowd):
    page = client.get(offer.get_absolute_url()).content.decode()
    assert f"{reverse('account_login')}?next={offer.get_absolute_url()}" in page
    assert client.post(reverse("favourite_offer", args=[offer.pk])).status_code == 302
    assert not Favourite.objects.exists()


def test_cards_carry_hearts_that_work_without_script(client_of, stranger, offer, expert):  # B31
    client, here = client_of(stranger), "/offers/?q=plan"
    path = reverse("favourite_offer", args=[offer.pk])

    def pressed(page: str) -> str:
        button = re.search(rf'<button[^>]*formaction="{path}"[^>]*>', client.get(page).content.decode())
        assert button is not None
        assert 'form="hearts"' in button[0]
        return re.findall(r'aria-pressed="(\w+)"', button[0])[0]

    page = client.get(here).content.decode()
    assert page.count('<form id="hearts"') == 1
    assert f'name="next" value="{here}"' in page
    assert pressed(here) == "false"
    assert client.post(path, {"next": here, "card": "1"})["Location"] == here
    assert [pressed(page) for page in (here, expert.expert_profile.get_absolute_url())] == ["true"] * 2
    assert page.count("formaction") == client_of(expert).get(here).content.decode().count("formaction") + 1

    part = client.post(path, {"card": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "<button" in part
    assert 'aria-pressed="false" autofocus' in part
    assert "<form" not in part
    assert '" autofocus aria-label' not in client.get(here).content.decode(), (
        "a list drawn again leaves the focus where it is"
    )


def test_a_visitors_hearts_lead_to_sign_in_and_back_to_the_list(client, offer):
    page = client.get("/offers/", {"kind": "job", "x": '"><b>'}).content.decode()
    assert f"{reverse('account_login')}?next=%2Foffers%2F%3Fkind%3Djob%26x%3D%2522%253E" in page
    assert "--back--" not in page
    assert 'id="hearts"' not in page


def test_a_heart_too_many_is_refused_and_the_page_says_why(client_of, stranger, offer, monkeypatch):
    monkeypatch.setattr(keeping, "MAX_FAVOURITES", 0)
    client, path = client_of(stranger), "/en" + reverse("favourite_offer", args=[offer.pk])
    response = client.post(path, {"card": "1"}, headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"
    assert "Remove some first." in client.get("/en/offers/").content.decode()
    assert not Favourite.objects.exists()


def test_one_does_not_keep_ones_own_or_what_is_not_shown(client_of, expert, offer, stranger):
    client_of(expert).post(reverse("favourite_offer", args=[offer.pk]))
    client_of(expert).post(reverse("favourite_expert", args=[expert.pk]))
    hidden = factories.make_offer(expert, published=False)
    assert client_of(stranger).post(reverse("favourite_offer", args=[hidden.pk])).status_code == 404
    pending = factories.make_expert("Nora", "Duval", approved=False)
    assert client_of(stranger).post(reverse("favourite_expert", args=[pending.pk])).status_code == 404
    assert not Favourite.objects.exists()


def test_a_heart_never_leads_off_the_site(client_of, stranger, offer):
    path = reverse("favourite_offer", args=[offer.pk])
    assert (
        client_of(stranger).post(path, {"next": "https://piege.example/"})["Location"]
        == offer.get_absolute_url()
    )


def test_what_was_seen_is_kept_in_the_session_of_members_alone(client, client_of, stranger, offer):
    client.get(offer.get_absolute_url())
    assert not client.session.keys()
    member = client_of(stranger)
    member.get(offer.get_absolute_url())
    assert keeping.seen(member.session, "offers") == [offer.pk]
    assert offer.title in member.get(reverse("favourites")).content.decode()
    member.post(reverse("seen_forget"))
    assert offer.title not in member.get(reverse("favourites")).content.decode()


# --- Saved searches


def test_a_search_is_kept_once_with_its_filters_alone(client_of, stranger, crowd):
    client = client_of(stranger)
    data = {"kind": "experts", "query": "q=tresorerie&sort=rate&page=3&sector=nowhere&years=20"}
    for _ in range(2):
        client.post("/en" + reverse("searches_save"), data)
    search = SavedSearch.objects.get()
    assert search.query == "q=tresorerie&years=20"
    assert search.label == "“tresorerie” · 20 years and more"
    assert client.get(search.get_absolute_url()).status_code == 200
    with translation.override("fr"):
        assert searches.read("experts", {"q": "paie"})[1] == "«\xa0paie\xa0»", "quoted as the language does"


def test_news_come_once_a_week_and_never_twice(stranger, crowd, offer, category, expert):  # B31
    keeping.save_search(stranger, kind="experts", asked={"q": "tresorerie"}, label="tresorerie")
    keeping.save_search(stranger, kind="offers", asked={"category": category.slug}, label="finance")
    assert keeping.mail_news() == 0

    later = clock.now() + timedelta(days=8)
    with clock.at(later - timedelta(days=1)):
        fresh = factories.make_offer(
            expert, category=category, title="Prévisionnel de trésorerie à trois ans"
        )
        ExpertProfile.objects.filter(user=crowd["nora"]).update(approved_at=clock.now())
    with clock.at(later):
        assert keeping.mail_news() == 1
        assert keeping.mail_news() == 0
    mail = Mail.objects.get(recipient=stranger.email)
    assert "Nora Duval" in mail.text
    assert fresh.title in mail.text
    assert "Carpentier" not in mail.text
    assert offer.title not in mail.text
    with clock.at(later + timedelta(days=8)):
        assert keeping.mail_news() == 0  # nothing new: no mail


def test_the_mail_stops_with_one_click_from_it(client, client_of, stranger, crowd):
    keeping.save_search(stranger, kind="experts", asked={}, label="tous")
    link = keeping.unsubscription_path(stranger)
    client.get(link)
    assert SavedSearch.objects.get().is_mailed
    client.post(link)
    assert not SavedSearch.objects.get().is_mailed
    assert client.post(reverse("searches_unsubscription", args=["forged"])).status_code == 404

    search = SavedSearch.objects.get()
    address = reverse("saved_search", args=[search.public_id])
    assert client_of(crowd["paul"]).post(address, {"remove": "1"}).status_code == 404
    client_of(stranger).post(address, {"mailed": "1"})
    search.refresh_from_db()
    assert search.is_mailed
    client_of(stranger).post(address, {"remove": "1"})
    assert not SavedSearch.objects.exists()
