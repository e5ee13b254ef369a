"""Somebody at a browser, over HTTP: reads pages, fills in their forms, presses again when no answer came."""

import itertools
import re
from collections.abc import Iterator
from typing import Any

import requests
from lxml import html

ORDER = re.compile(r"/orders/([0-9a-f-]{36})/")
PASSWORD = "Un-Mot-2-Passe!"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PATIENCE = 15
"""Seconds to wait for a page."""


class Unreachable(Exception):
    """No answer, or one that says that the site is in trouble: nobody knows what was done."""


class Lost(Exception):
    """The site answered, but not with what a person would need to go on: a fault of the product."""


class Page:
    """An answer of the site."""

    def __init__(self, answer: requests.Response) -> None:
        self.url = answer.url
        self.status = answer.status_code
        self.text = answer.text
        self._tree = html.document_fromstring(answer.content or b"<p>", base_url=answer.url)

    def form(self, action: str) -> Any:
        """The form that goes to an address ending so, or nothing."""
        for form in self._tree.forms:
            target = form.get("action")
            address = (target if target is not None else self.url).partition("?")[0].partition("#")[0]
            if form.method == "POST" and address.endswith(action):
                return form
        return None

    def errors(self) -> str:
        """What the page complains about, in short."""
        found = self._tree.xpath("//*[contains(@class,'error')]//text()")
        return " ".join(" ".join(found).split())[:200]

    def attribute(self, path: str) -> list[str]:
        return [str(each) for each in self._tree.xpath(path)]


class Person:
    """One account and its cookies. Goes to another door of the site when one is closed, as behind a proxy."""

    def __init__(self, doors: list[str], email: str) -> None:
        self.email = email
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = "fr"
        self._doors: Iterator[str] = itertools.cycle(doors)
        self._count = len(doors)
        self.asked = 0
        self.unanswered = 0

    def _send(self, method: str, path: str, **options: Any) -> Page:
        """Ask the next door; a door that is shut took nothing, so another one may be asked the same."""
        for _attempt in range(self._count):
            self.asked += 1
            try:
                answer = self.session.request(method, next(self._doors) + path, timeout=PATIENCE, **options)
            except requests.ConnectionError as error:
                if "Connection refused" in str(error):
                    continue
                break
            except requests.RequestException:
                break
            if answer.status_code >= 500:
                break
            return Page(answer)
        self.unanswered += 1
        raise Unreachable(path)

    def open(self, path: str) -> Page:
        """Read a page, signing in on the way if need be."""
        page = self._send("GET", path)
        if "/account/login/" in page.url:
            self.sign_in()
            page = self._send("GET", path)
        return page

    def sign_in(self) -> None:
        page = self._send("GET", "/account/login/")
        form = next((f for f in page._tree.forms if "login" in f.fields), None)
        if form is None:
            return  # signed in already
        answer = self.submit(page, form, login=self.email, password=PASSWORD)
        if "/account/login/" in answer.url:
            raise Lost(f"{self.email} cannot sign in: {answer.errors()}")

    def prove(self) -> None:
        """Say again who is there, as the site asks before money leaves."""
        page = self.open("/account/reauthenticate/")
        form = page.form("/account/reauthenticate/")
        if form is not None:
            self.submit(page, form, password=PASSWORD)

    def submit(self, page: Page, form: Any, *, file: tuple[str, bytes] | None = None, **typed: str) -> Page:
        """Send a form with what it holds and what is typed. Asked again after silence, it is the very same form."""
        if form is None:
            raise Lost(f"no such form on {page.url} ({page.status}): {page.errors()}")
        values = [(name, value) for name, value in form.form_values() if name not in typed]
        values += list(typed.items())
        target = form.get("action") or page.url
        path = re.sub(r"^https?://[^/]+", "", target).partition("#")[0]
        files = None
        if file is not None:
            (field,) = form.xpath(".//input[@type='file']/@name")
            values = [(name, value) for name, value in values if name != field]
            files = [(str(field), (file[0], file[1], "application/pdf"))]
        return self._send("POST", path, data=values, files=files)
