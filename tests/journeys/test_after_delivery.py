"""From the list of what is needed to the deed of rights: what each side sees, and what a refused act leaves as it was."""

import io
import zipfile
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import User
from messaging.models import Mail
from offers.models import Offer
from orders import tasks
from orders.models import Order, OrderEvent, RevisionRequest
from payments import ledger
from payments.models import Refund
from tests import factories
from tests.journeys.test_late_and_refused import shoot
from tests.journeys.walker import PDF, Walker, last_mail

ITEM = "Vos trois derniers bilans"


def pass_time(order: Order, **delay: float) -> None:
    """Let so much time pass over an order: every moment it holds is that much earlier."""
    row = Order.objects.filter(pk=order.pk)
    columns = [column.name for column in Order._meta.fields if isinstance(column, DateTimeField)]
    then = row.values(*columns).get()
    row.update(**{name: moment - timedelta(**delay) for name, moment in then.items() if moment})


def facts(order: Order) -> Any:
    """All that a refused act must leave as it is."""
    return (
        Order.objects.filter(pk=order.pk).values().get(),
        list(order.revision_requests.values()),
        list(order.checklist.values()),
        order.events.count(),
        order.deliverables.count(),
    )


def choose(walker: Walker, text: str, **values: Any) -> None:
    """Take one of the acts behind the button of the page."""
    walker.page.locator('[popovertarget="order-actions"]').click()
    menu = walker.page.locator("#order-actions")
    menu.locator(".menu-item").filter(has_text=walker.say(text, **values)).click()


def keeps(walker: Walker, text: str, *, by: str, within: str = "#order-actions") -> bytes:
    """Download what a link gives, as people do."""
    if within == "#order-actions":
        walker.page.locator('[popovertarget="order-actions"]').click()
    with walker.page.expect_download() as download:
        walker.follow(text, within=within)
    assert download.value.suggested_filename.endswith(by)
    return download.value.path().read_bytes()


# A34, A65, B9
def test_a_question_a_version_flagged_as_incomplete_and_a_revision_refused(
    walk, delivered_order: Order
) -> None:
    order, expert = delivered_order, delivered_order.expert
    expert.language = "en"
    expert.save()
    client, seller = walk(order.buyer), walk(expert, "en")

    client.open("order", order.public_id)
    choose(client, "Ask a question")
    before = facts(order)
    client.press("Send the question", within="#act")
    client.sees("Write your question.", within="#act")
    assert facts(order) == before
    client.fill("#act", text="D'où vient la marge de 2027 ?")
    client.press("Send the question", within="#act")
    client.is_told("Your question is sent.")
    client.sees("Deliverable no.\u00a0%(n)s: yours to check", n=1, within="#act")
    shoot(client, "asked-buyer")
    seller.open("order", order.public_id)
    seller.sees("%(buyer)s asks about your deliverable", buyer="Thomas", within="#act")
    seller.sees("D'où vient la marge de 2027 ?", within="#thread")
    shoot(seller, "asked-expert")
    seller.sees("D'où vient la marge de 2027 ?", within="#act")
    seller.page.locator("#act").get_by_role("link", name=seller.say("Answer", "button")).click()
    seller.write("De la page 12, ligne 4.")
    seller.sees("%(buyer)s is checking your deliverable", buyer="Thomas", within="#act")

    client.open("order", order.public_id)
    client.sees("De la page 12, ligne 4.", within="#thread")
    client.follow("Ask for a revision", within="#act")
    client.page.locator('[name="incomplete"]').check()
    before = facts(order)
    client.press("Send the instructions", within="#act")
    client.sees("Say what you expect in the next version.", within="#act")
    expect(client.page.locator('[name="incomplete"]')).to_be_checked()
    assert facts(order) == before
    client.fill("#act", wrong="L'annexe 2 ne s'ouvre pas.", expected="L'annexe 2, lisible.")
    shoot(client, "incomplete-form")
    client.press("Send the instructions", within="#act")
    client.is_told("Your instructions are sent.")
    client.sees("Files missing or unreadable", within="#act")
    shoot(client, "incomplete-buyer")
    seller.open("order", order.public_id)
    seller.sees("Files missing or unreadable", within="#act")
    seller.sees("L'annexe 2 ne s'ouvre pas.", within="#act")
    shoot(seller, "incomplete-expert")
    seller.deliver("Annexe 2, enregistrée à nouveau.", {**PDF, "name": "annexe-2.pdf"}, again=True)
    assert factories.fresh(order).revision_round == 0

    client.open("order", order.public_id)
    client.sees("Deliverable no.\u00a0%(n)s: yours to check", n=2, within="#act")
    expect(client.page.locator("#act .state-note")).to_contain_text("1 retouche")
    client.page.locator("#act .fold summary").click()
    client.sees("Voici le livrable.", within="#act .fold")
    shoot(client, "second-buyer")
    client.follow("Ask for a revision", within="#act")
    client.fill("#act", wrong="Le budget marketing manque.", expected="Un budget détaillé par mois.")
    client.press("Send the instructions", within="#act")
    client.sees("%(expert)s is working on the revision", expert="Claire", within="#act")
    shoot(client, "revision-buyer")
    seller.open("order", order.public_id)
    seller.sees("New instructions received", within="#act")
    for walker in (client, seller):
        expect(walker.page.locator("#act .state-text time")).to_have_attribute(
            "datetime", order_date(order, "revision_due_at")
        )
    seller.follow("Refuse", within="#act")
    before = facts(order)
    seller.press("Send this answer", within="#act")
    seller.sees("Say why you refuse: the buyer reads it.", within="#act")
    assert facts(order) == before
    seller.fill("#act", reason="Ce budget n'était pas compris dans l'offre.")
    seller.press("Send this answer", within="#act")
    seller.is_told("Revision refused. The buyer reads your reason.")
    seller.sees("It is now up to %(buyer)s to decide", buyer="Thomas", within="#act")
    seller.sees("Ce budget n'était pas compris dans l'offre.", within="#act")
    shoot(seller, "refused-expert")

    client.open("order", order.public_id)
    client.sees("%(expert)s refused this revision", expert="Claire", within="#act")
    client.sees("Ce budget n'était pas compris dans l'offre.", within="#act")
    expect(client.page.locator(f'a[href^="{client.path("order_revision", order.public_id)}"]')).to_have_count(
        0
    )
    shoot(client, "refused-buyer")
    before = facts(order)
    client.open("order_revision", order.public_id)
    client.sees("This is no longer possible: the order has changed since you opened the page.")
    assert facts(order) == before
    order = factories.fresh(order)
    assert (order.state, order.revision_round) == (Order.State.DELIVERED, 0)
    assert list(order.revision_requests.values_list("is_incomplete", "state")) == [
        (True, RevisionRequest.State.ACCEPTED),
        (False, RevisionRequest.State.REFUSED),
    ]


