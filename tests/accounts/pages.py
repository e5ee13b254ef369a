"""How tests read a page: the fields in error, the mails, the codes."""

import re
from html.parser import HTMLParser

from django.test import Client

from messaging.models import Mail


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.invalid: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name")
        if tag in ("input", "textarea", "select") and name:
            self.fields[name] = found.get("value") or ""
            if found.get("aria-invalid") == "true":
                self.invalid.add(name)


def fields_in_error(html: str) -> set[str]:
    """The names of the controls marked as wrong."""
    parser = _Forms()
    parser.feed(html)
    return parser.invalid


def typed(html: str) -> dict[str, str]:
    """What the controls of a page hold."""
    parser = _Forms()
    parser.feed(html)
    return parser.fields


def last_mail(email: str) -> Mail:
    """The latest mail owed to an address."""
    return Mail.objects.filter(recipient=email).latest("pk")


def code_sent_to(email: str) -> str:
    """The code of the latest mail."""
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", last_mail(email).text)
    assert found, last_mail(email).text
    return found[0]


def shape(response_html: str, *known: str) -> str:
    """A page without what changes at every request, to compare two of them."""
    html = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", response_html)
    html = re.sub(r'nonce="[^"]*"', "", html)
    for text in known:
        html = html.replace(text, "…")
    return html


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
