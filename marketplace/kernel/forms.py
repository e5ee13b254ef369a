"""How every form of the site is drawn, and the few inputs that Django lacks."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


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
