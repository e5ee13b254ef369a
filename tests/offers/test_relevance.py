"""What a search finds first on a fixed corpus in French, with accents, endings, typing errors and synonyms."""

import pytest
from django.db import connection

from marketplace.kernel import clock
from marketplace.seed import scale
from offers import actions
from offers.models import Offer, SearchEntry, SynonymGroup, Term
from offers.queries import finding, vocabulary
from offers.queries.finding import Criteria, find
from offers.queries.standings import standings
from tests import factories

CORPUS = {
    "bp": ("Business plan prêt pour la banque", ["business plan", "financement", "prévisionnel"]),
    "tresorerie": ("Plan de trésorerie sur douze mois", ["trésorerie", "prévision", "cash-flow"]),
    "previsionnel": ("Prévisionnel financier sur trois ans", ["business plan", "bilan prévisionnel"]),
    "recrutement": ("Recruter votre directeur commercial", ["recrutement", "chasse de têtes"]),
    "paie": ("Audit de vos bulletins de paie", ["paie", "DSN", "contrôle URSSAF"]),
    "contrat": ("Relecture d’un contrat de prestation", ["contrat", "clause de non-concurrence"]),
    "rgpd": ("Mise en conformité RGPD de votre site", ["RGPD", "données personnelles"]),
    "logo": ("Identité visuelle et logo", ["logo", "charte graphique"]),
    "pitch": ("Pitch deck for investors", ["pitch deck", "fundraising"]),
    "tableau": ("Tableau de bord Excel automatisé", ["Excel", "indicateurs", "reporting"]),
    "comptabilite": ("Mettre votre comptabilité à jour", ["comptabilité", "rapprochement bancaire"]),
    "cles": ("Accompagnement mensuel du dirigeant", ["pilotage"]),
}


@pytest.fixture(scope="module")
def written(once):
    made = {}
    for number, (name, (title, keywords)) in enumerate(CORPUS.items()):
        made[name] = factories.make_offer(
            factories.make_expert("Ana", f"N{number}"),
            title=title,
            keywords=keywords,
            description="Nous préparons ensemble la transmission de votre société."
            if name == "cles"
            else "Un travail soigné et relu avec vous, en plusieurs étapes.",
        )
    return {offer.pk: name for name, offer in made.items()}


@pytest.fixture
def corpus(written, db):
    return written


def names(corpus, text, **options):
    return [corpus[pk] for pk in find(Criteria(text=text, **options), page=1, size=24).ids]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("business plan", ["bp", "previsionnel"]),
        ("BUSINESS PLANS", ["bp", "previsionnel"]),
        ("trésorerie", ["tresorerie"]),
        ("tresorerie", ["tresorerie"]),
        ("prévisionnels", ["previsionnel"]),
        ("previsionnel banque", ["bp"]),
        ("recruter", ["recrutement"]),
        ("directeurs commerciaux", ["recrutement"]),
        ("bulletin de paie", ["paie"]),
        ("contrats", ["contrat"]),
        ("clause non-concurrence", ["contrat"]),
        ("donnée personnelle", ["rgpd"]),
        ("investor pitch", ["pitch"]),
        ("excel", ["tableau"]),
        ("l’audit", ["paie"]),
        ("transmission société", ["cles"]),  # only the description says it
    ],
)
def test_the_best_answers_come_first(corpus, text, first):
    assert names(corpus, text)[: len(first)] == first


@pytest.mark.parametrize(
    ("typed", "searched", "first"),
    [
        ("trésoreire", "trésorerie", "tresorerie"),
        ("tresorrerie", "trésorerie", "tresorerie"),
        ("comptabilté", "comptabilité", "comptabilite"),
        ("recrutemnt", "recrutement", "recrutement"),
        ("buisness plan", "business plan", "bp"),
        ("exel", "excel", "tableau"),
        ("contart", "contrat", "contrat"),
    ],
)
def test_typing_errors_are_corrected_and_said(corpus, typed, searched, first):
    found = find(Criteria(text=typed), page=1, size=24)

    assert found.corrected == searched
    assert corpus[found.ids[0]] == first


def test_words_of_one_meaning_find_each_other(corpus):
    assert not names(corpus, "chiffrage") or names(corpus, "chiffrage") != ["previsionnel"]
    SynonymGroup.objects.create(words=["chiffrage", "prévisionnel", "budget"])
    vocabulary.forget_synonyms()

    assert {"previsionnel", "bp"} <= set(names(corpus, "chiffrage"))
    assert "previsionnel" in names(corpus, "Chiffrage financier")
    assert "rgpd" not in names(corpus, "chiffrage")


