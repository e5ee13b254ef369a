"""What an owner types about a company account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.settings import BillingForm
from accounts.forms.signup import plain_name
from accounts.models import Company, CompanyRole


class CompanyForm(BillingForm):
    """The company and the address its orders are billed to."""

    name = forms.CharField(
        label=_("Company"),
        max_length=120,
        validators=[plain_name],
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": _("Enter the name of the company.")},
    )

    class Meta(BillingForm.Meta):
        model = Company  # type: ignore[assignment] # the same boxes, of another model
        fields = ("name", "siren", "address", "postal_code", "city", "country", "vat_number")


class RoleForm(forms.Form):
    """One of the roles, each with what it may do."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (CompanyRole.BUYER, _("Buyer: orders, requests, talks and missions of the company")),
            (
                CompanyRole.ACCOUNTANT,
                _("Accountant: spending, invoices and documents; no conversation, no order"),
            ),
            (CompanyRole.OWNER, _("Owner: everything, and the members")),
        ],
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["email", "role"])


class InviteMemberForm(RoleForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter an e-mail address.")},
    )
