"""The people of the demo world one can sign in as. Shown in local mode only."""

from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "Jalon-2026!"  # noqa: S105 - of the demo world alone

DEMO_ACCOUNTS = [
    (_("Buyer"), "camille@jalon.example", DEMO_PASSWORD),
    (_("Expert"), "claire@jalon.example", DEMO_PASSWORD),
    (_("Staff"), "margaux@jalon.example", DEMO_PASSWORD),
]
