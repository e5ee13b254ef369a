"""Filtered lists of the administration that people come back to: named, one's own or shared with the team."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import SavedFilter

PAGING = ("p", "all", "e", "_facets", "_popup", "_to_field")
MOST = 40
"""Filters one person may keep."""


class FilterForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        error_messages={"required": gettext_lazy("Name the filter.")},
    )
    is_shared = forms.BooleanField(label=gettext_lazy("Shared with the team"), required=False)
    query = forms.CharField(max_length=500, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Kept:
    """A saved filter as a link. ``of``: the list it filters."""

    row: SavedFilter
    url: str
    of: str
    is_own: bool


def _model(label: str, user: Any) -> Any:
    """The model of a list that this person may see; ``None`` for any other."""
    try:
        model: Any = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    meta = model._meta
    seen = any(user.has_perm(f"{meta.app_label}.{act}_{meta.model_name}") for act in ("view", "change"))
    return model if seen and model in admin.site._registry else None


def _list(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def kept(user: Any, label: str = "") -> Iterator[Kept]:
    """The filters a person may use, of one list or of all they see. One query."""
    rows = SavedFilter.objects.readable_by(user.pk).select_related("owner")
    for row in rows.filter(label=label) if label else rows:
        model = _model(row.label, user)
        if model is not None:
            yield Kept(
                row,
                f"{_list(model)}?{row.query}",
                str(capfirst(str(model._meta.verbose_name_plural))),
                row.owner_id == user.pk,
            )


def query_of(typed: str) -> str:
    """The filters of an address, without the page one stood on."""
    found = QueryDict(typed[:500], mutable=True)
    for name in PAGING:
        found.pop(name, None)
    return found.urlencode()


@require_POST
def save(request: HttpRequest, label: str) -> HttpResponse:
    """Keep the filters of a list under a name."""
    user: Any = request.user
    model = _model(label, user)
    if model is None:
        raise PermissionDenied
    form = FilterForm(request.POST)
    query = query_of(request.POST.get("query", ""))
    back = f"{_list(model)}?{query}"
    if not form.is_valid() or not query:
        messages.error(request, _("Filter the list and name the filter: nothing was kept."))
    elif SavedFilter.objects.filter(owner=user).count() >= MOST:
        messages.error(request, _("You keep many filters already. Remove one first."))
    else:
        SavedFilter.objects.create(
            owner=user,
            name=form.cleaned_data["name"],
            label=model._meta.label_lower,
            query=query,
            is_shared=form.cleaned_data["is_shared"],
        )
        messages.success(request, _("The filter is kept. It is on this list and on the first page."))
    return HttpResponseRedirect(back)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a filter of one's own."""
    row = get_object_or_404(SavedFilter, pk=pk, owner=request.user.pk)
    row.delete()
    messages.success(request, _("The filter is removed."))
    model = _model(row.label, request.user)
    return HttpResponseRedirect(_list(model) if model else reverse("admin:index"))
