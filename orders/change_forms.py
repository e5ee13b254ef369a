"""What is typed to change a running order: a later date, a cancellation, a split. Errors say what to do."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal
from marketplace.kernel.fields import EurosField
from marketplace.kernel.money import format_money
from orders.actions.changing import refuse_date
from orders.forms import long_text
from orders.models import Order


class ExtensionForm(forms.Form):
    """A later day for the first deliverable; the time of day stays that of the present date."""

    day = forms.DateField(
        label=_("New date"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a date later than the present one."),
            "invalid": _("Write a date, for example %(example)s."),
        },
    )
    message = long_text(
        _("Why do you need more time?"),
        rows=4,
        help_text=_("The buyer reads it before answering."),
        error_messages={"required": _("Say why: the buyer decides on your words.")},
    )

    def __init__(self, *args: Any, order: Order, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order = order
        present = timezone.localtime(max(order.due_at or clock.now(), clock.now()))
        first = present.date() + timedelta(days=1)
        self.fields["day"].widget.attrs |= {
            "min": first.isoformat(),
            "max": (present.date() + timedelta(days=rules.MAX_EXTENSION_DAYS)).isoformat(),
        }
        field = self.fields["day"]
        field.error_messages["invalid"] = field.error_messages["invalid"] % {"example": first.isoformat()}

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        try:
            refuse_date(self.order, self.at(day))
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal), code="date") from None
        except OverflowError:
            raise forms.ValidationError(self.fields["day"].error_messages["invalid"], code="date") from None
        return day

    def at(self, day: date) -> datetime:
        """A day with the time of day of the present date, as Paris has it."""
        present = timezone.localtime(self.order.due_at or clock.now())
        return present.replace(year=day.year, month=day.month, day=day.day, fold=0)

    @property
    def due_at(self) -> datetime:
        return self.at(self.cleaned_data["day"])


class CancellationForm(forms.Form):
    """Why one wants to end an order that has begun."""

    reason = long_text(
        _("Why do you want to cancel?"),
        rows=5,
        help_text=_("The other party reads it before answering."),
        error_messages={"required": _("Say why you want to cancel: the other party reads it.")},
    )


class SettlementForm(forms.Form):
    """How much goes back to the buyer; the rest is the expert's, less the commission."""

    message = long_text(
        _("Why this split?"),
        rows=4,
        help_text=_("The other party reads it before answering."),
        error_messages={"required": _("Say why: the other party decides on your words.")},
    )

    def __init__(self, *args: Any, order: Order, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["refund_cents"] = EurosField(
            label=_("Back to the buyer"),
            min_cents=1,
            max_cents=order.total_cents - 1,
            help_text=_("Out of the %(total)s paid. The rest goes to the expert, less the commission.")
            % {"total": format_money(order.total_cents)},
        )
        self.order_fields(["refund_cents", "message"])
