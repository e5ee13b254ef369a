"""Who is in which group of the team and what each may do: links of Django, whose changes are written down too."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from marketplace.kernel.audit import audited_links

GROUPS = "SELECT id, name FROM auth_group"
PERMISSIONS = (
    "SELECT p.id, c.app_label || '.' || p.codename AS name "
    "FROM auth_permission AS p JOIN django_content_type AS c ON c.id = p.content_type_id"
)


class Rank(User.groups.through):  # type: ignore[name-defined]
    """An account in a group."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("account in a group")
        verbose_name_plural = _("accounts in groups")
        triggers = audited_links(
            "rank_audited",
            subject="accounts_user",
            what="groups",
            owner="user_id",
            other="group_id",
            named=GROUPS,
        )


class OwnRight(User.user_permissions.through):  # type: ignore[name-defined]
    """A permission given to one account."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("permission of an account")
        verbose_name_plural = _("permissions of accounts")
        triggers = audited_links(
            "right_audited",
            subject="accounts_user",
            what="permissions",
            owner="user_id",
            other="permission_id",
            named=PERMISSIONS,
        )


class GroupRight(Group.permissions.through):  # type: ignore[name-defined]
    """A permission of a group."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("permission of a group")
        verbose_name_plural = _("permissions of groups")
        triggers = audited_links(
            "group_audited",
            subject="auth_group",
            what="permissions",
            owner="group_id",
            other="permission_id",
            named=PERMISSIONS,
        )
