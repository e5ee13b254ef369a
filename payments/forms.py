"""What an expert may ask about being paid."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from stdnum.fr import nif

from accounts.countries import COUNTRIES
from marketplace.kernel import clock
from marketplace.kernel.fields import EurosField
from marketplace.kernel.money import format_money
from payments.models import PayoutPreference, TaxDetails

ADULT_YEARS = 18
OLDEST = date(1900, 1, 1)
NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""Codes that are no country of ISO 3166-1, whatever else they are used for."""


class WithdrawalForm(forms.Form):
    """How much to withdraw: any part of what is available. Clean, it is cents."""

    amount = EurosField(label=_("Amount to withdraw"), min_cents=1)

    def __init__(self, *args: Any, available_cents: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.available_cents = available_cents
        self.fields["amount"].help_text = _("Up to %(amount)s.") % {
            "amount": format_money(available_cents, full=True)
        }

    def clean_amount(self) -> int:
        cents: int = self.cleaned_data["amount"]
        if cents > self.available_cents:
            raise ValidationError(
                _("You can withdraw up to %(amount)s at the moment.")
                % {"amount": format_money(self.available_cents, full=True)}
            )
        return cents


class WayForm(forms.Form):
    """By bank, or to a PayPal address."""

    way = forms.ChoiceField(
        label=_("How you are paid"), choices=PayoutPreference.Way.choices, widget=forms.RadioSelect
    )
    paypal_email = forms.EmailField(label=_("PayPal address"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("way") == PayoutPreference.Way.PAYPAL and not cleaned.get("paypal_email"):
            self.add_error("paypal_email", _("Enter the address of your PayPal account."))
        return cleaned


def countries_of_the_world() -> list[tuple[str, str]]:
    """Every country by its two letters, with its name in the language in force, in the order of names."""
    from babel import Locale  # loaded by who needs it: it holds 5 MB

    names = Locale.parse((get_language() or "fr")[:2]).territories
    known = [
        (code, name)
        for code, name in names.items()
        if re.fullmatch(r"[A-Z]{2}", code) and code not in NO_COUNTRY
    ]
    return sorted(known, key=lambda pair: name_order(pair[1]))


def name_order(name: str) -> str:
    """A name as dictionaries sort it: accents aside."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()


class TaxDetailsForm(forms.Form):
    """Birth, and the number of the tax office, as the declaration of sellers wants them of a natural person."""

    born_on = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput({"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    birth_city = forms.CharField(label=_("City of birth"), max_length=80)
    birth_country = forms.ChoiceField(
        label=_("Country of birth"), choices=countries_of_the_world, initial="FR"
    )
    tax_country = forms.ChoiceField(
        label=_("Country where you pay your taxes"), choices=COUNTRIES, initial="FR"
    )
    number = forms.CharField(
        label=_("Tax number"),
        max_length=30,
        error_messages={"required": _("Enter your tax number.")},
        help_text=_("In France, the 13 digits on your tax notice; elsewhere, as your tax office writes it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, known: TaxDetails | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["number"].required = known is None or not known.masked
        if known is not None and known.masked:
            self.fields["number"].help_text = _("We have %(number)s. Leave empty to keep it.") % {
                "number": known.masked
            }

    def clean_born_on(self) -> date:
        born: date = self.cleaned_data["born_on"]
        today = clock.today()
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if born < OLDEST or age < ADULT_YEARS:
            raise ValidationError(_("This date of birth cannot be right."), code="born_on")
        return born

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = re.sub(r"[\s./-]", "", cleaned.get("number") or "").upper()
        country = cleaned.get("tax_country")
        kept = self.known is not None and self.known.sealed_number and self.known.tax_country == country
        if "number" in self.errors:
            return cleaned
        if not number and not kept:
            self.add_error("number", _("Enter your tax number."))
        elif number and country == "FR" and not nif.is_valid(number):
            self.add_error("number", _("This is not a French tax number: it has 13 digits."))
        elif number and not re.fullmatch(r"[0-9A-Z]{5,20}", number):
            self.add_error("number", _("Write the number with its letters and digits alone."))
        return {**cleaned, "number": number}
