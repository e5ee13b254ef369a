"""Signing the invoicing mandate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.admission import CharterForm


class MandateForm(CharterForm):
    """Signing is typing one's name under the text, and saying so."""

    agreed = forms.BooleanField(
        label=_("I have read the mandate and I sign it."),
        error_messages={"required": _("Tick the box to sign.")},
    )
