"""A page of words, drawn: what staff write, wherever its address is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from marketplace.kernel import linked_data
from messaging import markdown, pages
from messaging.models import Page, PageVersion


def instead(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The text staff have published in the place of a page the product draws; nothing while they have not."""
    version = pages.published(page, readers_language())
    return draw(request, version, is_current=True) if version else None


def draw(request: HttpRequest, version: PageVersion, *, is_current: bool) -> HttpResponse:
    """A text as a page, with its contents, its former versions, and what it says to search engines."""
    is_faq = version.page == Page.FAQ
    coming = pages.coming(Page(version.page), version.language) if version.page == Page.TERMS else None
    text = markdown.read(version.body, nested=is_faq)
    asked = [(each.title, str(each.html)) for part in text.parts for each in part.parts]
    context = {
        "version": version,
        "text": text,
        "facts": linked_data.questions(asked) if is_current else None,
        "lead": markdown.line(version.lead),
        "summary": markdown.plain(version.lead),
        "is_faq": is_faq,
        "is_current": is_current,
        "is_coming": coming is not None and coming.number == version.number,
        "coming": coming if is_current else None,
        "earlier": range(version.number - 1, 0, -1) if is_current and version.page == Page.TERMS else [],
    }
    return render(request, "pages/page.html", context)


def readers_language() -> str:
    """Two letters: the language this page is read in."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]
