"""The demo accounts of a developer's machine."""

from typing import Any, NamedTuple

from django import template
from django.conf import settings

from marketplace.demo_accounts import DEMO_ACCOUNTS

register = template.Library()


class DemoAccount(NamedTuple):
    """Someone of the demo world one can sign in as."""

    role: Any
    email: str
    password: str


@register.simple_tag
def demo_accounts() -> list[DemoAccount]:
    """Those to show on the sign-in page: none outside local mode."""
    return [DemoAccount(*account) for account in DEMO_ACCOUNTS] if settings.LOCAL_MODE else []
