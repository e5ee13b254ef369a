"""The things that addresses name: what each route of the table needs, made by the real actions."""

from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from accounts.actions import portfolio, recommendations
from accounts.actions import profile as profiles
from accounts.actions.consents import agree
from accounts.models import TimeOff
from marketplace.kernel import clock
from messaging import preferences
from messaging.models import Attachment
from messaging.words import Topic
from missions import actions as missions
from missions.actions.quoting import LineTerms, QuoteTerms
from offers import actions as offers
from offers import keeping
from orders.models import Declared, DeliverableFile
from payments import escrow
from tests import factories


def a_proposal(world):
    """A custom request whose expert accepted it as it is."""
    from orders.actions import requesting

    order, staff = world["order"], world["visitors"]["staff"]
    asked = requesting.ask(
        buyer=order.buyer,
        category=order.offer.category,
        title="Un besoin",
        need="Ce qu'aucune offre ne propose.",
        budget_cents=500_00,
        wanted_on=date.today() + timedelta(days=9),
        files=[factories.a_file()],
    )
    (invitation,) = requesting.invite(asked, actor=staff, experts=[order.expert])
    requesting.accept_terms(invitation, actor=order.expert, number=1)
    return invitation


def _mission_things(order, needs):
    """A quote of 6 000 € that waits, or the mission of one, as far as the address needs it."""
    today = clock.today()
    terms = QuoteTerms(title="Mission", deliverables="Un plan", starts_on=today, ends_on=today)
    quote = missions.write(
        order.conversation,
        expert=order.expert,
        terms=terms,
        lines=[LineTerms("Audit", 100, "flat", 6_000_00)],
    )
    if needs == "quote":
        return quote
    mission = missions.accept(quote, actor=order.buyer, name="Thomas", digest=quote.digest, siren="303265045")
    first = mission.instalments.get(number=1)
    if needs == "instalment":
        return first
    escrow.receive(
        first.payment, amount_cents=first.ttc_cents, gateway_id="gw-mission", occurred_at=clock.now()
    )
    missions.confirm_payment(first)
    mission = missions.start(mission, actor=order.expert)
    if needs == "mission":
        return mission
    if needs == "amendment":
        change = missions.Change("Un atelier de plus", 7_000_00, today)
        return missions.propose_amendment(mission, actor=order.expert, change=change, name="Claire")
    if needs == "activity_report":
        return missions.report(
            mission, actor=order.expert, month=today, halves={today: 2}, words="Un atelier."
        )
    return missions.propose_ending(mission, actor=order.buyer, percent_done=10, reason="Arrêt")


