"""The words that somebody is about to agree to, where they are about to do it."""

from typing import Any

from django import template

from accounts.consents import WORDS

register = template.Library()


@register.simple_tag
def consent_words(text: str) -> Any:
    """The words of a consent, as the log keeps their digest."""
    return WORDS[text]
