"""Applications before the committee, the votes of the club, and who sits in it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.models import Application, Ballot, ClubMember
from marketplace.kernel.staff import (
    ReadOnly,
    ReadOnlyRows,
    ReasonForm,
    StaffAct,
    StaffActs,
    badge,
    link,
    moment,
    titled,
    words,
)

TONES = {"club": "info", "committee": "warn", "admitted": "ok", "refused": "bad"}


class VerdictForm(ReasonForm):
    """The committee's reasons, which the candidate reads."""

    reason = forms.CharField(
        label=_("Reasons, read by the candidate"),
        min_length=20,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        error_messages={
            "required": _("Give the reasons."),
            "min_length": _("Write a whole sentence: at least 20 characters."),
        },
    )


class BallotRows(ReadOnlyRows):
    model = Ballot
    fields = readonly_fields = (
        words("member", _("member")),
        words("get_choice_display", _("vote")),
        words("reason", _("reason")),
        moment("cast_at", _("cast")),
    )


@admin.register(Application)
class ApplicationAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """Who wishes to be admitted. The committee decides where the club did not, and after an appeal."""

    list_display = (
        words("user", _("candidate"), sort="user__last_name"),
        words("field", _("field"), sort="field__position"),
        words("get_ground_display", _("criterion"), sort="ground"),
        badge("state", _("state"), TONES),
        moment("submitted_at", _("sent")),
        moment("due_at", _("waits until")),
        words("get_decider_display", _("decided by"), sort="decider"),
    )
    list_filter = (("state", titled(ChoicesFieldListFilter, _("state"))), "field")
    list_select_related = ("user", "field")
    search_fields = ("user__email", "user__first_name", "user__last_name", "track_record")
    ordering = ("due_at", "-pk")
    inlines = (BallotRows,)
    acts = (
        StaffAct(
            name="admit",
            label=_("Admit"),
            consequence=_(
                "The expert is admitted and reads your reasons. They sell as soon as their documents are in order."
            ),
            done=_("The expert is admitted."),
            form=VerdictForm,
            perform=lambda application, actor, answers: actions.decide_application(
                application, actor=actor, admitted=True, reasons=answers["reason"]
            ),
            applies=lambda application: application.state in ("club", "committee"),
        ),
        StaffAct(
            name="refuse",
            label=_("Do not admit"),
            consequence=_("The candidate reads your reasons and may appeal once within 30 days."),
            done=_("The candidate has your answer."),
            form=VerdictForm,
            perform=lambda application, actor, answers: actions.decide_application(
                application, actor=actor, admitted=False, reasons=answers["reason"]
            ),
            applies=lambda application: application.state in ("club", "committee"),
            dangerous=True,
        ),
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    link("user", _("candidate")),
                    link("user.expert_profile", _("expert profile")),
                    badge("state", _("state"), TONES),
                    moment("due_at", _("waits until")),
                    words("field", _("field")),
                    words("get_ground_display", _("criterion")),
                    words("years_of_experience", _("years of experience")),
                    moment("submitted_at", _("sent")),
                )
            },
        ),
        (
            _("What they wrote"),
            {
                "fields": (
                    words("track_record", _("experience")),
                    words("motivation", _("wish to pass on")),
                    words("appeal", _("appeal")),
                )
            },
        ),
        (
            _("Verdict"),
            {
                "fields": (
                    words("get_decider_display", _("decided by")),
                    link("decided_by", _("signed by")),
                    moment("decided_at", _("decided")),
                    words("reasons", _("reasons")),
                )
            },
        ),
    )
    readonly_fields = tuple(field for _title, options in fieldsets for field in options["fields"])


@admin.register(ClubMember)
class ClubMemberAdmin(admin.ModelAdmin):
    """Who votes in which field. A seat is closed rather than deleted: its votes stay."""

    list_display = (
        words("user", _("expert"), sort="user__last_name"),
        "field",
        "is_active",
        moment("since", _("since")),
    )
    list_filter = ("field", "is_active")
    list_select_related = ("user", "field")
    search_fields = ("user__email", "user__first_name", "user__last_name")
    raw_id_fields = ("user",)
    fields = ("user", "field", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("user", "field") if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
