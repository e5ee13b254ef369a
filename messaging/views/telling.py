"""The inbox and the notifications: lists that lead to the pages they speak of."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from marketplace.kernel import rules
from marketplace.kernel.limits import unguessed
from messaging import actions, preferences, queries
from messaging.forms import InboxForm, MailPreferencesForm
from messaging.models import Notification
from messaging.words import Topic

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


@require_http_methods(["GET", "HEAD", "POST"])
def notification_settings(request: HttpRequest) -> HttpResponse:
    """How someone hears by mail of each topic."""
    user: User = request.user  # type: ignore[assignment]
    form = MailPreferencesForm(
        request.POST if request.method == "POST" else None, initial=preferences.choices_of(user)
    )
    if form.is_bound and form.is_valid():
        actions.choose_mail(user, form.cleaned_data)
        messages.success(request, _("Your choices are saved."))
        return redirect("notification_settings")
    context = {
        "form": form,
        "always": Topic.ESSENTIAL,
        "digest_at": timezone.localtime().replace(hour=settings.DIGEST_HOUR, minute=0),
        "section": "notifications",
        "frame": _frame(user),
    }
    return render(
        request, "messaging/notification_settings.html", context, status=422 if form.errors else 200
    )


@csrf_exempt  # a mail program posts here by itself (RFC 8058): the signed address is the proof
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@unguessed(rules.GUESS_RATE)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails a link names, without signing in. Opening it asks; only posting stops, and can be undone."""
    found = preferences.read(token)
    if found is None:
        raise Http404
    user, topics = found
    state, before = "asked", preferences.choices_of(user)
    if request.method == "POST":
        if "again" in request.POST:
            actions.choose_mail(user, request.POST)
            state = "again"
        else:
            actions.stop_mail(user, topics)
            state = "stopped"
    context = {"state": state, "topics": [(topic, before[topic.value]) for topic in topics]}
    return render(request, "messaging/unsubscribe.html", context)


def _frame(user: User) -> str:
    """Experts read their messages inside their dashboard, buyers on a page of its own."""
    return "dashboard/base.html" if user.is_expert else "messaging/frame.html"
