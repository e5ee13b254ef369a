"""The portfolio of an expert, and the client's consent to each piece."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import experts_only
from accounts.actions import portfolio as acts
from accounts.forms.profile import PortfolioForm
from accounts.models import PortfolioPiece
from accounts.views.profile import UNPROCESSABLE, own_profile, part_page
from marketplace.kernel import clock, rules
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.limits import limited, unguessed

HERE = "profile_portfolio"


@require_http_methods(["GET", "POST"])
@experts_only
@limited("upload", rules.UPLOAD_RATE)
def portfolio(request: HttpRequest) -> HttpResponseBase:
    """The pieces with their consent, and a form for one more."""
    profile = own_profile(request)
    work = acts.by_order_token(request.GET.get("order", ""), expert=profile.user)
    initial = (
        {"title": work.title, "client_name": work.client_name, "year": clock.today().year} if work else {}
    )
    form = PortfolioForm(
        request.POST or None, request.FILES or None, initial=initial, has_client=work is not None
    )
    if request.method == "POST" and form.is_valid():
        try:
            if work:
                words = {**form.words, "client_email": work.client.email}
                acts.add(
                    profile,
                    words,
                    client=work.client,
                    order_reference=work.reference,
                    **form.cleaned_data["image"],
                )
            else:
                acts.add(profile, form.words, **form.cleaned_data["image"])
        except Refusal as refusal:
            form.add_error(None if work else "client_email", str(refusal))
        else:
            messages.success(request, _("We have written to your client. You will be told when they answer."))
            return redirect(HERE)
    return part_page(
        request,
        "accounts/profile/portfolio.html",
        HERE,
        profile,
        status=UNPROCESSABLE if form.errors else 200,
        form=form,
        pieces=list(profile.portfolio.all()),
        work=work,
    )


@require_http_methods(["GET", "POST"])
@experts_only
@limited("upload", rules.UPLOAD_RATE)
def piece(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Write a piece anew, ask the client again, or take it out."""
    profile = own_profile(request)
    piece = get_object_or_404(
        PortfolioPiece.objects.select_related("profile__user", "client"), public_id=public_id, profile=profile
    )
    if request.method == "POST" and "remove" in request.POST:
        acts.remove(piece)
        messages.success(request, _("The piece is removed."))
        return redirect(HERE)
    if request.method == "POST" and "remind" in request.POST:
        with refusals_as_messages(request):
            acts.remind(piece)
            messages.success(request, _("We have written to your client again."))
        return redirect(HERE)
    own = PortfolioPiece.objects.get(pk=piece.pk)
    form = PortfolioForm(
        request.POST or None, request.FILES or None, instance=own, has_client=piece.client_id is not None
    )
    if request.method == "POST" and form.is_valid():
        acts.change(piece, form.words, **form.cleaned_data["image"])
        messages.success(request, _("The piece is saved."))
        return redirect(HERE)
    return part_page(
        request,
        "accounts/profile/portfolio_piece.html",
        HERE,
        profile,
        status=UNPROCESSABLE if form.errors else 200,
        form=form,
        piece=piece,
    )


@login_not_required
@require_http_methods(["GET", "POST"])
@unguessed(rules.GUESS_RATE)
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """What the client is asked: may this be shown. Whoever holds the link of the mail may answer, and answer anew."""
    piece = acts.by_token(token)
    if piece is None:
        raise Http404
    answered = False
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        piece = acts.answer(
            piece, agrees=request.POST["answer"] == "yes", language=(get_language() or "fr")[:2]
        )
        answered = True
    context: dict[str, Any] = {"piece": piece, "expert": piece.profile.user, "answered": answered}
    return render(request, "accounts/consent.html", context)
