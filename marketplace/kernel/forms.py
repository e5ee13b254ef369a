"""How every form of the site is drawn, and the few inputs that Django lacks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.kernel import antivirus, rules, uploads


class FormRenderer(TemplatesSetting):
    """Draw forms with the templates of the design system: ``{{ form }}`` and ``{{ field.as_field_group }}``."""

    form_template_name = "components/form_fields.html"
    field_template_name = "components/field.html"


class MoneyInput(forms.TextInput):
    """A text box for euros: a figure keypad on phones, the sign shown inside the box."""

    suffix = "€"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class MultipleFileInput(forms.ClearableFileInput):
    """A file chooser that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several attachments at once, each looked into; cleans to a list, empty when none was chosen."""

    widget = MultipleFileInput

    def __init__(self, *, max_files: int = rules.MAX_FILES_AT_ONCE, **options: Any) -> None:
        super().__init__(**options)
        self.max_files = max_files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen: Sequence[UploadedFile] = [item for item in (data or []) if item]
        if self.required and not chosen:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > self.max_files:
            raise ValidationError(
                ngettext(
                    "Send at most %(n)s file at once.", "Send at most %(n)s files at once.", self.max_files
                )
                % {"n": self.max_files},
                code="too_many",
            )
        mistakes: list[ValidationError] = []
        for upload in chosen:
            try:
                uploads.inspect(upload)
                antivirus.scan(upload)
            except ValidationError as mistake:
                mistakes.append(mistake)
        if mistakes:
            raise ValidationError(mistakes)
        return list(chosen)

    @property
    def limits(self) -> str:
        """What may be sent, in a sentence to put beside the chooser."""
        return _("PDF, images, office documents, ZIP, audio or video; %(n)s files of %(size)s at most.") % {
            "n": self.max_files,
            "size": uploads.megabytes(rules.MAX_FILE_BYTES),
        }
