"""The public pages: the text in force, the texts shipped with the product, and the figures they quote."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from marketplace.kernel import clock, rules
from marketplace.kernel.compiled import MOMENT, WORD, Compiled
from marketplace.kernel.money import format_money
from messaging import markdown
from messaging.models import Page, PageVersion

SHIPPED = Path(__file__).parent / "texts"
PREVAILS = "fr"
"""The language whose terms count when two texts differ."""
ADDRESSES = (
    "contact",
    "account_settings",
    "account_privacy",
    *(page.url_name for page in Page),
)


_quoted: list[Callable[[], dict[str, str]]] = []


def quote(more: Callable[[], dict[str, str]]) -> Callable[[], dict[str, str]]:
    """Let texts quote the figures of an app above this one, by the names it gives them."""
    _quoted.append(more)
    return more


def figures(language: str) -> dict[str, str]:
    """What a text may quote in braces, in a language: who runs the site, the rules the code applies, addresses."""
    timers = rules.ORDER_TIMERS
    with translation.override(language):
        return {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            **{f"operator_{name}": _told(name, text) for name, text in settings.OPERATOR.items()},
            "host": _told("host", settings.HOSTING),
            "mediator": _told("mediator", settings.CONSUMER_MEDIATOR),
            "privacy_contact": settings.PRIVACY_CONTACT or _told("email", settings.OPERATOR["email"]),
            "commission_percent": str(rules.COMMISSION_OFFER_BP // 100),
            "custom_commission_percent": str(rules.COMMISSION_CUSTOM_BP // 100),
            "start_hours": _hours(timers.start.total_seconds()),
            "late_hours": _hours(timers.late_grace.total_seconds()),
            "change_hours": _hours(timers.change_answer.total_seconds()),
            "acceptance_days": str(timers.acceptance.days),
            "custom_acceptance_days": str(rules.CUSTOM_TIMERS.acceptance.days),
            "transfer_days": str(timers.transfer_payment.days),
            "clearing_days": str(timers.clearing_manual.days),
            "clearing_automatic_days": str(timers.clearing_automatic.days),
            "review_days": str(timers.review_window.days),
            "suspension_days": str(account_rules.SUSPENSION_NOTICE.days),
            "max_offers": str(rules.MAX_OFFERS),
            "min_price": format_money(rules.MIN_PRICE_CENTS),
            "max_price": format_money(rules.MAX_PRICE_CENTS),
            **{name: figure for more in _quoted for name, figure in more().items()},
            **{f"{name}_url": reverse(name) for name in ADDRESSES},
        }


def _hours(seconds: float) -> str:
    return str(int(seconds // 3600))


def _told(name: str, text: str) -> str:
    """What the operator says of itself; a gap is shown as one, so that nobody opens with it unseen."""
    return text or _("[to be completed: %(name)s]") % {"name": name}


_in_force = Compiled(
    lambda page, language, now: (
        PageVersion.objects.filter(page=page, language=language)
        .filter(Q(takes_effect_at=None) | Q(takes_effect_at__lte=now))
        .order_by("-number")[:1]
    ),
    f"{WORD} page",
    f"{WORD} language",
    MOMENT,
)


def current(page: Page, language: str) -> PageVersion:
    """The text in force: the last one published, or the one shipped with the product while there is none."""
    return published(page, language) or shipped(page, language)


def published(page: Page, language: str) -> PageVersion | None:
    """The text in force, if one was published."""
    found: PageVersion | None = _in_force.first(page.value, language, clock.now())
    return found


def coming(page: Page, language: str) -> PageVersion | None:
    """The text that is announced and does not apply yet; one that was published over meanwhile never will."""
    last = PageVersion.objects.filter(page=page.value, language=language).order_by("-number").first()
    waits = last is not None and last.takes_effect_at is not None and last.takes_effect_at > clock.now()
    return last if waits else None


def number_of(page: Page, language: str) -> int:
    """The version in force; zero stands for the text shipped with the product."""
    return current(page, language).number


def wording(page: str, language: str, number: int | None = None) -> tuple[int, str]:
    """The number and the words of a version, the one in force unless another is named: what somebody agrees to."""
    named = (
        PageVersion.objects.filter(page=page, language=language, number=number).first() if number else None
    )
    version = named or current(Page(page), language)
    return version.number, f"{version.title}\n{version.lead}\n{version.body}"


def shipped(page: Page, language: str) -> PageVersion:
    """The text of the product itself, not saved: version zero."""
    title, lead, source = _file(SHIPPED / language / f"{page.value}.md")
    filled: Callable[[str], str] = lambda text: markdown.fill(text, figures(language))  # noqa: E731
    return PageVersion(
        page=page.value,
        language=language,
        number=0,
        title=title,
        lead=filled(lead),
        source=source,
        body=filled(source),
    )


@lru_cache(maxsize=32)
def _file(path: Path) -> tuple[str, str, str]:
    """Title, lead and text of a file: ``# title``, ``> lead``, then Markdown."""
    title, lead, source = path.read_text("utf-8").split("\n", 2)
    return title.removeprefix("# "), lead.removeprefix("> "), source.strip() + "\n"
