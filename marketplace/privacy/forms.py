from django import forms
from django.utils.translation import gettext_lazy as _


class ClosureForm(forms.Form):
    """Closing is final: it takes a deliberate tick, and no reason."""

    final = forms.BooleanField(
        label=_("I understand that my account cannot be opened again."),
        error_messages={"required": _("Tick this box if you want to close your account.")},
    )
    reason = forms.CharField(
        label=_("Why are you leaving?"),
        help_text=_("If you like to tell us. It helps us do better."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
