"""The company account: opened, joined, its members and their roles. Owners alone change it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.access import person
from accounts.forms.companies import CompanyForm, InviteMemberForm, RoleForm
from accounts.models import Company, CompanyInvitation, CompanyRole, User
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.limits import limited, unguessed

UNPROCESSABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("details", rules.DETAILS_RATE)
def company(request: HttpRequest) -> HttpResponse:
    """Open a company account, or see one's own: its details, its members, who was invited."""
    user = person(request)
    if user.is_staff:
        raise Http404
    if request.method != "POST":
        return _page(request, user)
    if user.company is not None and user.company_role != CompanyRole.OWNER:
        raise Http404
    form = CompanyForm(request.POST, instance=_fresh(user))
    if not form.is_valid():
        return _page(request, user, form=form)
    with refusals_as_messages(request):
        if user.company is None:
            actions.open_company(user, **form.cleaned_data)
            messages.success(request, _("Your company account is open. Invite those who buy with you."))
        else:
            actions.change_company(user.company, actor=user, **form.cleaned_data)
            messages.success(request, _("The details of your company are saved."))
    return redirect("company")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("invitation", rules.INVITATION_RATE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by mail."""
    user, house = _owner(request)
    if request.method != "POST":
        return redirect("company")
    form = InviteMemberForm(request.POST)
    if form.is_valid():
        try:
            actions.invite_member(house, actor=user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(
                request,
                _("The invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]},
            )
            return redirect("company")
    return _page(request, user, invite_form=form)


@require_POST
def member(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a member another role, or take them out. Anybody may leave."""
    user = person(request)
    if user.company is None:
        raise Http404
    found = get_object_or_404(user.company.members, public_id=public_id)
    if found.pk != user.pk and user.company_role != CompanyRole.OWNER:
        raise Http404
    with refusals_as_messages(request):
        if request.POST.get("act") == "remove":
            actions.remove_member(found, actor=user)
            messages.success(
                request,
                _("You have left the company account.")
                if found.pk == user.pk
                else _("%(name)s is no longer a member.") % {"name": found.display_name},
            )
        elif (form := RoleForm(request.POST)).is_valid():
            actions.change_role(found, actor=user, role=form.cleaned_data["role"])
            messages.success(request, _("The role is changed: it counts at once."))
        else:
            messages.error(request, _("Choose a role."))
    return redirect("company")


@require_POST
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    user, house = _owner(request)
    found = get_object_or_404(house.invitations, public_id=public_id)
    actions.take_back(found, actor=user)
    messages.success(request, _("The invitation is taken back: its link no longer works."))
    return redirect("company")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@unguessed(rules.GUESS_RATE)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the link of a mail, signed in with the address that received it."""
    user = person(request)
    found = actions.invitation_by(token)
    if found is None or user.email.lower() != found.email.lower() or not found.is_waiting:
        served = found is not None and user.email.lower() == found.email.lower()
        context: dict[str, Any] = {"served": served, "other_address": found is not None and not served}
        return render(request, "accounts/company/over.html", context, status=404)
    if request.method == "POST":
        with refusals_as_messages(request):
            if request.POST.get("answer") == "decline":
                actions.decline_company(found, user=user)
                messages.success(request, _("You declined the invitation."))
                return redirect("home")
            actions.join_company(found, user=user)
            messages.success(
                request, _("You are now a member of %(company)s.") % {"company": found.company.name}
            )
        return redirect("company")
    return render(
        request,
        "accounts/company/invitation.html",
        {"invitation": found, "role": CompanyRole(found.role), "taken": user.company_id is not None},
    )


def _owner(request: HttpRequest) -> tuple[User, Company]:
    user = person(request)
    if user.company is None or user.company_role != CompanyRole.OWNER:
        raise Http404
    return user, user.company


def _fresh(user: User) -> Company:
    if user.company_id is None:
        return Company()
    return Company.objects.get(pk=user.company_id)


def _page(request: HttpRequest, user: User, **bound: Any) -> HttpResponse:
    house = user.company
    is_owner = user.company_role == CompanyRole.OWNER
    profile = getattr(user, "buyer_profile", None)
    start = {}
    if house is None and profile is not None:
        names = ("siren", "address", "postal_code", "city", "country", "vat_number")
        start = {"name": profile.company, **{name: getattr(profile, name) for name in names}}
    context: dict[str, Any] = {
        "section": "company",
        "house": house,
        "is_owner": is_owner,
        "form": bound.get("form"),
        "company_form": bound.get("form") or CompanyForm(instance=_fresh(user), initial=start),
        "invite_form": bound.get("invite_form") or InviteMemberForm(initial={"role": CompanyRole.BUYER}),
        "roles": RoleForm().fields["role"].choices,  # type: ignore[attr-defined]
        "role_names": CompanyRole.choices,
    }
    if house is not None:
        context["members"] = house.members.order_by("company_since", "pk")
        context["waiting"] = (
            CompanyInvitation.objects.waiting(clock.now()).filter(company=house) if is_owner else []
        )
    if any(form.errors for form in bound.values()):
        context["form"] = next(iter(bound.values()))
    return render(request, "accounts/company/company.html", context, status=UNPROCESSABLE if bound else 200)
