"""What experts sign, the charter and the invoicing mandate: read it, sign it, read again what one signed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import charter, mandate
from accounts.access import experts_only, person
from accounts.actions.admission import sign_charter
from accounts.actions.mandate import sign_mandate
from accounts.forms.admission import CharterForm
from accounts.forms.mandate import MandateForm
from accounts.models import Consent
from accounts.queries.editions import to_sign
from accounts.queries.mandate import is_current, mandate_signature
from marketplace.kernel.limits import address_of

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@experts_only
def invoicing_mandate(request: HttpRequest) -> HttpResponse:
    """The clauses in force, and the signature of whoever gave it."""
    user = person(request)
    signature = mandate_signature(user)
    current = is_current(signature)
    version = to_sign(Consent.Text.MANDATE)
    form = None
    if not current:
        form = MandateForm(request.POST or None, expected=user.get_full_name())
        if request.method == "POST" and form.is_valid():
            sign_mandate(
                user,
                name=form.cleaned_data["name"],
                language=(get_language() or "fr")[:2],
                ip=address_of(request),
            )
            messages.success(request, _("The mandate is signed: we draw up your invoices from now on."))
            return redirect("invoicing_mandate")
    context = {
        "section": "legal",
        "form": form,
        "signature": signature,
        "current": current,
        "articles": mandate.articles(version),
        "version": version,
    }
    return render(
        request, "accounts/mandate.html", context, status=UNPROCESSABLE if form and form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@experts_only
def experts_charter(request: HttpRequest) -> HttpResponse:
    """The charter in force, or the one that comes, and the signature of whoever gave it."""
    user = person(request)
    text = Consent.Text.CHARTER
    version = to_sign(text)
    signature = Consent.objects.live().filter(user=user, text=text).first()
    current = signature is not None and signature.version == version
    form = None
    if signature and not current:  # candidates sign theirs with their application
        form = CharterForm(request.POST or None, expected=user.get_full_name())
        if request.method == "POST" and form.is_valid():
            language = (get_language() or "fr")[:2]
            sign_charter(user, name=form.cleaned_data["name"], language=language, ip=address_of(request))
            messages.success(request, _("The charter is signed."))
            return redirect("experts_charter")
    context = {
        "section": "admission",
        "form": form,
        "signature": signature,
        "current": current,
        "articles": charter.articles(version),
        "version": version,
    }
    return render(
        request, "accounts/charter.html", context, status=UNPROCESSABLE if form and form.is_bound else 200
    )
