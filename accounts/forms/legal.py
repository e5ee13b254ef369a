"""What an expert types about their legal status, VAT and bank account."""

import re
import unicodedata
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren as sirens
from stdnum.fr import siret as sirets

from accounts.countries import COUNTRIES
from accounts.models import ExpertProfile, LegalEntity, LegalForm, User
from marketplace.kernel import clock

VAT_AHEAD = timedelta(days=92)
_COMPANY_WORDS = {
    "sas", "sasu", "sarl", "eurl", "ei", "eirl", "sa", "sci", "scop", "societe", "ste", "entreprise", "individuelle",
    "micro", "m", "mr", "mme", "monsieur", "madame", "et", "ou", "de", "la", "le", "les", "du", "des",
}  # fmt: skip


def name_words(text: str) -> set[str]:
    """The words of a name that tell it from another, as banks compare them: no accents, no legal form."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return {word for word in re.split(r"[^a-z0-9]+", plain) if word and word not in _COMPANY_WORDS}


class EntityForm(forms.ModelForm):
    """Who an expert is in law. The SIREN and the French VAT number follow from the SIRET."""

    form = forms.ChoiceField(
        label=_("Legal form"),
        choices=LegalForm.choices,
        help_text=_("Not sure? Write to us: our team helps you choose."),
    )
    siret = forms.CharField(
        label=_("SIRET"),
        max_length=20,
        required=False,
        help_text=_("Fourteen digits; through an umbrella company, its SIRET."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, initial="FR")

    class Meta:
        model = LegalEntity
        fields = ("form", "name", "siret", "vat_number", "address", "postal_code", "city", "country")
        labels = {"name": _("Legal name"), "vat_number": _("VAT number")}
        help_texts = {
            "name": _("As the register has it; through an umbrella company, its name."),
            "vat_number": _("Leave empty if you have none."),
        }
        widgets = {
            "name": forms.TextInput({"autocomplete": "organization"}),
            "address": forms.TextInput({"autocomplete": "street-address"}),
            "postal_code": forms.TextInput({"autocomplete": "postal-code"}),
            "city": forms.TextInput({"autocomplete": "address-level2"}),
        }

    def clean_siret(self) -> str:
        number = re.sub(r"[\s.\-]", "", self.cleaned_data["siret"])
        if not number:
            return ""
        if re.fullmatch(r"\d{9}", number) and sirens.is_valid(number):
            raise forms.ValidationError(
                _("This is a SIREN: add the five digits of the establishment that follow it."), code="siren"
            )
        if not re.fullmatch(r"\d{14}", number) or not sirets.is_valid(number):
            raise forms.ValidationError(
                _("This SIRET does not exist. Check its fourteen digits on your registration."), code="siret"
            )
        return number

    def clean_vat_number(self) -> str:
        number = re.sub(r"[\s.\-]", "", self.cleaned_data["vat_number"]).upper()
        if number and not re.fullmatch(r"[A-Z]{2}[0-9A-Z+*]{2,13}", number):
            raise forms.ValidationError(
                _("Write the VAT number with its two-letter country code, for example FR32123456789."),
                code="vat_number",
            )
        return number

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("form") == LegalForm.NONE:
            return dict.fromkeys(self.Meta.fields, "") | {
                "form": LegalForm.NONE,
                "siren": "",
                "country": "FR",
            }
        missing = {
            "name": _("Enter the legal name."),
            "siret": _("Enter the SIRET."),
            "address": _("Enter the address of the business."),
            "postal_code": _("Enter the postal code."),
            "city": _("Enter the city."),
        }
        for name, words in missing.items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, forms.ValidationError(words, code="required"))
        code = cleaned.get("postal_code", "").replace(" ", "")
        if cleaned.get("country") == "FR" and code and not re.fullmatch(r"\d{5}", code):
            self.add_error("postal_code", _("A French postal code has five digits."))
        siren = (cleaned.get("siret") or "")[:9]
        cleaned["siren"] = siren
        vat = cleaned.get("vat_number", "")
        if siren and vat.startswith("FR") and vat != french_vat(siren):
            self.add_error(
                "vat_number",
                forms.ValidationError(
                    _("This VAT number belongs to another SIREN: yours is %(number)s.")
                    % {"number": french_vat(siren)},
                    code="mismatch",
                ),
            )
        return cleaned

    def _post_clean(self) -> None:
        """The row is written by the action alone."""


def french_vat(siren: str) -> str:
    """The VAT number that goes with a SIREN."""
    return "FR" + str(sirens.to_tva(siren)).replace(" ", "")


class VatForm(forms.Form):
    """How VAT applies, and from which day on."""

    regime = forms.ChoiceField(
        label=_("VAT regime"), choices=ExpertProfile.VatRegime.choices, widget=forms.RadioSelect
    )
    since = forms.DateField(
        label=_("Applies from"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Each invoice follows the regime in force on its own date."),
    )

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since > clock.today() + VAT_AHEAD:
            raise forms.ValidationError(_("Choose a day within the next three months."), code="too_far")
        return since


class BankForm(forms.Form):
    """The account on which an expert is paid. Its number is never shown again in full."""

    holder = forms.CharField(
        label=_("Account holder"),
        max_length=160,
        help_text=_("The name of the business as on the RIB: the bank compares it with the account."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter the name on the RIB.")},
    )
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=50,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter the IBAN.")},
    )

    def __init__(self, *args: Any, user: User, entity: LegalEntity | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.entity = user, entity

    def clean_iban(self) -> str:
        from schwifty import IBAN  # loaded by who needs it
        from schwifty.exceptions import SchwiftyException

        try:
            number = IBAN(self.cleaned_data["iban"], validate_bban=True)
        except (SchwiftyException, ValueError):
            raise forms.ValidationError(
                _("This IBAN is not valid. Copy it from your RIB, with its country code."), code="iban"
            ) from None
        if not number.in_sepa_zone:
            raise forms.ValidationError(
                _("This account is outside the SEPA zone: give one that takes euro transfers."), code="sepa"
            )
        return str(number)

    def clean_holder(self) -> str:
        holder = " ".join(self.cleaned_data["holder"].split())
        entity = self.entity
        if entity is None or not entity.is_business:
            return holder
        known = name_words(entity.name)
        if entity.form in LegalEntity.TRADERS:
            known |= name_words(self.user.get_full_name())
        if not known & name_words(holder):
            raise forms.ValidationError(
                _("The holder must be “%(name)s”: we pay the business, never a private person.")
                % {"name": entity.name},
                code="holder",
            )
        return holder
