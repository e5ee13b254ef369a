"""Club des Experts: the candidates of my field, and my vote."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions, rules
from accounts.access import experts_only, person
from accounts.forms.admission import BallotForm
from accounts.models import Application, Ballot, ClubMember
from accounts.queries.admission import candidates_for, jurors, sits_in_club, tally
from marketplace.kernel.errors import refusals_as_messages

UNPROCESSABLE = 422


@require_safe
@experts_only
def club(request: HttpRequest) -> HttpResponse:
    """Whom I am asked about, and what I answered. For anyone outside the club it does not exist."""
    user = person(request)
    if not sits_in_club(user):
        raise Http404
    answered = set(Ballot.objects.filter(member=user).values_list("application_id", flat=True))
    open_ones = list(candidates_for(user))
    context = {
        "section": "club",
        "waiting": [item for item in open_ones if item.pk not in answered],
        "answered": Ballot.objects.filter(member=user)
        .select_related("application__user", "application__field")
        .order_by("-cast_at")[:20],
        "seats": ClubMember.objects.filter(user=user, is_active=True).select_related("field"),
    }
    return render(request, "accounts/club.html", context)


@require_http_methods(["GET", "POST"])
@experts_only
def club_candidate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One candidate, and my answer. Open to the members of the field alone, and for as long as they vote."""
    user = person(request)
    application = get_object_or_404(
        Application.objects.select_related("user__expert_profile", "field"), public_id=public_id
    )
    if not jurors(application).filter(pk=user.pk).exists():
        raise Http404
    mine = application.ballots.filter(member=user).first()
    if application.state != Application.State.CLUB and mine is None:
        raise Http404
    can_vote = mine is None and application.state == Application.State.CLUB
    form = BallotForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            actions.cast_ballot(application, member=user, **form.cleaned_data)
            messages.success(request, _("Your answer is kept. Thank you."))
        return redirect("club")
    context = {
        "section": "club",
        "application": application,
        "candidate": application.user,
        "form": form if can_vote else None,
        "mine": mine,
        "tally": tally(application),
        "rules": rules,
    }
    return render(
        request, "accounts/club_candidate.html", context, status=UNPROCESSABLE if form.errors else 200
    )
