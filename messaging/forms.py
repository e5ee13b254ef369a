"""What one types to find a conversation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import rules
from messaging import preferences
from messaging.models import ContactRequest, Report


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


class ContactForm(forms.Form):
    """A message to the team. ``website`` is a trap: people do not see it, programs fill it in."""

    topic = forms.ChoiceField(label=_("What is it about?"), choices=ContactRequest.Topic.choices)
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write your name, so that we know whom we answer.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Write the address we answer to.")},
    )
    order_reference = forms.RegexField(
        r"^\s*[Jj]?-?\d{1,9}\s*$",
        label=_("Order number"),
        required=False,
        help_text=_("If it is about an order: it begins with J-."),
        error_messages={"invalid": _("An order number looks like J-1234.")},
    )
    body = forms.CharField(
        label=_("Your message"),
        max_length=rules.MAX_MESSAGE_LENGTH,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Write your message.")},
    )
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, signed_in: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if signed_in:  # we answer to the address of the account, which is verified
            del self.fields["name"], self.fields["email"]

    def clean_order_reference(self) -> str:
        typed: str = self.cleaned_data["order_reference"].strip().upper()
        return f"J-{typed.removeprefix('J').lstrip('-')}" if typed else ""

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what nobody sees."""
        return bool(self.data.get("website"))


class ReportForm(forms.Form):
    """Why something breaks the rules."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    words = forms.CharField(
        label=_("What should we know?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Dates, links, what was said elsewhere. The person concerned does not read it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == Report.Reason.OTHER and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say in a few words what is wrong."))
        return cleaned
