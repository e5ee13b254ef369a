"""The order room: what both parties see of an order, and what they say in it."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import person
from accounts.models import User
from marketplace.kernel import contact_details, rules
from marketplace.kernel.errors import Refusal, refusals_as_messages
from marketplace.kernel.limits import limited
from messaging import actions as messaging
from orders import actions, queries
from orders.forms import (
    AnswerForm,
    BriefForm,
    DeclineForm,
    DeliverForm,
    MessageForm,
    ReviewForm,
)
from orders.models import Order
from orders.queries.certificates import asks_for_certificates
from orders.queries.rooms import TABS
from orders.request_forms import InsteadForm
from orders.work_forms import (
    AskRevisionForm,
    ChecklistForm,
    ContestForm,
    PauseForm,
    QuestionForm,
    RefusalForm,
)
from payments.models import Invoice

PANELS = {
    "accept": "buyer",
    "revise": "buyer",
    "cancel": "buyer",
    "brief": "buyer",
    "review": "both",
    "answer": "both",
    "supply": "buyer",
    "contest": "buyer",
    "question": "buyer",
    "deliver": "expert",
    "decline": "expert",
    "offer_instead": "expert",
    "pause": "expert",
    "refuse": "expert",
    "cancel_silent": "expert",
}
"""What the state card may ask before an act, and whom."""

CONTACT_PATTERNS = json.dumps(list(contact_details.PATTERNS.values()))
"""What the composer looks for while one writes: the expressions the server uses."""


@never_cache
@require_safe
def order(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The room itself. Looking at it marks its messages and notifications as read."""
    return show(request, public_id)


def show(
    request: HttpRequest,
    public_id: UUID,
    *,
    panel: str = "",
    form: Form | None = None,
    message_form: MessageForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the room, with a question or a form open in its state card, and whatever was typed kept in it."""
    user: User = request.user  # type: ignore[assignment]
    found = queries.find(user, public_id)
    if found is None:
        raise Http404
    tab = request.GET.get("tab", "all")
    room = queries.room(
        found,
        user,
        tab=tab if tab in TABS else "all",
        before=_identifier(request.GET.get("before")),
        page=request.GET.get("page"),
    )
    if panel:
        if room.side != PANELS[panel] and (PANELS[panel] != "both" or room.side == "staff"):
            raise Http404
        if not _is_open(panel, room):
            messages.error(
                request, _("This is no longer possible: the order has changed since you opened the page.")
            )
            return redirect(found)
    if room.side != "staff":
        if room.has_unread and room.shows_latest:
            messaging.mark_read(found.conversation, user, until=room.seen_until)
        if found.was_told:  # type: ignore[attr-defined]  # an annotation
            messaging.read_about(user, "order", public_id)
    context: dict[str, Any] = {
        "room": room,
        "order": found,
        "panel": panel,
        "act_form": form or _blank(panel, room),
        "message_form": message_form or MessageForm(to=room.other_name),
        "review_form": form if panel == "review" and form else _review_form(room),
        "answer_form": form if panel == "answer" and form else AnswerForm(),
        "form": form or message_form,
        "next_version": found.delivered_count + 1,
        "acceptance_days": found.timer("acceptance").days,
        "extension_days": found.timer("acceptance_extension").days,
        "silent_days": found.timer("buyer_item").days,
        "revision_hours": int(found.timer("revision_answer").total_seconds() // 3600),
        "contact_patterns": CONTACT_PATTERNS,
        "invoices": _invoices(found, request),
        "certificates": room.side == "buyer" and asks_for_certificates(found),
        "known": room.standing,
        "moved": False,
    }
    return render(request, "orders/room.html", context, status=status)


def _invoices(order: Order, request: HttpRequest) -> list[Invoice]:
    """What was invoiced for the order, as far as it concerns the reader. No query before something ended."""
    if order.state not in (*Order.CLOSED, Order.State.DELIVERED):
        return []
    found = Invoice.objects.filter(reference=order.reference).order_by("pk")
    user = person(request)
    return list(found if user.is_staff else found.seen_by(user))


def _is_open(panel: str, room: queries.Room) -> bool:
    """Whether what a panel asks for may still be done."""
    if panel == "review":
        return room.reviews.may_write or room.reviews.may_change
    if panel == "answer":
        return room.reviews.to_answer is not None
    return panel in room.acts


def _review_form(room: queries.Room) -> ReviewForm:
    """Empty, or with what its author wrote and may still change."""
    mine = room.reviews.mine
    return ReviewForm(
        initial={"rating": mine.rating, "comment": mine.comment} if mine else None, side=room.side
    )


def _blank(panel: str, room: queries.Room) -> Form | None:
    """The form that a question in the state card begins with."""
    match panel:
        case "revise":
            return AskRevisionForm()
        case "supply":
            return ChecklistForm(needs=room.needs)
        case "pause":
            return PauseForm(needs=room.needs)
        case "contest":
            return ContestForm()
        case "refuse":
            return RefusalForm(takes_price=room.request is not None and not room.request.is_incomplete)
        case "question":
            return QuestionForm()
        case "deliver":
            return DeliverForm(kind=room.order.kind)
        case "decline":
            return DeclineForm()
        case "offer_instead":
            return InsteadForm()
        case "brief":
            return BriefForm(initial={"brief": room.order.brief})
    return None


@login_not_required  # a page left open asks on after its session ended: it is told to load itself again
@never_cache
@require_safe
def order_thread(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The thread alone, for a page that asks for news; nothing when there is none: 204, or 304 to who sends its ETag."""
    if not request.user.is_authenticated:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRefresh()
        return redirect_to_login(request.get_full_path())
    user: User = request.user
    found = queries.find(user, public_id)
    if found is None:
        raise Http404
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(found)
    side = found.party(user)
    read_until = found.other_last_read if side != "staff" else None  # type: ignore[attr-defined]  # an annotation
    token, standing = queries.token(found, read_until=read_until)
    tag = f'"{token}"'
    if request.GET.get("seen") == token:
        return HttpResponse(status=204, headers={"ETag": tag})
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    tab = request.GET.get("tab", "all")
    room = queries.room(found, user, tab=tab if tab in ("all", "messages") else "all")
    if room.has_unread:
        messaging.mark_read(found.conversation, user, until=room.seen_until)
    known = request.GET.get("standing", standing)
    context = {"room": room, "order": found, "known": known, "moved": known != standing}
    response = render(request, "orders/room/thread.html", context)
    response["ETag"] = f'"{room.token}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@limited("message", rules.MESSAGE_RATE)
def order_message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say something in the order."""
    user: User = request.user  # type: ignore[assignment]
    found = get_object_or_404(Order.objects.with_party(user), public_id=public_id)
    if request.method != "POST":
        return redirect(found)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.say(found, author=user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{found.get_absolute_url()}#composer")
    return show(request, public_id, message_form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def order_brief(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Complete the brief, until the first deliverable."""
    user: User = request.user  # type: ignore[assignment]
    if request.method != "POST":
        return show(request, public_id, panel="brief")
    found = get_object_or_404(Order.objects.bought_by(user), public_id=public_id)
    form = BriefForm(request.POST)
    if not form.is_valid():
        return show(request, public_id, panel="brief", form=form, status=422)
    with refusals_as_messages(request):
        actions.complete_brief(found, actor=user, brief=form.cleaned_data["brief"])
        messages.success(request, _("Your brief is saved."))
    return redirect(found)


def _identifier(text: str | None) -> str:
    """A public id from the address, or nothing when it is none."""
    try:
        return str(UUID(text or ""))
    except ValueError:
        return ""
