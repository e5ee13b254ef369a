"""Rows of orders that ended long ago: left out of the lists of whoever may not open the archive."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from orders.models import Order


class UntilArchive(admin.ModelAdmin):
    """Rows of orders in the archive are shown to those who may open it, and to nobody else.

    ``order_lookup`` leads from a row to its order.
    """

    order_lookup = "order"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request)
        user: Any = request.user
        if user.may_open_archive:
            return found
        return found.exclude(Exists(Order.objects.in_archive().filter(pk=OuterRef(self.order_lookup))))
