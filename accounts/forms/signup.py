"""What a new account says."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.actions.consents import agree
from accounts.models import Consent, User
from marketplace.kernel.limits import address_of

plain_name = RegexValidator(
    r"[<>/\\@{}\[\]\x00-\x1f]|www\.|https?:",
    message=_("Write a name without symbols or links."),
    code="not_a_name",
    inverse_match=True,
    flags=re.IGNORECASE,
)
"""Names go into mails to other people: they carry no link."""


def name_field(label: Any, autocomplete: str, missing: Any) -> forms.CharField:
    """A first or last name, with what to say when it is missing."""
    return forms.CharField(
        label=label,
        max_length=60,
        validators=[plain_name],
        widget=forms.TextInput({"autocomplete": autocomplete}),
        error_messages={"required": missing},
    )


class SignupForm(forms.Form):
    """What a new account says besides its address and password. The library's sign-up form derives from it."""

    class Role:
        BUYER, EXPERT, BOTH = "buyer", "expert", "both"

    ROLES = (
        (Role.BUYER, _("I am looking for an expert")),
        (Role.EXPERT, _("I am an independent expert")),
        (Role.BOTH, _("Both")),
    )

    role = forms.ChoiceField(
        label=_("What brings you here?"),
        choices=ROLES,
        widget=forms.RadioSelect,
        initial=Role.BUYER,
        error_messages={
            "required": _("Choose what brings you here."),
            "invalid_choice": _("Choose one of the three answers."),
        },
    )
    first_name = name_field(_("First name"), "given-name", _("Enter your first name."))
    last_name = name_field(_("Last name"), "family-name", _("Enter your last name."))

    def role_cards(self) -> Iterator[dict[str, Any]]:
        """The roles as choice cards: value, id, icon, title, text, checked."""
        pictures = {
            self.Role.BUYER: ("shopping-bag", _("I order deliverables, calls and answers.")),
            self.Role.EXPERT: ("briefcase", _("I publish offers. The team reads my profile before I sell.")),
            self.Role.BOTH: ("users", _("One account for both sides.")),
        }
        for option in self["role"]:
            icon, text = pictures[option.data["value"]]
            yield {
                "value": option.data["value"],
                "id": option.id_for_label,
                "icon": icon,
                "title": option.choice_label,
                "text": text,
                "checked": option.data["selected"],
            }

    def signup(self, request: HttpRequest, user: User) -> None:
        """Open the sides of the market that were asked for, and write down what was agreed to."""
        role = self.cleaned_data["role"]
        actions.take_roles(user, buys=role != self.Role.EXPERT, sells=role != self.Role.BUYER)
        for text in (Consent.Text.TERMS, Consent.Text.PRIVACY):
            agree(
                user,
                text,
                language=(get_language() or user.language)[:2],
                source=Consent.Source.SIGN_UP,
                ip=address_of(request),
            )
