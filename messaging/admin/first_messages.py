"""The first messages of accounts: read by the team, after they were delivered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timesince
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.rules import ARCHIVED_AFTER
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.staff import (
    EMPTY,
    Queue,
    ReadOnly,
    ReasonForm,
    StaffAct,
    StaffActs,
    badge,
    link,
    moment,
    waits_for_staff,
    words,
)
from messaging import actions
from messaging.admin.talking import contact_details_of, files_of
from messaging.models import FirstMessage, Report

EXCERPT = 160
"""Characters of a message that its line in the list shows."""
TONES = {"waiting": "warn", "fine": "ok", "warned": "bad", "reported": "neutral"}

waits_for_staff(
    Queue(
        label=gettext_lazy("First messages to read"),
        rows=FirstMessage.objects.waiting,
        since="created_at",
        query="state__exact=waiting",
    )
)


class FineForm(ReasonForm):
    """Nothing to explain: it is fine."""

    reason = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Kept in the history, read by the team alone. It may stay empty."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )


class WarningForm(ReasonForm):
    """What its author reads."""

    reason = forms.CharField(
        label=gettext_lazy("What you tell them"),
        help_text=gettext_lazy(
            "The author reads it as you write it, on the site and by mail: the words that break a rule, and the rule."
        ),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        error_messages={"required": gettext_lazy("Give a reason.")},
    )


class HandForm(ReasonForm):
    """On which ground it becomes a report, and what the colleague who judges it should know."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=Report.Reason.choices)
    field_order = ("ground", "reason")


def waits(first: FirstMessage) -> bool:
    return first.state == FirstMessage.State.WAITING


def read_first(first: FirstMessage) -> Sequence[tuple[Any, Any]]:
    """What one must have read to decide, and the language its author reads."""
    message = first.message
    return (
        (_("Message"), message.body or EMPTY),
        (_("Files"), files_of(message)),
        (_("Contact details"), contact_details_of(message)),
        (_("Author"), first.author),
        (_("Language"), first.author.get_language_display()),
    )


@admin.register(FirstMessage)
class FirstMessageAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """First messages, the oldest that waits first. They reached their readers already."""

    list_display = (
        "excerpt",
        badge("state", gettext_lazy("state"), TONES),
        link("author", gettext_lazy("author"), sort="author__last_name"),
        "details",
        "age",
        link("settled_by", gettext_lazy("read by"), sort="settled_by__last_name"),
    )
    list_filter = ("state",)
    list_select_related = ("author", "message", "settled_by")
    search_fields = ("message__body", "author__email", "author__last_name")
    ordering = ("-settled_at", "created_at", "pk")
    date_hierarchy = "created_at"
    show_full_result_count = False
    actions = ("all_fine",)
    fields = readonly_fields = (
        badge("state", gettext_lazy("state"), TONES),
        words("message.body", gettext_lazy("message")),
        "files",
        "details",
        link("author", gettext_lazy("author")),
        link("message.conversation", gettext_lazy("conversation")),
        moment("created_at", gettext_lazy("sent on")),
        moment("settled_at", gettext_lazy("read by the team on")),
        link("settled_by", gettext_lazy("read by")),
        words("warning", gettext_lazy("what we told its author")),
        link("report", gettext_lazy("report")),
    )
    acts = (
        StaffAct(
            name="fine",
            label=gettext_lazy("Fine"),
            consequence=gettext_lazy("The message leaves this list. Nothing changes and nobody is told."),
            done=gettext_lazy("The message is marked as fine."),
            form=FineForm,
            about=read_first,
            perform=lambda first, actor, answers: actions.find_fine(first, actor=actor),
            applies=waits,
        ),
        StaffAct(
            name="warn",
            label=gettext_lazy("Warn the author"),
            consequence=gettext_lazy(
                "The author is told on the site and by mail, in your words. The message stays as it is, and its reader is "
                "not told."
            ),
            done=gettext_lazy("The author is told."),
            form=WarningForm,
            about=read_first,
            perform=lambda first, actor, answers: actions.warn_author(
                first, actor=actor, warning=answers["reason"]
            ),
            applies=waits,
            dangerous=True,
        ),
        StaffAct(
            name="report",
            label=gettext_lazy("Hand to the reports"),
            consequence=gettext_lazy(
                "It becomes a report in your name: another person of the team judges it, and you are told the outcome."
            ),
            done=gettext_lazy("The message stands among the reports."),
            form=HandForm,
            about=read_first,
            perform=lambda first, actor, answers: actions.hand_to_reports(
                first, actor=actor, reason=answers["ground"], words=answers["reason"]
            ),
            applies=waits,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[FirstMessage]:
        found: QuerySet[FirstMessage] = super().get_queryset(request)
        if not request.user.may_open_archive:  # type: ignore[union-attr]
            found = found.exclude(message__conversation__last_message_at__lt=clock.now() - ARCHIVED_AFTER)
        return found

    @admin.display(description=gettext_lazy("message"))
    def excerpt(self, first: FirstMessage) -> str:
        return Truncator(first.message.body).chars(EXCERPT) or EMPTY

    @admin.display(description=gettext_lazy("contact details"))
    def details(self, first: FirstMessage) -> SafeString:
        return contact_details_of(first.message)

    @admin.display(description=gettext_lazy("files"))
    def files(self, first: FirstMessage) -> SafeString:
        return files_of(first.message)

    @admin.display(description=gettext_lazy("waits since"), ordering="created_at")
    def age(self, first: FirstMessage) -> str:
        return timesince.timesince(first.created_at, depth=1) if waits(first) else EMPTY

    def has_settle_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return user.has_perm("messaging.change_firstmessage")

    @admin.action(description=gettext_lazy("These first messages are fine"), permissions=["settle"])
    def all_fine(self, request: HttpRequest, queryset: QuerySet[FirstMessage]) -> None:
        """Those that wait, one after the other: what somebody has read meanwhile, or wrote themselves, is left."""
        done = 0
        chosen = list(queryset)
        for first in chosen:
            try:
                with transaction.atomic():
                    actions.find_fine(first, actor=request.user)  # type: ignore[arg-type]
                    self.log_change(request, first, _("Fine"))
            except Refusal:
                continue
            done += 1
        if done:
            words_done = ngettext(
                "%(n)s message is marked as fine.", "%(n)s messages are marked as fine.", done
            )
            messages.success(request, words_done % {"n": done})
        if left := len(chosen) - done:
            words_left = ngettext(
                "%(n)s message was left as it is: it was read already, or it is yours.",
                "%(n)s messages were left as they are: they were read already, or they are yours.",
                left,
            )
            messages.warning(request, words_left % {"n": left})
