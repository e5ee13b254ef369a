"""What the lists of money have in common."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from marketplace.kernel.staff import ReadOnly, row_link


def page_of(row: Any) -> SafeString | str:
    """The way from a row among others to its own page, where its buttons are."""
    return row_link(row)


page_of.short_description = gettext_lazy("page")  # type: ignore[attr-defined]


class MoneyAdmin(ReadOnly, admin.ModelAdmin):
    """Long lists that are only read."""

    show_full_result_count = False
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return tuple(self.fields or ())
