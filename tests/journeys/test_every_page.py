"""Every page of the road, looked at: by axe in both themes, at three widths, in both languages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, Response

from tests.access.table import TABLE
from tests.journeys import world as worlds
from tests.journeys.stops import (
    ANYBODY,
    BUYER,
    BUYERS_ORDERS,
    BUYERS_TALKS,
    ENTRANCE,
    EVERY_STOP,
    EXPERT,
    EXPERTS_ORDERS,
    EXPERTS_TALKS,
    NEWCOMER,
    NOT_PAGES,
    OFFICE,
    PAYMENT,
    PROFILE,
    STAFF,
    Stop,
)
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
        """Open a page and go over it. ``ours``: false for the administration, whose headings Django writes."""
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
            if width == WIDE:
                self.ask_axe(EVERYTHING, "light")
            elif width == PHONE:
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
