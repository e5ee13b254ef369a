"""Every route of the site against every kind of visitor. A new route fails here until it says who may open it.

``login`` means: sent to the sign-in page; ``away``: redirected elsewhere; a number: that status.
"""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.actions import portfolio, recommendations
from accounts.actions import profile as profiles
from accounts.models import TimeOff
from marketplace.kernel import clock, uploads
from messaging import actions as messaging
from messaging import preferences
from messaging.models import Attachment
from messaging.words import Topic
from missions import actions as missions
from missions.actions.quoting import LineTerms, QuoteTerms
from offers import actions as offers
from offers import keeping
from orders.models import DeliverableFile
from payments import escrow
from tests import factories

VISITORS = ("anonymous", "stranger", "buyer", "expert", "staff")
LOGIN, AWAY = "login", "away"
PUBLIC = (200,) * 5
MEMBERS = (LOGIN, 200, 200, 200, 200)
EXPERTS = (LOGIN, 404, 404, 200, 404)

# name: (method, what the address takes, anonymous, stranger, buyer, expert, staff)
TABLE = {
    # Public
    "home": ("get", "", *PUBLIC),
    "how_it_works": ("get", "", *PUBLIC),
    "faq": ("get", "", *PUBLIC),
    "about": ("get", "", *PUBLIC),
    "terms": ("get", "", *PUBLIC),
    "legal_notice": ("get", "", *PUBLIC),
    "privacy": ("get", "", *PUBLIC),
    "accessibility": ("get", "", *PUBLIC),
    "page_version": ("get", "page_version", *PUBLIC),
    "contact": ("get", "", *PUBLIC),
    "contact_received": ("get", "", *PUBLIC),
    "report": ("get", "reported", LOGIN, 200, 200, 404, 200),  # nobody reports what is theirs
    "report_received": ("get", "", *MEMBERS),
    "healthz": ("get", "", *PUBLIC),
    "readyz": ("get", "", *PUBLIC),
    "metrics": ("get", "", *(404,) * 5),  # for who bears the token: see test_watching
    "catalogue": ("get", "", *PUBLIC),
    "robots": ("get", "", *PUBLIC),
    "sitemap_index": ("get", "", *PUBLIC),
    "sitemap": ("get", "sitemap", *PUBLIC),
    "search_suggestions": ("get", "", *PUBLIC),
    "offer_ranking": ("get", "", *PUBLIC),
    "category": ("get", "category", *PUBLIC),
    "offer": ("get", "offer", *PUBLIC),
    "expert_profile": ("get", "expert", *PUBLIC),
    "experts": ("get", "", *PUBLIC),
    "expert_contact": ("get", "expert", LOGIN, 200, AWAY, 404, 200),  # this buyer wrote already
    "custom_request": ("get", "", *MEMBERS),
    "custom_requests": ("get", "", *MEMBERS),
    "request": ("get", "request", LOGIN, 404, 200, 404, 200),
    "request_withdrawal": ("get", "request", LOGIN, 404, 200, 404, 404),
    "invitations": ("get", "", *EXPERTS),
    "invitation": ("get", "invitation", LOGIN, 404, 200, 200, 200),
    "proposal_choice": ("get", "invitation", LOGIN, 404, 200, 404, 404),
    "request_file": ("get", "request_file", LOGIN, 404, 200, 200, 200),
    "conversation": ("get", "conversation", LOGIN, 404, 200, 200, 200),
    "recommendation": ("get", "recommendation", *PUBLIC),  # whoever holds the link of the mail
    "portfolio_consent": ("get", "consent", *PUBLIC),
    "searches_unsubscription": ("get", "unsubscription", *PUBLIC),
    "set_language": ("post", "", *(AWAY,) * 5),
    "set_theme": ("post", "", *(AWAY,) * 5),
    "payment_webhook": ("post", "", *(400,) * 5),
    "stripe_webhook": ("post", "", *(404,) * 5),  # Stripe is not the gateway of the tests
    "stripe_connect_webhook": ("post", "", *(404,) * 5),
    "stripe_accounts_webhook": ("post", "", *(404,) * 5),
    # The payment sandbox stands for a gateway elsewhere: whoever holds the link may open it, as there
    "sandbox_checkout": ("get", "checkout", *PUBLIC),
    "sandbox_card": ("get", "checkout", *(405,) * 5),
    "sandbox_confirmation": ("get", "checkout", *(405,) * 5),
    "sandbox_paypal": ("get", "checkout", *(405,) * 5),
    "sandbox_transfer": ("get", "checkout", *(405,) * 5),
    "sandbox_arrival": ("get", "checkout", *(405,) * 5),
    "sandbox_excess": ("get", "checkout", *(405,) * 5),
    "sandbox_refund": ("get", "sandbox_refund", *(405,) * 5),
    # Quotes and missions
    "missions": ("get", "", *MEMBERS),
    "quote_create": ("get", "talk", LOGIN, 404, 404, 200, 404),
    "quote": ("get", "quote", LOGIN, 404, 200, 200, 404),
    "quote_file": ("get", "quote", LOGIN, 404, 200, 200, 404),
    "quote_version": ("get", "quote", LOGIN, 404, 404, 200, 404),
    "quote_acceptance": ("post", "quote", LOGIN, 404, 422, 422, 404),
    "quote_refusal": ("post", "quote", LOGIN, 404, AWAY, AWAY, 404),
    "quote_withdrawal": ("post", "quote", LOGIN, 404, AWAY, AWAY, 404),
    "mission": ("get", "mission", LOGIN, 404, 200, 200, 404),
    "mission_start": ("post", "mission", LOGIN, 404, AWAY, AWAY, 404),
    "mission_note": ("post", "mission", LOGIN, 404, 422, 422, 404),
    "mission_second": ("post", "mission", LOGIN, 404, AWAY, AWAY, 404),
    "mission_suspension": ("post", "mission", LOGIN, 404, AWAY, AWAY, 404),
    "mission_resume": ("post", "mission", LOGIN, 404, AWAY, AWAY, 404),
    "mission_review": ("post", "mission", LOGIN, 404, 422, 422, 404),
    "mission_validation": ("post", "mission", LOGIN, 404, 422, 422, 404),
    "mission_contest": ("post", "mission", LOGIN, 404, 422, 422, 404),
    "mission_ending": ("get", "mission", LOGIN, 404, 200, 200, 404),
    "ending_answer": ("post", "ending", LOGIN, 404, AWAY, AWAY, 404),
    "mission_certificates": ("get", "mission", LOGIN, 404, 200, 404, 404),
    "instalment_payment": ("get", "instalment", LOGIN, 404, 200, 404, 404),
    # Signing in and out
    "account_login": ("get", "", 200, *(AWAY,) * 4),
    "account_signup": ("get", "", 200, *(AWAY,) * 4),
    "account_logout": ("get", "", AWAY, 200, 200, 200, 200),
    "account_inactive": ("get", "", *PUBLIC),
    "account_reauthenticate": ("get", "", LOGIN, 200, 200, 200, 200),
    "account_email": ("get", "", LOGIN, 200, 200, 200, 200),
    "account_email_verification_sent": ("get", "", LOGIN, *(AWAY,) * 4),
    "account_change_password": ("get", "", LOGIN, 200, 200, 200, 200),
    "account_set_password": ("get", "", LOGIN, *(AWAY,) * 4),
    "account_reset_password": ("get", "", *PUBLIC),
    "account_reset_password_done": ("get", "", *PUBLIC),
    "account_reset_password_from_key": ("get", "reset_key", *PUBLIC),
    "account_reset_password_from_key_done": ("get", "", *PUBLIC),
    "account_confirm_login_code": ("get", "", LOGIN, *(AWAY,) * 4),
    "mfa_index": ("get", "", *MEMBERS),
    "mfa_authenticate": ("get", "", LOGIN, *(AWAY,) * 4),
    "mfa_reauthenticate": ("get", "", LOGIN, *(AWAY,) * 4),
    "mfa_activate_totp": ("get", "", LOGIN, *(AWAY,) * 4),
    "mfa_deactivate_totp": ("get", "", LOGIN, *(404,) * 4),
    "mfa_view_recovery_codes": ("get", "", LOGIN, *(404,) * 4),
    "mfa_generate_recovery_codes": ("get", "", LOGIN, *(AWAY,) * 4),
    "mfa_download_recovery_codes": ("get", "", LOGIN, *(404,) * 4),
    "mfa_list_webauthn": ("get", "", *MEMBERS),
    "mfa_add_webauthn": ("get", "", LOGIN, *(AWAY,) * 4),
    "mfa_reauthenticate_webauthn": ("get", "", LOGIN, *(AWAY,) * 4),
    "mfa_edit_webauthn": ("get", "nobody", LOGIN, *(AWAY,) * 4),
    "mfa_remove_webauthn": ("get", "nobody", LOGIN, *(AWAY,) * 4),
    "mfa_login_webauthn": ("post", "", LOGIN, *(AWAY,) * 4),
    # Members
    "account_privacy": ("get", "", *MEMBERS),
    "account_copy_request": ("post", "", LOGIN, *(AWAY,) * 4),
    "account_copy": ("get", "export", LOGIN, *(AWAY,) * 4),
    "account_closure": ("get", "", LOGIN, *(AWAY,) * 4),
    "account_stay": ("post", "", LOGIN, *(AWAY,) * 4),
    "account_sessions": ("get", "", *MEMBERS),
    "account_sessions_end": ("post", "", LOGIN, *(AWAY,) * 4),
    "account_session_end": ("post", "nobody", LOGIN, *(404,) * 4),
    "after_login": ("get", "", LOGIN, *(AWAY,) * 4),
    "account_settings": ("get", "", *MEMBERS),
    "expert_profile_edit": ("get", "", LOGIN, 404, 404, 200, 404),
    "favourites": ("get", "", *MEMBERS),
    "favourite_offer": ("post", "offer_pk", LOGIN, *(AWAY,) * 4),
    "favourite_expert": ("post", "expert_pk", LOGIN, *(AWAY,) * 4),
    "searches_save": ("post", "", LOGIN, *(404,) * 4),  # nothing sent: no such list
    "saved_search": ("post", "saved_search", LOGIN, 404, AWAY, 404, 404),
    "seen_forget": ("post", "", LOGIN, *(AWAY,) * 4),
    **{
        f"profile_{part}": ("get", "", *EXPERTS)
        for part in (
            [
                "photo",
                "presentation",
                "skills",
                "career",
                "rate",
                "availability",
                "recommendations",
                "portfolio",
            ]
        )
    },
    "profile_career_entry": ("get", "career_entry", *EXPERTS),
    "profile_time_off": ("post", "time_off", LOGIN, 404, 404, AWAY, 404),
    "profile_recommendation_withdrawal": ("post", "recommendation_pk", LOGIN, 404, 404, AWAY, 404),
    "profile_portfolio_piece": ("get", "piece", *EXPERTS),
    "become_expert": ("post", "", LOGIN, *(AWAY,) * 4),
    "buyer_orders": ("get", "", *MEMBERS),
    "conversations": ("get", "", *MEMBERS),
    "notifications": ("get", "", *MEMBERS),
    "notifications_read": ("post", "", LOGIN, *(AWAY,) * 4),
    "notification_settings": ("get", "", *MEMBERS),
    "unsubscribe": ("get", "unsubscribe", *PUBLIC),  # whoever holds a mail may stop the next ones
    "checkout": ("get", "offer_pk", LOGIN, 200, 200, AWAY, 200),
    # Experts
    "dashboard": ("get", "", *EXPERTS),
    "dashboard_orders": ("get", "", *EXPERTS),
    "dashboard_earnings": ("get", "", *EXPERTS),
    "invoices": ("get", "", *MEMBERS),
    "invoices_of_month": ("get", "", LOGIN, 404, 404, 404, 404),
    "invoice_file": ("get", "invoice", LOGIN, 404, 200, 200, 200),
    "invoicing_mandate": ("get", "", *EXPERTS),
    "withdrawals": ("get", "", *EXPERTS),
    "withdrawal_way": ("post", "", LOGIN, 404, 404, AWAY, 404),
    "withdrawal_onboarding": ("get", "", LOGIN, 404, 404, AWAY, 404),
    "withdrawal_cancellation": ("post", "withdrawal", LOGIN, 404, 404, AWAY, 404),
    "dashboard_offers": ("get", "", *EXPERTS),
    "documents": ("get", "", *EXPERTS),
    "document_send": ("get", "requirement", *EXPERTS),
    "document_file": ("get", "document", LOGIN, 404, 404, 200, 200),
    "admission": ("get", "", *EXPERTS),
    "admission_step": ("get", "step", LOGIN, 404, 404, AWAY, 404),
    "club": ("get", "", LOGIN, *(404,) * 4),  # for its members alone: see test_admission
    "club_candidate": ("get", "candidate", LOGIN, *(404,) * 4),
    "legal_status": ("get", "", *EXPERTS),
    "call_hours": ("get", "", *EXPERTS),
    "call_day": ("get", "", LOGIN, 404, 404, AWAY, 404),
    "call_day_removal": ("post", "", LOGIN, 404, 404, AWAY, 404),
    "offer_create": ("get", "", *EXPERTS),
    "offer_preview": ("post", "", *EXPERTS),
    "offer_edit": ("get", "offer_pk", *EXPERTS),
    "offer_draft": ("post", "", LOGIN, 404, 404, AWAY, 404),
    "offer_check": ("get", "offer_pk", *EXPERTS),
    "offer_images": ("get", "offer_pk", *EXPERTS),
    "offer_image": ("post", "image", LOGIN, 404, 404, AWAY, 404),
    "offer_publish": ("post", "offer_pk", LOGIN, 404, 404, AWAY, 404),
    "offer_pause": ("post", "offer_pk", LOGIN, 404, 404, AWAY, 404),
    "offer_delete": ("get", "offer_pk", *EXPERTS),
    # The two parties of an order; staff read
    "order": ("get", "order", LOGIN, 404, 200, 200, 200),
    "order_payment": ("get", "order", LOGIN, 404, AWAY, 404, 404),
    "order_thread": ("get", "order", LOGIN, 404, AWAY, AWAY, AWAY),  # for htmx: 200 or 204,
    "order_message": ("post", "order", LOGIN, 404, 422, 422, 404),
    "order_brief": ("post", "order", LOGIN, 404, AWAY, 404, 404),
    "order_start": ("post", "order", LOGIN, 404, 404, AWAY, 404),
    "order_deliver": ("post", "order", LOGIN, 404, 404, AWAY, 404),
    "order_revision": ("post", "order", LOGIN, 404, 422, 404, 404),
    "order_acceptance": ("post", "order", LOGIN, 404, AWAY, 404, 404),
    "order_cancel": ("post", "order", LOGIN, 404, AWAY, 404, 404),
    "order_decline": ("post", "order", LOGIN, 404, 404, AWAY, 404),
    "order_review": ("post", "order", LOGIN, 404, AWAY, AWAY, 404),
    "order_review_answer": ("post", "order", LOGIN, 404, AWAY, AWAY, 404),
    "order_certificates": ("get", "order", LOGIN, 404, 404, 404, 404),  # from 5,000 €: see test_certificates
    "order_file": ("get", "order", LOGIN, 404, 200, 200, 200),
    "order_requirements": ("post", "order", LOGIN, 404, AWAY, 404, 404),
    "order_pause": ("post", "order", LOGIN, 404, 404, AWAY, 404),
    "order_resume": ("post", "order", LOGIN, 404, 404, AWAY, 404),
    "order_pause_contest": ("post", "order", LOGIN, 404, AWAY, 404, 404),
    "order_cancel_silent": ("post", "order", LOGIN, 404, 404, AWAY, 404),
    "order_revision_accept": ("post", "order", LOGIN, 404, 404, AWAY, 404),
    "order_revision_refuse": ("post", "order", LOGIN, 404, 404, AWAY, 404),
    "order_question": ("post", "order", LOGIN, 404, 422, 404, 404),
    "order_more_time": ("post", "order", LOGIN, 404, AWAY, 404, 404),
    "requirement_file": ("get", "requirement_file", LOGIN, 404, 200, 200, 200),
    "order_extension": ("post", "order", LOGIN, 404, 404, AWAY, 404),
    "order_cancel_late": ("post", "order", LOGIN, 404, AWAY, 404, 404),
    "order_ask_cancel": ("get", "order", LOGIN, 404, 200, 200, 404),
    "order_settlement": ("get", "order", LOGIN, 404, 200, 200, 404),
    "order_record": ("get", "cancelled", LOGIN, 404, AWAY, 200, 404),
    "order_deed": ("get", "deed", LOGIN, 404, 200, 200, 200),
    "buyer_profile": ("get", "buyer", LOGIN, 404, 200, 200, 200),
    "order_extras": ("get", "order", LOGIN, 404, AWAY, AWAY, 404),
    "extra_payment": ("get", "extra", LOGIN, 404, 200, 404, 404),
    "extra_refusal": ("post", "extra", LOGIN, 404, AWAY, 404, 404),
    "extra_withdrawal": ("post", "extra", LOGIN, 404, 404, AWAY, 404),
    "extra_refund": ("get", "extra", LOGIN, 404, 404, AWAY, 404),
    "change_accept": ("post", "change", LOGIN, 404, AWAY, AWAY, 404),
    "change_refuse": ("post", "change", LOGIN, 404, AWAY, AWAY, 404),
    "change_withdraw": ("post", "change", LOGIN, 404, AWAY, AWAY, 404),
    # The two people of a call; staff look at its page
    "order_call": ("get", "call", LOGIN, 404, 200, 200, 200),
    "order_call_room": ("get", "call", LOGIN, 404, AWAY, AWAY, 404),
    "order_call_file": ("get", "call", LOGIN, 404, 200, 200, 404),
    "order_call_move": ("get", "call", LOGIN, 404, 200, 200, 404),
    "order_call_cancel": ("get", "call", LOGIN, 404, 200, 200, 404),
    "order_absence": ("get", "call", LOGIN, 404, AWAY, AWAY, 404),
    "move_accept": ("post", "move", LOGIN, 404, AWAY, AWAY, 404),
    "move_refuse": ("post", "move", LOGIN, 404, AWAY, AWAY, 404),
    "move_withdraw": ("post", "move", LOGIN, 404, AWAY, AWAY, 404),
    "order_dispute": ("get", "order", LOGIN, 404, 200, 200, 404),
    "dispute_answer": ("post", "order", LOGIN, 404, 404, 404, 404),
    "dispute_evidence": ("post", "order", LOGIN, 404, 404, 404, 404),
    "dispute_withdrawal": ("post", "order", LOGIN, 404, 404, 404, 404),
    "dispute_appeal": ("post", "order", LOGIN, 404, 404, 404, 404),
    "dispute_file": ("get", "order", LOGIN, 404, 404, 404, 404),
    "dispute_file_pdf": ("get", "order", LOGIN, 404, 404, 404, 404),
    "dispute_reply": ("post", "export", LOGIN, *(404,) * 4),
    "evidence": ("get", "export", LOGIN, *(404,) * 4),
    "attachment": ("get", "attachment", LOGIN, 404, 200, 200, 200),
    "attachment_preview": ("get", "attachment", LOGIN, 404, 404, 404, 404),  # a PDF: no picture to show
    "deliverable_file": ("get", "deliverable_file", LOGIN, 404, 200, 200, 200),
}


