"""Form fields that read what people type: euros, a list of lines, a list of words."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marketplace.kernel.forms import MoneyInput
from marketplace.kernel.money import euros_to_type, format_money, parse_euros


class EurosField(forms.CharField):
    """A price typed in euros, the French or the English way; its clean value is whole cents."""

    widget = MoneyInput
    default_error_messages = {
        "required": _("Enter an amount in euros."),
        "invalid": _("Write the amount in figures with two decimals at most, for example %(example)s."),
        "too_low": _("Enter an amount of at least %(limit)s."),
        "too_high": _("Enter an amount of at most %(limit)s."),
    }

    def __init__(self, *, min_cents: int = 0, max_cents: int | None = None, **options: Any) -> None:
        self.min_cents, self.max_cents = min_cents, max_cents
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            cents = parse_euros(text)
        except ValueError:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"example": euros_to_type(1_250_50)}
            ) from None
        if cents < self.min_cents:
            raise self._outside("too_low", self.min_cents)
        if self.max_cents is not None and cents > self.max_cents:
            raise self._outside("too_high", self.max_cents)
        return cents

    def _outside(self, code: str, limit: int) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"limit": format_money(limit)})

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The limits are cents, checked while reading."""

    def prepare_value(self, value: Any) -> Any:
        return euros_to_type(value) if isinstance(value, int) else value


class _ListField(forms.CharField):
    """Several short texts in one box; the clean value is a list without blanks or repeats."""

    default_error_messages = {
        "too_many": ngettext_lazy("Keep %(limit)d at most.", "Keep %(limit)d at most.", "limit"),
        "too_long": _("“%(item)s” is too long: %(limit)d characters at most."),
        "null": _("Remove the characters that cannot be read."),
    }
    joined_by = "\n"

    def __init__(self, *, max_items: int, max_item_length: int, **options: Any) -> None:
        self.max_items, self.max_item_length = max_items, max_item_length
        super().__init__(**options)

    def cut(self, text: str) -> list[str]:
        """Cut what was typed into items."""
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        if "\x00" in text:
            raise ValidationError(self.error_messages["null"], code="null")
        kept: dict[str, str] = {}
        for piece in self.cut(text):
            item = " ".join(piece.split())
            kept.setdefault(item.casefold(), item)
        return [item for item in kept.values() if item]

    def validate(self, value: Any) -> None:
        if not value and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(value) > self.max_items:
            raise ValidationError(
                self.error_messages["too_many"], code="too_many", params={"limit": self.max_items}
            )
        for item in value:
            if len(item) > self.max_item_length:
                raise ValidationError(
                    self.error_messages["too_long"],
                    code="too_long",
                    params={"item": f"{item[:30]}…", "limit": self.max_item_length},
                )

    def run_validators(self, value: Any) -> None:
        """The limits are counted a piece, in ``validate``."""

    def prepare_value(self, value: Any) -> Any:
        return self.joined_by.join(value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


class LinesField(_ListField):
    """One item a line; a dash or a bullet typed before it is taken off."""

    widget = forms.Textarea

    def cut(self, text: str) -> list[str]:
        return [re.sub(r"^\s*(?:[-–—•*·]\s+)?", "", line) for line in text.splitlines()]


class WordsField(_ListField):
    """Items separated by commas, semicolons or new lines."""

    widget = forms.TextInput
    joined_by = ", "

    def cut(self, text: str) -> list[str]:
        return re.split(r"[,;\n]", text)
