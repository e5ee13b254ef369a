"""Every route of the site against every kind of visitor. A new route fails here until the table says who may open it."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from marketplace.kernel import uploads
from messaging.models import Attachment
from orders.models import DeliverableFile
from tests.access.table import AWAY, LOGIN, TABLE, VISITORS
from tests.access.world import address


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


def test_whoever_reloads_a_refused_form_finds_its_page_again(world):
    """A form shown again at the address it was sent to: a reload, or another language, asks to read that address."""
    lost = {}
    for name, (method, needs, *expected) in TABLE.items():
        if method != "post" or 422 not in expected:
            continue
        client = Client()
        client.force_login(world["visitors"][VISITORS[expected.index(422)]])
        asked = transaction.savepoint()
        found = client.get(address(name, needs, world), follow=True)
        transaction.savepoint_rollback(asked)
        if found.status_code != 200:
            lost[name] = found.status_code

    assert lost == {}


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