def named_routes() -> set[str]:
    """The names of every address, but for the admin's (which checks for staff itself) and developers' tools."""

    def walk(patterns, namespaces=()):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(
                    pattern.url_patterns,
                    (*namespaces, pattern.namespace) if pattern.namespace else namespaces,
                )
            elif isinstance(pattern, URLPattern) and not namespaces:
                yield pattern.name or str(pattern.pattern)

    return set(walk(get_resolver().url_patterns))


DEVELOPERS = {"ui_gallery", "^media/(?P<path>.*)$"}


def test_no_route_is_missing_from_the_table():
    routes = named_routes() - DEVELOPERS

    assert routes - set(TABLE) == set(), "say who may open these"
    assert set(TABLE) - routes == set(), "these are gone"


@pytest.fixture
def world(delivered_order, buyer, expert, stranger, staff):
    """A delivered order with a file on each side, and its people."""
    from orders import actions

    actions.say(delivered_order, author=buyer, body="Voici le dossier.", files=[factories.a_file()])
    contact = messaging.make_contact(company=buyer, expert=expert, subject="Devis", body="Bonjour.")
    return {
        "contact": contact,
        "order": delivered_order,
        "visitors": {"stranger": stranger, "buyer": buyer, "expert": expert, "staff": staff},
    }


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
    mission = missions.accept(quote, actor=order.buyer, name="Thomas", digest=quote.digest)
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
        case "order":
            args = [order.public_id]
        case "invoice":
            from payments.models import Invoice

            if not Invoice.objects.exists():
                escrow.release(order.payment.hold, clearing=timedelta(0))
            args = [Invoice.objects.get(kind=Invoice.Kind.INVOICE).public_id]
        case "talk":
            args = [order.conversation.public_id]
        case "quote" | "mission" | "ending" | "instalment":
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


