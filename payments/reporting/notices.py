"""What experts are told about their year, and what the declaration still wants from them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from messaging import actions as messaging
from messaging.models import Notification
from messaging.words import Words, register
from payments.models import BooksExport, Earning
from payments.reporting import periods

register(
    "year_summary",
    Words(
        title=_("Your summary of %(year)s is ready"),
        body=_(
            "What you earned with us, month by month, for your tax return: as a sole trader among your professional income (BNC), as a company in your accounts. What you declare is up to you: we check nothing of it."
        ),
        action=_("See my summary"),
    ),
)
register(
    "dac7_copy",
    Words(
        title=_("What we declared of you for %(year)s"),
        body=_(
            "The law makes every platform tell the tax office what its sellers earned. Your copy is on your page: check it, and write to us if something is wrong."
        ),
        action=_("See my copy"),
    ),
)
register(
    "tax_details_wanted",
    Words(
        title=_("The tax office wants to know who you are"),
        body=_(
            "The law makes us declare what experts earn (DAC7), with their date and place of birth and their tax number. Yours are missing: it takes two minutes."
        ),
        action=_("Give my tax details"),
    ),
)


def tell_of_year(year: int) -> int:
    """Tell everyone who sold something in a year that its summary is ready. Returns how many had not heard of it."""
    period = periods.year(year)
    earned = Earning.objects.filter(released_at__gte=period.start, released_at__lt=period.end)
    told = Notification.objects.filter(key=f"year:{year}").values("user")
    experts = User.objects.filter(pk__in=earned.values("expert"), is_active=True).exclude(pk__in=told)
    return sum(year_is_over(expert, year) for expert in experts.order_by("pk").iterator())


def year_is_over(expert: User, year: int) -> bool:
    """Tell that the summary of a year is there. False when it was told before."""
    return _tell(expert, f"year:{year}", "year_summary", "statements", {"year": year})


def declared(expert: User, year: int, export: BooksExport) -> bool:
    return _tell(expert, f"dac7:{export.pk}", "dac7_copy", "statements", {"year": year})


def details_wanted(expert: User, key: str) -> bool:
    return _tell(expert, f"tax-details:{key}", "tax_details_wanted", "tax_details", {})


def _tell(expert: User, key: str, kind: str, url_name: str, params: dict[str, Any]) -> bool:
    return messaging.notify(expert, key=key, kind=kind, params=params, url_name=url_name)
