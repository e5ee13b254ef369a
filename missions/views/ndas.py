"""Confidentiality agreements of a conversation: proposed by the company, accepted by the expert."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person
from accounts.companies import acting
from marketplace.kernel import private_files, rules
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.limits import limited
from marketplace.kernel.posting import form_of
from messaging.models import Contact
from missions import actions, papers
from missions.forms import NameForm, NdaForm
from missions.models import Nda


def _files(user: Any) -> QuerySet[Nda]:
    return Nda.objects.visible_to(user)


private_files.register("nda", private_files.Kind(_files))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("message", rules.MESSAGE_RATE)
def create(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The company proposes its own file or ours. ``public_id`` is that of the conversation's contact."""
    user = person(request)
    contact = get_object_or_404(
        Contact.objects.of(user).exclude(expert=user).select_related("company", "expert", "conversation"),
        public_id=public_id,
    )
    form = NdaForm(request.POST or None, request.FILES or None, initial={"name": user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            nda = actions.propose_nda(
                contact,
                actor=acting(user, contact.company, contact.for_company_id),
                name=typed["name"],
                file=typed["file"] or None,
                ours=b"" if typed["file"] else papers.nda_pdf(contact),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The agreement is sent to the expert."))
            return redirect(nda)
    context = {
        "contact": contact,
        "form": form,
        "ours": papers.nda_words(),
        "known": contact.ndas.all(),
        "section": "missions",
    }
    return render(request, "missions/nda_form.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, public_id: UUID) -> Nda:
    ndas = Nda.objects.visible_to(person(request)).select_related("contact__company", "contact__expert")
    return get_object_or_404(ndas, public_id=public_id)


@never_cache
@require_safe
def nda(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _page(request, _found(request, public_id), None, 200)


def _page(request: HttpRequest, found: Nda, form: NameForm | None, status: int) -> HttpResponse:
    user = person(request)
    context = {
        "nda": found,
        "contact": found.contact,
        "side": found.party(user),
        "other": found.contact.other(user),
        "form": form or NameForm(initial={"name": user.get_full_name(), "digest": found.digest}),
        "section": "missions",
    }
    return render(request, "missions/nda.html", context, status=status)


@form_of("nda")
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = _found(request, public_id)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    typed = form.cleaned_data
    with refusals_as_messages(request):
        actions.accept_nda(
            found, actor=found.acting(person(request)), name=typed["name"], digest=typed["digest"]
        )
        messages.success(request, _("The agreement is accepted by both."))
    return redirect(found)


@form_of("nda")
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The expert refuses; the company takes back."""
    found = _found(request, public_id)
    with refusals_as_messages(request):
        closed = actions.close_nda(found, actor=found.acting(person(request)))
        words = (
            _("The agreement is refused.") if closed.state == "refused" else _("The agreement is withdrawn.")
        )
        messages.success(request, words)
    return redirect(found)
