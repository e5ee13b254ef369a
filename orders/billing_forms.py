"""As whom somebody orders, whom the invoice is made out to, when work may begin, and how it is paid."""

import re
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.countries import COUNTRIES
from accounts.models import BuyerProfile, User
from accounts.numbers import disagree, siren_of, vat_number_of
from orders.models import Declared
from orders.models.declarations import AS_WHOM, AT_ONCE, WAIVER
from orders.models.declarations import LATER as LATER_WORDS
from payments.models import Payment

FIRMS_ONLY = ("company", "siren", "vat_number")
BILLING = ("buyer_as", "company", "siren", "name", "address", "postal_code", "city", "country", "vat_number")
BuyerAs = BuyerProfile.BuyerAs


class BillingForm(forms.Form):
    """Whom an order is made out to, how it is paid, and the terms accepted."""

    NOW, LATER = "now", "later"

    buyer_as = forms.ChoiceField(
        label=_("As whom do you order?"),
        choices=list(AS_WHOM.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say as whom you order: your rights depend on it.")},
    )
    company = forms.CharField(
        label=_("Name of the firm"),
        required=False,
        max_length=120,
        help_text=_("As the register has it."),
        widget=forms.TextInput({"autocomplete": "billing organization"}),
    )
    siren = forms.CharField(
        label=_("SIREN"),
        required=False,
        max_length=20,
        help_text=_("Nine digits, or the SIRET. French firms only: their invoices must bear it."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "billing name"}),
        error_messages={"required": _("Write the name the invoice is made out to.")},
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "billing street-address"}),
        error_messages={"required": _("Write the address the invoice is made out to.")},
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=12,
        widget=forms.TextInput({"autocomplete": "billing postal-code"}),
        error_messages={"required": _("Write the postal code.")},
    )
    city = forms.CharField(
        label=_("City"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "billing address-level2"}),
        error_messages={"required": _("Write the city.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=list(COUNTRIES.items()),
        widget=forms.Select({"autocomplete": "billing country"}),
    )
    vat_number = forms.CharField(
        label=_("VAT number"),
        required=False,
        max_length=20,
        help_text=_("With its country code, for example FR 40 303265045. Companies only."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    begins = forms.ChoiceField(
        label=_("When may the work begin?"),
        choices=[(NOW, AT_ONCE), (LATER, LATER_WORDS)],
        required=False,
        widget=forms.RadioSelect,
    )
    waives = forms.BooleanField(label=WAIVER, required=False)

    method = forms.ChoiceField(
        label=_("How do you want to pay?"),
        choices=Payment.Method.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how to pay.")},
    )
    terms = forms.BooleanField(
        label=_(
            "I accept the general terms and those of this order: price, delivery time, revisions and rights."
        ),
        error_messages={"required": _("Accept the terms of this order to go on.")},
    )

    def clean_siren(self) -> str:
        return siren_of(self.cleaned_data["siren"])

    def clean_vat_number(self) -> str:
        return vat_number_of(self.cleaned_data["vat_number"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code, at_home = cleaned.get("postal_code", ""), cleaned.get("country") == "FR"
        if at_home and code and not re.fullmatch(r"\d{5}", code.replace(" ", "")):
            self.add_error("postal_code", _("A French postal code has five digits."))
        buyer_as = cleaned.get("buyer_as")
        if buyer_as == BuyerAs.CONSUMER:
            cleaned |= dict.fromkeys(FIRMS_ONLY, "")
        elif buyer_as:
            self._check_firm(cleaned, at_home=at_home)
        if buyer_as and buyer_as != BuyerAs.FIRM:
            if not cleaned.get("begins"):
                self.add_error("begins", _("Say whether the work may begin before the 14 days are over."))
            elif cleaned["begins"] == self.NOW and not cleaned.get("waives"):
                self.add_error(
                    "waives",
                    _("Tick this too for the work to begin at once, or let it begin after the 14 days."),
                )
        return cleaned

    def _check_firm(self, cleaned: dict[str, Any], *, at_home: bool) -> None:
        if not cleaned.get("company") and "company" not in self.errors:
            self.add_error("company", _("Write the name of the firm: the invoice is made out to it."))
        if at_home and "siren" not in self.errors and not cleaned.get("siren"):
            self.add_error("siren", _("Write the SIREN of the firm: its invoices must bear it."))
        if disagree(cleaned.get("siren", ""), cleaned.get("vat_number", "")):
            self.add_error("vat_number", _("This VAT number is that of another firm than the SIREN."))

    @property
    def billing(self) -> dict[str, str]:
        """Whom the order is made out to, as it is kept with the order."""
        return {field: str(self.cleaned_data[field]) for field in BILLING}

    @property
    def to_remember(self) -> dict[str, str]:
        """What the next orders begin with. Somebody who orders once as a consumer keeps what their firm is called."""
        dropped = ("name", *(FIRMS_ONLY if self.cleaned_data["buyer_as"] == BuyerAs.CONSUMER else ()))
        return {name: value for name, value in self.billing.items() if name not in dropped}

    @property
    def declared(self) -> Declared:
        """What the buyer says, in the words of the page."""
        return Declared(
            buyer_as=self.cleaned_data["buyer_as"],
            at_once=self.cleaned_data["begins"] == self.NOW,
            waives=self.cleaned_data["waives"],
            language=(get_language() or "fr")[:2],
        )


def billed_before(buyer: User) -> dict[str, Any]:
    """What a billing form begins with: as last time, paid by card; a member of a company orders for it."""
    own: dict[str, Any] = {"name": buyer.get_full_name(), "method": Payment.Method.CARD}
    if buyer.company is not None:
        return own | {"buyer_as": BuyerAs.FIRM} | buyer.company.billing
    profile = BuyerProfile.objects.filter(user=buyer).first() or BuyerProfile(user=buyer)
    kept = ("buyer_as", "company", "siren", "address", "postal_code", "city", "vat_number")
    return {
        **own,
        "country": profile.country or "FR",
        **{field: getattr(profile, field) for field in kept},
    }
