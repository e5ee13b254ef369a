"""An expert's documents: the list their legal form asks for, and the page to send one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries, rules
from accounts.access import experts_only, person
from accounts.actions import documents as actions
from accounts.forms.documents import DocumentForm
from accounts.models import Document, DocumentAccess, LegalForm, User
from accounts.models.matrix import IDENTITY, requirement
from marketplace.kernel import clock, private_files
from marketplace.kernel.errors import Refusal
from marketplace.kernel.limits import limited
from marketplace.kernel.rules import UPLOAD_RATE

UNPROCESSABLE = 422


def _openable(user: User) -> object:
    if user.has_perm("accounts.view_document") or user.has_perm("accounts.change_document"):
        return Document.objects.readable_by(user).exclude(file="")
    return Document.objects.filter(user=user).exclude(file="")


def _note(document: Document, user: User) -> None:
    DocumentAccess.objects.create(document=document, user=user, at=clock.now())


private_files.register("document", private_files.Kind(_openable, _note))  # type: ignore[arg-type]


@require_safe
@experts_only
def documents(request: HttpRequest) -> HttpResponse:
    """What I must show, how each document stands, and what that means for my offers."""
    user = person(request)
    entity = queries.entity_of(user)
    former = Document.objects.filter(
        user=user, state__in=[Document.State.REPLACED, Document.State.EXPIRED, Document.State.REFUSED]
    )
    context = {
        "section": "documents",
        "entity": entity,
        "is_business": entity is not None and entity.form != LegalForm.NONE,
        "items": queries.checklist(user, entity=entity),
        "standing": queries.legal_standing(user),
        "has_sold": user.expert_profile.is_approved and queries.was_in_order(user),
        "former": former[:20],
    }
    return render(request, "accounts/documents.html", context)


@require_http_methods(["GET", "POST"])
@experts_only
@limited("upload", UPLOAD_RATE)
def document_send(request: HttpRequest, key: str) -> HttpResponse:
    """Send the document that answers one requirement."""
    user = person(request)
    entity = queries.entity_of(user)
    asked = requirement(key)
    item = next((i for i in queries.checklist(user, entity=entity) if i.requirement is asked), None)
    if asked is None or item is None:
        raise Http404
    kind = request.POST.get("kind") or request.GET.get("kind") or ""
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*data, requirement=asked, entity=entity if asked is not IDENTITY else None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_document(
                user,
                requirement=asked,
                kind=form.cleaned_data["kind"],
                paper=form.cleaned_data["file"],
                issued_on=form.cleaned_data.get("issued_on"),
                ends_on=form.cleaned_data.get("ends_on"),
                details=form.details,
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(
                request, _("Your document is with our team, who check it within two working days.")
            )
            return redirect("documents")
    context = {
        "section": "documents",
        "form": form,
        "item": item,
        "requirement": asked,
        "kind": form.kind_chosen,
        "kinds": form.fields["kind"].choices if len(asked.kinds) > 1 else (),  # type: ignore[attr-defined]
        "max_pages": rules.MAX_PDF_PAGES,
    }
    return render(
        request, "accounts/document_send.html", context, status=UNPROCESSABLE if form.errors else 200
    )
