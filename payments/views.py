"""The door the gateway knocks at."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from payments import inbox
from payments.gateways import BadSignature, gateway
from payments.outbox import after_commit


@csrf_exempt
@login_not_required
@require_POST
def payment_webhook(request: HttpRequest) -> HttpResponse:
    """Check the signature, keep the message, answer at once; a worker reads it."""
    try:
        event = gateway().parse_webhook(request.body, request.headers)
    except BadSignature:
        return HttpResponseBadRequest("bad signature")
    with transaction.atomic():
        after_commit(inbox.process_event, inbox.keep(event))
    return HttpResponse("kept")
