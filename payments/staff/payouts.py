"""Withdrawals, and experts' accounts at the provider."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.utils.translation import gettext_lazy

from marketplace.kernel.staff import StaffAct, StaffActs, badge, cents, link, moment, titled, words
from payments import withdrawals
from payments.models import PayeeAccount, Withdrawal
from payments.staff.base import MoneyAdmin

STATE = gettext_lazy("state")
TONES = {"requested": "warn", "sent": "info", "paid": "ok", "failed": "bad", "cancelled": "neutral"}
PAYEE_TONES = {
    "pending": "warn",
    "active": "ok",
    "restricted": "bad",
    "rejected": "bad",
    "closed": "neutral",
}


def _is_ours(withdrawal: Any) -> bool:
    return withdrawal.rail not in Withdrawal.AUTOMATIC


@admin.register(Withdrawal)
class WithdrawalAdmin(StaffActs, MoneyAdmin):
    """What experts asked to be paid."""

    list_display = (
        words("reference", gettext_lazy("reference"), sort="pk"),
        link("expert", gettext_lazy("expert"), sort="expert__last_name"),
        badge("state", STATE, TONES),
        words("get_rail_display", gettext_lazy("rail"), sort="rail"),
        moment("created_at", gettext_lazy("requested on")),
        moment("settled_at", gettext_lazy("settled on")),
        cents("amount_cents", gettext_lazy("amount")),
    )
    list_filter = (
        ("state", titled(ChoicesFieldListFilter, STATE)),
        ("rail", titled(ChoicesFieldListFilter, gettext_lazy("rail"))),
    )
    list_select_related = ("expert",)
    search_fields = ("public_id", "gateway_id", "expert__email")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    fields = (
        badge("state", STATE, TONES),
        cents("amount_cents", gettext_lazy("amount")),
        link("expert", gettext_lazy("expert")),
        words("get_rail_display", gettext_lazy("rail")),
        words("destination", gettext_lazy("destination")),
        words("failure_reason", gettext_lazy("reason of the return")),
        words("public_id", gettext_lazy("public identifier")),
        words("gateway_id", gettext_lazy("gateway identifier")),
        words("attempts", gettext_lazy("attempts")),
        moment("created_at", gettext_lazy("requested on")),
        moment("sent_at", gettext_lazy("sent on")),
        words("arrives_on", gettext_lazy("expected on")),
        moment("settled_at", gettext_lazy("settled on")),
    )
    acts = (
        StaffAct(
            name="approve",
            moves_money=True,
            label=gettext_lazy("Send through PayPal"),
            consequence=gettext_lazy(
                "PayPal sends the amount from our account there, at once. It cannot be cancelled; money that nobody claims "
                "goes back to the expert's balance."
            ),
            done=gettext_lazy("The withdrawal is on its way to PayPal."),
            perform=lambda row, actor, answers: withdrawals.approve_paypal(row),
            applies=withdrawals.may_be_approved,
        ),
        StaffAct(
            name="paid",
            moves_money=True,
            label=gettext_lazy("Mark as paid"),
            consequence=gettext_lazy(
                "Do this once our bank or PayPal shows that the amount has left. The expert is told."
            ),
            done=gettext_lazy("The withdrawal is marked as paid."),
            perform=lambda row, actor, answers: withdrawals.confirm_paid(row),
            applies=lambda row: _is_ours(row) and row.is_under_way,
        ),
        StaffAct(
            name="returned",
            moves_money=True,
            label=gettext_lazy("Mark as returned"),
            consequence=gettext_lazy(
                "The amount goes back to the expert's balance, and the expert is told the reason you give."
            ),
            done=gettext_lazy("The amount is back on the expert's balance."),
            perform=lambda row, actor, answers: withdrawals.confirm_failed(row, reason=answers["reason"]),
            applies=withdrawals.may_be_returned_by_hand,
            dangerous=True,
        ),
    )


@admin.register(PayeeAccount)
class PayeeAccountAdmin(MoneyAdmin):
    """Experts' accounts at the payment provider."""

    list_display = (
        link("expert", gettext_lazy("expert"), sort="expert__last_name"),
        words("gateway_id", gettext_lazy("gateway identifier")),
        badge("state", STATE, PAYEE_TONES),
        moment("checked_at", gettext_lazy("checked on")),
    )
    list_filter = (("state", titled(ChoicesFieldListFilter, STATE)),)
    list_select_related = ("expert",)
    search_fields = ("gateway_id", "expert__email")
    ordering = ("-pk",)
    fields = (
        link("expert", gettext_lazy("expert")),
        words("gateway_id", gettext_lazy("gateway identifier")),
        badge("state", STATE, PAYEE_TONES),
        words("missing", gettext_lazy("missing")),
        moment("created_at", gettext_lazy("created on")),
        moment("checked_at", gettext_lazy("checked on")),
        moment("bank_changed_at", gettext_lazy("bank account changed on")),
    )
