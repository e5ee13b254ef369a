"""What one types to find a conversation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InboxForm(forms.Form):
    """A word to look for, among all conversations or the unread ones."""

    q = forms.CharField(
        label=_("Search your messages"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"type": "search", "enterkeyhint": "search"}),
    )
    show = forms.ChoiceField(choices=[("all", _("All")), ("unread", _("Unread"))], required=False)
