"""What an expert sends to be checked, and what staff read on it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren as sirens

from accounts import rules
from accounts.models import Document, LegalEntity
from accounts.models.matrix import MAX_COVER, RULES, Counted, Kind, Requirement
from marketplace.kernel import antivirus, clock, papers


class DayInput(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DocumentForm(forms.Form):
    """A document for one requirement: the file, and what is written on it. Each kind has its own fields."""

    kind = forms.ChoiceField(label=_("Which document?"), widget=forms.RadioSelect)
    issued_on = forms.DateField(
        label=_("Date of the document"),
        widget=DayInput,
        help_text=_("The date printed on it, not today’s."),
        error_messages={"required": _("Enter the date printed on the document.")},
    )
    ends_on = forms.DateField(
        label=_("Last day of validity"),
        widget=DayInput,
        help_text=_("As printed on the document."),
        error_messages={"required": _("Enter the last day printed on the document.")},
    )
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput({"accept": papers.ACCEPT}),
        error_messages={
            "required": _("Choose the file to send."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def __init__(
        self, *args: Any, requirement: Requirement, entity: LegalEntity | None, kind: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.requirement, self.entity = requirement, entity
        self.kind_chosen = kind if kind in requirement.kinds else requirement.kinds[0]
        field: Any = self.fields["kind"]
        field.choices = [(name, Kind(name).label) for name in requirement.kinds]
        field.initial = self.kind_chosen
        if len(requirement.kinds) == 1:
            field.widget = forms.HiddenInput()
        rule = RULES[self.kind_chosen]
        if rule.counted != Counted.ISSUE and rule.max_age is None:
            del self.fields["issued_on"]
        if rule.counted != Counted.STATED:
            del self.fields["ends_on"]
        for name, label, obligatory in rule.details:
            self.fields[name] = forms.CharField(
                label=label,
                max_length=60,
                required=obligatory,
                widget=forms.TextInput({"autocomplete": "off"}),
            )
        self.order_fields(["kind", "file", "issued_on", "ends_on"])

    @property
    def limits(self) -> str:
        return gettext("PDF, JPEG, PNG, WebP or AVIF; %(size)s at most.") % {
            "size": filesizeformat(rules.MAX_DOCUMENT_BYTES)
        }

    def clean_file(self) -> papers.Paper:
        upload = self.cleaned_data["file"]
        paper = papers.read(upload, max_bytes=rules.MAX_DOCUMENT_BYTES, max_pages=rules.MAX_PDF_PAGES)
        antivirus.scan(upload)
        return paper

    def clean_issued_on(self) -> Any:
        day = self.cleaned_data["issued_on"]
        check_issue_day(self.kind_chosen, day, sent=True)
        return day

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        check_last_day(self.kind_chosen, day)
        return day

    def clean_siren(self) -> str:
        number = re.sub(r"\D", "", self.cleaned_data["siren"])
        if not sirens.is_valid(number):
            raise ValidationError(_("This SIREN does not exist. Check its nine digits."), code="siren")
        if self.entity is not None and number != self.entity.siren:
            raise ValidationError(
                _("This is the document of another business: your SIREN is %(siren)s.")
                % {"siren": self.entity.siren},
                code="mismatch",
            )
        return number

    @property
    def details(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data.get(name, "") for name, _label, _must in RULES[self.kind_chosen].details
        }


def check_issue_day(kind: str, day: Any, *, sent: bool) -> None:
    """Refuse a date in the future, one too old for its kind, or one from which the document no longer counts."""
    rule, today = RULES[kind], clock.today()
    if day > today:
        raise ValidationError(
            _("This date is in the future. Enter the one printed on the document."), code="future"
        )
    if sent and rule.max_age is not None and day < today - rule.max_age:
        raise ValidationError(_("It is older than three months: ask for a new one."), code="too_old")
    until = rule.valid_until(issued_on=day, ends_on=None, uploaded_on=today)
    if rule.counted == Counted.ISSUE and until is not None and until < today:
        raise ValidationError(
            _("By this date it no longer counts: it is valid for %(n)s months.") % {"n": rule.months},
            code="out_of_date",
        )


def check_last_day(kind: str, day: Any) -> None:
    """Refuse a last day that is over, or further than such a document can say."""
    today = clock.today()
    if day < today:
        raise ValidationError(_("This document has expired. Send one that is still valid."), code="expired")
    if kind == Kind.INSURANCE and day > today + MAX_COVER:
        raise ValidationError(
            _("An insurance certificate covers a year at most. Check the date."), code="far"
        )


class DecisionForm(forms.Form):
    """What staff read on a document, and their word on it."""

    ACCEPT, REFUSE = "accept", "refuse"

    decision = forms.ChoiceField(choices=((ACCEPT, _("Accept")), (REFUSE, _("Refuse"))))
    issued_on = forms.DateField(label=_("Date of the document"), widget=DayInput, required=False)
    ends_on = forms.DateField(label=_("Last day of validity"), widget=DayInput, required=False)
    refusal = forms.ChoiceField(
        label=_("Reason of the refusal"), choices=[("", "–"), *Document.Refusal.choices], required=False
    )
    note = forms.CharField(
        label=_("In our words, for the expert"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        rule = document.rule
        if rule.counted != Counted.ISSUE and rule.max_age is None:
            del self.fields["issued_on"]
        if rule.counted != Counted.STATED:
            del self.fields["ends_on"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == self.REFUSE:
            if not cleaned.get("refusal"):
                self.add_error("refusal", _("Choose why it is refused."))
            elif cleaned["refusal"] == Document.Refusal.OTHER and not cleaned.get("note"):
                self.add_error("note", _("Say in words why it is refused."))
            return cleaned
        checks = (
            ("issued_on", lambda day: check_issue_day(self.document.kind, day, sent=False)),
            ("ends_on", lambda day: check_last_day(self.document.kind, day)),
        )
        for name, check in checks:
            if name not in self.fields or name in self.errors:
                continue
            if not cleaned.get(name):
                self.add_error(name, _("Enter the date printed on the document."))
                continue
            try:
                check(cleaned[name])
            except ValidationError as mistake:
                self.add_error(name, mistake)
        return cleaned
