"""What an offer has several of: add-ons, things needed to begin, frequent questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marketplace.kernel import rules
from marketplace.kernel.fields import EurosField
from offers.actions import AddOnTerms, RequirementTerms
from offers.models import Requirement

MAX_QUESTIONS = 8


class AddOnForm(forms.Form):
    """One additional service."""

    title = forms.CharField(
        label=_("Name"), max_length=80, error_messages={"required": _("Name this add-on, or empty its row.")}
    )
    description = forms.CharField(label=_("Description"), max_length=200, required=False)
    price = EurosField(
        label=_("Price, tax included"),
        min_cents=100,
        max_cents=rules.MAX_PRICE_CENTS,
        error_messages={"required": _("Set the price of this add-on, or empty its row.")},
    )
    days = forms.IntegerField(
        label=_("Days added"),
        min_value=-rules.MAX_DELIVERY_DAYS,
        max_value=rules.MAX_DELIVERY_DAYS,
        required=False,
        error_messages={
            "invalid": _("Write the days in figures: 2 for two days more, -2 for two days less."),
            "min_value": _("The delivery cannot take less than one day."),
            "max_value": _("Add %(limit_value)s days at most."),
        },
    )


class RequirementForm(forms.Form):
    """Something the buyer gives so that the expert may begin."""

    label = forms.CharField(
        label=_("What you need"),
        max_length=160,
        error_messages={"required": _("Say what you need, or empty its row.")},
    )
    hint = forms.CharField(
        label=_("Precision"),
        max_length=200,
        required=False,
        help_text=_("For example the period, the format, or where to find it."),
    )
    kind = forms.ChoiceField(
        label=_("Answered by"), choices=Requirement.Kind.choices, initial=Requirement.Kind.TEXT
    )
    required = forms.BooleanField(label=_("I cannot begin without it"), required=False)


class FaqForm(forms.Form):
    """A question buyers ask, and its answer."""

    question = forms.CharField(
        label=_("Question"),
        max_length=160,
        error_messages={"required": _("Write the question, or empty its row.")},
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Answer this question, or empty its row.")},
    )


class Rows(forms.BaseFormSet):
    """Rows in any number: an empty one counts for nothing, whichever it is."""

    default_error_messages = {
        "missing_management_form": _("This page had expired. Check your rows and save again."),
        "too_many_forms": ngettext_lazy("Keep %(num)d row at most.", "Keep %(num)d rows at most.", "num"),
    }

    def initial_form_count(self) -> int:
        return 0

    @property
    def filled(self) -> list[dict[str, Any]]:
        """The clean values of the rows where something was typed."""
        return [form.cleaned_data for form in self.forms if form.has_changed() and form.cleaned_data]


class AddOnRows(Rows):
    """All the add-ons of an offer; ``delivery_days`` of the offer bounds what they save."""

    delivery_days: int | None = None

    def clean(self) -> None:
        names: set[str] = set()
        for form in self.forms:
            if not form.has_changed() or form.errors:
                continue
            name, days = form.cleaned_data["title"].casefold(), form.cleaned_data["days"] or 0
            if name in names:
                form.add_error("title", _("Two add-ons have this name."))
            names.add(name)
            if self.delivery_days and self.delivery_days + days < 1:
                form.add_error("days", _("The delivery cannot take less than one day."))

    def terms(self) -> list[AddOnTerms]:
        return [
            AddOnTerms(
                title=row["title"],
                description=row["description"],
                price_cents=row["price"],
                days=row["days"] or 0,
            )
            for row in self.filled
        ]


class RequirementRows(Rows):
    """All that an expert needs to begin."""

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            if not form.has_changed() or form.errors:
                continue
            label = form.cleaned_data["label"].casefold()
            if label in seen:
                form.add_error("label", _("You already ask for this."))
            seen.add(label)

    def terms(self) -> list[RequirementTerms]:
        return [RequirementTerms(**row) for row in self.filled]


def requirement_rows(**options: Any) -> RequirementRows:
    """The rows of what is needed to begin."""
    return _rows(RequirementForm, RequirementRows, rules.MAX_REQUIREMENTS, "requirements", **options)


def add_on_rows(**options: Any) -> AddOnRows:
    """The rows of add-ons, bound to ``data``, or with ``initial`` values and ``empty`` rows after them."""
    return _rows(AddOnForm, AddOnRows, rules.MAX_ADD_ONS, "add_ons", **options)


def faq_rows(**options: Any) -> Rows:
    """The rows of frequent questions."""
    return _rows(FaqForm, Rows, MAX_QUESTIONS, "faq", **options)


def _rows(
    row: type[forms.Form],
    rows: type[Rows],
    limit: int,
    prefix: str,
    *,
    empty: int = 0,
    initial: list[dict[str, Any]] | None = None,
    **options: Any,
) -> Any:
    made = forms.formset_factory(
        row,
        formset=rows,
        extra=len(initial or []) + empty,
        max_num=limit,
        absolute_max=limit + 5,
        validate_max=True,
    )
    return made(prefix=prefix, initial=initial, **options)
