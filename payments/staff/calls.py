"""What was asked of the payment provider, and what became of it."""

import json
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from marketplace.kernel import clock
from marketplace.kernel.staff import StaffAct, StaffActs, badge, moment, titled, words
from payments.models import GatewayCall
from payments.outbox import after_commit, perform_call
from payments.staff.base import MoneyAdmin

TONES = {"new": "info", "sent": "info", "unknown": "warn", "done": "ok", "failed": "bad"}
STATE = gettext_lazy("state")


def _ask_again(call: GatewayCall) -> None:
    GatewayCall.objects.filter(pk=call.pk, state__in=GatewayCall.OPEN).update(next_attempt_at=clock.now())
    after_commit(perform_call, call.pk)


@admin.register(GatewayCall)
class GatewayCallAdmin(StaffActs, MoneyAdmin):
    """Every call that changes something at the payment provider."""

    list_display = (
        words("key", gettext_lazy("key")),
        words("get_kind_display", gettext_lazy("kind"), sort="kind"),
        badge("state", STATE, TONES),
        words("subject", gettext_lazy("about")),
        words("attempts", gettext_lazy("attempts")),
        moment("created_at", gettext_lazy("created on")),
        moment("settled_at", gettext_lazy("settled on")),
    )
    list_filter = (
        ("state", titled(ChoicesFieldListFilter, STATE)),
        ("kind", titled(ChoicesFieldListFilter, gettext_lazy("kind"))),
    )
    search_fields = ("key", "object_id", "=subject")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    fields = (
        badge("state", STATE, TONES),
        words("get_kind_display", gettext_lazy("kind")),
        words("key", gettext_lazy("key")),
        words("subject", gettext_lazy("about")),
        words("object_id", gettext_lazy("gateway identifier")),
        words("error", gettext_lazy("problem")),
        words("attempts", gettext_lazy("attempts")),
        moment("created_at", gettext_lazy("created on")),
        moment("sent_at", gettext_lazy("first sent on")),
        moment("next_attempt_at", gettext_lazy("next attempt")),
        moment("settled_at", gettext_lazy("settled on")),
        "content",
    )
    acts = (
        StaffAct(
            name="resend",
            moves_money=True,
            label=gettext_lazy("Ask the provider now"),
            consequence=gettext_lazy(
                "The provider is first asked whether it knows this call; it is sent again only if it does not."
            ),
            done=gettext_lazy("The provider is being asked."),
            perform=lambda call, actor, answers: _ask_again(call),
            applies=lambda call: not call.is_settled,
        ),
    )

    @admin.display(description=gettext_lazy("content"))
    def content(self, call: Any) -> SafeString:
        said = {"asked": call.payload, "answered": call.answer}
        return format_html("<pre>{}</pre>", json.dumps(said, indent=2, ensure_ascii=False))
