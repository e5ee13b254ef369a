"""The roles of the team, each with the least it needs. A superuser alone makes people staff and gives them a role.

``change`` on rows that nobody edits means pressing the buttons of their page; ``view`` means reading them.
"""

from collections.abc import Mapping

from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import transaction

SUPPORT = {
    "accounts": (
        "view: user company expertprofile suspension timeoff closurerequest dataexport recommendation portfoliopiece; "
        "add: staffvisit"
    ),
    "account": "view: emailaddress",
    "usersessions": "view: usersession",
    "messaging": "view: conversation message mail mailpreference cannedanswer contactrequest; change: contactrequest firstmessage mail report",
    "offers": "view: offer category favourite savedsearch callcalendar",
    "missions": "view: quote mission",
    "orders": (
        "view: order orderevent review changerequest cancellationrecord call trackrecord invitation; "
        "change: customrequest"
    ),
    "payments": "view: payment refund",
}
COMPLIANCE = {
    "accounts": (
        "view: auditline staffvisit user document documentaccess legalentity consent textedition bankaccount clubmember closurerequest dataexport; "
        "change: expertprofile document application suspension recommendation portfoliopiece clubmember skill sector; "
        "add: skill sector clubmember"
    ),
    "messaging": "view: conversation message contactrequest pageversion; change: firstmessage report",
    "offers": "view: category; change: offer",
    "orders": "view: order trackrecord; change: review",
}
FINANCE = {
    "accounts": "view: user legalentity bankaccount",
    "missions": "view: quote mission",
    "orders": "view: order orderevent cancellationrecord dayfigures",
    "disputes": "view: dispute",
    "payments": (
        "view: dailyfigures earning escrowhold invoice invoiceseries ledgeraccount ledgerposting ledgertransaction payeeaccount payment "
        "statement; "
        "change: bankline bankstatement booksexport booksreport chargeback discrepancy escrowhold gatewaycall inboundevent "
        "invoicedispatch refund sepabatch withdrawal; add: bankstatement booksexport booksreport sepabatch"
    ),
}
ARBITER = {
    "accounts": "view: user expertprofile",
    "disputes": "change: dispute",
    "messaging": "view: conversation message",
    "missions": "view: quote nda; change: mission",
    "offers": "view: offer",
    "orders": "view: order orderevent review changerequest cancellationrecord call trackrecord; change: order",
    "payments": "view: payment escrowhold refund earning",
}
ROLES: Mapping[str, Mapping[str, str]] = {
    "support": SUPPORT,
    "compliance": COMPLIANCE,
    "finance": FINANCE,
    "arbiter": ARBITER,
}
EVERYTHING = "admin"
"""Reads every page and presses every button; unlike a superuser, makes nobody staff."""


def granted(role: str) -> set[str]:
    """The permissions of a role, as ``app.action_model``."""
    if role == EVERYTHING:
        return {
            f"{model._meta.app_label}.{action}_{model._meta.model_name}"
            for model in admin.site._registry
            if model._meta.label_lower not in ("auth.group", "accounts.user")
            for action in ("view", "add", "change", "delete")
        } | {"accounts.view_user", "accounts.change_user", "accounts.open_archive"}
    found = set()
    for app, lines in ROLES[role].items():
        for line in lines.split(";"):
            action, _colon, models = line.partition(":")
            for model in models.split():
                found.add(f"{app}.{action.strip()}_{model}")
                found.add(f"{app}.view_{model}")
    return found


@transaction.atomic
def keep_roles() -> dict[str, int]:
    """Make the groups of the team as written here; the people in them stay. How many permissions each has."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    kept = {}
    for role in (*ROLES, EVERYTHING):
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([known[name] for name in granted(role)])
        kept[role] = group.permissions.count()
    return kept
