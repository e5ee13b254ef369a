"""The inbox and the notifications: lists that lead to the pages they speak of."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from messaging import actions, queries
from messaging.forms import InboxForm
from messaging.models import Notification

CONVERSATIONS_A_PAGE = 15
NOTIFICATIONS_A_PAGE = 20


@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """Someone's conversations, each leading to the room where it is held."""
    user: User = request.user  # type: ignore[assignment]
    form = InboxForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    q, unread_only = asked.get("q", ""), asked.get("show") == "unread"
    page = Paginator(queries.inbox(user, q=q, unread_only=unread_only), CONVERSATIONS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": queries.inbox_rows(page, user),
        "q": q,
        "unread_only": unread_only,
        "unread_count": queries.unread_conversations(user),
        "section": "messages",
        "frame": _frame(user),
    }
    return render(request, "messaging/conversations.html", context)


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """What the product had to say to someone, the latest first."""
    user: User = request.user  # type: ignore[assignment]
    page = Paginator(Notification.objects.filter(user=user), NOTIFICATIONS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": queries.notification_rows(page),
        "section": "notifications",
        "frame": _frame(user),
    }
    return render(request, "messaging/notifications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def notifications_read(request: HttpRequest) -> HttpResponse:
    """Mark every notification as read."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        count = actions.read_notifications(user)
        if count:
            messages.success(
                request,
                ngettext("%(n)s notification marked as read.", "%(n)s notifications marked as read.", count)
                % {"n": count},
            )
    return redirect("notifications")


def _frame(user: User) -> str:
    """Experts read their messages inside their dashboard, buyers on a page of its own."""
    return "dashboard/base.html" if user.is_expert else "messaging/frame.html"
