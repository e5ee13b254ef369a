"""Publish a public page: a new version, never a change of an old one."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging import markdown, pages
from messaging.models import Page, PageVersion


@transaction.atomic
def publish_page(
    page: Page, *, language: str, title: str, lead: str, source: str, author: User | None, note: str = ""
) -> PageVersion:
    """Put a text in force, with the figures as they stand now.

    ``author`` is ``None`` for a text shipped with the product. Raises ``Refusal`` when staff do not write it, and
    ``ValidationError`` for a figure there is not.
    """
    if author is not None and not author.is_staff:
        raise Refusal(_("Only our team can do this."))
    figures = pages.figures(language)
    try:
        filled_lead, body = markdown.fill(lead, figures), markdown.fill(source, figures)
    except markdown.UnknownFigure as unknown:
        raise ValidationError(
            _("There is no figure named {%(name)s}. Known: %(known)s.")
            % {"name": unknown, "known": ", ".join(sorted(figures))}
        ) from unknown
    with connection.cursor() as cursor:  # two publications of one page wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"page:{page.value}:{language}"])
    last = PageVersion.objects.filter(page=page.value, language=language).order_by("-number").first()
    if last and (last.title, last.lead, last.body) == (title, filled_lead, body):
        return last
    return PageVersion.objects.create(
        page=page.value,
        language=language,
        number=last.number + 1 if last else 1,
        title=title,
        lead=filled_lead,
        source=source,
        body=body,
        author=author,
        note=note,
        published_at=clock.now(),
    )


def publish_shipped() -> int:
    """Put the shipped texts in force where the team has written none of its own. Returns how many are new.

    Run after an upgrade: a text or a figure that changed becomes a version, the same one changes nothing.
    """
    new = 0
    for page in Page:
        for language in User.Language.values:
            last = PageVersion.objects.filter(page=page.value, language=language).order_by("-number").first()
            if last is not None and last.author_id is not None:
                continue
            text = pages.shipped(page, language)
            published = publish_page(
                page, language=language, title=text.title, lead=text.lead, source=text.source, author=None
            )
            new += published.pk != (last.pk if last else None)
    return new
