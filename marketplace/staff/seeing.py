"""A member of the team sees the site as somebody else, to understand what they describe, and can change nothing.

Each page is built inside a transaction that is always undone, so whatever it writes (a message marked as read) never
happened. Only reading is let through, only the pages named here open, and neither private files, papers, bank data,
invoices nor security are among them. Who looked, as whom, why and when stays in the audit of the person.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import AuditLine, StaffVisit, User
from marketplace.kernel import clock, rules
from marketplace.kernel.staff import ReasonForm, second_factor_is_due

KEY = "seeing"
PERMISSION = "accounts.add_staffvisit"
OPEN = (
    "marketplace.views",
    "marketplace.dashboards",
    "offers.views",
    "orders.views",
    "disputes.views",
    "messaging.views",
    "missions.views",
    "accounts.views",
)
"""The modules whose pages may be seen; what is added elsewhere stays closed until somebody names it here."""
CLOSED = (
    "accounts.views.admission",
    "accounts.views.companies",
    "accounts.views.documents",
    "accounts.views.legal",
    "accounts.views.mandate",
    "accounts.views.sessions",
    "accounts.views.settings",
    "disputes.views.file",
    "missions.views.paying",
    "orders.views.certificates",
    "orders.views.files",
)
CLOSED_WORDS = (
    "payment", "earning", "invoice", "withdraw", "bank", "document", "paper", "file", "archive", "certificate", "copy",
    "export", "security", "mandate", "legal_status", "deed", "nda", "attachment", "evidence", "account_", "tax", "statement",
)  # fmt: skip
"""Addresses with one of these in their name stay closed too."""


def may_see_as(staff: Any, person: User) -> bool:
    """Whether a member of the team may visit as this person: never as a colleague, nor as somebody who left."""
    return bool(
        staff.is_staff
        and staff.has_perm(PERMISSION)
        and person.is_active
        and not person.is_staff
        and not person.is_superuser
    )


def running(request: HttpRequest) -> StaffVisit | None:
    """The visit of this session, while it lasts. One that is over is forgotten."""
    session: Any = request.session
    if KEY not in session or not request.user.is_authenticated:
        return None
    visit = (
        StaffVisit.objects.running(clock.now())
        .filter(pk=session[KEY], staff=request.user.pk)
        .select_related("person", "staff")
        .first()
    )
    if visit is None or not may_see_as(request.user, visit.person):
        del session[KEY]
        return None
    return visit


def is_open(path: str) -> bool:
    """Whether a page may be seen during a visit."""
    try:
        match = resolve(path)
    except Resolver404:
        return True  # the page that says so
    module = getattr(match.func, "__module__", "")
    name = match.url_name or ""
    return (
        module.startswith(OPEN)
        and not module.startswith(CLOSED)
        and not any(word in name for word in CLOSED_WORDS)
    )


class Seeing:
    """Puts the person in place of the member of the team, everywhere but in the administration, for reading alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        visit = running(request)
        if visit is None:
            return self.get_response(request)
        request.seeing = visit  # type: ignore[attr-defined]
        try:
            name = resolve(request.path_info)
        except Resolver404:
            name = None
        if name is not None and (
            "admin" in name.app_names or name.url_name in ("seeing_end", "account_logout")
        ):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD") or not is_open(request.path_info):
            return render(request, "seeing_closed.html", {"visit": visit}, status=403)
        with transaction.atomic():
            request.user = visit.person
            response = self.get_response(request)
            transaction.set_rollback(True)
        response.headers["Cache-Control"] = "no-store, private"
        return response


def begin(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask why, then open the site as this person for a while."""
    person = get_object_or_404(User, pk=user_id)
    staff: Any = request.user
    if not may_see_as(staff, person):
        raise PermissionDenied
    if second_factor_is_due(request):
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
    form = ReasonForm(request.POST if request.method == "POST" else None, row=person)
    if request.method == "POST" and form.is_valid():
        _write(request, staff, person, form.cleaned_data["reason"])
        return HttpResponseRedirect(reverse("home"))
    context = {
        **admin.site.each_context(request),
        "title": _("See the site as %(name)s") % {"name": person.display_name},
        "person": person,
        "form": form,
        "minutes": int(rules.SEEING.total_seconds() // 60),
    }
    return TemplateResponse(request, "admin/staff_seeing.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _write(request: HttpRequest, staff: User, person: User, reason: str) -> StaffVisit:
    now = clock.now()
    StaffVisit.objects.running(now).filter(staff=staff).update(ended_at=now)
    visit = StaffVisit.objects.create(
        staff=staff, person=person, reason=reason, began_at=now, until=now + rules.SEEING
    )
    AuditLine.objects.create(
        subject=User._meta.db_table,
        row_id=str(person.pk),
        actor=staff,
        at=now,
        changes={"seen_by_team": [None, reason]},
    )
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=str(person)[:200],
        action_flag=CHANGE,
        change_message=_("Saw the site as this person – %(reason)s") % {"reason": reason},
    )
    request.session[KEY] = visit.pk
    return visit


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End the visit and go back to the person's page in the administration."""
    visit = running(request)
    if visit is None:
        return HttpResponseRedirect(reverse("home"))
    StaffVisit.objects.filter(pk=visit.pk).update(ended_at=clock.now())
    del request.session[KEY]
    messages.success(request, _("You see the site as yourself again."))
    return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[visit.person_id]))
