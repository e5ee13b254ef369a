"""A mission walked at the window: profile, conversation, quote, three instalments, review; and an early end."""

from datetime import timedelta

from accounts.models import User
from marketplace.kernel import clock
from messaging.actions import make_contact
from messaging.models import Contact
from missions import actions
from missions.actions.quoting import LineTerms, QuoteTerms
from missions.models import Mission, Quote
from payments import ledger
from tests.journeys.walker import Walker
from tests.missions.conftest import pay


def test_from_the_profile_to_the_end_review(walk, buyer: User, expert: User) -> None:
    client = walk(buyer, path=expert.expert_profile.get_absolute_url())
    client.page.locator(".profile-actions a.button-secondary").click()
    client.fill(body="Bonjour, notre contrôle de gestion est à revoir.")
    client.page.locator("main form .composer-foot button, main form button.button-primary").last.click()
    client.sees("Bonjour, notre contrôle de gestion est à revoir.")

    seller = walk(expert)
    seller.open("conversation", Contact.objects.get().public_id)
    the_expert_writes_a_quote(seller)
    quote = Quote.objects.get()
    client.open("quote", quote.public_id)
    client.fill(name="Thomas Girard", siren="303 265 045")
    client.page.locator('[name="agrees"]').check()
    client.press("Accept and pay the first instalment")
    the_client_pays(client, 1_800_00)

    mission = Mission.objects.get()
    seller.open("mission", mission.public_id)
    seller.press("Start the mission")
    seller.press("Mid-mission: ask for the second instalment")
    client.open("instalment_payment", mission.instalments.get(number=2).public_id)
    the_client_pays(client, 1_800_00)
    seller.open("mission", mission.public_id)
    seller.fill(**{"review-words": "Le diagnostic et le plan sont remis."})
    seller.press("Hand over the review and ask for the last instalment")
    client.open("instalment_payment", mission.instalments.get(number=3).public_id)
    the_client_pays(client, 2_400_00)
    client.page.locator('[name="validation-rating"]').select_option("5")
    client.fill(**{"validation-words": "Un travail précis, dans les temps."})
    client.press("Validate the end review")

    client.sees("Mission completed")
    client.page.goto(expert.expert_profile.get_absolute_url())
    client.sees("Un travail précis, dans les temps.", within="#missions")
    assert ledger.balance(ledger.payable(expert)) == 5_100_00
    assert ledger.audit() == []


def the_expert_writes_a_quote(seller: Walker) -> None:
    today = clock.today()
    seller.follow("Write a quote")
    seller.fill(
        title="Refonte du contrôle de gestion",
        deliverables="Un diagnostic\nUn plan d'action",
        starts_on=today.isoformat(),
        ends_on=(today + timedelta(days=40)).isoformat(),
        **{"lines-0-label": "Diagnostic", "lines-0-quantity": "5", "lines-0-price": "1000"},
    )
    seller.press("Send this quote")


def the_client_pays(client: Walker, cents: int) -> None:
    client.press("Pay %(amount)s", amount=client.money(cents, full=True))
    client.pay_by_card(cents)
    client.is_at("mission", Mission.objects.get().public_id)


def test_an_early_end_by_agreement(walk, buyer: User, expert: User) -> None:
    mission = a_running_mission(buyer, expert)
    client, seller = walk(buyer), walk(expert)
    client.open("mission", mission.public_id)
    client.follow("End the mission early")
    client.fill(percent_done="10", reason="Le projet s'arrête.")
    client.press("Work out what it comes to")
    client.sees(client.money(1_200_00, full=True))
    client.press("Send this proposal")

    seller.open("mission", mission.public_id)
    seller.sees("Le projet s'arrête.")
    seller.press("Agree and end the mission")

    seller.sees("Mission ended early")
    assert ledger.balance(ledger.payable(expert)) == 600_00 - 90_00
    assert ledger.audit() == []


def a_running_mission(buyer: User, expert: User) -> Mission:
    talk = make_contact(company=buyer, expert=expert, subject="Besoin", body="Bonjour").conversation
    today = clock.today()
    terms = QuoteTerms("Refonte", "Un plan", starts_on=today, ends_on=today + timedelta(days=40))
    lines = [LineTerms("Diagnostic", 500, "day", 1_000_00)]
    quote = actions.write(talk, expert=expert, terms=terms, lines=lines)
    mission = actions.accept(quote, actor=buyer, name="Thomas Girard", digest=quote.digest, siren="303265045")
    pay(mission, 1)
    return actions.start(mission, actor=expert)
