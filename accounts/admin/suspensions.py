"""Suspensions: decided on the page of a profile, followed here."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import actions, rules
from accounts.models import Suspension
from marketplace.kernel.staff import (
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

TONES = {"announced": "warn", "running": "bad", "dropped": "neutral", "ended": "neutral"}
LENGTHS = (7, 14, 30, 90)

waits_for_staff(
    Queue(
        label=_("Replies to suspensions"),
        rows=Suspension.objects.unanswered,
        since="replied_at",
        query="answered_at__isnull=True&replied_at__isnull=False&state__in=announced,running",
        tone="bad",
    )
)


class SuspendForm(ReasonForm):
    """On which ground, from when, for how long, and why in words that the expert reads."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Suspension.Ground.choices)
    at_once = forms.BooleanField(
        label=_("It begins at once"),
        help_text=_(
            "Only for fraud, abuse or an order of an authority. Otherwise it begins after the notice."
        ),
        required=False,
    )
    lasts = forms.TypedChoiceField(
        label=_("How long"),
        coerce=int,
        choices=[(days, format_lazy(_("{days} days"), days=days)) for days in LENGTHS]
        + [(0, _("Until our team lifts it"))],
    )
    reason = forms.CharField(
        label=_("What happened"),
        help_text=_("The expert reads it as you write it: the facts, their dates, the rule that was broken."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        error_messages={"required": _("Give the reasons: the expert has a right to them.")},
    )
    field_order = ("ground", "reason", "at_once", "lasts")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("at_once") and cleaned.get("ground") not in Suspension.GRAVE:
            self.add_error(
                "at_once", gettext("This ground leaves the expert time to reply: it cannot begin at once.")
            )
        return cleaned


class AnswerForm(ReasonForm):
    reason = forms.CharField(
        label=_("Your answer"),
        help_text=_("The expert receives it as you write it."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        error_messages={"required": _("Write an answer.")},
    )


def suspend(profile: Any, actor: Any, answers: dict[str, Any]) -> Suspension:
    """What the button of a profile does."""
    return actions.suspend_expert(
        profile,
        actor=actor,
        ground=answers["ground"],
        reason=answers["reason"],
        at_once=answers["at_once"],
        lasts=timedelta(days=answers["lasts"]) if answers["lasts"] else None,
    )


def lift(profile: Any, actor: Any, answers: dict[str, Any]) -> Suspension:
    """End what is announced or runs for a profile."""
    found = Suspension.objects.open().get(user=profile.user_id)
    return actions.lift_suspension(found, actor=actor, reason=answers["reason"])


def has_open(profile: Any) -> bool:
    return Suspension.objects.open().filter(user=profile.user_id).exists()


SUSPEND = StaffAct(
    name="suspend",
    label=_("Suspend"),
    consequence=format_lazy(
        _(
            "The expert reads your reasons now and may reply. After {days} days, or at once on a grave ground, their "
            "offers leave the catalogue, they take no new business and withdrawals wait. Running orders go on; their "
            "buyers are told, and you may cancel an order with a refund from its page."
        ),
        days=rules.SUSPENSION_NOTICE.days,
    ),
    done=_("The suspension is decided and the expert is told."),
    form=SuspendForm,
    perform=suspend,
    applies=lambda profile: not has_open(profile),
    dangerous=True,
)
LIFT = StaffAct(
    name="lift",
    label=_("Lift the suspension"),
    consequence=_("The expert is told, with your words, and sells again as far as their documents allow."),
    done=_("The suspension is lifted."),
    perform=lift,
    applies=has_open,
)


@admin.register(Suspension)
class SuspensionAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """Each suspension with its reasons, its dates and what its person replied. Replies that wait come first."""

    list_display = (
        link("user", _("expert"), sort="user__last_name"),
        badge("state", _("state"), TONES),
        words("get_ground_display", _("ground"), sort="ground"),
        moment("takes_effect_at", _("takes effect")),
        moment("ends_at", _("ends")),
        moment("replied_at", _("replied")),
        moment("answered_at", _("answered")),
    )
    list_filter = ("state", "ground", ("replied_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__email", "user__last_name", "words", "reply")
    date_hierarchy = "decided_at"
    fields = readonly_fields = (
        link("user.expert_profile", _("expert")),
        badge("state", _("state"), TONES),
        words("get_ground_display", _("ground")),
        words("words", _("reasons")),
        link("decided_by", _("decided by")),
        moment("decided_at", _("decided")),
        moment("takes_effect_at", _("takes effect")),
        moment("ends_at", _("ends")),
        moment("review_due_at", _("to look at again")),
        "orders",
        words("reply", _("reply")),
        moment("replied_at", _("replied")),
        words("answer", _("our answer")),
        moment("answered_at", _("answered")),
        moment("closed_at", _("over on")),
        link("closed_by", _("lifted by")),
        words("closing_words", _("why it was lifted")),
    )
    acts = (
        StaffAct(
            name="answer",
            label=_("Answer the reply"),
            consequence=_("The expert receives your answer. The suspension goes on as announced."),
            done=_("The answer is sent."),
            form=AnswerForm,
            perform=lambda suspension, actor, answers: actions.answer_reply(
                suspension, actor=actor, text=answers["reason"]
            ),
            applies=lambda suspension: (
                suspension.is_open and suspension.replied_at is not None and suspension.answered_at is None
            ),
        ),
        StaffAct(
            name="lift",
            label=LIFT.label,
            consequence=LIFT.consequence,
            done=LIFT.done,
            perform=lambda suspension, actor, answers: actions.lift_suspension(
                suspension, actor=actor, reason=answers["reason"]
            ),
            applies=lambda suspension: suspension.is_open,
        ),
    )

    @admin.display(description=_("running orders"))
    def orders(self, suspension: Suspension) -> SafeString:
        """Where they are finished, or cancelled with a refund."""
        url = reverse("admin:orders_order_changelist")
        return format_html('<a href="{}?q={}">{}</a>', url, quote(suspension.user.email), gettext("See them"))
