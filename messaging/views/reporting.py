"""Report a person, an offer, a message or a review to the team."""

from typing import cast

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from marketplace.kernel import rules
from messaging import actions, reportable
from messaging.forms import ReportForm

A_DAY = 86_400


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, subject: str, ref: str) -> HttpResponse:
    """Say what is wrong with something one may read."""
    reader = cast(User, request.user)
    found = reportable.find(subject, ref, reader)
    if found is None:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if _reports_too_often(reader):
            form.add_error(None, _("You have reported many things today. Write to the team instead."))
        else:
            kept = actions.report(found, subject=subject, ref=ref, reporter=reader, **form.cleaned_data)
            request.session["report_reference"] = kept.reference
            return redirect("report_received")
    return render(
        request, "messaging/report.html", {"form": form, "found": found}, status=422 if form.errors else 200
    )


@never_cache
@require_safe
def report_received(request: HttpRequest) -> HttpResponse:
    """What happens next with a report."""
    return render(
        request, "messaging/report_received.html", {"reference": request.session.get("report_reference", "")}
    )


def _reports_too_often(reader: User) -> bool:
    key = f"reports:{reader.pk}"
    cache.add(key, 0, A_DAY)
    try:
        return bool(cache.incr(key) > rules.MAX_REPORTS)
    except ValueError:  # the cache is away, or forgot it between the two
        return False
