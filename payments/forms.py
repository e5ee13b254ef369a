"""What an expert may ask about being paid."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.fields import EurosField
from marketplace.kernel.money import format_money
from payments.models import PayoutPreference


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
