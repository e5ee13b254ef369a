"""The pages to look at, by who looks: a route each, and what of the world it shows."""

from dataclasses import dataclass

from django.urls import reverse

from tests.access.table import TABLE
from tests.journeys.world import World

NOT_PAGES = {"healthz": "for machines", "readyz": "for machines", "metrics": "for machines"} | dict.fromkeys(
    (
        "attachment",
        "deliverable_file",
        "order_file",
        "document_file",
        "invoice_file",
        "mission_certificates",
        "order_call_file",
        "order_deed",
        "quote_file",
        "request_file",
        "requirement_file",
        "statement",
        "statement_file",
        "books_export_file",
        "amendment_file",
        "activity_report_file",
        "nda_file",
        "mission_calendar",
    ),
    "files to keep",
)
NOT_PAGES |= dict.fromkeys(("robots", "search_suggestions", "sitemap", "sitemap_index"), "for machines")


@dataclass(frozen=True)
class Stop:
    """A page to look at: a route, and the name of what it shows in the world (the table of routes knows the rest)."""

    route: str
    of: str = ""
    query: str = ""
    status: int = 200

    def path(self, world: World) -> str:
        if self.of:
            return reverse(self.route, args=world.args(self.route, self.of)) + self.query
        if TABLE.get(self.route, ("", ""))[1]:
            return world.things.path(self.route)
        return reverse(self.route) + self.query


def stops(route: str, *names: str) -> list[Stop]:
    return [Stop(route, name) for name in names]


BUYERS_ROOMS = ("late", "extension", "delivered", "completed", "disputed", "resolved")
EXPERTS_ROOMS = (
    "active",
    "settlement",
    "asked",
    "revised",
    "redelivered",
    "reviewed",
    "cancelled",
    "disputed",
)
"""Each state once, from the side that has something to do in it; a dispute from both."""
EMPTY = ("dashboard", "dashboard_orders", "dashboard_earnings", "dashboard_offers", "buyer_orders")

