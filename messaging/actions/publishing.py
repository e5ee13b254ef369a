"""Publish a public page: a new version, never a change of an old one."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.actions.editions import earliest_effect
from accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from messaging import markdown, pages
from messaging.changes import read_again
from messaging.models import Page, PageVersion

NOTICED = (Page.TERMS,)
"""Pages whose new versions are announced to everybody before they apply."""


@transaction.atomic
def publish_page(
    page: Page,
    *,
    language: str,
    title: str,
    lead: str,
    source: str,
    author: User | None,
    note: str = "",
    takes_effect_on: date | None = None,
    at_once: bool = False,
) -> PageVersion:
    """Put a text in force, with the figures as they stand now.

    New terms wait: they apply from ``takes_effect_on``, at the earliest fifteen whole days from now, which is also
    what happens without a day. ``at_once`` is for what a law or a danger asks for, or for spelling. ``author`` is
    ``None`` for a text shipped with the product. Raises ``Refusal`` when staff do not write it, and
    ``ValidationError`` for a figure there is not or a day that comes too soon.
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
    takes_effect_at = None
    if page in NOTICED and last is not None and not at_once:
        takes_effect_at = _effect(takes_effect_on)
    read_again()
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
        takes_effect_at=takes_effect_at,
    )


def _effect(day: date | None) -> datetime:
    """Midnight in Paris of the day asked for. Raises ``ValidationError`` for one that leaves no time to read."""
    earliest = earliest_effect()
    chosen = timezone.make_aware(datetime.combine(day, time())) if day else earliest
    if chosen < earliest:
        raise ValidationError(
            {
                "takes_effect_on": _("Everybody has fifteen days to read new terms: %(day)s at the earliest.")
                % {"day": formats.date_format(timezone.localtime(earliest), "DATE_FORMAT")}
            }
        )
    return chosen


def publish_shipped() -> int:
    """Put the shipped texts in force where the team has written none of its own. Returns how many are new.

    Run after an upgrade: a text or a figure that changed becomes a version, the same one changes nothing. The pages that
    the product draws stay drawn until the team writes in their place.
    """
    new = 0
    for page in Page:
        if page.is_drawn:
            continue
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
