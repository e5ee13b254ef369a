"""What the tests of the administration lean on: addresses of its pages, rights, and the history of a row."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.models import User

WHY = "Le brief et le livrable ne correspondent pas ; chaque partie prend sa part."


def url_of(row: Any, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def list_of(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def registered() -> list[Any]:
    return sorted(admin.site._registry, key=lambda model: model._meta.label_lower)


def allow(user: User, *labels: str) -> User:
    """Give permissions written as ``orders.view_order``."""
    for label in labels:
        app, codename = label.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return User.objects.get(pk=user.pk)


def no_rows(prefix: str) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}


def logged(row: Any) -> list[User]:
    """Who stands in the history of a row."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    ).select_related("user")
    return [entry.user for entry in entries]


def last_words(row: Any) -> str:
    return (
        LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
        .latest("action_time")
        .get_change_message()
    )
