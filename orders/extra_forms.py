"""What is typed to add something to a running order. Errors say what to do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import rules
from marketplace.kernel.fields import EurosField
from orders.forms import long_text
from orders.models import Order
from payments.models import Payment


class AddOnForm(forms.Form):
    """Which add-on of the order, and how it is paid."""

    number = forms.TypedChoiceField(
        label=_("Add-on"),
        coerce=int,
        error_messages={
            "required": _("Choose one of the add-ons."),
            "invalid_choice": _("Choose one of the add-ons of this order."),
        },
    )
    method = forms.ChoiceField(
        choices=Payment.Method.choices,
        error_messages={"required": _("Choose how to pay."), "invalid_choice": _("Choose how to pay.")},
    )

    def __init__(self, *args: Any, order: Order, **options: Any) -> None:
        super().__init__(*args, **options)
        number: Any = self.fields["number"]
        number.choices = [(str(n), add_on["title"]) for n, add_on in enumerate(order.add_ons_offered)]


class ExtraForm(forms.Form):
    """Something more that the expert proposes: what, for how much, and how long it takes."""

    title = forms.CharField(
        label=_("What do you propose?"),
        max_length=80,
        strip=True,
        help_text=_("In a few words: it becomes a line of the order."),
        error_messages={"required": _("Say what you propose.")},
    )
    message = long_text(
        _("What does it consist of?"),
        rows=5,
        help_text=_("The buyer reads it before paying."),
        error_messages={"required": _("Describe it: the buyer decides on your words.")},
    )
    days = forms.IntegerField(
        label=_("Days more to deliver"),
        min_value=0,
        max_value=rules.MAX_EXTENSION_DAYS,
        initial=0,
        help_text=_("0 if the present date holds."),
        error_messages={"required": _("Write a number of days, 0 if the present date holds.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["price_cents"] = EurosField(
            label=_("Price including VAT"),
            min_cents=rules.MIN_PRICE_CENTS,
            max_cents=rules.MAX_PRICE_CENTS,
        )
        self.order_fields(["title", "message", "price_cents", "days"])
