"""Public pages: written by staff in both languages, each version kept, nothing dangerous drawn."""

import re
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import translation

from marketplace.kernel import rules
from marketplace.kernel.errors import Refusal
from messaging import actions, markdown, pages
from messaging.models import Page, PageVersion
from offers.queries.standings import Standing
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = ["fr", "en"]


class Tags(HTMLParser):
    """Every tag of a page with its attributes, as a browser reads them."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def address(page: Page, language: str) -> str:
    return f"{'' if language == 'fr' else '/en'}/{page.value}/"


WRITTEN = [page for page in Page if not page.is_drawn]
DRAWN = [page for page in Page if page.is_drawn]


def publish(**said) -> PageVersion:
    text = {"language": "fr", "title": "À propos", "lead": "", "source": "Bonjour.", "author": None}
    return actions.publish_page(Page.ABOUT, **(text | said))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", WRITTEN)
def test_every_page_is_there_in_both_languages_before_anyone_wrote_it(client, page, language):
    response = client.get(address(page, language))

    html = response.content.decode()
    text = response.context["text"]
    assert response.status_code == 200
    assert f'<html lang="{language}"' in html
    assert len(text.parts) >= 4
    assert not re.search(r"\{[a-z_]+\}", html), "every figure is filled in"
    assert "lorem" not in html.lower()


@pytest.mark.parametrize("page", WRITTEN)
def test_both_languages_of_a_shipped_text_have_the_same_parts(page):
    shapes = []
    for language in LANGUAGES:
        text = markdown.read(pages.shipped(page, language).body, nested=True)
        shapes.append([len(part.parts) for part in text.parts])

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("page", WRITTEN)
def test_the_french_keeps_its_typography(page):
    body = pages.shipped(page, "fr").body

    assert "'" not in body
    assert not re.search(r" [;:?!%»]", body)
    assert "« " not in body


def test_the_faq_has_its_four_sections_and_a_jump_menu_to_each_and_to_contact(client):  # A1
    html = client.get("/faq/").content.decode()

    for anchor in ("general", "securite", "clients", "vendeurs"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    menu = html[html.index("text-nav") : html.index("text-body")]
    assert 'href="/contact/"' in menu
    assert html.count('<details class="faq"') >= 20


def test_about_tells_the_values(client):  # K1
    html = client.get("/about/").content.decode()

    for value in ("partage", "service", "responsabilité", "passion"):
        assert value in html.lower()


def test_data_is_not_sold_and_nothing_is_advertised(client):  # K15
    page = client.get("/en/privacy/").content.decode()

    assert "neither sell nor rent" in page
    assert "no advertising" in page


def test_the_terms_quote_the_figures_the_code_applies(client):  # A20
    html = client.get("/en/terms/").content.decode()

    assert f"{rules.COMMISSION_OFFER_BP // 100}% of the price paid" in html
    assert f"{rules.ORDER_TIMERS.acceptance.days} days after a delivery" in html


def test_the_footer_leads_to_every_page(client):
    html = client.get("/").content.decode()

    footer = html[html.index("site-footer") :]
    with translation.override("fr"):
        for page in Page:
            assert f'href="{reverse(page.url_name)}"' in footer, page
    assert 'href="/contact/"' in footer


def test_a_gap_in_what_the_operator_says_is_seen(client, settings):
    settings.OPERATOR = settings.OPERATOR | {"registration": ""}

    assert "to be completed: registration" in client.get("/en/legal-notice/").content.decode()


# --- Versions ---


def test_each_publication_is_a_version_and_the_former_ones_are_read_again(client, staff):
    publish(source="Premier texte.", author=staff)
    publish(source="Second texte.", author=staff)

    now, then = client.get("/about/"), client.get("/about/versions/1/")
    assert "Second texte." in now.content.decode()
    assert "Premier texte." in then.content.decode()
    assert "noindex" in then.content.decode()
    assert client.get("/about/versions/3/").status_code == 404
    assert client.get("/nothing/versions/1/").status_code == 404
    assert "Qui sommes-nous" in client.get("/about/versions/0/").content.decode()


def test_the_same_text_twice_is_one_version(staff):
    assert publish(author=staff) == publish(author=staff)


def test_a_version_is_never_altered_nor_deleted(staff):
    version = publish(author=staff)

    for act in (
        lambda: PageVersion.objects.filter(pk=version.pk).update(body="Autre"),
        lambda: PageVersion.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
            act()
    version.refresh_from_db()
    assert version.body == "Bonjour."


def test_a_version_keeps_the_figures_of_its_day(staff, monkeypatch):
    publish(source="Au plus {max_offers} offres.", author=staff)

    monkeypatch.setattr(rules, "MAX_OFFERS", 7)

    assert pages.current(Page.ABOUT, "fr").body == "Au plus 5 offres."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", DRAWN)
def test_the_team_writes_in_the_place_of_a_page_that_is_drawn(client, staff, page, language):
    """How it works and the ranking are drawn from the rules until then; the text to begin with says the same."""
    with translation.override(language):
        here = reverse(page.url_name)
    with translation.override("en" if language == "fr" else "fr"):
        there = reverse(page.url_name)
    drawn = client.get(here)
    begun = pages.shipped(page, language)

    assert drawn.status_code == 200
    assert "pages/page.html" not in [template.name for template in drawn.templates]
    assert begun.title in drawn.content.decode()
    assert "{" not in begun.body + begun.lead
    assert len(markdown.read(begun.body).parts) >= 4

    actions.publish_page(
        page,
        language=language,
        title="Nos règles",
        lead="",
        source="Au plus {max_offers} offres.",
        author=staff,
    )

    written = client.get(here).content.decode()
    assert "<h1>Nos règles</h1>" in written
    assert f"Au plus {rules.MAX_OFFERS} offres." in written
    former = f"/{page.value}/versions/0/"
    assert begun.title in client.get(former if language == "fr" else f"/en{former}").content.decode()
    assert "Nos règles" not in client.get(there).content.decode()


def test_the_ranking_quotes_the_points_the_code_gives():
    text = pages.shipped(Page.RANKING, "fr").body

    assert all(f"| {points} |" in text for points in Standing.MOST.values())
    assert f"**{sum(Standing.MOST.values())}**" in text


def test_the_shipped_texts_are_published_once_and_never_over_those_of_the_team(staff):
    publish(source="Le texte de l’équipe.", author=staff)

    assert actions.publish_shipped() == len(WRITTEN) * 2 - 1
    assert actions.publish_shipped() == 0
    assert pages.current(Page.ABOUT, "fr").body == "Le texte de l’équipe."


def test_a_changed_rule_makes_a_new_version_of_the_shipped_terms(monkeypatch):
    actions.publish_shipped()

    monkeypatch.setattr(rules, "COMMISSION_OFFER_BP", 1_200)

    assert actions.publish_shipped() == 4, "the terms and the FAQ, in both languages"
    coming = pages.coming(Page.TERMS, "fr")
    assert coming is not None, "an upgrade leaves everybody the time to read them"
    assert "12 % du prix payé" in coming.body.replace("\u00a0", " ")
    assert "10 % du prix payé" in pages.current(Page.TERMS, "fr").body.replace("\u00a0", " ")


def test_nobody_else_publishes_and_no_figure_is_invented(buyer, staff):
    with pytest.raises(Refusal):
        publish(author=buyer)
    with pytest.raises(ValidationError, match="secret_key"):
        publish(source="{secret_key}", author=staff)
    assert not PageVersion.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[clic](javascript:alert(1))",
        "![image](http://ailleurs.example/x.png)",
        '<a href="#" onclick="x()">y</a>',
    ],
)
def test_what_is_typed_never_becomes_code(client, staff, typed):
    publish(source=f"## Partie\n\n{typed}", lead=typed, author=staff)

    found = Tags()
    found.feed(client.get("/about/").content.decode())
    assert not [name for _tag, attributes in found.seen for name in attributes if name.startswith("on")]
    assert not [a for tag, a in found.seen if tag == "img" and (a.get("src") or "").startswith(("x", "http"))]
    assert not [a for tag, a in found.seen if tag == "script" and not a.get("src")]
    assert not [a for _tag, a in found.seen if (a.get("href") or "").startswith("javascript")]


# --- In the administration ---


def test_staff_write_a_new_version_beginning_with_the_one_in_force(client_of, staff):
    client = client_of(staff)
    page = client.get("/admin/messaging/pageversion/add/", {"page": "terms", "language": "en"})
    assert "General terms" in page.content.decode()
    assert "{commission_percent}" in page.content.decode()

    sent = {
        "page": "terms",
        "language": "en",
        "title": "Terms",
        "lead": "Short.",
        "source": "## One\n\n{site_name}",
    }
    refused = client.post("/admin/messaging/pageversion/add/", sent | {"source": "{nothing_such}"})
    assert refused.status_code == 200
    assert "nothing_such" in refused.content.decode()
    assert not PageVersion.objects.exists()
    assert client.post("/admin/messaging/pageversion/add/", sent).status_code == 302

    version = PageVersion.objects.get()
    assert (version.number, version.author) == (1, staff)
    assert "Terms" in client.get("/en/terms/").content.decode()
    assert client.get(f"/admin/messaging/pageversion/{version.pk}/change/").status_code == 200


# --- Acceptance ---


def test_an_order_remembers_the_terms_its_buyer_accepted(client_of, buyer, offer, staff):
    actions.publish_page(
        Page.TERMS, language="fr", title="CG", lead="", source="## 1\n\nPremière version.", author=staff
    )
    order = factories.place(buyer, offer)
    actions.publish_page(
        Page.TERMS, language="fr", title="CG", lead="", source="## 1\n\nDeuxième version.", author=staff
    )

    page = client_of(buyer).get(order.get_absolute_url()).content.decode()

    assert order.terms_version == 1
    assert "/terms/versions/1/" in page
    assert "Première version." in client_of(buyer).get("/terms/versions/1/").content.decode()


def test_the_checkout_names_the_version_and_leads_to_it(client_of, buyer, offer):
    with translation.override("fr"):
        page = client_of(buyer).get(f"/offers/{offer.pk}/order/").content.decode()

    assert 'href="/terms/"' in page
