"""What an expert says of their suspension."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SuspensionReplyForm(forms.Form):
    """One reply, read by our team."""

    text = forms.CharField(
        label=_("Your reply"),
        help_text=_("Say what happened and what you propose. Our team reads it and answers you."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write your reply.")},
    )
