"""What a buyer asks for beyond the catalogue, and the terms both sides propose."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from marketplace.kernel import clock, rules
from marketplace.kernel.fields import EurosField
from marketplace.kernel.forms import FilesField
from marketplace.kernel.staff import ReasonForm
from offers.models import Category
from orders.billing_forms import BillingForm, billed_before
from orders.forms import WithFiles
from orders.models import CustomRequest, Terms
from orders.queries import matching


class RequestForm(WithFiles):
    """A need that no offer meets."""

    title = forms.CharField(
        label=_("What do you need?"),
        max_length=90,
        min_length=8,
        help_text=_("In one line, for example “Financial model for a seed round”."),
        error_messages={"required": _("Say in one line what you need.")},
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.order_by("position", "pk"),
        error_messages={"required": _("Choose the closest category.")},
    )
    need = forms.CharField(
        label=_("Your need in detail"),
        max_length=8_000,
        min_length=40,
        widget=forms.Textarea({"rows": 9}),
        help_text=_("The context, the result you expect, its form, what you already have, what to avoid."),
        error_messages={
            "required": _("Describe your need: the proposals are only as precise as it is."),
            "min_length": _("Write a little more: at least 40 characters."),
        },
    )
    budget = EurosField(
        label=_("Your budget, tax included"),
        min_cents=rules.MIN_PRICE_CENTS,
        max_cents=rules.MAX_PRICE_CENTS,
        help_text=_("What you propose to pay. Experts may accept it or propose another price."),
    )
    wanted_on = forms.DateField(
        label=_("By which date?"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"required": _("Choose a date."), "invalid": _("Choose a date.")},
    )
    files = FilesField(label=_("Files"), required=False, max_files=rules.REQUESTS.max_files)  # type: ignore[assignment]
    is_confidential = forms.BooleanField(
        label=_("Keep my name from the experts until I choose one"), required=False
    )

    def clean_wanted_on(self) -> Any:
        day = self.cleaned_data["wanted_on"]
        today = timezone.localdate(clock.now())
        if day <= today:
            raise forms.ValidationError(_("Choose a date in the future."), code="past")
        if day > today + timedelta(days=rules.MAX_DELIVERY_DAYS):
            raise forms.ValidationError(
                _("Choose a date within %(n)s days.") % {"n": rules.MAX_DELIVERY_DAYS}, code="far"
            )
        return day


class TermsForm(forms.Form):
    """The next version of the terms, begun from the current one."""

    price = EurosField(
        label=_("Price, tax included"), min_cents=rules.MIN_PRICE_CENTS, max_cents=rules.MAX_PRICE_CENTS
    )
    delivery_days = forms.IntegerField(
        label=_("Delivery time in days"), min_value=1, max_value=rules.MAX_DELIVERY_DAYS
    )
    revisions = forms.IntegerField(
        label=_("Revisions included"), min_value=rules.MIN_REVISIONS, max_value=rules.MAX_REVISIONS
    )
    scope = forms.CharField(
        label=_("What is delivered"),
        max_length=8_000,
        widget=forms.Textarea({"rows": 7}),
        error_messages={"required": _("Say what is delivered.")},
    )
    note = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Why you propose these terms, what you need to know."),
    )

    @classmethod
    def over(cls, terms: Terms) -> "TermsForm":
        """A form that begins with the terms as they stand."""
        return cls(
            initial={
                "price": terms.price_cents,
                "delivery_days": terms.delivery_days,
                "revisions": terms.revisions,
                "scope": terms.scope,
            }
        )

    @property
    def terms(self) -> dict[str, Any]:
        """As the action takes them."""
        kept = dict(self.cleaned_data)
        return {"price_cents": kept.pop("price"), **kept}


class InsteadForm(TermsForm):
    """What it takes to answer a question that is more than a question, and why."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].required = True
        self.fields["note"].help_text = _("Why this is more than a question. The buyer reads it.")
        self.fields["note"].error_messages["required"] = _("Tell the buyer why: they read it.")
        self.fields["revisions"].initial = rules.MIN_REVISIONS


class ChoiceForm(BillingForm):
    """A proposal on its way to an order: the version read, billing, means of payment."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("number", "token")

    @classmethod
    def starting(cls, terms: Terms, buyer: User) -> "ChoiceForm":
        """Billed as last time, on the terms shown."""
        return cls(initial={"number": terms.number, "token": uuid4(), **billed_before(buyer)})


class InviteForm(ReasonForm):
    """The experts to invite, best first, each with the reasons behind its place."""

    experts = forms.TypedMultipleChoiceField(
        label=_("Experts, the most suitable first"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one expert.")},
    )

    field_order = ("experts", "reason")

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].label = _("Note for the history")
        if isinstance(row, CustomRequest):
            self.fields["experts"].choices = [  # type: ignore[attr-defined]
                (item.profile.user_id, f"{item.profile.user} – {item.points}/100 – {' '.join(item.reasons)}")
                for item in matching.suggestions(row)
            ]
