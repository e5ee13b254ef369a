"""Rows that one person of the team carries on: handing one over, and finding one's own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.staff import ReasonForm


class AssignForm(ReasonForm):
    """Who of the team carries it on."""

    reason = None  # type: ignore[assignment]
    to: Any = forms.ModelChoiceField(label=gettext_lazy("Who answers"), queryset=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = get_user_model().objects.filter(is_staff=True, is_active=True)
        self.fields["to"].queryset = team.order_by("last_name", "first_name")  # type: ignore[attr-defined]


class Whose(admin.SimpleListFilter):
    """Mine, nobody's, or all. For rows with a column ``assigned_to``."""

    title = gettext_lazy("who answers")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", _("Me")), ("nobody", _("Nobody yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "mine":
                return queryset.filter(assigned_to=request.user.pk)
            case "nobody":
                return queryset.filter(assigned_to=None)
        return queryset
