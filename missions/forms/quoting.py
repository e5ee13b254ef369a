"""What is typed to write a quote and accept it. Errors say what to do."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from accounts.models import BuyerProfile, Company
from accounts.numbers import siren_of
from marketplace.kernel import clock
from marketplace.kernel.fields import EurosField
from missions import rules
from missions.actions.quoting import LineTerms, QuoteTerms
from missions.models import QuoteLine
from missions.queries import lacks_siren


def long_text(label: Any, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=5_000, widget=forms.Textarea({"rows": rows}), strip=True, **options
    )


def day_field(label: Any, missing: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing},
    )


class QuantityField(forms.CharField):
    """How many of a unit, with two decimals at most; its clean value is whole hundredths."""

    default_error_messages = {
        "required": _("Say how many."),
        "invalid": _("Write a number above zero with two decimals at most, for example 2 or 0.5."),
    }

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").replace(",", ".").replace("\u00a0", "").replace(" ", "")
        if not text:
            return None
        try:
            hundredths = Decimal(text) * 100
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        whole = hundredths.is_finite() and hundredths == hundredths.to_integral_value()
        if not whole or not 0 < hundredths <= rules.MAX_QUANTITY * 100:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(hundredths)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return str(Decimal(value) / 100)

    def run_validators(self, value: Any) -> None:
        """The bounds are checked while reading."""

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")


class QuoteForm(forms.Form):
    """What a quote says beside its lines."""

    title = forms.CharField(
        label=_("Title of the mission"),
        max_length=120,
        error_messages={"required": _("Give the mission a title.")},
    )
    context = long_text(_("Context"), 3, required=False)
    deliverables = long_text(
        _("Deliverables"),
        4,
        help_text=_("What you hand over, one a line: the client validates against this list."),
        error_messages={"required": _("Say what you hand over.")},
    )
    starts_on = day_field(_("First day"), _("Choose the day it starts."))
    ends_on = day_field(_("End"), _("Choose the day it ends."))
    conditions = long_text(
        _("Conditions"),
        3,
        required=False,
        help_text=_("Expenses, place, days on site, meetings."),
    )
    valid_days = forms.IntegerField(
        label=_("Valid for how many days?"),
        initial=rules.QUOTE_VALID_DAYS,
        min_value=1,
        max_value=rules.MAX_QUOTE_VALID_DAYS,
        error_messages={"required": _("Say for how many days this quote is valid.")},
    )
    confidential = forms.BooleanField(
        label=_("With our confidentiality agreement, binding both sides for five years"), required=False
    )

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day < clock.today():
            raise ValidationError(_("This day is past. Choose today or later."))
        return day

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = typed.get("starts_on"), typed.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The mission cannot end before it starts."))
        return typed

    @property
    def terms(self) -> QuoteTerms:
        return QuoteTerms(**self.cleaned_data)


class LineForm(forms.Form):
    """One line of a quote. Prices are before VAT."""

    label = forms.CharField(
        label=_("What"), max_length=160, error_messages={"required": _("Say what this line is for.")}
    )
    quantity = QuantityField(label=_("Quantity"))
    unit = forms.ChoiceField(label=_("Unit"), choices=QuoteLine.Unit.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["price"] = EurosField(
            label=_("Unit price before VAT"), min_cents=1, max_cents=rules.MAX_TOTAL_CENTS
        )

    def has_changed(self) -> bool:
        """A line with only its unit chosen is an empty one."""
        return bool({"label", "quantity", "price"} & set(self.changed_data))

    @property
    def terms(self) -> LineTerms:
        typed = self.cleaned_data
        return LineTerms(typed["label"], typed["quantity"], typed["unit"], typed["price"])


class BaseLines(forms.BaseFormSet):
    def initial_form_count(self) -> int:
        """Lines of a former version are written anew: an emptied one is gone."""
        return 0 if self.is_bound else super().initial_form_count()

    def clean(self) -> None:
        if any(self.errors):
            return
        total = sum(line.total_cents for line in self.lines)
        if self.lines and total < rules.MIN_TOTAL_CENTS:
            raise ValidationError(_("A quote comes to at least 100 € before VAT."))
        if total > rules.MAX_TOTAL_CENTS:
            raise ValidationError(_("A quote comes to at most 500,000 € before VAT."))
        if any(line.total_cents <= 0 for line in self.lines):
            raise ValidationError(_("A line rounds to nothing: raise its price or its quantity."))

    @property
    def lines(self) -> list[LineTerms]:
        return [form.terms for form in self.forms if form.has_changed()]


LineFormSet = formset_factory(
    LineForm,
    formset=BaseLines,
    extra=3,
    min_num=1,
    validate_min=True,
    max_num=rules.MAX_LINES,
    validate_max=True,
    absolute_max=rules.MAX_LINES,
)


class AcceptanceForm(forms.Form):
    """Accepting a quote: who, and exactly which version."""

    name = forms.CharField(
        label=_("Your first and last name"),
        max_length=120,
        error_messages={"required": _("Write your name: it is kept with the acceptance.")},
    )
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    siren = forms.CharField(
        label=_("SIREN"),
        max_length=20,
        help_text=_("Nine digits, or the SIRET. French firms only: their invoices must bear it."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Write the SIREN of the firm: its invoices must bear it.")},
    )
    agrees = forms.BooleanField(
        label=_("I have read this quote and accept it on behalf of the client named in it."),
        error_messages={"required": _("Tick this box to accept the quote.")},
    )

    def __init__(self, *args: Any, account: Company | BuyerProfile | None, **kwargs: Any) -> None:
        """``account`` is billed: its SIREN is asked for where it is missing."""
        super().__init__(*args, **kwargs)
        if not lacks_siren(account):
            del self.fields["siren"]

    def clean_siren(self) -> str:
        return siren_of(self.cleaned_data["siren"])
