"""The expert's way out of a talk, and back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import person
from accounts.models import User
from marketplace.kernel.errors import Refusal, refusals_as_messages
from messaging import actions as messaging
from messaging.models import Contact
from missions import actions
from missions.forms import DecliningForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert says no to a company, with a word that can be changed."""
    user = person(request)
    contact = _received(user, public_id)
    form = DecliningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline_talk(contact, actor=user, body=form.cleaned_data["words"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The conversation is closed. The company has your answer."))
            return redirect(contact)
    context = {"contact": contact, "form": form, "section": "messages"}
    return render(request, "missions/declining.html", context, status=422 if form.errors else 200)


@require_POST
def resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert takes the talk up again."""
    user = person(request)
    contact = _received(user, public_id)
    with refusals_as_messages(request):
        messaging.resume_contact(contact, actor=user)
        messages.success(request, _("You may both write again."))
    return redirect(contact)


def _received(user: User, public_id: UUID) -> Contact:
    received = Contact.objects.filter(expert=user).select_related("company", "conversation")
    return get_object_or_404(received, public_id=public_id)
