"""What one types to find a conversation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from messaging import preferences


class InboxForm(forms.Form):
    """A word to look for, among all conversations or the unread ones."""

    q = forms.CharField(
        label=_("Search your messages"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"type": "search", "enterkeyhint": "search"}),
    )
    show = forms.ChoiceField(choices=[("all", _("All")), ("unread", _("Unread"))], required=False)


class MailPreferencesForm(forms.Form):
    """For each topic one may choose about: at once, once a day, never."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for topic in preferences.OPTIONAL:
            self.fields[topic.value] = forms.ChoiceField(
                label=topic.label,
                help_text=topic.about,
                choices=preferences.offered(topic),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how you want to hear of this.")},
            )
