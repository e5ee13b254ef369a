"""Say who one is in law, how VAT applies, and where one is paid."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.actions.standing import refresh_standing
from accounts.models import BankAccount, Document, ExpertProfile, LegalEntity, User, VatPeriod
from accounts.outbox import tell
from marketplace.kernel import clock, sealing
from marketplace.kernel.errors import Refusal

IDENTIFYING = ("form", "siren")
"""What makes another seller of the same person: the rest is a correction."""


@transaction.atomic
def declare_entity(user: User, details: dict[str, Any]) -> LegalEntity:
    """Say under which legal status one works. ``details`` are columns of ``LegalEntity``.

    Another form or SIREN closes the former status: its documents no longer count, and a new list is asked for;
    what was ordered before keeps its seller.
    """
    user = user.locked()
    now = clock.now()
    entity = LegalEntity.objects.current().select_for_update(no_key=True).filter(user=user).first()
    if entity is not None and all(getattr(entity, name) == details.get(name, "") for name in IDENTIFYING):
        for name, value in details.items():
            setattr(entity, name, value)
        entity.save()
    else:
        if entity is not None:
            entity.replaced_at = now
            entity.save(update_fields=["replaced_at"])
            Document.objects.filter(
                entity=entity, state__in=[Document.State.ACCEPTED, Document.State.IN_REVIEW]
            ).update(state=Document.State.REPLACED)
        entity = LegalEntity.objects.create(user=user, created_at=now, **details)
    refresh_standing(user)
    return entity


@transaction.atomic
def declare_vat(user: User, *, regime: str, since: date) -> VatPeriod:
    """Say how VAT applies from a day on. Said twice for one day, the latest word counts."""
    user = user.locked()
    period, _created = VatPeriod.objects.update_or_create(user=user, since=since, defaults={"regime": regime})
    apply_vat(user)
    return period


def apply_vat(user: User) -> None:
    """Let the profile say the regime of today, which the next orders freeze. Safe to call on any day."""
    period = VatPeriod.on(user.pk, clock.today())
    if period is not None:
        ExpertProfile.objects.filter(user=user).exclude(vat_regime=period.regime).update(
            vat_regime=period.regime
        )


@transaction.atomic
def change_bank_account(user: User, *, iban: str, holder: str) -> BankAccount:
    """Be paid on another account. The first one counts at once; a later one rests before it is paid.

    ``iban`` must have passed the form's checks. Raises ``Refusal`` for someone without a business: money never
    goes to a private person.
    """
    user = user.locked()
    entity = LegalEntity.objects.current().filter(user=user).first()
    if entity is None or not entity.is_business:
        raise Refusal(
            _("Say first under which legal status you work: we pay businesses, not private persons.")
        )
    from schwifty import IBAN  # loaded by who needs it

    number = IBAN(iban, validate_bban=True)
    now = clock.now()
    former = BankAccount.objects.current().select_for_update(no_key=True).filter(user=user).first()
    if former is not None and former.iban == str(number):
        former.holder = holder
        former.save(update_fields=["holder"])
        return former
    if former is not None:
        former.replaced_at = now
        former.save(update_fields=["replaced_at"])
    account = BankAccount.objects.create(
        user=user,
        holder=holder,
        sealed_iban=sealing.seal(str(number)),
        country=str(number.country_code),
        last_four=str(number)[-4:],
        bic=str(number.bic or ""),
        bank=(number.bank_name or "")[:120],
        created_at=now,
        usable_from=now + rules.BANK_COOLING if former else now,
    )
    if former is not None:
        Document.objects.filter(
            user=user, kind="rib", state__in=[Document.State.ACCEPTED, Document.State.IN_REVIEW]
        ).update(state=Document.State.REPLACED)
        tell(
            user,
            "bank_account_changed",
            key=f"bank_account:{account.pk}",
            url_name="legal_status",
            account=account.masked,
            usable_from_at=account.usable_from.isoformat(),
        )
    refresh_standing(user)
    return account
