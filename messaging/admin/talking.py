"""What staff read of conversations, and the mails that are owed."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.rules import ARCHIVED_AFTER
from marketplace.kernel import clock
from marketplace.kernel.contact_details import Found
from marketplace.kernel.staff import EMPTY, ReadOnly, ReadOnlyRows, link, moment, pill, words
from messaging import mail as outbox
from messaging.models import Contact, Conversation, Mail, MailPreference, Message, Participant


class ParticipantRows(ReadOnlyRows):
    model = Participant
    verbose_name_plural = gettext_lazy("people")
    fields = readonly_fields = (
        link("user", gettext_lazy("person")),
        moment("last_read_at", gettext_lazy("read up to")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participant]:
        return super().get_queryset(request).select_related("user")


def files_of(message: Message) -> SafeString:
    """The files sent with a message, each opening in its own page."""
    return format_html_join(
        " · ",
        '<a href="{}">{}</a>',
        ((file.url, file.name) for file in message.attachments.all()),
    ) or SafeString(EMPTY)


def contact_details_of(message: Message) -> SafeString:
    """The kinds of contact details a message holds, as coloured words."""
    return format_html_join(
        " ", "{}", ((pill(Found(kind).label, "warn"),) for kind in message.contact_details)
    ) or SafeString(EMPTY)


contact_details_of.short_description = gettext_lazy("contact details")  # type: ignore[attr-defined]
contact_details_of.do_not_call_in_templates = True  # type: ignore[attr-defined]
files_of.short_description = gettext_lazy("files")  # type: ignore[attr-defined]
files_of.do_not_call_in_templates = True  # type: ignore[attr-defined]


class MessageRows(ReadOnlyRows):
    model = Message
    fields = readonly_fields = (
        moment("created_at", gettext_lazy("sent on")),
        link("author", gettext_lazy("author")),
        words("body", gettext_lazy("message")),
        contact_details_of,
        files_of,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).select_related("author").prefetch_related("attachments")


@admin.register(Conversation)
class ConversationAdmin(ReadOnly, admin.ModelAdmin):
    """What people wrote to each other, read for a complaint or a dispute and never changed."""

    list_display = (
        "subject",
        "between",
        words("message_count", gettext_lazy("messages")),
        moment("last_message_at", gettext_lazy("last message")),
        moment("closed_at", gettext_lazy("closed on")),
    )
    search_fields = ("subject", "participants__user__email")
    ordering = ("-last_message_at", "-pk")
    show_full_result_count = False
    inlines = (ParticipantRows, MessageRows)
    fields = readonly_fields = (
        words("subject", gettext_lazy("subject")),
        moment("created_at", gettext_lazy("opened on")),
        moment("last_message_at", gettext_lazy("last message")),
        moment("closed_at", gettext_lazy("closed on")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        found: QuerySet[Conversation] = super().get_queryset(request)
        if not request.user.may_open_archive:  # type: ignore[union-attr]
            found = found.exclude(last_message_at__lt=clock.now() - ARCHIVED_AFTER)
        return found.annotate(message_count=Count("messages")).prefetch_related("members")

    @admin.display(description=gettext_lazy("between"))
    def between(self, conversation: Conversation) -> str:
        return ", ".join(str(member) for member in conversation.members.all())


class HoldsContactDetails(admin.SimpleListFilter):
    """Messages in which contact details were seen. None was edited or held back."""

    title = gettext_lazy("contact details")
    parameter_name = "contact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("any", _("Any")), *((kind.value, str(kind.label)) for kind in Found)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        value = self.value()
        if value == "any":
            return queryset.exclude(contact_details=[])
        return queryset.filter(contact_details__contains=[value]) if value else queryset


@admin.register(Message)
class MessageAdmin(ReadOnly, admin.ModelAdmin):
    """Every message, to be searched."""

    list_display = (
        moment("created_at", gettext_lazy("sent on")),
        link("author", gettext_lazy("author"), sort="author__last_name"),
        link("conversation", gettext_lazy("conversation"), sort="conversation__subject"),
        words("__str__", gettext_lazy("message"), sort=""),
        contact_details_of,
    )
    list_filter = (HoldsContactDetails,)
    list_select_related = ("author", "conversation")
    search_fields = ("body", "author__email", "conversation__subject")
    ordering = ("-created_at", "-pk")
    show_full_result_count = False
    fields = readonly_fields = (
        moment("created_at", gettext_lazy("sent on")),
        link("author", gettext_lazy("author")),
        link("conversation", gettext_lazy("conversation")),
        words("get_kind_display", gettext_lazy("kind")),
        words("body", gettext_lazy("message")),
        contact_details_of,
        files_of,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        found: QuerySet[Message] = super().get_queryset(request)
        if not request.user.may_open_archive:  # type: ignore[union-attr]
            found = found.exclude(conversation__last_message_at__lt=clock.now() - ARCHIVED_AFTER)
        return found


class MailFate(admin.SimpleListFilter):
    """Sent, still to be sent, or given up."""

    title = gettext_lazy("what became of it")
    parameter_name = "fate"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("sent", _("Sent")), ("owed", _("Not sent")), ("given_up", _("Given up"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mail]) -> QuerySet[Mail]:
        match self.value():
            case "sent":
                return queryset.filter(sent_at__isnull=False)
            case "owed":
                return queryset.filter(sent_at=None)
            case "given_up":
                return queryset.filter(sent_at=None, attempts__gte=outbox.MAX_ATTEMPTS)
        return queryset


@admin.register(Mail)
class MailAdmin(ReadOnly, admin.ModelAdmin):
    """Every mail that was owed to someone, and whether it left."""

    list_display = (
        "subject",
        "recipient",
        "fate",
        moment("created_at", gettext_lazy("written on")),
        moment("sent_at", gettext_lazy("sent on")),
        words("attempts", gettext_lazy("attempts")),
    )
    list_filter = (MailFate,)
    search_fields = ("recipient", "subject")
    ordering = ("-created_at", "-pk")
    date_hierarchy = "created_at"
    show_full_result_count = False
    actions = ("send_again",)
    fields = readonly_fields = (
        words("recipient", gettext_lazy("recipient")),
        words("subject", gettext_lazy("subject")),
        "fate",
        moment("created_at", gettext_lazy("written on")),
        moment("sent_at", gettext_lazy("sent on")),
        words("attempts", gettext_lazy("attempts")),
        words("error", gettext_lazy("last error")),
        "text_of",
    )

    @admin.display(description=gettext_lazy("what became of it"), ordering="sent_at")
    def fate(self, mail: Mail) -> SafeString:
        if mail.sent_at:
            return pill(_("Sent"), "ok")
        if mail.attempts >= outbox.MAX_ATTEMPTS:
            return pill(_("Given up"), "bad")
        return pill(_("Not sent"), "warn")

    @admin.display(description=gettext_lazy("text"))
    def text_of(self, mail: Mail) -> SafeString:
        """The text, without the codes and links that would let a reader act for someone else."""
        if mail.key.startswith("direct:"):
            return SafeString(_("Not shown: it may hold a code that belongs to its recipient alone."))
        return format_html('<pre class="staff-text">{}</pre>', mail.text)

    def has_resend_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return user.has_perm("messaging.change_mail")

    @admin.action(description=gettext_lazy("Send again what was not sent"), permissions=["resend"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        chosen = list(queryset.filter(sent_at=None))
        with transaction.atomic():
            for mail in chosen:
                outbox.owe_again(mail)
                self.log_change(request, mail, _("Asked to be sent again"))
        if chosen:
            words_done = ngettext(
                "%(n)s mail is on its way again.", "%(n)s mails are on their way again.", len(chosen)
            )
            messages.success(request, words_done % {"n": len(chosen)})
        else:
            messages.warning(request, _("All of these mails were already sent: nothing was done."))


@admin.register(MailPreference)
class MailPreferenceAdmin(ReadOnly, admin.ModelAdmin):
    """What people chose to hear of by mail: theirs to change, read when someone says a mail never came."""

    list_display = (
        link("user", gettext_lazy("person"), sort="user__last_name"),
        words("topic", gettext_lazy("topic")),
        words("get_choice_display", gettext_lazy("choice"), sort="choice"),
    )
    list_select_related = ("user",)
    list_filter = ("choice",)
    search_fields = ("user__email",)
    ordering = ("user__last_name", "topic")
    fields = readonly_fields = (
        link("user", gettext_lazy("person")),
        words("topic", gettext_lazy("topic")),
        words("get_choice_display", gettext_lazy("choice")),
    )


@admin.register(Contact)
class ContactAdmin(ReadOnly, admin.ModelAdmin):
    """Companies that wrote to an expert before buying: who, when, and the exchanges."""

    list_display = (
        moment("opened_at", gettext_lazy("opened on")),
        link("company", gettext_lazy("company"), sort="company__last_name"),
        link("expert", gettext_lazy("expert"), sort="expert__last_name"),
        link("conversation", gettext_lazy("conversation"), sort="conversation__subject"),
    )
    list_select_related = ("company", "expert", "conversation")
    search_fields = ("company__email", "expert__email", "conversation__subject")
    ordering = ("-opened_at", "-pk")
    fields = readonly_fields = (
        moment("opened_at", gettext_lazy("opened on")),
        link("company", gettext_lazy("company")),
        link("expert", gettext_lazy("expert")),
        link("conversation", gettext_lazy("conversation")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        user: Any = request.user
        return super().get_queryset(request).filter(pk__in=Contact.objects.visible_to(user))
