"""Days, hours and lengths of time as templates say them: local, exact, in the reader's language."""

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()

# Shapes by language, in Django's date format letters; every space inside a time never breaks.
DAY_SHAPES = {"fr": "l j F Y", "en": "l j F Y"}
SHORT_DAY_SHAPES = {"fr": "j N Y", "en": "j M Y"}
CLOCK_SHAPES = {"fr": "G\u00a0\\h\u00a0i", "en": "g:i A"}
MOMENT_SHAPES = {"fr": "{day} \u00e0 {clock}", "en": "{day}, {clock}"}


def spoken() -> str:
    """The language in use, of those that have shapes."""
    language = (get_language() or "fr")[:2]
    return language if language in DAY_SHAPES else "en"


def _local(value: dt.date) -> dt.date:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def day_words(value: dt.date, *, short: bool = False) -> str:
    """``Monday 23 November 2026``; short, ``23 Nov. 2026``."""
    here = _local(value)
    return _day(here.year, here.month, here.day, short, get_language())


@lru_cache(4096)
def _day(year: int, month: int, day: int, short: bool, language: str | None) -> str:
    """A thread or a list says the same few days again and again; ``language`` is the one in use."""
    words = formats.date_format(
        dt.date(year, month, day), (SHORT_DAY_SHAPES if short else DAY_SHAPES)[spoken()]
    )
    return re.sub(r"\b1 ", "1er ", words, count=1) if day == 1 and spoken() == "fr" else words


def clock_words(value: dt.datetime) -> str:
    """``2:20 pm``, in local time."""
    here = timezone.localtime(value) if timezone.is_aware(value) else value
    return _clock(here.hour, here.minute, get_language())


@lru_cache(4096)
def _clock(hour: int, minute: int, language: str | None) -> str:
    return formats.date_format(
        dt.datetime(1, 1, 1, hour, minute, tzinfo=dt.UTC), CLOCK_SHAPES[spoken()]
    ).lower()


def moment_words(value: dt.datetime, *, short: bool = False) -> str:
    """``Monday 23 November 2026, 2:20 pm``, in local time."""
    return MOMENT_SHAPES[spoken()].format(day=day_words(value, short=short), clock=clock_words(value))


def _time_tag(value: dt.date, words: str, title: str = "") -> SafeString:
    local = _local(value)
    stamp = local.isoformat(timespec="minutes") if isinstance(local, dt.datetime) else local.isoformat()
    if title:
        return format_html('<time datetime="{}" title="{}">{}</time>', stamp, title, words)
    return format_html('<time datetime="{}">{}</time>', stamp, words)


@register.filter
def moment(value: dt.datetime | None, mode: str = "") -> str:
    """Exact local date and time in words; ``moment:"short"`` shortens the date and keeps the full one in the title."""
    if not value:
        return ""
    if mode == "short":
        return _time_tag(value, moment_words(value, short=True), moment_words(value))
    return _time_tag(value, moment_words(value))


@register.filter
def moment_text(value: dt.datetime | None) -> str:
    """The same words without markup, for attributes and mail."""
    return moment_words(value) if value else ""


@register.filter
def day(value: dt.date | None, mode: str = "") -> str:
    """The local date in words; ``day:"short"`` shortens it."""
    if not value:
        return ""
    return _time_tag(
        value, day_words(value, short=mode == "short"), day_words(value) if mode == "short" else ""
    )


@register.filter
def clock_time(value: dt.datetime | None) -> str:
    """The local time alone, with the whole moment in the title."""
    return _time_tag(value, clock_words(value), moment_words(value)) if value else ""


@register.filter
def ago(value: dt.datetime | None) -> str:
    """How long ago, with the exact moment in the title."""
    if not value:
        return ""
    seconds = (timezone.now() - value).total_seconds()
    words = (
        gettext("just now")
        if seconds < 60
        else gettext("%(delta)s ago") % {"delta": timesince(value, depth=1)}
    )
    return _time_tag(value, words, moment_words(value))


def span_words(span: dt.timedelta) -> str:
    """A length of time in its two largest units; never negative."""
    minutes = int(abs(span).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        # Translators: a length of time, d for days and h for hours; the spaces never break.
        return gettext("%(days)d\u00a0d %(hours)d\u00a0h") % {"days": days, "hours": hours}
    if hours:
        # Translators: a length of time, h for hours and min for minutes; the spaces never break.
        return gettext("%(hours)d\u00a0h %(minutes)02d\u00a0min") % {"hours": hours, "minutes": rest}
    # Translators: a length of time in minutes; the space never breaks.
    return gettext("%(minutes)d\u00a0min") % {"minutes": rest}


def _span(value: Any) -> dt.timedelta:
    return value if isinstance(value, dt.timedelta) else value - timezone.now()


@register.filter
def time_left(value: Any) -> str:
    """The length of a span, or the distance to a moment: ``1 d 4 h``."""
    return "" if value in (None, "") else span_words(_span(value))


@register.filter
def urgency(value: Any) -> str:
    """Where a due moment stands: ``late``, ``soon`` (under 24 hours) or ``calm``; empty when nothing is due."""
    if value in (None, ""):
        return ""
    span = _span(value)
    if span < dt.timedelta(0):
        return "late"
    return "soon" if span < dt.timedelta(hours=24) else "calm"


@register.filter
def clock_parts(due_at: dt.datetime) -> dict[str, Any]:
    """What the clock component prints: days, hours, minutes and the words for each, and whether time is up."""
    span = due_at - timezone.now()
    minutes = max(0, int(span.total_seconds() // 60))
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    return {
        "late": span < dt.timedelta(0),
        "cells": [
            {"unit": "days", "value": str(days), "label": ngettext("day", "days", days)},
            {"unit": "hours", "value": f"{hours:02d}", "label": ngettext("hour", "hours", hours)},
            {"unit": "minutes", "value": f"{rest:02d}", "label": ngettext("minute", "minutes", rest)},
        ],
        "words": span_words(span),
    }
