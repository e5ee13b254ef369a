"""Lists narrowed in place, appearance and language chosen, a message to the team answered, a page published, a profile begun from nothing."""

import re

from playwright.sync_api import expect

from accounts.models import ExpertProfile, Sector, User
from accounts.queries import completeness
from messaging.models import ContactRequest
from tests import factories
from tests.journeys.walker import last_mail

ANSWER = "Non : seul son accord écrit vous engage."


def test_filters_work_in_place_and_the_address_follows(walk, expert: User) -> None:
    """Facets, order, chips and the way back: the page stays, what it says and its address do not."""
    finance = factories.make_category(slug="finance")
    staff = factories.make_category(slug="ressources-humaines", name_fr="Ressources humaines")
    plan = factories.make_offer(expert, category=finance, title="Plan de trésorerie", price_cents=90_00)
    audit = factories.make_offer(expert, category=staff, title="Audit de la paie", price_cents=400_00)
    visitor = walk()
    page = visitor.page
    visitor.open("catalogue")
    page.evaluate("window.isStill = true")
    card = page.locator(".offer-card")
    expect(card).to_have_count(2)

    page.locator(f'label:has([name="category"][value="{staff.slug}"])').click()
    expect(card).to_have_count(1)
    expect(card).to_contain_text(audit.title)
    expect(page.locator("h1")).to_have_text(staff.name)
    expect(page).to_have_url(re.compile(f"category={staff.slug}"))
    expect(page.locator(f'[name="category"][value="{staff.slug}"]')).to_be_checked()
    page.locator('label:has([name="category"][value=""])').click()
    expect(card).to_have_count(2)
    expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(0)  # the new list listens from then on
    page.locator("#sort").select_option("price")
    expect(card.first).to_contain_text(plan.title)
    page.locator('#filters [name="max"]').fill("100")
    page.locator('#filters [name="max"]').press("Tab")
    expect(card).to_have_count(1)
    expect(card).to_contain_text(plan.title)
    assert page.evaluate("window.isStill")  # nothing of this loaded another page

    page.reload()
    expect(card).to_have_count(1)
    page.locator(".chip").first.click()
    expect(card).to_have_count(2)


def test_a_visitor_chooses_appearance_and_language(walk, offer) -> None:
    """By the buttons of the footer, on the page one is on; the page comes back in what was chosen."""
    visitor = walk()
    page = visitor.page
    visitor.open("offer", offer.pk, offer.slug)
    footer = page.locator(".site-footer")

    footer.locator('button[name="theme"][value="dark"]').click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    footer.locator('button[name="language"][value="en"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    visitor.language = "en"
    visitor.is_at("offer", offer.pk, offer.slug)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("h1")).to_have_text(offer.title)


def test_a_message_is_answered_by_the_team(walk, staff: User) -> None:
    """From the contact form to the mail that bears the answer, which staff saw before it left."""
    visitor = walk()
    visitor.open("contact")
    visitor.fill(
        name="Hélène Faure",
        email="helene.faure@exemple.test",
        body="Je voudrais savoir si un devis engage.",
    )
    visitor.press("Send my message")
    visitor.is_at("contact_received")

    asked = ContactRequest.objects.get()
    clerk = walk(staff, path="/admin/")
    page = clerk.page
    page.goto(clerk.path("admin:messaging_contactrequest_changelist"))
    page.get_by_role("link", name=asked.reference).click()
    clerk.follow("Write an answer")
    clerk.fill(body=ANSWER)
    clerk.press("See what will happen")
    clerk.sees("This is what will happen")
    expect(page.locator(".staff-preview")).to_contain_text(ANSWER)
    page.locator('[name="confirmed"]').click()
    clerk.sees("The answer is on its way.", within="body")
    expect(page.locator("main")).to_contain_text(ANSWER)
    assert ANSWER in last_mail("helene.faure@exemple.test").text
    asked.refresh_from_db()
    assert asked.state == ContactRequest.State.ANSWERED


def test_the_team_publishes_a_page(walk, staff: User) -> None:
    """It begins as the one in force; a figure nobody has is refused with the words kept; readers see it at once."""
    clerk = walk(staff, path="/admin/")
    page = clerk.page
    page.goto(clerk.path("admin:messaging_pageversion_add") + "?page=about&language=fr")
    source = page.locator('[name="source"]')
    shipped = source.input_value()
    assert shipped.startswith("#") or "##" in shipped
    source.fill(f"{shipped}\n\n## Nos bureaux\n\nÀ {{nowhere}}.")
    page.locator('[name="_save"]').click()
    expect(page.locator(".field-source .errorlist")).to_contain_text("nowhere")
    source.fill(f"{shipped}\n\n## Nos bureaux\n\nUn **quai** de Nantes.")
    page.locator('[name="_save"]').click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    reader = walk(path="/about/")
    expect(reader.page.get_by_role("heading", name="Nos bureaux")).to_be_visible()
    expect(reader.page.locator("main strong", has_text="quai")).to_be_visible()


def test_a_profile_begun_from_nothing_is_led_to_its_end(walk) -> None:
    """Each “save and continue” opens the next missing part; the last one says that nothing is missing."""
    newcomer = factories.make_expert("Inès", "Carpentier", approved=False)
    sector = Sector.objects.create(slug="agroalimentaire", name_fr="Agroalimentaire", name_en="Food")
    profile = newcomer.expert_profile
    ExpertProfile.objects.filter(pk=profile.pk).update(headline="", bio="", skills=[], languages=[])
    desk = walk(newcomer)
    page = desk.page
    desk.open("expert_profile_edit")
    desk.follow("Complete my profile")

    desk.is_at("profile_photo")
    with factories.an_image((640, 640)).open() as file:
        portrait = {"name": "moi.webp", "mimeType": "image/webp", "buffer": file.read()}
    desk.attach('main form:has([name="photo"])', portrait)
    desk.press("Save and continue")
    desk.is_at("profile_presentation")
    desk.fill(
        headline="Directrice financière à temps partagé",
        bio="Vingt ans de finance d’entreprise, dont dix dans l’agroalimentaire : budgets, trésorerie, banques.",
    )
    desk.press("Save and continue")
    desk.is_at("profile_skills")
    desk.fill(
        skills="trésorerie, contrôle de gestion, budget",
        strengths="Précise\nDisponible\nPédagogue",
        languages="français, anglais",
    )
    page.locator(f'[name="sectors"][value="{sector.pk}"]').check()
    desk.press("Save and continue")
    desk.is_at("profile_career")
    page.locator('[name="kind"][value="position"]').check()
    desk.fill(title="Directrice financière", organisation="Biscuiterie nantaise", started="2012")
    desk.press("Add and continue")
    desk.is_at("profile_career")
    page.locator('[name="kind"][value="studies"]').check()
    desk.fill(title="DSCG", organisation="INTEC", started="2004", ended="2006")
    desk.press("Add and continue")
    desk.is_at("profile_rate")
    desk.fill(daily_rate_cents="650")
    desk.press("Save and continue")
    desk.is_at("expert_profile_edit")
    desk.sees("Your profile is complete")
    assert completeness(ExpertProfile.objects.get(pk=profile.pk)).is_whole
