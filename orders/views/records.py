"""What a cancellation left on a profile, and a buyer's profile as experts read it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from accounts.models import ExpertProfile, User
from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.private_files import send
from orders import actions
from orders.models import CancellationRecord, Order, RightsDeed
from orders.queries.people import buyer_page
from orders.record_forms import RecordAnswerForm, RecordForm
from orders.views.steps import ask_or_act


@never_cache
@ask_or_act
def order_record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The other party says how a cancellation went; the person concerned answers."""
    user: User = request.user  # type: ignore[assignment]
    order = get_object_or_404(
        Order.objects.with_party(user).select_related("buyer", "expert"), public_id=public_id
    )
    user = order.acting(user)
    written = get_object_or_404(CancellationRecord.objects.select_related("subject"), order=order)
    mine = written.subject_id == user.pk
    may = written.amended_at is not None and written.replied_at is None if mine else written.is_amendable
    if not may:
        messages.info(request, _("There is nothing more to say about this cancellation."))
        return redirect(order)
    posted = request.POST if request.method == "POST" else None
    form = RecordAnswerForm(posted) if mine else RecordForm(posted, initial={"cause": written.cause})
    if form.is_valid():
        with refusals_as_messages(request):
            if mine:
                actions.answer_record(order, actor=user, text=form.cleaned_data["text"])
                messages.success(request, _("Your answer is published."))
            else:
                actions.amend_record(order, actor=user, **form.cleaned_data)
                messages.success(request, _("Thank you. What you said appears on the profile."))
        return redirect(order)
    context = {
        "order": order,
        "record": written,
        "form": form,
        "mine": mine,
        "other": order.expert if user.pk == order.buyer_id else order.buyer,
    }
    return render(request, "orders/record.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def buyer_profile(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What experts said of a buyer, and the orders that buyer cancelled. For admitted experts, staff, and the buyer."""
    reader: User = request.user  # type: ignore[assignment]
    buyer = get_object_or_404(User.objects.filter(is_active=True), public_id=public_id)
    admitted = ExpertProfile.objects.approved().filter(user=reader).exists()
    if not (reader.is_staff or reader.pk == buyer.pk or admitted):
        raise Http404
    return render(request, "orders/buyer.html", {"seen": buyer_page(buyer), "is_own": reader.pk == buyer.pk})


@require_safe
@cache_control(private=True, no_store=True)
def order_deed(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The deed of an order's rights."""
    user: User = request.user  # type: ignore[assignment]
    return send(
        get_object_or_404(
            RightsDeed, order__in=Order.objects.with_papers_for(user), order__public_id=public_id
        )
    )