def order_date(order: Order, name: str) -> str:
    moment = getattr(factories.fresh(order), name)
    return timezone.localtime(moment).isoformat(timespec="minutes")


# A78, B1, B2, E27, E42
def test_three_reminders_more_time_once_then_silence_accepts_and_both_keep_the_file(
    walk, delivered_order: Order
) -> None:
    order, buyer = delivered_order, delivered_order.buyer
    client, seller, stale = walk(buyer), walk(order.expert), walk(buyer)
    titles = ("A deliverable waits for your answer", "Last day to check a deliverable")

    for days in (3.6, 1.5, 1):
        pass_time(order, days=days)
        assert tasks.remind() == 1
    subjects = Mail.objects.filter(recipient=buyer.email).order_by("pk").values_list("subject", flat=True)
    said = [title for subject in subjects for title in titles if client.say(title) in subject]
    assert said == [titles[0], titles[0], titles[1]]
    client.open("notifications")
    for title, count in zip(titles, (2, 1), strict=True):
        expect(client.page.locator("main").get_by_text(client.say(title))).to_have_count(count)
    shoot(client, "reminders")
    client.open("order", order.public_id)
    stale.open("order", order.public_id)
    shoot(client, "to-accept-buyer")
    choose(client, "Take %(days)s more days", days=7)
    client.is_told("You have more time to check the deliverable.")
    shoot(client, "more-time-buyer")
    before = facts(order)
    choose(stale, "Take %(days)s more days", days=7)
    stale.sees("You have already taken more time on this order.")
    assert facts(order) == before
    seller.open("notifications")
    seller.sees("%(buyer)s takes more time to check", buyer=buyer.display_name)
    shoot(seller, "more-time-notifications")

    pass_time(order, days=1)
    assert tasks.accept_unanswered() == 0
    pass_time(order, days=7)
    assert tasks.accept_unanswered() == 1
    stale.accept()
    stale.sees("Order completed", within="#act")
    client.open("order", order.public_id)
    client.sees("Order completed", within="#act")
    expect(client.page.locator("#act .state-text")).to_contain_text("Acceptation automatique")
    shoot(client, "silent-buyer")
    seller.open("order", order.public_id)
    seller.sees("Completed: %(net)s net for you", net=seller.money(108_00), within="#act")
    expect(seller.page.locator("#act .state-text")).to_contain_text("pourra être retirée à partir du")
    shoot(seller, "silent-expert")
    client.open("notifications")
    client.sees("dites-le-nous avant le")
    shoot(client, "silent-notifications")
    assert "dites-le-nous avant le" in last_mail(buyer.email).text

    for walker in (client, seller):
        walker.open("order", order.public_id)
        deed = keeps(walker, "Download the deed of assignment", by=".pdf", within="aside")
        assert order.reference in PdfReader(io.BytesIO(deed)).pages[0].extract_text()
        found = zipfile.ZipFile(io.BytesIO(keeps(walker, "Download everything", by=f"{order.reference}.zip")))
        names = [name.removeprefix(f"{order.reference}/") for name in found.namelist()]
        assert deed in [found.read(name) for name in found.namelist() if name.endswith(".pdf")]
        parts = ("échanges.html", "échanges.txt", "conditions.txt", "événements.csv", "argent.csv")
        assert {*parts, "livrables/v1/plan.pdf", "livrables/v1/note.txt"} <= set(names)
    assert order.events.filter(kind=OrderEvent.Kind.REMINDED).count() == 3
    assert ledger.audit() == []