def address(name, needs, world):
    order = world["order"]
    offer = order.offer
    match needs:
        case "":
            args = []
        case "category":
            args = [offer.category.slug]
        case "sitemap":
            args = ["pages"]
        case "offer":
            args = [offer.pk, offer.slug]
        case "reported":
            args = ["offer", offer.pk]
        case "offer_pk":
            args = [offer.pk]
        case "export":
            args = ["00000000-0000-4000-8000-000000000000"]
        case "company_token":
            args = ["forged"]
        case "consent_log":
            args = [agree(order.buyer, "mails").public_id]
        case "nobody":
            args = [999_999]
        case "expert":
            args = [order.expert.expert_profile.slug]
        case "request" | "invitation" | "request_file":
            invitation = a_proposal(world)
            asked = invitation.request
            found = {"request": asked, "invitation": invitation, "request_file": asked.files.get()}
            args = [found[needs].public_id]
        case "conversation":
            args = [world["contact"].public_id]
        case "withdrawable":
            declared = Declared("consumer", at_once=True, waives=True)
            args = [factories.pay(factories.place(order.buyer, offer, declared=declared)).public_id]
        case "order":
            args = [order.public_id]
        case "invoice":
            from payments.models import Invoice

            if not Invoice.objects.exists():
                escrow.release(order.payment.hold, clearing=timedelta(0))
            args = [Invoice.objects.get(kind=Invoice.Kind.INVOICE).public_id]
        case "month":
            args = ["month", "2020-01", "pdf"]
        case "statement":
            from payments.reporting.papers import keep

            day = date(2020, 1, 1)
            args = [keep(order.expert, "month", day, "pdf", name="a.pdf", content=b"%PDF-1.7").public_id]
        case "books_export":
            from payments.models import BooksExport

            day, sent = date(2020, 1, 31), factories.a_file()
            known = {"first_day": day, "last_day": day, "state": "ready", "content_type": "text/plain"}
            args = [
                BooksExport.objects.create(
                    kind="fec", file=sent, size=sent.size, name="a.txt", **known
                ).public_id
            ]
        case "talk":
            args = [order.conversation.public_id]
        case "nda":
            contact = world["contact"]
            file = factories.a_file()
            args = [missions.propose_nda(contact, actor=contact.company, name="T", file=file).public_id]
        case "quote" | "mission" | "ending" | "instalment" | "amendment" | "activity_report":
            args = [_mission_things(order, needs).public_id]
        case "withdrawal":
            args = ["0190c0de-0000-4000-8000-000000000000"]
        case "attachment":
            args = [Attachment.objects.get().public_id]
        case "deliverable_file":
            args = [DeliverableFile.objects.get().public_id]
        case "requirement_file":
            from orders.models import RequirementFile

            item = order.checklist.get()
            sent = factories.a_file()
            file = RequirementFile.objects.create(
                requirement=item, file=sent, name="bilan.pdf", content_type="application/pdf", size=sent.size
            )
            args = [file.public_id]
        case "change":
            from orders import actions

            change = actions.request_cancellation(order, actor=order.buyer, reason="Plus besoin.")
            args = [change.public_id]
        case "cancelled":
            from orders import actions

            other = factories.pay(factories.place(order.buyer, offer))
            args = [actions.cancel_before_start(other, actor=order.buyer).public_id]
        case "deed":
            from orders import actions, deeds

            deeds.make(actions.accept_delivery(order, actor=order.buyer))
            args = [order.public_id]
        case "buyer":
            args = [order.buyer.public_id]
        case "extra":
            from orders import actions

            order = factories.start(factories.pay(factories.place(order.buyer, offer)))
            extra = actions.propose_extra(order, actor=order.expert, title="Traduction", price_cents=50_00)
            args = [extra.public_id]
        case "call" | "move":
            call = factories.pay(factories.place(order.buyer, factories.make_call(order.expert)))
            args = [call.public_id]
            if needs == "move":
                from orders import actions

                later = factories.first_slot(call.offer, timedelta(days=5))
                args = [actions.propose_move(call, actor=order.expert, starts_at=later).public_id]
        case "image":
            picture = offers.add_image(offer, image=factories.an_image(), thumbnail=factories.an_image())
            args = [offer.pk, picture.pk]
        case "page_version":
            args = ["terms", 0]
        case "unsubscribe":
            return preferences.unsubscribe_url(order.buyer, Topic.MESSAGE).removeprefix(settings.SITE_URL)
        case "expert_pk":
            args = [order.expert_id]
        case "unsubscription" | "saved_search":
            search = keeping.save_search(order.buyer, kind="offers", asked={"q": "plan"}, label="plan")
            args = [search.public_id]
            if needs == "unsubscription":
                return keeping.unsubscription_path(order.buyer)
        case "career_entry":
            line = {"title": "DAF", "organisation": "Morel", "started": 2010}
            args = [profiles.tell_career(order.expert.expert_profile, line).pk]
        case "time_off":
            day = date(2030, 1, 1)
            args = [TimeOff.objects.create(expert=order.expert, starts_on=day, ends_on=day).pk]
        case "recommendation" | "recommendation_pk":
            asked = recommendations.ask(
                order.expert.expert_profile, name="Nadia", email="nadia@exemple.fr", relation="client"
            )
            args = [recommendations.token_of(asked) if needs == "recommendation" else asked.public_id]
        case "consent" | "piece":
            words = {
                "title": "Plan",
                "description": "Un plan.",
                "year": 2024,
                "client_name": "Perrin",
                "client_email": "perrin@exemple.fr",
            }
            piece = portfolio.add(order.expert.expert_profile, words)
            args = [portfolio.token_of(piece) if needs == "consent" else piece.public_id]
        case "requirement":
            args = ["vigilance"]
        case "step":
            args = ["criterion"]
        case "document":
            args = [factories.send_paper(order.expert).public_id]
        case "candidate":
            args = [factories.apply(factories.make_expert(approved=False), offer.category).public_id]
        case "reset_key":
            args = ["abc", "def-012"]
        case "checkout" | "sandbox_refund":
            other = factories.place(world["visitors"]["buyer"], offer)
            url = checkout_of(other)
            token = url.rstrip("/").split("/")[-1]
            args = [token] if needs == "checkout" else [token, "nothing"]
    return reverse(name, args=args)


def checkout_of(order) -> str:
    return escrow.open_checkout(
        order.payment, return_url="http://testserver/", cancel_url="http://testserver/"
    )
