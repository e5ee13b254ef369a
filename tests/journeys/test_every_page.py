"""Every page of the road, looked at: by axe in both themes, at three widths, in both languages."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, Response

from tests.access.table import TABLE
from tests.journeys import world as worlds
from tests.journeys.world import World

WIDE, PHONE, NARROW = 1280, 390, 320
HEIGHT = 900
EVERYTHING = {"resultTypes": ["violations"], "preload": False, "rules": {"target-size": {"enabled": True}}}
THEME_AND_WIDTH = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]},
}
"""What another theme or width may break; the rest of axe's rules would read the same page again."""

COME_TO_REST = """() => {
  for (let i = 0; i < 20 && document.getAnimations().length; i++) document.getAnimations().forEach(a => a.finish());
}"""
"""One colour that has arrived sets off those that inherit it."""

ABOUT_THE_PAGE = """() => ({
  language: document.documentElement.lang,
  title: document.title,
  headings: document.querySelectorAll("h1").length,
})"""

OUTSIDE_LANGUAGES = ("/_ui/", "/sandbox/")
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
    *(Stop("admin:orders_order_change", "redelivered"), Stop("admin:disputes_dispute_rule", "disputed")),
]
EVERY_STOP = [
    *(*ANYBODY, *ENTRANCE, *BUYER, *BUYERS_ORDERS, *BUYERS_TALKS, *PAYMENT),
    *(*EXPERT, *EXPERTS_ORDERS, *PROFILE, *EXPERTS_TALKS, *NEWCOMER, *STAFF, *OFFICE),
]


class Looker:
    """Goes from page to page in one window and writes down what is wrong with each."""

    def __init__(self, page: Page, world: World, client: Client) -> None:
        self.page = page
        self.world = world
        self.client = client
        self.widths = [WIDE, PHONE, NARROW]
        self.found: list[str] = []
        self.read: set[str] = set()
        self.skipped: dict[str, list[list[str]]] = {"exclude": []}
        self.axe = Axe().axe_script
        page.on("response", self.hear)

    def hear(self, response: Response) -> None:
        """What a page is made of must be there."""
        if response.status >= 400 and response.request.resource_type != "document":
            self.expect(False, f"{response.status} for {response.url}")

    def tour(self, pages: list[Stop]) -> None:
        for stop in pages:
            path = stop.path(self.world)
            ours = not stop.route.startswith("admin:")
            if ours and stop.route not in self.read and not path.startswith(OUTSIDE_LANGUAGES):
                self.read_in_english(path, stop.status)
            self.skipped = {"exclude": [[part] for part in self.known_parts(stop.route)]}
            self.look(path, status=stop.status, ours=ours)

    def known_parts(self, route: str) -> list[str]:
        """What axe need not read again: the frame after the first page, the thread after the first room."""
        known = [".site-header", ".site-footer"] if self.read else []
        if route == "order" and route in self.read:
            known.append("#exchanges")
        self.read.add(route)
        return known

    def look(self, path: str, *, status: int = 200, ours: bool = True) -> None:
        """Open a page and go over it. ``ours``: false for the administration, which Django draws."""
        response = self.page.goto(path)
        assert response is not None
        self.expect(response.status == status, f"answers {response.status}")
        self.go_over(ours=ours)

    def go_over(self, *, ours: bool = True) -> None:
        """The page as it stands in the window, at each width: one page from wide to narrow, the next one back."""
        about = self.page.evaluate(ABOUT_THE_PAGE)
        self.expect(about["language"] == "fr", "is not in French")
        if ours:
            self.expect(bool(re.match(r".+ – .+", about["title"])), f"has the title {about['title']!r}")
            self.expect(about["headings"] == 1, f"has {about['headings']} h1")
            self.page.evaluate(self.axe)
        for width in self.widths:
            self.widen(width)
            self.expect(self.fits(), f"scrolls sideways at {width}")
            if ours and width == WIDE:
                self.ask_axe(EVERYTHING, "light")
            elif ours and width == PHONE:
                self.page.emulate_media(color_scheme="dark")
                self.ask_axe(THEME_AND_WIDTH, "dark")
                self.page.emulate_media(color_scheme="light")
        self.widths.reverse()

    def widen(self, width: int) -> None:
        if self.page.viewport_size != {"width": width, "height": HEIGHT}:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def read_in_english(self, path: str, status: int) -> None:
        """The same address in English, without the browser; once for each route."""
        with translation.override("fr"):  # what the client leaves behind must not change the next address
            response = self.client.get(f"/en{path}")
        html = response.content.decode()
        self.expect(response.status_code == status, f"answers {response.status_code} in English")
        self.expect('<html lang="en"' in html, "does not say that it is English")
        self.expect(len(re.findall(r"<h1\b", html)) == 1, "has not one h1 in English")

    def ask_axe(self, options: dict[str, Any], theme: str) -> None:
        self.page.evaluate(COME_TO_REST)
        run = self.page.evaluate("([context, options]) => axe.run(context, options)", [self.skipped, options])
        for violation in run["violations"]:
            for node in violation["nodes"][:3]:
                why = "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
                self.expect(False, f"{theme}: {violation['id']} at {node['target']}: {why}")

    def fits(self) -> bool:
        return bool(
            self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        )

    def expect(self, good: bool, otherwise: str) -> None:
        if not good:
            self.found.append(f"{self.page.url}: {otherwise}")

    # Pages that come about by doing something

    def open(self, path: str) -> None:
        """Wide, as somebody who is going to do something there."""
        self.widen(WIDE)
        self.widths = [WIDE, PHONE, NARROW]
        self.page.goto(path)

    def a_missing_page(self) -> None:
        self.look("/nulle-part/", status=404)
        self.read_in_english("/nulle-part/", 404)

    def a_link_out_of_date(self) -> None:
        path = reverse("account_reset_password_from_key", args=["abc", "def-012"])
        self.look(path)
        self.read_in_english(path, 200)

    def mistakes(self, stop: Stop, button: str) -> None:
        """A form sent as it is comes back with its mistakes."""
        self.open(stop.path(self.world))
        self.page.locator(button).last.click()
        self.page.locator("[data-error-summary]").first.wait_for()
        self.go_over()

    def a_code_to_type(self) -> None:
        self.open(reverse("account_signup"))
        for field, text in (
            ("first_name", "Nadia"),
            ("last_name", "Belkacem"),
            ("email", "nadia.belkacem.chocolaterie-des-carmes@exemple-tres-long.test"),
            ("password1", "Bonne-Route-2026"),
        ):
            self.page.locator(f'[name="{field}"]').fill(text)
        self.page.locator(ENTER).last.click()
        self.page.locator('[name="code"]').wait_for()
        self.go_over()

    def a_question_before_accepting(self) -> None:
        self.open(Stop("order", "delivered").path(self.world))
        self.page.locator("#act .button-primary").click()
        self.page.locator("dialog[open]").wait_for()
        self.go_over()

    def another_language_at_the_bank(self) -> None:
        self.page.goto(Stop("sandbox_checkout", "english").path(self.world))
        self.expect(self.page.locator("html").get_attribute("lang") == "en", "is not in English")


