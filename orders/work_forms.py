"""What is typed while work runs: items the expert needs, pauses, revisions refused, questions. Errors say what to do."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import rules
from marketplace.kernel.fields import EurosField
from marketplace.kernel.forms import FilesField
from orders.forms import RevisionForm, WithFiles, long_text
from orders.models import OrderRequirement
from orders.queries.waits import Need


class ChecklistForm(WithFiles):
    """The items the expert needs, each with its field; what is not ready can be sent later."""

    def __init__(self, *args: Any, needs: Sequence[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        self.needs = list(needs)
        for need in self.needs:
            self.fields[self.name_of(need)] = (
                FilesField(label=need.label, required=False, help_text=need.hint)
                if need.takes_files
                else long_text(
                    need.label, required=False, rows=3, help_text=need.hint, initial=need.answer or None
                )
            )

    @staticmethod
    def name_of(need: Need) -> str:
        return f"item-{need.pk}"

    @property
    def rows(self) -> list[tuple[Need, forms.BoundField]]:
        """Each item with its field, the missing ones first."""
        ordered = sorted(self.needs, key=lambda need: need.is_supplied)
        return [(need, self[self.name_of(need)]) for need in ordered]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.needs and not self.errors and not any(self._is_new(need) for need in self.needs):
            self.add_error(
                self.name_of(self.rows[0][0]), _("Fill in at least one item; the others can come later.")
            )
        return cleaned

    def _is_new(self, need: Need) -> bool:
        typed = self.cleaned_data[self.name_of(need)]
        return bool(typed) if need.takes_files else typed != need.answer

    @property
    def answers(self) -> dict[int, str]:
        return {need.pk: self.cleaned_data[self.name_of(need)] for need in self.needs if not need.takes_files}

    @property
    def sent(self) -> dict[int, list[UploadedFile]]:
        return {need.pk: self.cleaned_data[self.name_of(need)] for need in self.needs if need.takes_files}


class PauseForm(forms.Form):
    """What the expert waits for: an item of the list, or another one they name."""

    item = forms.ChoiceField(
        label=_("What is missing?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is missing, or name it."),
            "invalid_choice": _("This item was sent. Choose another one, or name what is missing."),
        },
    )
    label = forms.CharField(
        label=_("Name it"),
        required=False,
        max_length=160,
        help_text=_("In a few words, as the buyer will read it: “The signed statutes”."),
    )
    kind = forms.ChoiceField(
        label=_("The buyer answers with"),
        choices=OrderRequirement.Kind.choices,
        initial=OrderRequirement.Kind.FILE,
        required=False,
    )

    def __init__(self, *args: Any, needs: Sequence[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        self.missing = [need for need in needs if not need.is_supplied]
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            *((str(need.pk), need.label) for need in self.missing),
            ("other", _("Something else")),
        ]
        if not self.missing:
            self.fields["item"].initial = "other"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("item") == "other" and not cleaned.get("label", "").strip():
            self.add_error("label", _("Name what is missing: the buyer needs to know what to send."))
        return cleaned

    @property
    def chosen(self) -> int | None:
        """The key of the item of the list, or nothing when another one is named."""
        item = self.cleaned_data["item"]
        return None if item == "other" else int(item)


class ContestForm(forms.Form):
    """Why nothing is missing."""

    reason = long_text(
        _("Why is nothing missing?"),
        rows=3,
        help_text=_("The expert reads it. Where to find what they look for, for example."),
        error_messages={"required": _("Say why nothing is missing: the expert reads it.")},
    )


class RefusalForm(forms.Form):
    """Why an expert does not revise a version."""

    reason = long_text(
        _("Why do you refuse?"),
        rows=4,
        help_text=_(
            "The buyer reads it: what is out of scope, what was agreed, what you could offer instead."
        ),
        error_messages={"required": _("Say why you refuse: the buyer reads it.")},
    )

    def __init__(self, *args: Any, takes_price: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if takes_price:
            self.fields["price_cents"] = EurosField(
                label=_("Your price for it, including VAT"),
                min_cents=rules.MIN_PRICE_CENTS,
                max_cents=rules.MAX_PRICE_CENTS,
                required=False,
                help_text=_("The buyer may pay it, and the revision begins. Leave it empty to refuse."),
            )


class QuestionForm(forms.Form):
    """A question about what was handed over."""

    text = long_text(
        _("Your question"),
        rows=4,
        help_text=_("It uses up no revision, and stops no date."),
        error_messages={"required": _("Write your question.")},
    )


class AskRevisionForm(RevisionForm):
    """A revision, or a version flagged as incomplete."""

    incomplete = forms.BooleanField(
        label=_("Files are missing or cannot be opened"),
        required=False,
        help_text=_("Ticked, this uses up no revision: the expert completes what was handed over."),
    )
