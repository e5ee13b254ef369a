"""An expert's legal status, VAT regime and bank account: three small forms. ``part`` says which was sent."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import queries
from accounts.access import experts_only, person
from accounts.actions import legal as actions
from accounts.forms.legal import BankForm, EntityForm, VatForm
from accounts.models import LegalEntity, LegalForm, User, VatPeriod
from accounts.queries.mandate import mandate_signature
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.limits import limited

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@experts_only
@limited("details", rules.DETAILS_RATE)
def legal_status(request: HttpRequest) -> HttpResponse:
    """Who I am in law, how VAT applies to me, where I am paid, and what each still keeps me from."""
    user = person(request)
    if request.method == "POST":
        match request.POST.get("part"):
            case "entity":
                return _save_entity(request, user)
            case "vat":
                return _save_vat(request, user)
            case "bank":
                return _save_bank(request, user)
    return _page(request, user)


def _save_entity(request: HttpRequest, user: User) -> HttpResponse:
    form = EntityForm(request.POST, instance=_entity(user))
    if not form.is_valid():
        return _page(request, user, entity=form)
    actions.declare_entity(user, form.cleaned_data)
    messages.success(request, _("Your legal status is saved."))
    return redirect("legal_status")


def _save_vat(request: HttpRequest, user: User) -> HttpResponse:
    form = VatForm(request.POST)
    if not form.is_valid():
        return _page(request, user, vat=form)
    actions.declare_vat(user, **form.cleaned_data)
    messages.success(request, _("Your VAT regime is saved."))
    return redirect("legal_status")


def _changes_account(request: HttpRequest) -> bool:
    """The first account is free to give; another one could divert money, so the password is asked again."""
    return queries.bank_account_of(person(request)) is not None


@reauthentication_required(enabled=_changes_account)
def _save_bank(request: HttpRequest, user: User) -> HttpResponse:
    form = BankForm(request.POST, user=user, entity=queries.entity_of(user))
    if not form.is_valid():
        return _page(request, user, bank=form)
    with refusals_as_messages(request):
        actions.change_bank_account(user, **form.cleaned_data)
        messages.success(request, _("Your bank account is saved."))
    return redirect("legal_status")


def _entity(user: User) -> LegalEntity:
    """The current status as a form may fill it, apart from the row that the action locks."""
    return queries.entity_of(user) or LegalEntity(user=user, form=LegalForm.NONE)


def _page(request: HttpRequest, user: User, **bound: Any) -> HttpResponse:
    entity, account = queries.entity_of(user), queries.bank_account_of(user)
    forms = {
        "entity": EntityForm(instance=_entity(user)),
        "vat": VatForm(
            initial={"regime": queries.vat_regime_on(user, clock.today()), "since": clock.today()}
        ),
        "bank": BankForm(
            user=user,
            entity=entity,
            initial={"holder": account.holder if account else entity and entity.name},
        ),
        **bound,
    }
    context = {
        "section": "legal",
        "forms": forms,
        "form": next(iter(bound.values()), None),
        "entity": entity,
        "account": account,
        "resting": account is not None and account.usable_from > clock.now(),
        "periods": VatPeriod.objects.filter(user=user)[:6],
        "standing": queries.legal_standing(user),
        "mandate": mandate_signature(user),
    }
    return render(request, "accounts/legal.html", context, status=UNPROCESSABLE if bound else 200)