ENTER = "main form.form button:not([type])"
SEND = "#act form button:not([type])"
Then = Callable[[Looker], None]


@pytest.mark.parametrize(
    ("who", "pages", "then"),
    [
        pytest.param(None, ANYBODY, [Looker.a_missing_page], id="anybody"),
        pytest.param(
            None,
            ENTRANCE,
            [
                Looker.a_link_out_of_date,
                lambda looker: looker.mistakes(Stop("account_login"), ENTER),
                lambda looker: looker.mistakes(Stop("account_signup"), ENTER),
                Looker.a_code_to_type,
            ],
            id="entrance",
        ),
        pytest.param(
            "buyer",
            BUYER,
            [
                Looker.a_question_before_accepting,
                lambda looker: looker.mistakes(Stop("checkout", "offer"), "main aside button:not([type])"),
                lambda looker: looker.mistakes(Stop("order_revision", "delivered"), SEND),
            ],
            id="buyer",
        ),
        pytest.param("buyer", BUYERS_ORDERS, [], id="buyer's orders"),
        pytest.param("buyer", BUYERS_TALKS, [], id="buyer's talks"),
        pytest.param(None, PAYMENT, [Looker.another_language_at_the_bank], id="payment"),
        pytest.param(
            "expert",
            EXPERT,
            [lambda looker: looker.mistakes(Stop("order_deliver", "started"), SEND)],
            id="expert",
        ),
        pytest.param("expert", EXPERTS_ORDERS, [], id="expert's orders"),
        pytest.param("expert", PROFILE, [], id="expert's profile"),
        pytest.param("expert", EXPERTS_TALKS, [], id="expert's talks"),
        pytest.param("newcomer", NEWCOMER, [], id="new expert"),
        pytest.param("staff", [*STAFF, *OFFICE], [], id="staff"),
    ],
)
def test_every_page(visit: Callable[..., Page], who: str | None, pages: list[Stop], then: list[Then]) -> None:
    names = [stop.of for stop in pages]
    world = worlds.build([*names, "reviewed", "english"] if pages in (ANYBODY, PAYMENT) else names)
    user = getattr(world, who) if who else None
    client = Client()
    if user is not None:
        client.force_login(user)
    looker = Looker(visit(user, path="/healthz", width=WIDE), world, client)

    looker.tour(pages)
    for act in then:
        act(looker)

    assert not looker.found, "\n".join(looker.found)


def test_no_page_is_left_out() -> None:
    """Whatever answers 200 to a GET in the table of routes is looked at."""
    by_hand = {"account_reset_password_from_key"}
    table = {name for name, (method, _needs, *codes) in TABLE.items() if method == "get" and 200 in codes}

    walked = {stop.route for stop in EVERY_STOP}
    assert table - walked - by_hand - set(NOT_PAGES) == set(), "look at these too"
