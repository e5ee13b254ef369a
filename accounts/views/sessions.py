"""Where a person is signed in, and the way to end it from afar."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import person


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Every browser that is signed in, this one first."""
    living = UserSession.objects.purge_and_list(person(request))
    living.sort(
        key=lambda session: (
            session.session_key != request.session.session_key,
            -session.created_at.timestamp(),
        )
    )
    return render(
        request,
        "accounts/sessions.html",
        {"sessions": living, "current": request.session.session_key},
    )


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one other browser out."""
    session = get_object_or_404(
        UserSession.objects.exclude(session_key=request.session.session_key), user=person(request), pk=pk
    )
    session.end()
    messages.success(request, _("This device is signed out."))
    return redirect("account_sessions")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign every other browser out."""
    for session in UserSession.objects.filter(user=person(request)).exclude(
        session_key=request.session.session_key
    ):
        session.end()
    messages.success(request, _("Your other devices are signed out."))
    return redirect("account_sessions")
