"""Documents: the queue, the page with the document beside the form, and who looked at what."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import actions, queries
from accounts.forms.documents import DecisionForm
from accounts.models import BankAccount, Document, DocumentAccess, LegalEntity
from marketplace.kernel import clock, private_files
from marketplace.kernel.errors import refusals_as_messages
from marketplace.kernel.staff import ReadOnly, ReadOnlyRows, badge, link, moment, titled, words

TONES = {"in_review": "warn", "accepted": "ok", "refused": "bad", "expired": "bad"}


class AccessRows(ReadOnlyRows):
    model = DocumentAccess
    fields = readonly_fields = (words("user", _("opened by")), moment("at", _("opened")))


@admin.register(Document)
class DocumentAdmin(ReadOnly, admin.ModelAdmin):
    """What experts send. « Check » opens the document beside the decision; the next in line follows."""

    list_display = (
        words("get_kind_display", _("document"), sort="kind"),
        words("user", _("expert"), sort="user__last_name"),
        badge("state", _("state"), TONES),
        moment("uploaded_at", _("sent")),
        moment("review_due_at", _("to check before")),
        "valid_until",
        "to_check",
    )
    list_filter = (("state", titled(ChoicesFieldListFilter, _("state"))), "kind")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__first_name", "user__last_name", "entity__siren")
    ordering = ("uploaded_at", "pk")
    inlines = (AccessRows,)
    fields = readonly_fields = (
        words("get_kind_display", _("document")),
        link("user", _("expert")),
        link("entity", _("legal status")),
        badge("state", _("state"), TONES),
        moment("uploaded_at", _("sent")),
        words("issued_on", _("date of the document")),
        words("ends_on", _("last day written on it")),
        words("valid_until", _("counts until")),
        moment("decided_at", _("decided")),
        link("decided_by", _("decided by")),
        words("get_refusal_display", _("reason")),
        words("refusal_note", _("in our words")),
        words("digest", _("digest")),
        "to_check",
    )

    @admin.display(description=_("check"))
    def to_check(self, document: Document) -> SafeString | str:
        if document.state != Document.State.IN_REVIEW:
            return "–"
        url = reverse("admin:accounts_document_review", args=[document.pk])
        return format_html('<a class="staff-check" href="{}">{}</a>', url, gettext("Check"))

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        own = [
            path("review/", site.admin_view(self.first_in_line), name="accounts_document_queue"),
            path("<int:pk>/review/", site.admin_view(self.review), name="accounts_document_review"),
            path("<int:pk>/file/", site.admin_view(self.file), name="accounts_document_file"),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        found: Any = super().get_queryset(request)
        readable: QuerySet[Document] = found.readable_by(request.user)
        return readable

    def _decides(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("accounts.change_document"))

    def _next(self, after: Document | None = None) -> Document | None:
        waiting = Document.objects.in_review()
        return waiting.exclude(pk=after.pk).first() if after else waiting.first()

    def first_in_line(self, request: HttpRequest) -> HttpResponse:
        """The document that has waited longest."""
        found = self._next()
        if found is None:
            messages.info(request, gettext("No document waits: everything is checked."))
            return HttpResponseRedirect(reverse("admin:accounts_document_changelist"))
        return HttpResponseRedirect(reverse("admin:accounts_document_review", args=[found.pk]))

    def file(self, request: HttpRequest, pk: int) -> Any:
        """The document in the frame beside the form: the same permission and the same log as anywhere."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Document.objects.filter(pk=pk).first()
        if found is None:
            raise Http404
        return private_files.download(request, found.public_id, kind="document", inline=True)

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read the document, correct its dates, accept or refuse; then the next in line."""
        if not self._decides(request):
            raise PermissionDenied
        document = Document.objects.select_related("user", "entity").filter(pk=pk).first()
        if document is None:
            raise Http404
        initial = {"issued_on": document.issued_on, "ends_on": document.ends_on}
        form = DecisionForm(
            request.POST if request.method == "POST" else None, document=document, initial=initial
        )
        if request.method == "POST" and form.is_valid():
            self._decide(request, document, form.cleaned_data)
            return self.first_in_line(request)
        following = self._next(document)
        context = {
            **self.admin_site.each_context(request),
            "title": str(document),
            "opts": self.opts,
            "document": document,
            "form": form,
            "entity": document.entity or queries.entity_of(document.user),
            "account": queries.bank_account_of(document.user),
            "details": [
                (label, document.details.get(name, "")) for name, label, _must in document.rule.details
            ],
            "former": Document.objects.filter(user=document.user, kind=document.kind).exclude(pk=document.pk)[
                :5
            ],
            "waiting": Document.objects.in_review().count(),
            "following": following,
            "is_late": document.review_due_at < clock.now(),
            "is_pdf": document.content_type == "application/pdf",
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/document_review.html", context, status=status)

    def _decide(self, request: HttpRequest, document: Document, answers: dict[str, Any]) -> None:
        user: Any = request.user
        with refusals_as_messages(request), transaction.atomic():
            if answers["decision"] == DecisionForm.ACCEPT:
                actions.accept_document(
                    document,
                    actor=user,
                    issued_on=answers.get("issued_on"),
                    ends_on=answers.get("ends_on"),
                )
                said = gettext("Accepted: %(document)s.") % {"document": document}
            else:
                actions.refuse_document(document, actor=user, reason=answers["refusal"], note=answers["note"])
                said = gettext("Refused: %(document)s.") % {"document": document}
            self.log_change(request, document, said)
            messages.success(request, said)


@admin.register(LegalEntity)
class LegalEntityAdmin(ReadOnly, admin.ModelAdmin):
    """Who experts are in law, now and before."""

    list_display = (
        words("name", _("legal name")),
        words("user", _("expert"), sort="user__last_name"),
        words("get_form_display", _("legal form"), sort="form"),
        words("siren", _("SIREN")),
        moment("created_at", _("since")),
        moment("replaced_at", _("until")),
    )
    list_filter = (("form", titled(ChoicesFieldListFilter, _("legal form"))),)
    list_select_related = ("user",)
    search_fields = ("name", "siren", "siret", "user__email", "user__last_name")
    fields = readonly_fields = (
        link("user", _("expert")),
        words("get_form_display", _("legal form")),
        words("name", _("legal name")),
        words("spaced_siret", _("SIRET")),
        words("vat_number", _("VAT number")),
        words("address", _("address")),
        words("postal_code", _("postal code")),
        words("city", _("city")),
        words("country", _("country")),
        moment("created_at", _("since")),
        moment("replaced_at", _("until")),
    )


@admin.register(BankAccount)
class BankAccountAdmin(ReadOnly, admin.ModelAdmin):
    """Where experts are paid. The numbers themselves are sealed."""

    list_display = (
        words("masked", _("account"), sort="last_four"),
        words("holder", _("account holder")),
        words("user", _("expert"), sort="user__last_name"),
        words("bank", _("bank")),
        moment("created_at", _("since")),
        moment("usable_from", _("can be paid from")),
        moment("replaced_at", _("until")),
    )
    list_select_related = ("user",)
    search_fields = ("holder", "last_four", "user__email", "user__last_name")
    fields = readonly_fields = (
        link("user", _("expert")),
        words("masked", _("account")),
        words("holder", _("account holder")),
        words("bank", _("bank")),
        words("bic", _("BIC")),
        moment("created_at", _("since")),
        moment("usable_from", _("can be paid from")),
        moment("replaced_at", _("until")),
    )


@admin.register(DocumentAccess)
class DocumentAccessAdmin(ReadOnly, admin.ModelAdmin):
    """Who opened which document, when. PostgreSQL refuses to alter these rows."""

    list_display = (
        moment("at", _("opened")),
        words("user", _("opened by"), sort="user__last_name"),
        words("document", _("document"), sort=""),
    )
    list_select_related = ("user", "document__user")
    search_fields = ("user__email", "document__user__email")
    date_hierarchy = "at"
    fields = readonly_fields = (
        moment("at", _("opened")),
        link("user", _("opened by")),
        link("document", _("document")),
    )
