"""A real browser against a real server: workers' errands run at once, everything else is as in production."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from accounts.models import User
from marketplace.celery import app
from tests.journeys.walker import Walker

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PATIENCE = 1_000 * int(os.environ.get("JOURNEY_SECONDS", "15"))
"""Milliseconds to wait for what a page is to show. A busy machine may be given more."""

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
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server, settings, transactional_db) -> Iterator[str]:
    """The address of the running site."""
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "messaging.mail.OutboxBackend"  # the runner puts another one in its place
    app.conf.task_always_eager = True
    yield live_server.url
    app.conf.task_always_eager = False


Visit = Callable[..., Page]
Walk = Callable[..., Walker]


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
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if user is not None:
            client = Client()
            client.force_login(user)
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
            )
        page = context.new_page()

        def listen(message: ConsoleMessage) -> None:
            if "Content Security Policy" in message.text:
                complaints.append(f"{page.url}: {message.text}")

        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", listen)
        page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def walk(visit: Visit) -> Walk:
    """Someone (or nobody) at a window of their own, who reads and presses in one language."""

    def start(user: User | None = None, language: str = "fr", *, path: str = "", **options) -> Walker:
        home = "/" if language == "fr" else f"/{language}/"
        return Walker(visit(user, path=path or home, **options), language)

    return start
