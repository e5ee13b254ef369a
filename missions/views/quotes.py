"""A quote: written by the expert, read by both, accepted exactly as it stands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import experts_only, person
from accounts.models import User
from accounts.queries import legal_standing
from accounts.queries.standing import Act
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.posting import form_of
from messaging.models import Conversation
from missions import actions, documents, rules
from missions.actions.quoting import SirenRefused
from missions.forms import AcceptanceForm, LineFormSet, QuoteForm, ReasonForm
from missions.models import Nda, Quote
from missions.queries import billed, client_of
from missions.views.missions import send_pdf


@never_cache
@experts_only
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The quote builder, inside a conversation that a client began."""
    user = person(request)
    conversation = get_object_or_404(Conversation.objects.of(user), public_id=public_id)
    client = client_of(conversation, user)
    if client is None:
        raise Http404
    return _builder(request, user, conversation, client, None)


@never_cache
@experts_only
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same builder on a quote that waits: what is sent replaces it."""
    user = person(request)
    former = get_object_or_404(
        Quote.objects.filter(expert=user).select_related("conversation", "client"), public_id=public_id
    )
    if former.state != Quote.State.SENT:
        messages.error(request, _("This version no longer waits for an answer: it cannot be replaced."))
        return redirect(former)
    return _builder(request, user, former.conversation, former.client, former)


def _builder(
    request: HttpRequest, user: User, conversation: Conversation, client: User, former: Quote | None
) -> HttpResponse:
    more = "more" in request.POST
    posted = request.POST if request.method == "POST" and not more else None
    known, known_lines = _initial(former), [] if posted else _initial_lines(former)
    if more:
        known, known_lines = request.POST.dict(), _typed_lines(request)
    form = QuoteForm(posted, initial=known)
    lines = LineFormSet(posted, prefix="lines", initial=known_lines)
    valid, lines_valid = form.is_valid(), lines.is_valid()
    if posted is not None and valid and lines_valid:
        try:
            quote = actions.write(
                conversation,
                expert=user,
                terms=form.terms,
                lines=lines.lines,  # type: ignore[attr-defined]
                replaces=former,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Your quote is sent to %(client)s.") % {"client": quote.client.first_name}
            )
            return redirect(quote)
    context = {
        "form": form,
        "lines": lines,
        "former": former,
        "client": client,
        "obstacles": legal_standing(user).reasons(Act.QUOTE),
        "section": "missions",
    }
    failed = posted is not None
    return render(request, "missions/builder.html", context, status=422 if failed else 200)


def _initial(former: Quote | None) -> dict[str, Any]:
    if former is None:
        return {}
    names = ("title", "context", "deliverables", "conditions", "starts_on", "ends_on", "confidential")
    return {name: getattr(former, name) for name in names}


def _typed_lines(request: HttpRequest) -> list[dict[str, Any]]:
    """The lines as they stand on the page, to show them again with a few empty ones below."""
    total = request.POST.get("lines-TOTAL_FORMS", "")
    count = min(int(total), rules.MAX_LINES) if total.isascii() and total.isdigit() and len(total) < 4 else 0
    names = ("label", "quantity", "unit", "price")
    return [{name: request.POST.get(f"lines-{n}-{name}", "") for name in names} for n in range(count)]


def _initial_lines(former: Quote | None) -> list[dict[str, Any]]:
    if former is None:
        return []
    return [
        {
            "label": line.label,
            "quantity": line.quantity_hundredths,
            "unit": line.unit,
            "price": line.unit_price_cents,
        }
        for line in former.lines.all()
    ]


def _found(request: HttpRequest, public_id: UUID) -> Quote:
    quotes = Quote.objects.visible_to(person(request)).select_related("expert", "client", "conversation")
    return get_object_or_404(quotes, public_id=public_id)


@never_cache
@require_safe
def quote(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The quote as a document, with what its reader may do."""
    return _page(request, _found(request, public_id), None, 200)


def _page(request: HttpRequest, found: Quote, form: AcceptanceForm | None, status: int) -> HttpResponse:
    user = person(request)
    side = "expert" if found.expert_id == user.pk else "client"
    form = form or AcceptanceForm(
        initial={"name": user.get_full_name(), "digest": found.digest}, account=billed(found)
    )
    newer = Quote.objects.filter(replaces=found).first()
    context = {
        "quote": found,
        "lines": found.lines.all(),
        "parts": list(zip(found.percents, found.parts, strict=True)),
        "side": side,
        "other": found.client if side == "expert" else found.expert,
        "form": form,
        "refusal_form": ReasonForm(prefix="refusal"),
        "newer": newer,
        "insurance": documents.insurance_words(found.seller.get("insurance") or {}),
        "ndas": Nda.objects.in_force().filter(contact__conversation=found.conversation_id),
        "mission": getattr(found, "mission", None),
        "section": "missions",
    }
    return render(request, "missions/quote.html", context, status=status)


@form_of("quote")
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The client accepts, and goes on to pay the first instalment."""
    found = _found(request, public_id)
    form = AcceptanceForm(request.POST, account=billed(found))
    if not form.is_valid():
        return _page(request, found, form, 422)
    typed = form.cleaned_data
    try:
        mission = actions.accept(
            found,
            actor=found.acting(person(request)),
            name=typed["name"],
            digest=typed["digest"],
            siren=typed.get("siren", ""),
        )
    except SirenRefused as refusal:
        form.add_error("siren", str(refusal))
        return _page(request, found, form, 422)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(
        request, _("The quote is accepted. The mission starts once the first instalment is paid.")
    )
    return redirect("instalment_payment", mission.instalments.get(number=1).public_id)


@form_of("quote")
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = _found(request, public_id)
    form = ReasonForm(request.POST, prefix="refusal")
    if not form.is_valid():
        messages.error(request, _("Say why, in a sentence or two."))
        return redirect(found)
    with refusals_as_messages(request):
        actions.refuse(found, actor=found.acting(person(request)), reason=form.cleaned_data["words"])
        messages.success(request, _("The quote is refused. The expert has been told."))
    return redirect(found)


@form_of("quote")
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = _found(request, public_id)
    with refusals_as_messages(request):
        actions.withdraw(found, actor=found.acting(person(request)))
        messages.success(request, _("Your quote is withdrawn."))
    return redirect(found)


@require_safe
@cache_control(private=True, no_store=True)
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The quote as a PDF to keep, with its acceptance when there is one."""
    found = get_object_or_404(
        Quote.objects.with_papers_for(person(request)).select_related("expert", "client", "conversation"),
        public_id=public_id,
    )
    return send_pdf(documents.quote_pdf(found), f"{found.reference} {found.title}")
