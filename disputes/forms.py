"""What one types to open a dispute, and what staff type to rule on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from disputes.models import Dispute
from marketplace.kernel import rules
from marketplace.kernel.fields import EurosField
from marketplace.kernel.money import format_money
from marketplace.kernel.staff import ReasonForm
from orders.models import Order

MIN_STATEMENT = 20
"""Characters: enough for a sentence, so that staff have something to read."""


class OpenDisputeForm(forms.Form):
    """Why, and what happened. The grounds fit the side from which one complains."""

    ground = forms.ChoiceField(
        label=_("Why do you open a dispute?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the ground of the dispute.")},
    )
    statement = forms.CharField(
        label=_("What happened?"),
        help_text=_(
            "Give the facts in order, with dates. Our team also reads the brief, the messages and the deliverables."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        min_length=MIN_STATEMENT,
        max_length=rules.MAX_MESSAGE_LENGTH,
        error_messages={
            "required": _("Say what happened, in a few sentences."),
            "min_length": _("Say a little more: at least %(limit_value)s characters."),
        },
    )

    def __init__(self, *args: Any, order: Order, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = Dispute.GROUNDS_OF_EXPERT if order.party(user) == "expert" else tuple(Dispute.Ground)
        grounds = tuple(ground for ground in grounds if ground not in Dispute.GROUNDS_OF_CALLS)
        self.fields["ground"].choices = [(ground.value, ground.label) for ground in grounds]  # type: ignore[attr-defined]


class RulingForm(ReasonForm):
    """How much goes back to the buyer, and why. The rest is the expert's, less the commission."""

    field_order = ["refund_cents", "reason"]

    def __init__(self, *args: Any, row: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        total_cents = row.order.total_cents
        self.fields["refund_cents"] = EurosField(
            label=_("Back to the buyer"),
            max_cents=total_cents,
            help_text=gettext("0 pays the expert in full, %(total)s pays the buyer back in full.")
            % {"total": format_money(total_cents, full=True)},
        )
        self.fields["reason"].help_text = _("Both parties read it, so write for them.")
        self.order_fields(self.field_order)
