"""What changes in the texts one agreed to: read it, agree to it, or leave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import person
from marketplace.kernel.limits import address_of
from messaging import actions
from messaging.changes import pending


@require_http_methods(["GET", "POST"])
def text_changes(request: HttpRequest) -> HttpResponse:
    """The versions announced that one has not agreed to; a POST agrees to the terms."""
    user = person(request)
    if request.method == "POST":
        if actions.agree_to_terms(user, language=user.language, ip=address_of(request)):
            messages.success(request, _("Thank you: it is written down that you agree to the new terms."))
        return redirect("text_changes")
    actions.read_about(user, "text_changes")
    return render(request, "accounts/text_changes.html", {"changes": pending(user)})
