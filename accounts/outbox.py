"""How this app tells people something, without knowing the app that writes to them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import formats, translation
from django.utils.module_loading import import_string

from accounts.models import Suspension, User
from marketplace.kernel import clock


def tell(
    user: User, kind: str, *, key: str, url_name: str, url_args: tuple[Any, ...] = (), **params: Any
) -> bool:
    """Owe a person a notification and a mail, in this transaction. The same ``key`` tells them once.

    Words among ``params`` are taken in the language of the person; dates become days in words.
    """
    with translation.override(user.language):
        said = {
            name: formats.date_format(value, "DATE_FORMAT")
            if isinstance(value, date)
            else value
            if isinstance(value, int)
            else str(value)
            for name, value in params.items()
        }
    told: bool = import_string(settings.PEOPLE_NOTIFIER)(
        user, key=key, kind=kind, params=said, url_name=url_name, url_args=url_args
    )
    return told


def bring_to_staff(experts: Iterable[int], kind: str, *, key: str) -> int:
    """Tell the team of experts it should talk to, once a month each; whether to act is theirs to say.

    Those suspended already are left out. Returns how many there are.
    """
    often = User.objects.filter(pk__in=experts).exclude(suspensions__in=Suspension.objects.open())
    for expert in often.select_related("expert_profile"):
        tell_staff(
            kind,
            permission="accounts.change_expertprofile",
            key=f"{key}:{expert.pk}:{clock.today():%Y-%m}",
            url_name="admin:accounts_expertprofile_change",
            url_args=(expert.expert_profile.pk,),
            expert=expert.display_name,
        )
    return len(often)


def tell_staff(
    kind: str,
    *,
    permission: str,
    key: str,
    url_name: str,
    url_args: tuple[Any, ...] = (),
    **params: Any,
) -> None:
    """Tell every member of the team whose rank gives them a permission."""
    for member in User.objects.filter(is_staff=True, is_active=True):
        if member.has_perm(permission):
            tell(member, kind, key=key, url_name=url_name, url_args=url_args, **params)