def answer(response) -> str | int:
    if response.status_code != 302:
        return response.status_code
    return LOGIN if response.url.startswith(reverse(settings.LOGIN_URL)) else AWAY


SHARES = 12
"""The table is cut in so many tests: each makes its people and orders once, and asks for many addresses."""


@pytest.mark.parametrize("share", range(SHARES))
def test_each_visitor_gets_what_the_table_says(share, world):
    wrong = {}
    for name in list(TABLE)[share::SHARES]:
        method, needs, *expected = TABLE[name]
        asked = transaction.savepoint()
        path = address(name, needs, world)
        answers = []
        for visitor in VISITORS:
            client = Client()
            before = transaction.savepoint()
            if visitor != "anonymous":
                client.force_login(world["visitors"][visitor])
            answers.append(answer(getattr(client, method)(path)))
            transaction.savepoint_rollback(
                before
            )  # what one visitor did must not change what the next may do
        transaction.savepoint_rollback(asked)  # nor what was made for one address the next one
        if answers != expected:
            wrong[name] = dict(zip(VISITORS, zip(answers, expected, strict=True), strict=True))

    assert wrong == {}, "each visitor: (what came, what the table says)"


def test_the_admin_is_for_staff_alone(world):
    for visitor in VISITORS:
        client = Client()
        if visitor != "anonymous":
            client.force_login(world["visitors"][visitor])
        response = client.get(reverse("admin:index"))
        assert (response.status_code == 200) == (visitor == "staff"), visitor


def test_every_kind_of_private_file_has_its_route_in_the_table():
    from marketplace.kernel import private_files

    routes = {
        pattern.default_args["kind"]
        for pattern in _patterns(get_resolver())
        if pattern.callback is private_files.download
    }

    assert routes == set(private_files.kinds())


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


def test_private_files_have_no_public_address(world):
    for private in (Attachment.objects.get(), DeliverableFile.objects.get()):
        with pytest.raises(ValueError, match="URL"):
            _ = private.file.url
        assert private.name not in private.file.name
        assert uploads.CONTENT_TYPES["pdf"] == private.content_type
