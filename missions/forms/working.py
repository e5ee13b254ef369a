"""What is typed while a mission runs and at its end. Errors say what to do."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import antivirus, clock, uploads
from marketplace.kernel.fields import EurosField
from marketplace.kernel.staff import ReasonForm as StaffReasonForm
from missions import rules
from missions.actions import Change, Verdict
from missions.forms.quoting import day_field, long_text
from missions.models import MissionRuling, weeks_of
from payments.models import Payment


class ReasonForm(forms.Form):
    """Why, in a few sentences."""

    words = long_text(_("Your reasons"), 4, error_messages={"required": _("Say why, in a sentence or two.")})


class DecliningForm(forms.Form):
    """The last word of an expert to a company."""

    words = long_text(
        _("Your answer to the company"),
        4,
        initial=_("Thank you for your message. I cannot take this on at the moment."),
        error_messages={"required": _("Answer in a sentence or two.")},
    )


class NoteForm(forms.Form):
    words = long_text(_("Your note"), 4, error_messages={"required": _("Write your note.")})


class EndReviewForm(forms.Form):
    words = long_text(
        _("What was done, and what comes out of it"),
        8,
        help_text=_("Deliverable by deliverable. The client validates this review."),
        error_messages={"required": _("Write the end review.")},
    )


class ValidationForm(forms.Form):
    """The client's half of the end review."""

    rating = forms.TypedChoiceField(
        label=_("Your rating"),
        coerce=int,
        choices=[(str(n), str(n)) for n in range(5, 0, -1)],
        help_text=_("From 1 to 5."),
        error_messages={"required": _("Give a rating from 1 to 5.")},
    )
    words = long_text(
        _("Your review of the mission"), 5, error_messages={"required": _("Write a sentence or two.")}
    )


class EndingForm(forms.Form):
    """How much of the mission is done, if it ended now."""

    percent_done = forms.IntegerField(
        label=_("Part of the mission done, in percent"),
        min_value=0,
        max_value=100,
        error_messages={"required": _("Say how much of the mission is done.")},
    )
    reason = long_text(_("Why end now?"), 4, error_messages={"required": _("Say why, in a sentence or two.")})


class MethodForm(forms.Form):
    method = forms.ChoiceField(
        choices=Payment.Method.choices,
        error_messages={"required": _("Choose how to pay."), "invalid_choice": _("Choose how to pay.")},
    )


class NameForm(forms.Form):
    """A signature: who, and exactly which version."""

    name = forms.CharField(
        label=_("Your first and last name"),
        max_length=120,
        error_messages={"required": _("Write your name: it is kept with the signature.")},
    )
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agrees = forms.BooleanField(
        label=_("I have read this document and sign it as it stands."),
        error_messages={"required": _("Tick this box to sign.")},
    )


class AmendmentForm(forms.Form):
    """A change of a mission: in words, its new total and its new end."""

    words = long_text(
        _("What changes"),
        5,
        help_text=_(
            "Work added or taken out, deliverables, conditions. The rest of the quote stays as it is."
        ),
        error_messages={"required": _("Say what changes.")},
    )
    ends_on = day_field(_("New end"), _("Choose the day it ends."))
    name = forms.CharField(
        label=_("Your first and last name"),
        max_length=120,
        help_text=_("Sending this amendment signs it for your side."),
        error_messages={"required": _("Write your name: it is kept with the signature.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["total"] = EurosField(
            label=_("New total of the mission before VAT"),
            min_cents=1,
            max_cents=rules.MAX_TOTAL_CENTS,
            help_text=_("The same as now if only the dates or the content change."),
        )
        self.order_fields(["words", "total", "ends_on", "name"])

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day < clock.today():
            raise ValidationError(_("The new end is past. Choose today or later."))
        return day

    @property
    def change(self) -> Change:
        typed = self.cleaned_data
        return Change(typed["words"], typed["total"], typed["ends_on"])


class ReportForm(forms.Form):
    """The days worked in a month, whole or by halves, and what was done."""

    words = long_text(
        _("What was done this month"),
        5,
        error_messages={"required": _("Say what was done, in a few sentences.")},
    )

    def __init__(self, *args: Any, month: date, first: date, halves: dict[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.month, self.days = month, []
        day = max(month, first)
        while day.month == month.month and day <= clock.today():
            name = day.isoformat()
            self.fields[name] = forms.TypedChoiceField(
                label=formats.date_format(day, "DATE_FORMAT"),
                choices=[("0", "–"), ("1", "½"), ("2", "1")],
                coerce=int,
                required=False,
                initial=str(halves.get(name, 0)),
            )
            self.days.append(day)
            day += timedelta(days=1)

    def weeks(self) -> Iterator[list[tuple[date | None, BoundField | None]]]:
        """The month as a calendar: each day with its choice, where it may be chosen."""
        for week in weeks_of(self.month, {}):
            yield [
                (day, self[day.isoformat()] if day and day.isoformat() in self.fields else None)
                for day, _halves in week
            ]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not any(typed.get(day.isoformat()) for day in self.days):
            raise ValidationError(_("Choose the days worked: one at least, whole or half."))
        return typed

    @property
    def halves(self) -> dict[date, int]:
        return {day: self.cleaned_data.get(day.isoformat()) or 0 for day in self.days}


class NdaForm(forms.Form):
    """Which agreement the company proposes, and in whose name."""

    file = forms.FileField(
        label=_("Your own agreement"),
        required=False,
        help_text=_("A PDF. Leave it empty to propose ours, which binds both of you for five years."),
    )
    name = forms.CharField(
        label=_("Your first and last name"),
        max_length=120,
        error_messages={"required": _("Write your name: it is kept with the acceptance.")},
    )
    agrees = forms.BooleanField(
        label=_("I accept this agreement on behalf of my company."),
        error_messages={"required": _("Tick this box to propose the agreement.")},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if upload:
            seen = uploads.inspect(upload)
            if seen.content_type != "application/pdf":
                raise ValidationError(_("Send the agreement as a PDF, which nobody can alter by accident."))
            antivirus.scan(upload)
        return upload


class RulingForm(StaffReasonForm):
    """What our team decides on a mission."""

    field_order = ["outcome", "percent_done", "reason"]
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=MissionRuling.Outcome.choices, widget=forms.RadioSelect
    )
    percent_done = forms.IntegerField(
        label=_("Part of the mission done, in percent"), min_value=0, max_value=100, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = _("Both parties read it.")

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("outcome") == MissionRuling.Outcome.STOP and typed.get("percent_done") is None:
            self.add_error("percent_done", _("Say how much of the mission is done."))
        return typed


def verdict_of(answers: dict[str, Any]) -> Verdict:
    return Verdict(answers["outcome"], answers["reason"], answers.get("percent_done"))
