"""The certificates of an expert, for the buyer of an order large enough that the law asks for them."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts import vigilance
from accounts.access import person
from accounts.queries.vigilance import pack_of
from marketplace.kernel import clock
from orders.models import Order
from orders.queries.certificates import asks_for_certificates


@require_safe
@cache_control(private=True, no_store=True)
def order_certificates(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The dated zip of the certificates that count today. For the buyer alone."""
    user = person(request)
    order = get_object_or_404(Order.objects.in_books_of(user).select_related("expert"), public_id=public_id)
    if not asks_for_certificates(order):
        raise Http404
    return FileResponse(
        vigilance.build(pack_of(order.expert), reader=user, title=order.title, reference=order.reference),
        as_attachment=True,
        filename=f"{order.reference} {clock.today().isoformat()}.zip",
        content_type="application/zip",
    )
