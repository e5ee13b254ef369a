"""The library's forms for second factors, in our words."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _


class _Code(forms.Form):
    """Drop the placeholder, which vanishes as one types, and say what to type."""

    code_hint: Any = _("Six digits from your authenticator app, or one of your recovery codes.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code")
        code.help_text = self.code_hint
        code.error_messages["required"] = _("Type the code.")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "maxlength": "20"}


class AuthenticateForm(_Code, base.AuthenticateForm):
    pass


class ReauthenticateForm(_Code, base.ReauthenticateForm):
    pass


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    code_hint = _("The six digits that the app shows for this site.")


class _Named(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label = _("Name of the key")
        name.help_text = _("So that you know it again: “Work laptop”, “Blue key”.")
        name.error_messages["required"] = _("Give the key a name.")
        name.widget.attrs["maxlength"] = "100"


class AddPasskeyForm(_Named, webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Sign in with this key alone, without a password")
            self.fields["passwordless"].help_text = _(
                "Your device then asks for its own code, fingerprint or face."
            )


class RenamePasskeyForm(_Named, webauthn.EditWebAuthnForm):
    pass