def test_when_no_offer_holds_all_the_words_those_that_hold_some_are_shown_as_such(corpus):
    found = find(Criteria(text="excel logo"), page=1, size=24)

    assert found.is_near
    assert {corpus[pk] for pk in found.ids} == {"tableau", "logo"}


def test_nothing_at_all_stays_nothing(corpus):
    assert find(Criteria(text="zzzzqqqq"), page=1, size=24).total == 0


@pytest.mark.parametrize(
    "text", ["de la", "!!", "'", "-", "a:*", "\\", '"', "(((&|!", "🙂🙂", "שלום עולם", "x" * 120]
)
def test_strange_words_break_nothing(corpus, text):
    assert find(Criteria(text=text), page=1, size=24).total >= 0


def test_filters_narrow_and_each_counts_what_it_would_leave(corpus):
    Offer.objects.filter(title__startswith="Business").update(price_cents=900_00, delivery_days=2)

    found = find(Criteria(text="business plan", max_cents=200_00), page=1, size=24)

    assert [corpus[pk] for pk in found.ids] == ["previsionnel"]
    assert found.count("kind") == 1
    assert found.count("price", 3) == 1, "the dear one would answer with its own budget"
    assert found.count("delivery", 3) == 0
    assert found.is_exact


@pytest.mark.parametrize("sort", ["", "rating", "price", "-price", "delivery", "new"])
@pytest.mark.parametrize("text", ["", "business plan or trésorerie or paie or logo"])
def test_a_list_too_long_to_be_counted_still_gives_its_best_page(corpus, monkeypatch, sort, text):
    monkeypatch.setattr(finding, "PROBE", 3)

    found = find(Criteria(text=text, sort=sort, max_cents=500_00), page=1, size=2)
    deep = find(Criteria(text=text, sort=sort), page=10**9, size=2)

    assert len(found.ids) == 2
    assert not found.is_exact
    assert found.total == 3
    assert deep.reachable <= finding.DEEPEST


@pytest.mark.parametrize(
    ("narrowed", "longest"),
    [(8_000, 10_000), (8_000, 1), (3, 10_000)],
    ids=["taken together", "too far to walk", "walked"],
)
@pytest.mark.parametrize("sort", ["", "rating", "price", "-price", "delivery", "new"])
@pytest.mark.parametrize("most", [None, 500_00])
def test_the_best_of_too_many_are_the_same_however_they_are_reached(
    corpus, monkeypatch, narrowed, longest, sort, most
):
    Offer.objects.filter(title__startswith="Audit").update(price_cents=60_00, delivery_days=1)
    Offer.objects.filter(title__startswith="Plan").update(price_cents=80_00, completed_count=40)
    wanted = Criteria(text="business plan or trésorerie or paie or logo", sort=sort, max_cents=most)
    all_of_them = [find(wanted, page=page, size=2).ids for page in (1, 2)]
    monkeypatch.setattr(finding, "CANDIDATES", find(wanted, page=1, size=2).total)
    monkeypatch.setattr(finding, "PROBE", 3)
    monkeypatch.setattr(finding, "NARROWED", narrowed)
    monkeypatch.setattr(finding, "LONGEST_WALK", longest)

    found = [find(wanted, page=page, size=2) for page in (1, 2)]

    assert [each.ids for each in found] == all_of_them
    assert {(each.total, each.is_exact) for each in found} == {(3, False)}


def test_a_list_that_is_walked_stops_at_its_bound_and_still_fills_the_page(corpus, monkeypatch):
    for name, value in {"PROBE": 3, "NARROWED": 3, "LONGEST_WALK": 1}.items():
        monkeypatch.setattr(finding, name, value)

    found = find(
        Criteria(text="business plan or trésorerie or paie or logo", max_cents=500_00), page=1, size=2
    )

    assert len(set(found.ids)) == 2


def test_a_word_that_both_languages_cut_alike_is_asked_once(corpus):
    reading = finding._Reading(Criteria(text="plan"), 1, 24)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT numnode({reading.query})", reading.params)

        assert cursor.fetchone() == (1,), (
            "twice the word, twice the offers expected, and a plan that reads them all"
        )


def test_a_common_word_with_filters_that_leave_few_is_counted_and_ranked_exactly(corpus, monkeypatch):
    Offer.objects.filter(title__startswith="Business").update(price_cents=900_00)
    whole = find(Criteria(text="business plan", max_cents=200_00), page=1, size=24)
    monkeypatch.setattr(finding, "PROBE", 2)

    found = find(Criteria(text="business plan", max_cents=200_00), page=1, size=24)

    assert found.is_exact
    assert (found.ids, found.total) == (whole.ids, 1)


def test_a_page_beyond_the_last_is_the_last(corpus):
    assert len(find(Criteria(), page=10**9, size=5).ids) == 2


