"""The library's forms for signing in and up, in our words: labels instead of placeholders, one password field."""

from typing import Any

from allauth.account import forms as library
from allauth.core import context
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.forms.signup import SignupForm as RoleForm
from accounts.models import User

PASSWORD_RULES = _(
    "At least 8 characters, with upper and lower case letters, a digit and a special character."
)


class Worded(forms.Form):
    """Drop the placeholders, which vanish as one types, and give every field the words of the site."""

    words: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)  # the password can be shown instead of typed twice
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name in ("email", "login"):
                field.error_messages["required"] = _("Enter your e-mail address.")
                field.error_messages["invalid"] = _("Enter a whole address, for example name@example.com.")
                field.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
            elif "password" in name:
                field.error_messages["required"] = _("Enter your password.")


class LoginForm(Worded, library.LoginForm):
    words = {
        "login": _("E-mail address"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        if self.request is not None and "email" in self.request.GET:
            self.initial["login"] = self.request.GET["email"][:254]


class SignupForm(Worded, library.SignupForm):
    """The whole sign-up page. A link may choose the role beforehand: ``?role=expert``."""

    field_order = ("role", "first_name", "last_name", "email", "password1")
    words = {"email": _("E-mail address"), "password1": _("Password")}
    hints = {"password1": PASSWORD_RULES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = context.request.GET.get("role", "") if context.request else ""
        if asked in dict(RoleForm.ROLES):
            self.initial["role"] = asked
        trap = self.fields["website"].widget.attrs
        trap.pop("style", None)  # hidden by the style sheet: the policy forbids inline styles
        trap["autocomplete"] = "off"

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseBase | None]:
        """Create the account whole or not at all; a twin sent at the same moment is answered like a known address."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class ResetPasswordForm(Worded, library.ResetPasswordForm):
    words = {"email": _("E-mail address")}


class ResetPasswordKeyForm(Worded, library.ResetPasswordKeyForm):
    words = {"password1": _("New password")}
    hints = {"password1": PASSWORD_RULES}


class SetPasswordForm(Worded, library.SetPasswordForm):
    words = {"password1": _("New password")}
    hints = {"password1": PASSWORD_RULES}


class ChangePasswordForm(Worded, library.ChangePasswordForm):
    words = {"oldpassword": _("Current password"), "password1": _("New password")}
    hints = {"password1": PASSWORD_RULES}


class ReauthenticateForm(Worded, library.ReauthenticateForm):
    words = {"password": _("Password")}


class AddEmailForm(Worded, library.AddEmailForm):
    words = {"email": _("New e-mail address")}


class ConfirmEmailForm(Worded, library.ConfirmEmailVerificationCodeForm):
    words = {"code": _("Code")}
    hints = {"code": _("Eight letters, as in ABCD-EFGH.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = _("Enter the code from the e-mail.")
        self.fields["code"].widget.attrs |= {
            "autocapitalize": "characters",
            "spellcheck": "false",
            "maxlength": "20",
        }
