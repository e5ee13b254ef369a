"""Payments contested at buyers' banks, checks of the books, and refunds of what was released."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.fields import EurosField
from marketplace.kernel.money import format_money
from marketplace.kernel.staff import (
    ReasonForm,
    StaffAct,
    StaffActs,
    badge,
    cents,
    link,
    moment,
    titled,
    words,
)
from payments import books, chargebacks, clawback
from payments.models import BooksReport, Chargeback
from payments.staff.base import MoneyAdmin
from payments.telling import after_commit

STATE = gettext_lazy("state")
TONES = {"inquiry": "warn", "open": "bad", "won": "ok", "lost": "neutral", "closed": "ok"}


@admin.register(Chargeback)
class ChargebackAdmin(StaffActs, MoneyAdmin):
    """What buyers' banks took back, or ask about."""

    list_display = (
        words("payment.reference", gettext_lazy("reference"), sort="payment__reference"),
        badge("state", STATE, TONES),
        words("reason", gettext_lazy("reason")),
        moment("opened_at", gettext_lazy("opened on")),
        moment("answer_by", gettext_lazy("answer by")),
        moment("evidence_sent_at", gettext_lazy("evidence sent on")),
        cents("amount_cents", gettext_lazy("amount")),
    )
    list_filter = (("state", titled(ChoicesFieldListFilter, STATE)),)
    list_select_related = ("payment",)
    search_fields = ("payment__reference", "gateway_id", "payment__payer__email", "payment__payee__email")
    ordering = ("-opened_at", "-pk")
    fields = (
        link("payment", gettext_lazy("payment")),
        badge("state", STATE, TONES),
        cents("amount_cents", gettext_lazy("amount")),
        cents("withdrawn_cents", gettext_lazy("taken by the bank")),
        cents("fee_cents", gettext_lazy("fee")),
        cents("held_cents", gettext_lazy("expert's share set aside")),
        words("reason", gettext_lazy("reason")),
        words("gateway_id", gettext_lazy("gateway identifier")),
        moment("opened_at", gettext_lazy("opened on")),
        moment("answer_by", gettext_lazy("answer by")),
        moment("evidence_sent_at", gettext_lazy("evidence sent on")),
        moment("closed_at", gettext_lazy("closed on")),
        "evidence",
    )
    acts = (
        StaffAct(
            name="answer",
            moves_money=True,
            label=gettext_lazy("Send the evidence"),
            consequence=gettext_lazy(
                "The bank receives the file shown on this page, once. It decides within weeks."
            ),
            done=gettext_lazy("The evidence is on its way to the bank."),
            perform=lambda row, actor, answers: chargebacks.answer(row),
            applies=lambda row: row.is_running and row.evidence_sent_at is None,
        ),
    )

    @admin.display(description=gettext_lazy("evidence"))
    def evidence(self, row: Any) -> SafeString:
        lines = chargebacks.evidence_for(row).items()
        shown = format_html_join(mark_safe("\n\n"), "{}\n{}", lines)
        return mark_safe(f"<pre>{shown}</pre>")


class AmountForm(ReasonForm):
    """How much goes back, and why."""

    amount_cents = EurosField(label=gettext_lazy("Amount refunded to the buyer"), min_cents=1)
    field_order = ("amount_cents", "reason")


def _preview(hold: Any, answers: dict[str, Any]) -> list[tuple[Any, Any]]:
    shares, from_balance, owed = clawback.preview(hold, answers["amount_cents"])
    return [
        (_("Refunded to the buyer"), format_money(answers["amount_cents"], full=True)),
        (_("Taken from the expert's balance"), format_money(from_balance, full=True)),
        (_("Owed by the expert, settled by their next earnings"), format_money(owed, full=True)),
        (_("Commission given back, VAT included"), format_money(shares.commission_cents, full=True)),
    ]


REFUND_RELEASED = StaffAct(
    name="refund-released",
    moves_money=True,
    label=gettext_lazy("Refund after the release"),
    consequence=gettext_lazy(
        "The buyer is paid back although the expert was paid: the expert's part is taken from their balance, "
        "and what is not there they owe."
    ),
    done=gettext_lazy("The refund is decided; the buyer is being paid back."),
    perform=lambda hold, actor, answers: clawback.refund_released(
        hold, answers["amount_cents"], reason=clawback.BY_TEAM
    ),
    applies=lambda hold: hold.released_cents > hold.clawed_back_cents,
    form=AmountForm,
    preview=_preview,
    dangerous=True,
)


@admin.register(BooksReport)
class BooksReportAdmin(StaffActs, MoneyAdmin):
    """The books against themselves and against the provider's, each night."""

    list_display = (
        moment("taken_at", gettext_lazy("taken on")),
        "verdict",
        cents("own_funds_cents", gettext_lazy("own funds")),
        cents("ledger_cents", gettext_lazy("at the provider, by our books")),
        cents("gateway_cents", gettext_lazy("at the provider, by theirs")),
        words("movements", gettext_lazy("movements compared")),
    )
    ordering = ("-taken_at", "-pk")
    fields = (
        moment("taken_at", gettext_lazy("taken on")),
        cents("own_funds_cents", gettext_lazy("own funds")),
        cents("ledger_cents", gettext_lazy("at the provider, by our books")),
        cents("gateway_cents", gettext_lazy("at the provider, by theirs")),
        words("movements", gettext_lazy("movements compared")),
        "verdict",
    )
    acts = (
        StaffAct(
            name="again",
            label=gettext_lazy("Check the books now"),
            consequence=gettext_lazy("Nothing is changed: a new report appears in the list within a minute."),
            done=gettext_lazy("The books are being checked."),
            perform=lambda row, actor, answers: after_commit(books.check_again),
            applies=lambda row: True,
        ),
    )

    @admin.display(description=gettext_lazy("findings"))
    def verdict(self, report: Any) -> Any:
        if report.is_sound:
            return _("All is well")
        return format_html_join(mark_safe("<br>"), "{}", ((finding,) for finding in report.findings))