# A69, B3, B4, B5, E42
def test_a_missing_item_is_named_and_sent_then_declined_and_another_never_starts(
    walk, buyer: User, expert: User, offer: Offer
) -> None:
    first, second = (
        factories.pay(factories.place(buyer, offer, brief="Une chocolaterie.")) for _n in range(2)
    )
    client, seller = walk(buyer), walk(expert)

    client.open("order", first.public_id)
    client.follow("Send what is needed", within="#act")
    before = facts(first)
    client.press("Send these items", within="#act")
    client.sees("Fill in at least one item; the others can come later.", within="#act")
    assert facts(first) == before
    client.page.get_by_label(ITEM).fill("Ils sont dans le dossier partagé.")
    shoot(client, "list-form")
    client.press("Send these items", within="#act")
    client.is_told("Sent. The expert is told.")
    shoot(client, "list-buyer")
    seller.open("order_pause", first.public_id)
    before = facts(first)
    seller.press("Stop the dates and tell the buyer", within="#act")
    seller.sees("Name what is missing: the buyer needs to know what to send.", within="#act")
    assert facts(first) == before
    seller.fill("#act", label="Les statuts signés")
    seller.page.locator('[name="kind"]').select_option("text")
    shoot(seller, "named-form")
    seller.press("Stop the dates and tell the buyer", within="#act")
    seller.sees("Waiting for %(buyer)s", buyer="Thomas", within="#act")
    shoot(seller, "named-expert")
    client.open("order", first.public_id)
    client.sees("%(expert)s waits for something from you", expert="Claire", within="#act")
    client.sees("Les statuts signés", within="#act")
    client.sees("%(expert)s waits for something from you.", expert="Claire", within="#thread")
    shoot(client, "named-buyer")
    client.follow("Send what is missing", within="#act")
    client.page.get_by_label("Les statuts signés").fill("Signés le 3 mars, en pièce 4.")
    client.press("Send these items", within="#act")
    client.is_told("Sent. The expert is told.")
    client.sees("%(expert)s has not begun yet", expert="Claire", within="#act")

    seller.open("order", first.public_id)
    seller.sees("Read the brief, then start", within="#act")
    shoot(seller, "complete-expert")
    seller.follow("Decline", within="#act")
    before = facts(first)
    seller.press("Decline and pay back", within="#act")
    seller.sees("Tell the buyer why you cannot take this order.", within="#act")
    assert facts(first) == before
    seller.fill("#act", reason="Les statuts ne permettent pas cette activité.")
    seller.press("Decline and pay back", within="#act")
    seller.is_told("Order declined. The buyer is paid back.")
    shoot(seller, "declined-expert")
    client.open("order", first.public_id)
    client.sees("Les statuts ne permettent pas cette activité.", within="#act")
    shoot(client, "declined-buyer")

    seller.open("order", second.public_id)
    pass_time(second, hours=73)
    assert tasks.cancel_not_started() == 1
    before = facts(second)
    seller.press("Start", within="#act")
    seller.sees("Order cancelled", within="#act")
    assert facts(second) == before
    shoot(seller, "timeout-expert")
    client.open("order", second.public_id)
    client.sees("Order cancelled", within="#act")
    client.sees(client.money(120_00), within="#act")
    shoot(client, "timeout-buyer")
    found = zipfile.ZipFile(io.BytesIO(keeps(client, "Download everything", by=".zip")))
    assert not [name for name in found.namelist() if name.endswith(".pdf")], "no right passes, no deed"
    assert client.page.request.get(reverse("order_deed", args=[second.public_id])).status == 404
    assert [refund.amount_cents for refund in Refund.objects.all()] == [120_00, 120_00]
    assert ledger.audit() == []
