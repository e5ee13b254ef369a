"""What the lists of money have in common."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from marketplace.kernel.staff import ReadOnly


class MoneyAdmin(ReadOnly, admin.ModelAdmin):
    """Long lists that are only read."""

    show_full_result_count = False
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return tuple(self.fields or ())