def test_the_rows_of_lists_follow_every_act_in_its_own_transaction(corpus, expert):
    offer = Offer.objects.get(title__startswith="Audit")
    entry = SearchEntry.objects.filter(offer=offer)
    profile = offer.expert.expert_profile

    actions.edit_offer(offer, terms={"price_cents": 77_00})
    assert entry.get().price_cents == 77_00
    offer.expert.time_off.create(starts_on="2000-01-01", ends_on="2999-01-01")
    assert not entry.get().available
    offer.expert.time_off.all().delete()
    assert entry.get().available
    profile.languages = ["Français", "Italien"]
    profile.save()
    assert entry.get().languages == ["Français", "Italien"]
    before = entry.get().score
    Offer.objects.filter(pk=offer.pk).update(completed_count=50, rating_count=10, rating_sum=49)
    assert entry.get().score > before
    assert entry.get().stars == 460
    profile.status = profile.Status.SUSPENDED
    profile.save()
    assert not entry.exists()
    profile.status = profile.Status.APPROVED
    profile.save()
    assert entry.exists()
    profile.barred_since = clock.now()  # E10: a document lapsed; lists and counts lose the offer at once
    profile.save()
    assert not entry.exists()
    profile.barred_since = None
    profile.save()
    assert entry.exists()
    actions.pause(offer)
    assert not entry.exists()


def test_parts_of_the_place_add_up_to_the_score(corpus):
    offer = Offer.objects.get(title__startswith="Audit")
    Offer.objects.filter(pk=offer.pk).update(completed_count=12, rating_count=3, rating_sum=14)

    standing = standings([offer.pk])[offer.pk]

    assert standing.total == SearchEntry.objects.get(offer=offer).score
    assert all(0 <= getattr(standing, part) <= most for part, most in standing.MOST.items())


def test_suggestions_begin_with_what_is_typed_keywords_first(corpus):
    assert vocabulary.suggestions("tres")[0] == "trésorerie"
    assert "business plan" in vocabulary.suggestions("BUS")
    assert vocabulary.suggestions("charte g") == ["charte graphique"]
    assert vocabulary.suggestions("audit comptab") == ["audit comptabilité"]
    assert (
        vocabulary.suggestions("%") == vocabulary.suggestions("_a") == vocabulary.suggestions("\x00ab") == []
    )


def test_words_leave_the_suggestions_once_no_offer_holds_them(corpus):
    vocabulary.count_terms()
    assert vocabulary.suggestions("rgpd") == ["rgpd"]
    actions.delete(Offer.objects.get(title__contains="RGPD"))
    vocabulary.count_terms()

    assert vocabulary.suggestions("rgpd") == []
    assert Term.objects.get(folded="paie").uses >= 1


def test_the_list_says_what_was_searched_instead_and_offers_ways_out(corpus, client, address):
    corrected = client.get(address("catalogue"), {"q": "trésoreire"}).content.decode()
    nothing = client.get(address("catalogue"), {"q": "zzzzqqqq"}).content.decode()
    near = client.get(address("catalogue"), {"q": "excel logo"}).content.decode()

    assert "“trésorerie”" in corrected
    assert "Plan de trésorerie" in corrected
    assert "Make a custom request" in nothing
    assert "hold some of them" in near


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"available": "1"}, 12),
        ({"rating": "400"}, 0),
        ({"language": "Klingon"}, 0),
        ({"rating": "9000", "available": "maybe", "language": "x" * 500}, 12),
        ({"language": "\x00"}, 12),
    ],
)
def test_facets_in_the_address_are_followed_or_left_out(corpus, client, address, query, found):
    response = client.get(address("catalogue"), query)

    assert response.status_code == 200
    assert response.context["found"].total == found


# B29
@pytest.mark.django_db
def test_ranking_is_explained_to_everybody(client, address):
    page = client.get(address("offer_ranking")).content.decode()

    assert "No expert pays to come first" in page
    assert "350" in page
    assert "How experts are put in order" in page
    assert "÷ (their reviews + 5)" in page


def test_suggestions_are_options_that_cannot_run(corpus, client, address):
    Term.objects.create(folded="script", text="<script>alert(1)</script>", uses=3)

    page = client.get(address("search_suggestions"), {"q": "scr"}).content.decode()

    assert page.count('role="option"') == 1
    assert "<script>" not in page


def test_the_catalogue_is_brought_to_any_size_for_benchmarks(corpus):
    added = scale.fill(40)

    assert added == 40 - len(CORPUS)
    assert SearchEntry.objects.count() == 40
    assert Offer.objects.published().count() == 40
    assert scale.fill(40) == 0
    assert find(Criteria(text="business plan"), page=1, size=24).total > 2
    assert factories.make_offer(factories.make_expert("Eva", "Z"), title="Encore une offre").entry
