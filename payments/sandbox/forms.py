"""What a person may ask of the sandbox's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.fields import EurosField
from payments.sandbox.models import SandboxSession

MAX_TRANSFER_CENTS = 10_000_000_00


class OptionsForm(forms.Form):
    """How the messages and refunds of a payment should misbehave."""

    late = forms.BooleanField(required=False)
    twice = forms.BooleanField(required=False)
    refund_outcome = forms.ChoiceField(choices=SandboxSession.RefundOutcome.choices)


class CardForm(forms.Form):
    """Which of the test cards pays."""

    card = forms.ChoiceField(
        choices=[("accepted", ""), ("declined", ""), ("confirmed", "")],
        error_messages={
            "required": _("Choose one of the test cards."),
            "invalid_choice": _("Choose one of the test cards."),
        },
    )


class TransferForm(forms.Form):
    """How much the bank transfer that arrives is worth; clean, it is cents."""

    amount = EurosField(min_cents=1, max_cents=MAX_TRANSFER_CENTS)
