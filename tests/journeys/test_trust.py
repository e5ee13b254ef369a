"""Trust in a browser: a candidate who becomes an expert, a document that runs out, an account that closes."""

from datetime import timedelta

from playwright.sync_api import expect

from accounts import actions, tasks
from accounts.models import Application, ClosureRequest, ClubMember, Document, User
from marketplace import tasks as errands
from marketplace.kernel import clock
from offers import actions as offers
from offers.models import Offer
from orders import actions as orders
from tests import factories
from tests.journeys.walker import PDF

STORY = "Trente ans de direction financière dans l’industrie, dont douze de transition. " * 3
WISH = "Aider les dirigeants de PME à tenir leur trésorerie, avec des offres simples."
REASON = "Un parcours solide et une envie réelle de transmettre."


def send(walker, key, **fields):
    """Send a document from the list."""
    walker.open("document_send", key)
    walker.fill(**fields)
    walker.attach("main", {**PDF, "buffer": factories.a_pdf()})
    walker.press("Send the document")
    walker.is_at("documents")


def test_a_candidate_is_voted_in_by_the_club_checked_by_staff_and_sells(walk, staff):
    category = factories.make_category()
    members = [factories.make_expert(name, "Du Club") for name in ("Anne", "Luc", "Zoé")]
    for member in members:
        ClubMember.objects.create(user=member, field=category)
    paul = factories.make_expert("Paul", "Mercier", approved=False)
    candidate = walk(paul)

    candidate.open("admission")
    candidate.press("Begin my application")
    candidate.tap('[name="ground"][value="experience"]')
    candidate.fill(years_of_experience="31")
    candidate.page.locator('[name="attested"]').check()
    candidate.press("Go on")
    candidate.page.locator('[name="field"]').select_option(str(category.pk))
    candidate.fill(track_record=STORY, motivation=WISH)
    candidate.press("Go on")
    candidate.fill(name="Paul Mercier")
    candidate.page.locator('[name="agreed"]').check()
    candidate.press("Sign the charter")
    candidate.press("Send my application")
    candidate.sees("The club of your field reads your application")

    juror = walk(members[0])
    juror.open("club")
    juror.page.get_by_role("link", name="Paul Mercier").first.click()
    juror.tap('[name="choice"][value="for"]')
    juror.fill(reason=REASON)
    juror.press("Give my answer")
    application = Application.objects.get(user=paul)
    for member in members[1:]:
        actions.cast_ballot(application, member=member, choice="for", reason=REASON)
    candidate.open("admission")
    candidate.sees("You are admitted.")
    expect(candidate.page.get_by_role("main")).to_contain_text(REASON)

    factories.give_legal_standing(paul)
    Document.objects.filter(user=paul, kind="vigilance").delete()
    actions.refresh_standing(paul)
    offer = factories.make_offer(paul, published=False, category=category)
    send(candidate, "vigilance", issued_on=clock.today().isoformat(), security_code="A1B2C3")
    candidate.sees("Some documents are still awaited.")
    desk = walk(staff)
    desk.open("admin:accounts_document_queue")
    desk.page.keyboard.press("a")
    desk.sees("No document waits: everything is checked.", within="body")

    candidate.open("dashboard_offers")
    candidate.page.get_by_role("main").get_by_role("button").filter(
        has_text=candidate.say("Send to our team")
    ).click()
    offers.admit(Offer.objects.get(pk=offer.pk))
    buyer = walk()
    buyer.page.goto(offer.get_absolute_url())
    expect(buyer.page.get_by_role("heading", level=1)).to_contain_text(offer.title)
    buyer.sees("Documents checked")


def test_a_document_runs_out_and_its_renewal_brings_the_offers_back(walk, staff):
    expert = factories.make_expert()
    offer = factories.make_offer(expert)
    walker, visitor = walk(expert), walk()
    Document.objects.filter(user=expert, kind="vigilance").update(
        valid_until=clock.today() - timedelta(days=1)
    )

    tasks.sweep_documents()

    walker.open("documents")
    walker.sees("Your offers take no new order.")
    visitor.page.goto(offer.get_absolute_url())
    visitor.sees_not("Documents checked")

    send(walker, "vigilance", issued_on=clock.today().isoformat(), security_code="A1B2C3")
    actions.accept_document(Document.objects.in_review().get(), actor=staff)

    walker.open("documents")
    walker.sees("Everything is in order.")
    visitor.page.goto(offer.get_absolute_url())
    visitor.sees("Documents checked")


def test_an_account_that_cannot_close_yet_says_why_and_closes_once_it_can(walk, active_order):
    buyer = active_order.buyer
    walker = walk()
    walker.open("account_login")
    walker.sign_in(buyer.email)
    walker.open("account_privacy")
    expect(walker.page.locator("#close")).to_contain_text(active_order.reference)

    walker.page.locator('[name="final"]').check()
    walker.press("Close my account", within="#close")
    walker.is_at("account_reauthenticate")
    assert not ClosureRequest.objects.exists()
    walker.fill(password=factories.PASSWORD)
    walker.press("Continue")
    walker.sees("Your account closes by itself as soon as this is settled:")
    ClosureRequest.objects.update(not_before=clock.now())
    errands.close_accounts()
    assert User.objects.get(pk=buyer.pk).closed_at is None

    orders.decline(active_order, actor=active_order.expert, reason="Je ne peux pas.")
    active_order.payment.hold.refunds.update(state="succeeded")
    walker.open("account_privacy")
    expect(walker.page.locator("#close")).not_to_contain_text(active_order.reference)
    errands.close_accounts()

    walker.page.reload()
    walker.is_at("account_login")
    walker.sign_in(buyer.email)
    walker.is_at("account_login")
