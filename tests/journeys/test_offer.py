"""An offer from its first word to somebody's favourites, and what its pages weigh."""

import re
from pathlib import Path

import brotli
from playwright.sync_api import Page, Response, expect

from accounts.models import User
from marketplace import demo
from offers.models import Category, Draft, Offer
from tests import factories
from tests.journeys import world as worlds
from tests.journeys.walker import Walker

LAST_WORDS = "Un classeur relu"
TITLE = "Prévisionnel de trésorerie sur douze mois"
SAYS = "async words => (await (await fetch(location.pathname)).text()).includes(words)"
FILM = Path(demo.__file__).parent / "films" / "business-plan-complet.mp4"
PLAYED = """film => new Promise((done) => {
  film.muted = true;
  film.addEventListener("timeupdate", () => done(film.duration), { once: true });
  film.play();
})"""
PICTURE = {"name": "plan.webp", "mimeType": "image/webp"}


def test_an_offer_is_written_read_found_and_kept(walk, buyer: User, expert: User, staff: User) -> None:
    factories.make_category(slug="finance")
    the_expert_writes(walk(expert))
    the_team_puts_it_on_sale(walk(staff, path="/admin/"))
    somebody_finds_it_and_keeps_it(walk(), buyer)


def the_expert_writes(desk: Walker) -> None:
    """Step by step; what is typed is kept before it is saved, pictures and a film come after."""
    page = desk.page
    desk.open("offer_create")
    days = page.locator('[name="delivery_days"]')
    for kind, proposed in (("question", "2"), ("job", "5")):  # 4.0: 48 hours for a question
        desk.tap(f'[name="kind"][value="{kind}"]')
        expect(days).to_have_value(proposed)
    desk.fill(
        title=TITLE,
        description="Un classeur mois par mois : encaissements, décaissements, TVA et échéances. Relu avec vous.",
        keywords="trésorerie, prévisionnel, banque",
    )
    finance = Category.objects.get(slug="finance")
    chosen = f"category={finance.pk}&"
    with page.expect_response(lambda answer: chosen in (answer.request.post_data or "")):  # kept by itself
        page.locator('[name="category"]').select_option(str(finance.pk))
    kept = desk.say("Draft kept at %(when)s").split("%")[0]
    expect(page.locator("#offer-preview")).to_contain_text(kept)
    expect(page.locator("#offer-preview .preview-title")).to_have_text(TITLE)
    assert Draft.objects.count() == 1

    page.reload()
    desk.sees("We kept what you typed and had not saved.")
    expect(page.locator('[name="title"]')).to_have_value(TITLE)
    includes = page.locator('[name="includes"]')
    with page.expect_request(lambda asked: LAST_WORDS in (asked.post_data or "")):  # left before it was kept
        includes.fill(LAST_WORDS)
        page.evaluate("location.reload()")
    page.wait_for_function(SAYS, arg=LAST_WORDS, polling=100)  # asked again, the editor has them
    page.reload()
    expect(includes).to_have_value(LAST_WORDS)
    desk.press("Continue: price and add-ons")
    desk.fill(price="290", delivery_days="5", revisions="2")
    desk.press("Continue: the order")
    desk.fill(opening_message="Bonjour, voici la liste de ce qu’il me faut.")
    desk.press("Save the draft")

    page.wait_for_url(re.compile("/images/"))
    offer = Offer.objects.get()
    desk.is_at("offer_images", offer.pk)
    with factories.an_image((900, 600)).open() as file:
        page.locator("#id_images").set_input_files({**PICTURE, "buffer": file.read()})
    page.locator('[name="rights"]').check()
    desk.press("Add to the gallery")
    expect(page.locator("[data-picture]")).to_have_count(1)
    page.locator('[name="film"]').set_input_files(FILM)
    page.locator('[name="film_rights"]').check()
    desk.press("Send the film")
    expect(page.locator("main video")).to_have_count(1)
    desk.follow("Continue: check and publish")
    desk.press("Send to our team")
    desk.sees("In review")


def the_team_puts_it_on_sale(clerk: Walker) -> None:
    clerk.page.goto(clerk.path("admin:offers_offer_changelist") + "?reading=first")
    clerk.page.get_by_role("link", name=TITLE).click()
    expect(clerk.page.locator("#images-group img")).to_be_visible()
    clerk.follow("Put on sale")
    clerk.fill(reason="Offre claire, images libres de droits.")
    clerk.press("Put on sale")
    clerk.sees("The offer is on sale.", within="body")


def somebody_finds_it_and_keeps_it(visitor: Walker, buyer: User) -> None:
    """By a mistyped word; the heart asks to sign in, comes back to the list, and works in place."""
    page = visitor.page
    page.locator("#home-search").fill("tresorrerie")
    page.locator("#home-search").press("Enter")
    visitor.is_at("catalogue")
    card = page.locator(".offer-card", has_text=TITLE)
    card.locator(".heart-button").click()
    visitor.sign_in(buyer.email)
    visitor.is_at("catalogue")
    heart = card.locator(".heart-button")
    expect(heart).to_have_attribute("aria-pressed", "false")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(heart).to_be_focused()
    visitor.open("favourites")
    page.get_by_role("link", name=TITLE).click()

    film = page.locator("video.film")
    expect(film).to_be_visible()
    assert round(film.evaluate(PLAYED)) == 12


# --- What pages weigh

SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  const watcher = new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) sum += e.value; }));
  watcher.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


def test_public_pages_keep_to_their_budget(visit) -> None:
    """Requests, bytes and movement of the pages one arrives at, at both widths: ui.md, section 13."""
    world = worlds.build()
    weights: dict[str, int] = {}  # what a browser has it does not fetch again, but the page needs it
    for width in (1280, 390):
        page: Page = visit(width=width, path="/healthz")
        for stop in ("/", "/offers/", world.offer.get_absolute_url(), "/experts/"):
            answers: list[Response] = []

            def note(answer: Response, answers: list[Response] = answers) -> None:
                answers.append(answer)

            page.on("response", note)
            page.goto(stop, wait_until="networkidle")
            page.mouse.wheel(0, 4_000)
            moved = page.evaluate(SHIFTS)
            page.remove_listener("response", note)

            kinds: dict[str, int] = {"code": 0, "image": 0, "font": 0}
            for answer in answers:
                kind = answer.request.resource_type
                kind = "code" if kind in ("stylesheet", "script") else kind
                if kind not in kinds or not answer.ok:
                    continue
                if answer.url not in weights:
                    body = answer.body()
                    weights[answer.url] = len(brotli.compress(body)) if kind == "code" else len(body)
                kinds[kind] += weights[answer.url]
            here = f"{stop} at {width}: {kinds}, {len(answers)} requests"
            assert moved <= 0.02, f"{here}, moved by {moved}"
            assert kinds["code"] <= 60_000, here
            assert kinds["image"] <= 250_000, here
            assert kinds["font"] <= 64_000, here
            assert len(answers) <= 30, here
            assert all(answer.url.startswith(page.url.split("/")[0]) for answer in answers), here
