"""Asking for the end of one's account, and taking it back."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import ClosureRequest, DataExport, User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.workdays import add_working_days

TIME_TO_THINK = timedelta(hours=24)
WORKING_DAYS = 2
"""How long closing may take once nothing stands in the way."""
EXPORT_EVERY = timedelta(days=1)


def ask_to_close(user: User, *, reason: str = "") -> ClosureRequest:
    """Note that a person wants to leave. Raises ``Refusal`` when they have asked already, or are staff."""
    if user.is_staff:
        raise Refusal(_("A staff account is closed by another member of the team."))
    now = clock.now()
    try:
        with transaction.atomic():
            return ClosureRequest.objects.create(
                user=user,
                asked_at=now,
                not_before=now + TIME_TO_THINK,
                promised_by=add_working_days(now, WORKING_DAYS),
                reason=reason,
            )
    except IntegrityError as error:
        raise Refusal(_("You have asked for this already.")) from error


@transaction.atomic
def stay(user: User) -> None:
    """Take the request back. Raises ``Refusal`` when there is none, or it is done."""
    request = ClosureRequest.objects.open().select_for_update(no_key=True).filter(user=user).first()
    if request is None:
        raise Refusal(_("There is no request to take back."))
    request.withdrawn_at = clock.now()
    request.save(update_fields=["withdrawn_at"])


@transaction.atomic
def ask_for_copy(user: User) -> DataExport:
    """Ask for a copy of one's data. Raises ``Refusal`` when one was asked for in the last day."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if DataExport.objects.filter(user=user, asked_at__gt=clock.now() - EXPORT_EVERY).exists():
        raise Refusal(_("You asked for a copy less than a day ago: it is below, or on its way."))
    return DataExport.objects.create(user=user, asked_at=clock.now())
