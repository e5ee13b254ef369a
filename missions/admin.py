"""Quotes and missions for our team: read, and the end reviews to rule on."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.errors import Refusal
from marketplace.kernel.staff import ReadOnly, ReadOnlyRows
from missions import actions
from missions.models import Ending, Instalment, Mission, MissionEvent, Quote, QuoteLine


class QuoteLines(ReadOnlyRows):
    model = QuoteLine


@admin.register(Quote)
class QuoteAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["__str__", "expert", "client", "state", "expires_at"]
    list_filter = ["state"]
    search_fields = ["title", "number", "expert__email", "client__email"]
    inlines = [QuoteLines]


class Instalments(ReadOnlyRows):
    model = Instalment


class Events(ReadOnlyRows):
    model = MissionEvent


class Endings(ReadOnlyRows):
    model = Ending


@admin.register(Mission)
class MissionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["__str__", "expert", "client", "state", "ends_on"]
    list_filter = ["state"]
    list_select_related = ["quote", "expert", "client"]
    search_fields = ["quote__title", "quote__number", "expert__email", "client__email"]
    inlines = [Instalments, Endings, Events]
    actions = ["uphold"]

    @admin.action(description=gettext_lazy("Find the mission done as agreed (contested end reviews)"))
    def uphold(self, request: HttpRequest, queryset: QuerySet[Mission]) -> None:
        for mission in queryset:
            try:
                actions.uphold(mission, actor=request.user)  # type: ignore[arg-type]  # staff alone come here
            except Refusal as refusal:
                messages.error(request, f"{mission}: {refusal}")
            else:
                messages.success(request, _("%(mission)s: the end review is upheld.") % {"mission": mission})
