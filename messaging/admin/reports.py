"""What people reported: read, given to somebody, answered with an outcome."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timesince
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from marketplace.kernel.assigning import AssignForm, Whose
from marketplace.kernel.staff import (
    EMPTY,
    Queue,
    ReadOnly,
    ReasonForm,
    StaffAct,
    StaffActs,
    badge,
    link,
    moment,
    waits_for_staff,
    words,
)
from messaging import actions
from messaging.models import Report

TONES = {"open": "warn", "upheld": "ok", "dismissed": "neutral"}

waits_for_staff(
    Queue(
        label=gettext_lazy("Reports to read"),
        rows=Report.objects.waiting,
        since="created_at",
        query="state__exact=open",
        tone="bad",
    )
)


class OutcomeForm(ReasonForm):
    """The outcome, in the words its reporter receives."""

    reason = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Whoever reported reads it as you write it; the person concerned does not."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        error_messages={"required": gettext_lazy("Write an answer.")},
    )


def is_open(report: Report) -> bool:
    return report.state == Report.State.OPEN


@admin.register(Report)
class ReportAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """Reports, the oldest that waits first. Acting on one is done on the page of what it is about."""

    list_display = (
        words("reference", gettext_lazy("reference"), sort="pk"),
        badge("state", gettext_lazy("state"), TONES),
        words("get_subject_display", gettext_lazy("what is reported"), sort="subject"),
        words("label", gettext_lazy("name")),
        words("get_reason_display", gettext_lazy("reason"), sort="reason"),
        link("person", gettext_lazy("who is concerned"), sort="person__last_name"),
        link("assigned_to", gettext_lazy("assigned to"), sort="assigned_to__last_name"),
        "age",
    )
    list_filter = ("state", Whose, "subject", "reason")
    list_select_related = ("person", "reporter", "assigned_to")
    search_fields = ("label", "words", "excerpt", "person__email", "person__last_name", "reporter__email")
    ordering = ("settled_at", "created_at", "pk")
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = readonly_fields = (
        words("reference", gettext_lazy("reference")),
        badge("state", gettext_lazy("state"), TONES),
        words("get_subject_display", gettext_lazy("what is reported")),
        "page",
        "read",
        link("person", gettext_lazy("who is concerned")),
        "others",
        words("get_reason_display", gettext_lazy("reason")),
        words("words", gettext_lazy("in their words")),
        link("reporter", gettext_lazy("reported by")),
        link("assigned_to", gettext_lazy("assigned to")),
        moment("created_at", gettext_lazy("received on")),
        moment("settled_at", gettext_lazy("settled on")),
        link("settled_by", gettext_lazy("settled by")),
        words("outcome", gettext_lazy("what we answered")),
    )
    acts = (
        StaffAct(
            name="uphold",
            label=gettext_lazy("We acted on it"),
            consequence=gettext_lazy(
                "Act first, on the page of what is reported: suspend, take off sale, delete. "
                "Whoever reported is then told that we acted, with your answer."
            ),
            done=gettext_lazy("The report has its outcome and its reporter is told."),
            form=OutcomeForm,
            perform=lambda report, actor, answers: actions.settle_report(
                report, actor=actor, upheld=True, outcome=answers["reason"]
            ),
            applies=is_open,
        ),
        StaffAct(
            name="dismiss",
            label=gettext_lazy("Within our rules"),
            consequence=gettext_lazy("Nothing changes. Whoever reported is told, with your answer."),
            done=gettext_lazy("The report has its outcome and its reporter is told."),
            form=OutcomeForm,
            perform=lambda report, actor, answers: actions.settle_report(
                report, actor=actor, upheld=False, outcome=answers["reason"]
            ),
            applies=is_open,
        ),
        StaffAct(
            name="assign",
            label=gettext_lazy("Assign"),
            consequence=gettext_lazy("That person finds it under “Me” in this list."),
            done=gettext_lazy("It is assigned."),
            form=AssignForm,
            perform=lambda report, actor, answers: actions.assign_report(
                report, actor=actor, to=answers["to"]
            ),
            applies=is_open,
        ),
    )

    @admin.display(description=gettext_lazy("waits since"), ordering="created_at")
    def age(self, report: Report) -> str:
        return timesince.timesince(report.created_at, depth=1) if is_open(report) else EMPTY

    @admin.display(description=gettext_lazy("page"))
    def page(self, report: Report) -> SafeString | str:
        return format_html('<a href="{}">{}</a>', report.url, report.label) if report.url else report.label

    @admin.display(description=gettext_lazy("what was read"))
    def read(self, report: Report) -> SafeString | str:
        return format_html('<pre class="staff-text">{}</pre>', report.excerpt) if report.excerpt else EMPTY

    @admin.display(description=gettext_lazy("other reports about this person"))
    def others(self, report: Report) -> int:
        return Report.objects.filter(person=report.person_id).exclude(pk=report.pk).count()

    def log_words(self, answers: dict[str, Any]) -> str:
        return str(answers.get("to") or answers.get("reason", ""))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Report], search_term: str
    ) -> tuple[QuerySet[Report], bool]:
        found, duplicates = super().get_search_results(request, queryset, search_term)
        number = search_term.strip().upper().removeprefix("R-")
        if number.isascii() and number.isdigit() and len(number) < 10:
            found |= queryset.filter(Q(pk=int(number)))
        return found, duplicates
