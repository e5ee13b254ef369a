"""The inbox of the team: who answers what, from here, by mail, in the person's language."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timesince
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.assigning import AssignForm, Whose
from marketplace.kernel.staff import (
    EMPTY,
    ReadOnly,
    ReadOnlyRows,
    ReasonForm,
    StaffAct,
    StaffActs,
    badge,
    link,
    moment,
    words,
)
from messaging import actions
from messaging.models import CannedAnswer, ContactAnswer, ContactRequest

TONES = {"open": "warn", "answered": "ok", "closed": "neutral"}


class AnswerForm(ReasonForm):
    """An answer, typed or begun from a canned one. What is typed comes after it."""

    reason = None
    canned = forms.ModelChoiceField(
        label=gettext_lazy("Canned answer"),
        queryset=CannedAnswer.objects.all(),
        required=False,
        help_text=gettext_lazy("In the language of the person. It comes first; what you type follows."),
    )
    body = forms.CharField(
        label=gettext_lazy("Your answer"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 10, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "Their name stands above and their message below: neither needs to be repeated."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("canned") and not cleaned.get("body", "").strip():
            self.add_error("body", _("Write an answer, or choose a canned one."))
        return cleaned


def words_of(asked: ContactRequest, answers: dict[str, Any]) -> str:
    """What would be sent: the canned answer in the person's language, then what was typed."""
    canned = answers["canned"].body(asked.language) if answers["canned"] else ""
    return "\n\n".join(part.strip() for part in (canned, answers["body"]) if part.strip())


class AnswerRows(ReadOnlyRows):
    model = ContactAnswer
    fields = readonly_fields = (
        moment("created_at", gettext_lazy("sent on")),
        link("author", gettext_lazy("author")),
        words("body", gettext_lazy("answer")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactAnswer]:
        return super().get_queryset(request).select_related("author")


@admin.register(ContactRequest)
class ContactRequestAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """Messages to the team, the oldest that waits first."""

    list_display = (
        words("reference", gettext_lazy("reference"), sort="pk"),
        badge("state", gettext_lazy("state"), TONES),
        words("get_topic_display", gettext_lazy("subject"), sort="topic"),
        words("name", gettext_lazy("name")),
        "order",
        link("assigned_to", gettext_lazy("assigned to"), sort="assigned_to__last_name"),
        "age",
        moment("created_at", gettext_lazy("received on")),
    )
    list_filter = ("state", Whose, "topic", "language")
    list_select_related = ("assigned_to", "user")
    search_fields = ("name", "email", "body", "order_reference")
    ordering = ("settled_at", "created_at", "pk")
    date_hierarchy = "created_at"
    show_full_result_count = False
    inlines = (AnswerRows,)
    fields = readonly_fields = (
        words("reference", gettext_lazy("reference")),
        badge("state", gettext_lazy("state"), TONES),
        words("get_topic_display", gettext_lazy("subject")),
        words("name", gettext_lazy("name")),
        words("email", gettext_lazy("e-mail")),
        link("user", gettext_lazy("account")),
        words("get_language_display", gettext_lazy("language")),
        "order",
        link("assigned_to", gettext_lazy("assigned to")),
        moment("created_at", gettext_lazy("received on")),
        moment("settled_at", gettext_lazy("settled on")),
        "message",
    )
    acts = (
        StaffAct(
            name="answer",
            label=gettext_lazy("Write an answer"),
            last_word=gettext_lazy("Send the answer"),
            consequence=gettext_lazy(
                "The answer leaves by mail at once, with the message it answers below it."
            ),
            done=gettext_lazy("The answer is on its way."),
            form=AnswerForm,
            about=lambda asked: [
                (_("Message"), asked.body),
                *([(_("Order"), asked.order_reference)] if asked.order_reference else []),
            ],
            perform=lambda asked, actor, answers: actions.answer_request(
                asked, actor=actor, body=words_of(asked, answers)
            ),
            preview=lambda asked, answers: [
                (_("To"), f"{asked.name} <{asked.email}>"),
                (_("Answer"), words_of(asked, answers)),
            ],
            applies=lambda asked: True,
        ),
        StaffAct(
            name="assign",
            label=gettext_lazy("Assign"),
            consequence=gettext_lazy("That person finds it under “Me” in this list."),
            done=gettext_lazy("It is assigned."),
            form=AssignForm,
            perform=lambda asked, actor, answers: actions.assign_request(
                asked, actor=actor, to=answers["to"]
            ),
            applies=lambda asked: asked.state == ContactRequest.State.OPEN,
        ),
        StaffAct(
            name="close",
            label=gettext_lazy("Close without an answer"),
            consequence=gettext_lazy("For unwanted mail, or what was settled elsewhere. Nothing is sent."),
            done=gettext_lazy("It is closed."),
            perform=lambda asked, actor, answers: actions.close_request(asked, actor=actor),
            applies=lambda asked: asked.state == ContactRequest.State.OPEN,
            dangerous=True,
        ),
        StaffAct(
            name="reopen",
            label=gettext_lazy("Open again"),
            consequence=gettext_lazy("It waits for an answer again, with its age since it came."),
            done=gettext_lazy("It waits again."),
            perform=lambda asked, actor, answers: actions.reopen_request(asked, actor=actor),
            applies=lambda asked: asked.state != ContactRequest.State.OPEN,
        ),
    )

    @admin.display(description=gettext_lazy("order"), ordering="order_reference")
    def order(self, asked: ContactRequest) -> SafeString | str:
        """The way to the order someone named: a search, because they may have mistyped it."""
        if not asked.order_reference:
            return EMPTY
        try:
            address = reverse("admin:orders_order_changelist")
        except NoReverseMatch:
            return asked.order_reference
        return format_html('<a href="{}?q={}">{}</a>', address, asked.order_reference, asked.order_reference)

    @admin.display(description=gettext_lazy("waits since"), ordering="created_at")
    def age(self, asked: ContactRequest) -> str:
        return timesince.timesince(asked.created_at, depth=1) if asked.state == "open" else EMPTY

    @admin.display(description=gettext_lazy("message"))
    def message(self, asked: ContactRequest) -> SafeString:
        return format_html('<pre class="staff-text">{}</pre>', asked.body)

    def log_words(self, answers: dict[str, Any]) -> str:
        if to := answers.get("to"):
            return str(to)
        return str(answers.get("reason") or answers.get("canned") or _("typed"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ContactRequest], search_term: str
    ) -> tuple[QuerySet[ContactRequest], bool]:
        found, duplicates = super().get_search_results(request, queryset, search_term)
        number = search_term.strip().upper().removeprefix("C-")
        if number.isascii() and number.isdigit() and len(number) < 10:
            found |= queryset.filter(Q(pk=int(number)))
        return found, duplicates


@admin.register(CannedAnswer)
class CannedAnswerAdmin(admin.ModelAdmin):
    """Answers given often, in both languages."""

    list_display = ("title", "body_fr")
    search_fields = ("title", "body_fr", "body_en")