ANYBODY = [
    *(Stop("home"), Stop("how_it_works"), Stop("terms")),
    *(Stop("faq"), Stop("about"), Stop("privacy"), Stop("legal_notice"), Stop("accessibility")),
    *(Stop("contact"), Stop("contact_received")),
    *(Stop("catalogue"), Stop("catalogue", query="?q=tresorerie&kind=job&max=500")),
    *(Stop("catalogue", query="?q=introuvable"), Stop("category", "offer")),
    *stops("offer", "offer", "question"),
    *(Stop("expert_profile", "expert"), Stop("ui_gallery")),
    *(Stop("experts"), Stop("offer_ranking"), Stop("page_version"), Stop("recommendation")),
    *(Stop("portfolio_consent"), Stop("searches_unsubscription"), Stop("unsubscribe")),
]
ENTRANCE = [
    *(Stop("account_login"), Stop("account_signup"), Stop("account_inactive")),
    *(Stop("account_reset_password"), Stop("account_reset_password_done")),
    Stop("account_reset_password_from_key_done"),
]
BUYER = [
    *stops("checkout", "offer", "question"),
    *(Stop("account_settings"), Stop("account_email"), Stop("account_change_password")),
    *(Stop("account_reauthenticate"), Stop("account_logout")),
    *stops("order_payment", "unpaid", "declined", "transfer"),
    Stop("order_payment", "confirming", query="?back=1"),
    *(Stop("order_acceptance", "delivered"), Stop("order_revision", "delivered")),
    *(Stop("order_cancel", "active"), Stop("order_brief", "active"), Stop("order_cancel_late", "late")),
    *(Stop("order_ask_cancel", "started"), Stop("order_settlement", "started")),
    Stop("order_withdrawal", "started"),
    Stop("order_dispute", "delivered"),
]
BUYERS_ORDERS = [
    *stops("order", "unpaid", "transfer", "briefless", *BUYERS_ROOMS),
    Stop("order", "delivered", query="?tab=files"),
    *(Stop("buyer_orders"), Stop("conversations"), Stop("notifications")),
    *(Stop("notification_settings"), Stop("company"), Stop("purchases"), Stop("purchase_documents")),
]
BUYERS_TALKS = [
    *(Stop("expert_contact"), Stop("account_privacy"), Stop("account_sessions"), Stop("mfa_index")),
    *(Stop("mfa_list_webauthn"), Stop("favourites"), Stop("report"), Stop("report_received")),
    Stop("text_changes"),
    *(Stop("custom_request"), Stop("invitation"), Stop("proposal_choice"), Stop("custom_requests")),
    *(Stop("request"), Stop("request_withdrawal"), Stop("extra_payment")),
    *(Stop("nda_create"), Stop("nda"), Stop("quote"), Stop("instalment_payment"), Stop("mission_ending")),
    *(Stop("activity_report"), Stop("amendment"), Stop("mission"), Stop("missions"), Stop("conversation")),
    *(Stop("order_call_move"), Stop("order_call_cancel"), Stop("order_call")),
]
PAYMENT = stops("sandbox_checkout", "unpaid", "declined", "confirming", "transfer", "expired")
EXPERT = [
    *(Stop("offer_create"), Stop("offer_edit", "offer"), Stop("offer_images", "offer")),
    *(Stop("offer_delete", "draft"), Stop("expert_profile_edit"), Stop("account_settings")),
    *stops("order_deliver", "started", "asked"),
    *(Stop("order_decline", "active"), Stop("order_extension", "started")),
    *(Stop("order_ask_cancel", "started"), Stop("order_settlement", "started")),
    Stop("order_dispute", "started"),
]
EXPERTS_ORDERS = [
    *stops("order", *EXPERTS_ROOMS),
    *(Stop("dashboard"), Stop("dashboard_orders"), Stop("dashboard_orders", query="?status=disputed")),
    *(
        Stop("dashboard_earnings"),
        Stop("dashboard_offers"),
        Stop("pipeline"),
        Stop("conversations"),
        Stop("notifications"),
    ),
    *(Stop("statements"), Stop("tax_details")),
]
PROFILE = [
    *(Stop("profile_photo"), Stop("profile_presentation"), Stop("profile_skills"), Stop("profile_career")),
    *(Stop("profile_career_entry"), Stop("profile_rate"), Stop("profile_availability")),
    *(Stop("profile_portfolio_piece"), Stop("profile_portfolio"), Stop("profile_recommendations")),
    *(Stop("offer_check", "offer"), Stop("admission"), Stop("legal_status"), Stop("invoicing_mandate")),
    Stop("experts_charter"),
    *(Stop("documents"), Stop("document_send"), Stop("invoices"), Stop("withdrawals")),
    *(Stop("order_call"), Stop("call_hours"), Stop("buyer_profile"), Stop("order_record")),
]
EXPERTS_TALKS = [
    *(Stop("invitation"), Stop("invitations"), Stop("quote_create"), Stop("quote"), Stop("quote_version")),
    *(Stop("amendment_create"), Stop("activity_report_create"), Stop("activity_report")),
    *(Stop("amendment"), Stop("amendment_version"), Stop("mission"), Stop("missions"), Stop("conversation")),
    Stop("conversation_decline"),
]
NEWCOMER = [*map(Stop, EMPTY), Stop("conversations"), Stop("notifications"), Stop("expert_profile_edit")]
STAFF = stops("order", "disputed")
OFFICE = [
    *(Stop("admin:index"), Stop("admin:orders_order_changelist")),
    *(Stop("admin:orders_order_change", "redelivered"), Stop("admin:disputes_dispute_change", "disputed")),
    Stop("admin:disputes_dispute_rule", "disputed"),
]
EVERY_STOP = [
    *(*ANYBODY, *ENTRANCE, *BUYER, *BUYERS_ORDERS, *BUYERS_TALKS, *PAYMENT),
    *(*EXPERT, *EXPERTS_ORDERS, *PROFILE, *EXPERTS_TALKS, *NEWCOMER, *STAFF, *OFFICE),
]
