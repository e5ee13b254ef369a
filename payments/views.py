"""The door the gateway knocks at."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from payments import inbox
from payments.gateways import BadSignature, gateway
from payments.outbox import after_commit


@csrf_exempt
@login_not_required
@require_POST
def payment_webhook(request: HttpRequest, door: str) -> HttpResponse:
    """Check the signature, keep the message, answer at once; a worker reads it.

    A door at which the provider of this installation never knocks does not exist.
    """
    provider = gateway()
    if door not in provider.doors:
        raise Http404
    try:
        event = provider.parse_webhook(request.body, request.headers, door)
    except BadSignature:
        return HttpResponseBadRequest("bad signature")
    with transaction.atomic():
        after_commit(inbox.process_event, inbox.keep(event))
    return HttpResponse("kept")
