"""The page where people take a copy of their data, or leave."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts import actions as accounts
from accounts.access import person
from accounts.models import ClosureRequest, Consent, DataExport
from marketplace import tasks
from marketplace.kernel import clock
from marketplace.kernel.errors import refusals_as_messages
from marketplace.privacy import closing, consents
from marketplace.privacy.blockers import blockers
from marketplace.privacy.forms import ClosureForm

UNPROCESSABLE = 422


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What one may ask, what was asked, and what stands in the way of leaving."""
    return _page(request, ClosureForm())


def _page(request: HttpRequest, form: ClosureForm) -> HttpResponse:
    user = person(request)
    context: dict[str, Any] = {
        "form": form,
        "copy": DataExport.objects.filter(user=user).order_by("-asked_at").first(),
        "closure": ClosureRequest.objects.open().filter(user=user).first(),
        "blockers": blockers(user),
        "now": clock.now(),
        "consents": Consent.objects.filter(user=user),
    }
    return render(request, "accounts/privacy.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_POST
def ask_for_copy(request: HttpRequest) -> HttpResponse:
    with refusals_as_messages(request):
        export = accounts.ask_for_copy(person(request))
        tasks.build_copy.delay_on_commit(export.pk)
        messages.success(request, _("We are preparing your copy and will write to you when it is ready."))
    return redirect("account_privacy")


@require_safe
@cache_control(private=True, no_store=True)
@reauthentication_required
def copy(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The copy itself, for its owner alone and for a week."""
    export = get_object_or_404(DataExport.objects.exclude(file=""), user=person(request), public_id=public_id)
    if export.expires_at is None or export.expires_at <= clock.now():
        raise Http404
    response = FileResponse(
        export.file.open("rb"), as_attachment=True, filename=f"jalon-{export.ready_at:%Y-%m-%d}.zip"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
@reauthentication_required
def closure(request: HttpRequest) -> HttpResponse:
    """Ask for the end of one's account, after saying so in full and proving who is there."""
    if request.method == "GET":
        return redirect("account_privacy")
    form = ClosureForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    with refusals_as_messages(request):
        closing.ask(person(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("Your request is noted. You can keep your account until it is closed."))
    return redirect("account_privacy")


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    with refusals_as_messages(request):
        accounts.stay(person(request))
        messages.success(
            request, _("Good: your account stays open. Publish your offers again when you like.")
        )
    return redirect("account_privacy")


@require_POST
def withdrawal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back one's consent to something; what it allowed stops at once."""
    given = get_object_or_404(Consent, user=person(request), public_id=public_id)
    with refusals_as_messages(request):
        consents.withdraw(given)
        messages.success(request, _("Your consent is withdrawn."))
    return redirect("account_privacy")
