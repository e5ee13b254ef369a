"""What people keep for later, and when experts take calls: read by staff who help them, changed by their owners."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.staff import ReadOnly, ReadOnlyRows, link, moment, words
from offers.models import CalendarDay, CallCalendar, Favourite, SavedSearch, WeeklyHours


@admin.register(Favourite)
class FavouriteAdmin(ReadOnly, admin.ModelAdmin):
    """Offers and experts that people keep at hand."""

    list_display = (
        link("user", _("account"), sort="user__email"),
        link("offer", _("offer"), sort="offer__title"),
        link("expert", _("expert"), sort="expert__last_name"),
        moment("created_at", _("kept on")),
    )
    list_select_related = ("user", "offer", "expert")
    search_fields = ("user__email", "user__last_name", "offer__title", "expert__email", "expert__last_name")
    ordering = ("-created_at", "-pk")
    show_full_result_count = False
    fields = readonly_fields = list_display


@admin.register(SavedSearch)
class SavedSearchAdmin(ReadOnly, admin.ModelAdmin):
    """Searches that people want to hear of once a week."""

    list_display = (
        words("label", _("name")),
        link("user", _("account"), sort="user__email"),
        words("get_kind_display", _("kind"), sort="kind"),
        "is_mailed",
        moment("created_at", _("kept on")),
    )
    list_filter = ("kind", "is_mailed")
    list_select_related = ("user",)
    search_fields = ("label", "user__email", "user__last_name")
    ordering = ("-created_at", "-pk")
    fields = readonly_fields = (
        *list_display,
        words("query", _("filters")),
        moment("seen_until", _("told until")),
    )


class WeeklyHoursRows(ReadOnlyRows):
    model = WeeklyHours
    fields = readonly_fields = (
        words("get_weekday_display", _("day")),
        words("start", _("from")),
        words("end", _("to")),
    )


class CalendarDayRows(ReadOnlyRows):
    model = CalendarDay
    fields = readonly_fields = (words("date", _("date")), words("start", _("from")), words("end", _("to")))


@admin.register(CallCalendar)
class CallCalendarAdmin(ReadOnly, admin.ModelAdmin):
    """When each expert takes calls, in the expert's own time zone."""

    list_display = (
        link("expert", _("expert"), sort="expert__last_name"),
        words("time_zone", _("time zone")),
        words("notice_hours", _("minimum notice")),
        words("buffer_minutes", _("pause after each call")),
        words("horizon_days", _("how far ahead buyers may book")),
    )
    list_filter = ("time_zone",)
    list_select_related = ("expert",)
    search_fields = ("expert__email", "expert__first_name", "expert__last_name")
    ordering = ("expert__last_name", "pk")
    inlines = (WeeklyHoursRows, CalendarDayRows)
    fields = readonly_fields = list_display
