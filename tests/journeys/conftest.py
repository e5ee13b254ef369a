"""A real browser against a real server: workers' errands run at once, everything else is as in production."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from marketplace.celery import app

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server, settings, transactional_db) -> Iterator[str]:
    """The address of the running site."""
    settings.SITE_URL = live_server.url
    app.conf.task_always_eager = True
    yield live_server.url
    app.conf.task_always_eager = False


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Open a page as someone (or nobody), in a window of its own. Script errors and CSP refusals fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(user: User | None = None, *, width: int = 1280, path: str = "/", **options) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        if user is not None:
            client = Client()
            client.force_login(user)
            context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: complaints.append(f"{page.url}: {message.text}")
            if "Content Security Policy" in message.text
            else None,
        )
        page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Let axe read a page; any violation fails, named with the elements concerned."""
    axe = Axe()

    def check(page: Page) -> None:
        page.evaluate("document.getAnimations().forEach(a => a.finish())")
        violations = axe.run(page).response["violations"]
        said = [f"{v['id']}: {v['help']} — {[n['target'] for n in v['nodes']][:4]}" for v in violations]
        assert said == [], f"{page.url}: {said}"

    return check


def fits(page: Page) -> bool:
    """Whether the page needs no sideways scroll."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
