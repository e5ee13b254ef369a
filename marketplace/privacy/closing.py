"""The end of an account: asked, waited for, then final."""

from datetime import timedelta

from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts import actions as accounts
from accounts.models import BuyerProfile, ClosureRequest, Consent, DataExport, ExpertProfile, User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.privacy.blockers import blockers
from marketplace.privacy.relations import personal
from messaging import actions as messaging
from messaging.models import Mail, Notification
from offers import actions as offers
from offers.models import Offer

INACTIVE_WARNED = timedelta(days=2 * 365)
INACTIVE_CLOSED = timedelta(days=3 * 365)
"""Without a sign-in. Two years: a warning; three: the account closes if nothing is under way."""


@transaction.atomic
def ask(user: User, *, reason: str = "") -> ClosureRequest:
    """Begin to close an account: no new business from now on. Raises ``Refusal`` when it is asked for already."""
    request = accounts.ask_to_close(user, reason=reason)
    for offer in Offer.objects.filter(expert=user, status=Offer.Status.PUBLISHED):
        offers.pause(offer)
    ExpertProfile.objects.filter(user=user).update(is_hidden=True)
    messaging.notify(
        user,
        key=f"closure:{request.pk}",
        kind="closure_asked",
        params={"not_before_at": request.not_before.isoformat()},
        url_name="account_privacy",
    )
    return request


def carry_out(request: ClosureRequest) -> bool:
    """Close the account if its day has come and nothing stands in the way. Returns False when it stays open."""
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=request.user_id)
        request = request.locked()
        if request.done_at or request.withdrawn_at or request.not_before > clock.now() or blockers(user):
            return False
        close(user)
        request.done_at = clock.now()
        request.reason = ""
        request.save(update_fields=["done_at", "reason"])
    return True


def close(user: User) -> None:
    """Take a person's name off everything, delete what need not be kept, and lock the door. The caller holds the row.

    Contracts, messages, deliverables, reviews and money stay where they are: they belong to others too. Raises
    ``Refusal`` when something is under way, and for staff.
    """
    if user.is_staff:
        raise Refusal(_("A staff account is closed by another member of the team."))
    if blockers(user):
        raise Refusal(_("Something is still under way on this account."))
    old_address, files = user.email, _files_of([user])
    for model, lookup in personal():
        rows = model._default_manager.filter(**{lookup: user})
        files += _files_of(rows)
        rows.delete()
    for offer in Offer.objects.filter(expert=user).exclude(status=Offer.Status.DELETED):
        offers.delete(offer)
    _blank(BuyerProfile.objects.filter(user=user).first())
    _blank(profile := ExpertProfile.objects.filter(user=user).first())
    if profile is not None:
        profile.sectors.clear()
        ExpertProfile.objects.filter(pk=profile.pk).update(slug=str(user.public_id), is_hidden=True)
    Mail.objects.filter(recipient=old_address).delete()
    Consent.objects.live().filter(user=user).update(withdrawn_at=clock.now())
    user.email = f"{user.public_id}@closed.invalid"
    user.first_name = user.last_name = ""
    user.avatar = user.avatar_small = user.avatar_large = ""
    user.company, user.company_role, user.company_since = None, "", None
    user.is_active = False
    user.closed_at = clock.now()
    user.set_unusable_password()
    user.save()
    transaction.on_commit(lambda: _delete_files(files))


_FACTS = {"rating_sum", "rating_count", "completed_count", "recommendation_count", "years_of_experience"}


def _blank(row: models.Model | None) -> None:
    """Empty every column that a person has filled in; counts of reviews and orders stay true."""
    if row is None:
        return
    changed = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.unique or field.is_relation or field.generated or field.choices:
            continue
        if field.name in _FACTS or isinstance(field, (models.BooleanField, models.DateTimeField)):
            continue
        changed[field.name] = None if field.null else field.get_default()
    type(row)._default_manager.filter(pk=row.pk).update(**changed)


def _files_of(rows: object) -> list[tuple[str, str]]:
    """Where the files of these rows lie: storage and name."""
    found = []
    for row in rows:  # type: ignore[attr-defined]
        for field in row._meta.concrete_fields:
            if isinstance(field, models.FileField) and (stored := getattr(row, field.name)):
                kind = "private" if stored.storage == storages["private"] else "default"
                found.append((kind, stored.name))
    return found


def _delete_files(files: list[tuple[str, str]]) -> None:
    for kind, name in files:
        storages[kind].delete(name)


def forget_copies() -> int:
    """Delete the copies of personal data whose week is over."""
    old = DataExport.objects.filter(expires_at__lte=clock.now()).exclude(file="")
    count = 0
    for export in old:
        export.file.delete(save=False)
        DataExport.objects.filter(pk=export.pk).update(file="", size=0)
        count += 1
    return count


def forget_the_inactive(limit: int = 200) -> tuple[int, int]:
    """Warn those who have not signed in for two years; close after three. Returns how many of each."""
    now = clock.now()
    asleep = User.objects.filter(is_active=True, is_staff=False, closed_at=None)
    asleep = asleep.alias(seen=Coalesce("last_login", "date_joined"))
    told = Exists(
        Notification.objects.filter(
            user=OuterRef("pk"), kind="inactive_account", created_at__gt=OuterRef("seen")
        )
    )
    warned = closed = 0
    for user in asleep.filter(~told, seen__lte=now - INACTIVE_WARNED).order_by("seen", "pk")[:limit]:
        since = user.last_login or user.date_joined
        warned += messaging.notify(
            user,
            key=f"inactive:{since:%Y%m%d}",
            kind="inactive_account",
            params={"closes_at": max(since + INACTIVE_CLOSED, now + timedelta(days=30)).isoformat()},
            url_name="account_settings",
        )
    for user in list(asleep.filter(told, seen__lte=now - INACTIVE_CLOSED).order_by("pk")):
        closed += _close_the_inactive(user)
        if closed >= limit:
            break
    return warned, closed


def _close_the_inactive(user: User) -> bool:
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        warning = (
            Notification.objects.filter(user=user, kind="inactive_account").order_by("-created_at").first()
        )
        fresh = warning is None or warning.created_at > clock.now() - timedelta(days=30)
        if fresh or user.closed_at or blockers(user):
            return False
        close(user)
    return True
