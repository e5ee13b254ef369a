"""The page on which an expert reads why they are suspended, and replies."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.access import experts_only, person
from accounts.forms.suspension import SuspensionReplyForm
from accounts.queries.suspensions import latest_suspension
from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.limits import limited
from marketplace.kernel.rules import MESSAGE_RATE

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@experts_only
@limited("messages", MESSAGE_RATE)
def suspension(request: HttpRequest) -> HttpResponse:
    """The reasons, the dates, what it changes, and the reply."""
    user = person(request)
    found = latest_suspension(user)
    if found is None:
        raise Http404
    form = SuspensionReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            actions.reply_to_suspension(found, actor=user, text=form.cleaned_data["text"])
            messages.success(request, _("Your reply is with our team."))
        return redirect("suspension")
    context = {"section": "", "suspension": found, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "accounts/suspension.html", context, status=status)
