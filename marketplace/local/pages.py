"""Pages that exist on a developer's machine alone."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver


def opened(patterns: Sequence[URLPattern | URLResolver]) -> Sequence[URLPattern | URLResolver]:
    """Let anybody in: a person who signs up reads the code in the mail reader before they can sign in."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            opened(pattern.url_patterns)
        else:
            login_not_required(pattern.callback)
    return patterns
