"""What anybody types about themselves: name and language, photo, billing."""

import re
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.countries import COUNTRIES
from accounts.forms.signup import name_field
from accounts.models import BuyerProfile, User
from accounts.numbers import disagree, siren_of, vat_number_of
from marketplace.kernel import uploads

PHOTO_SIZES = {"avatar_small": 96, "avatar": 256, "avatar_large": 512}
"""Sides of the squares a portrait is kept in, in pixels."""
MIN_PHOTO_SIZE = (128, 128)


class IdentityForm(forms.ModelForm):
    """How a person is called, and in which language we write to them."""

    first_name = name_field(_("First name"), "given-name", _("Enter your first name."))
    last_name = name_field(_("Last name"), "family-name", _("Enter your last name."))
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("The language of the pages and of our e-mails."),
        choices=[(code, get_language_info(code)["name_local"].capitalize()) for code in User.Language.values],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language")


class PhotoForm(forms.Form):
    """A portrait, kept as square pictures of three sizes."""

    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        error_messages={
            "required": _("Choose an image first."),
            "empty": _("This file is empty. Choose another image."),
        },
    )

    def clean_photo(self) -> dict[str, ContentFile]:
        """The picture written anew in each size: only its pixels remain."""
        return {
            name: uploads.reencode_image(
                self.cleaned_data["photo"], size=(side, side), minimum=MIN_PHOTO_SIZE
            )
            for name, side in PHOTO_SIZES.items()
        }


class BillingForm(forms.ModelForm):
    """Whom the next orders are made out to."""

    country = forms.ChoiceField(
        label=_("Country"), choices=COUNTRIES, widget=forms.Select({"autocomplete": "billing country"})
    )

    class Meta:
        model = BuyerProfile
        fields = ("company", "siren", "address", "postal_code", "city", "country", "vat_number")
        help_texts = {
            "siren": _("Nine digits, or the SIRET. French firms only: their invoices must bear it."),
            "vat_number": _("With its country code, for example FR 32 123456789. Companies only."),
        }
        widgets = {
            "company": forms.TextInput({"autocomplete": "billing organization"}),
            "address": forms.TextInput({"autocomplete": "billing street-address"}),
            "postal_code": forms.TextInput({"autocomplete": "billing postal-code"}),
            "city": forms.TextInput({"autocomplete": "billing address-level2"}),
            "siren": forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "maxlength": "20"}),
            "vat_number": forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        }

    def clean_siren(self) -> str:
        return siren_of(self.cleaned_data["siren"])

    def clean_vat_number(self) -> str:
        return vat_number_of(self.cleaned_data["vat_number"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code = cleaned.get("postal_code", "")
        if cleaned.get("country") == "FR" and code and not re.fullmatch(r"\d{5}", code.replace(" ", "")):
            self.add_error("postal_code", _("A French postal code has five digits."))
        if disagree(cleaned.get("siren", ""), cleaned.get("vat_number", "")):
            self.add_error("vat_number", _("This VAT number is that of another firm than the SIREN."))
        return cleaned
