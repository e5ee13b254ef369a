"""What the declaration of sellers wants from experts themselves: given by them, asked for twice, sealed."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.kernel import clock, sealing
from marketplace.kernel.errors import Refusal
from payments.models import TaxDetails
from payments.reporting import notices
from payments.reporting.dac7.sellers import Seller, sellers_of

ASK_AGAIN_AFTER = timedelta(days=30)
WITHHOLD_AFTER = timedelta(days=60)
"""After the first reminder, and not before the second (Directive 2021/514, annex V, section IV, A.2)."""


@transaction.atomic
def declare(
    expert: User, *, born_on: date, birth_city: str, birth_country: str, tax_country: str, number: str
) -> TaxDetails:
    """Keep what an expert says of their birth and their tax number; an empty number keeps the one we have."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=expert.pk)
    details, _created = TaxDetails.objects.get_or_create(expert=expert)
    details.born_on, details.birth_city, details.birth_country = born_on, birth_city, birth_country
    details.tax_country, details.changed_at = tax_country, clock.now()
    if number:
        details.sealed_number = sealing.seal(number)
    details.save()
    return details


def wanted_from(expert: User, year: int) -> Seller | None:
    """The expert as the declaration of a year has them, when they sold as a person and something is missing."""
    return next((part for part in sellers_of(year, expert=expert) if part.is_person and part.missing), None)


def ask_for_missing(now: datetime) -> int:
    """Ask those whose details are missing, and again a month later. Returns how many were asked."""
    count = 0
    for seller in sellers_of(clock.local_day(now).year):
        if seller.is_person and seller.is_declared and seller.missing:
            count += _ask(seller.experts[0], now)
    return count


@transaction.atomic
def _ask(expert: User, now: datetime) -> bool:
    details, _created = TaxDetails.objects.select_for_update(no_key=True).get_or_create(expert=expert)
    if details.asked_at is None:
        details.asked_at = now
    elif details.asked_again_at is None and details.asked_at <= now - ASK_AGAIN_AFTER:
        details.asked_again_at = now
    else:
        return False
    details.save(update_fields=["asked_at", "asked_again_at"])
    return notices.details_wanted(expert, f"{expert.pk}:{2 if details.asked_again_at else 1}")


def refuse_if_withheld(expert: User) -> None:
    """Raise ``Refusal`` when payments to an expert are withheld until their details are there (``DAC7_WITHHOLDS``)."""
    if not settings.DAC7_WITHHOLDS:
        return
    details = TaxDetails.objects.filter(expert=expert, asked_again_at__isnull=False).first()
    over = details is not None and details.asked_at and details.asked_at <= clock.now() - WITHHOLD_AFTER
    if over and wanted_from(expert, clock.today().year):
        raise Refusal(
            _(
                "We asked twice for your tax details: until you give them, the law makes us hold back withdrawals."
            )
        )
