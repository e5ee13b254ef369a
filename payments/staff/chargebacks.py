"""Payments contested at buyers' banks, checks of the books, and refunds of what was released."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.fields import EurosField
from marketplace.kernel.money import format_money
from marketplace.kernel.staff import (
    EMPTY,
    ReadOnlyRows,
    ReasonForm,
    StaffAct,
    StaffActs,
    badge,
    cents,
    link,
    moment,
    row_link,
    titled,
    words,
)
from payments import books, chargebacks, clawback, contested_by_hand
from payments.models import BooksReport, Chargeback
from payments.staff.base import MoneyAdmin, page_of
from payments.staff.ledger import order_of
from payments.telling import after_commit

STATE = gettext_lazy("state")
TONES = {"inquiry": "warn", "open": "bad", "won": "ok", "lost": "neutral", "closed": "ok"}


class ChargebackRows(ReadOnlyRows):
    model = Chargeback
    fields = readonly_fields = (
        badge("state", STATE, TONES),
        words("gateway_id", gettext_lazy("reference")),
        cents("amount_cents", gettext_lazy("amount")),
        moment("opened_at", gettext_lazy("opened on")),
        moment("closed_at", gettext_lazy("closed on")),
        page_of,
    )


class FeeForm(ReasonForm):
    """What the bank asks for the case, if anything."""

    fee_cents = EurosField(
        label=gettext_lazy("Fee of the bank"),
        required=False,
        help_text=gettext_lazy("Leave empty when it asks nothing."),
    )

    def clean_fee_cents(self) -> int:
        return self.cleaned_data["fee_cents"] or 0


class LostForm(FeeForm):
    """Asked where the bank takes the amount with its decision."""

    field_order = ("fee_cents", "reason")

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row is not None and row.withdrawn_cents:
            del self.fields["fee_cents"]


def _lost(row: Any, answers: dict[str, Any]) -> list[tuple[Any, Any]]:
    hold = row.payment.hold
    held = min(row.amount_cents, hold.remaining_cents)
    return [
        (_("With the buyer, by their bank"), format_money(row.amount_cents, full=True)),
        (_("Out of what is held"), format_money(held, full=True)),
        (_("Expert's share, set aside until now"), format_money(row.held_cents, full=True)),
        (_("Fee of the bank"), format_money(answers.get("fee_cents", row.fee_cents), full=True)),
    ]


class RecordForm(FeeForm):
    """What the bank's letter says."""

    amount_cents = EurosField(label=gettext_lazy("Amount contested"), min_cents=1)
    reference = forms.CharField(
        label=gettext_lazy("Reference of the bank"),
        max_length=120,
        help_text=gettext_lazy("The case number on its letter, or the identifier at the payment provider."),
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Answer by"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    is_taken = forms.BooleanField(label=gettext_lazy("The bank has taken the amount already"), required=False)
    field_order = ("amount_cents", "reference", "answer_by", "is_taken", "fee_cents", "reason")

    def clean_amount_cents(self) -> int:
        amount: int = self.cleaned_data["amount_cents"]
        paid = self.row.payment.amount_cents
        if amount > paid:
            raise forms.ValidationError(
                _("No more can be contested than was paid: %(amount)s.")
                % {"amount": format_money(paid, full=True)}
            )
        return amount

    def clean_reference(self) -> str:
        reference: str = self.cleaned_data["reference"].strip()
        if Chargeback.objects.filter(gateway_id=reference).exists():
            raise forms.ValidationError(_("A chargeback with this reference is already known."))
        return reference

    def clean_answer_by(self) -> datetime | None:
        day = self.cleaned_data["answer_by"]
        return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def _recorded(hold: Any, answers: dict[str, Any]) -> list[tuple[Any, Any]]:
    amount = answers["amount_cents"]
    frozen, share = chargebacks.preview(hold, amount)
    taken = amount + answers["fee_cents"] if answers["is_taken"] else 0
    return [
        (_("Frozen of what is held"), format_money(frozen, full=True)),
        (_("Set aside from the expert's balance"), format_money(share, full=True)),
        (_("Gone from our account, fee included"), format_money(taken, full=True)),
    ]


RECORD = StaffAct(
    name="contest",
    moves_money=True,
    label=gettext_lazy("Record a chargeback"),
    consequence=gettext_lazy(
        "For a payment that the buyer's bank contests and of which the payment provider tells us nothing. What is held "
        "is frozen, the expert's share set aside, no refund leaves; buyer and expert are told. You write down the "
        "bank's decision on the page of the chargeback."
    ),
    done=gettext_lazy("The chargeback is recorded."),
    perform=lambda hold, actor, answers: contested_by_hand.record(
        hold.payment,
        reference=answers["reference"],
        amount_cents=answers["amount_cents"],
        is_taken=answers["is_taken"],
        fee_cents=answers["fee_cents"],
        answer_by=answers["answer_by"],
    ),
    applies=lambda hold: not hold.payment.chargebacks.running().exists(),
    form=RecordForm,
    preview=_recorded,
    dangerous=True,
)


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
        "order",
        badge("state", STATE, TONES),
        "by_hand",
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
            applies=lambda row: row.is_running and row.evidence_sent_at is None and not row.by_hand,
        ),
        StaffAct(
            name="answered",
            label=gettext_lazy("Note that the evidence was sent"),
            consequence=gettext_lazy(
                "Nothing is sent from here: you have given the file shown on this page to the bank yourself."
            ),
            done=gettext_lazy("It is noted that the bank has the evidence."),
            perform=lambda row, actor, answers: chargebacks.answer(row),
            applies=lambda row: row.is_running and row.evidence_sent_at is None and row.by_hand,
        ),
        StaffAct(
            name="won",
            moves_money=True,
            label=gettext_lazy("The bank decided for us"),
            consequence=gettext_lazy(
                "What was frozen moves again, the expert has their share back, and what the bank had taken counts as "
                "back on our account. Buyer and expert are told. This is final."
            ),
            done=gettext_lazy("The chargeback is won."),
            perform=lambda row, actor, answers: contested_by_hand.decide(row, is_lost=False),
            applies=lambda row: row.is_running and row.by_hand,
        ),
        StaffAct(
            name="lost",
            moves_money=True,
            label=gettext_lazy("The bank decided for the buyer"),
            consequence=gettext_lazy(
                "The buyer has the amount from their bank: it leaves what is held, or the expert's balance with our "
                "commission on it. An order that still runs ends. Buyer and expert are told. This is final."
            ),
            done=gettext_lazy("The chargeback is lost."),
            perform=lambda row, actor, answers: contested_by_hand.decide(
                row, is_lost=True, fee_cents=answers.get("fee_cents", 0)
            ),
            applies=lambda row: row.is_running and row.by_hand,
            form=LostForm,
            preview=_lost,
            dangerous=True,
        ),
    )

    @admin.display(description=gettext_lazy("order"))
    def order(self, row: Any) -> str:
        found = order_of(row.payment)
        return row_link(found) if found is not None else EMPTY

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


class FundingForm(ReasonForm):
    """How much, under which reference of the bank."""

    amount_cents = EurosField(label=gettext_lazy("Amount"), min_cents=1)
    reference = forms.CharField(label=gettext_lazy("Reference of the bank"), max_length=80)
    field_order = ("amount_cents", "reference", "reason")


class OwnMoneyForm(FundingForm):
    """The same, under a reference of ours: the bank's statement shows it."""

    reference = forms.RegexField(
        r"^[A-Za-z0-9 .-]{3,22}$",
        label=gettext_lazy("Our reference"),
        help_text=gettext_lazy("Letters and digits. The same reference is never paid twice."),
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
        StaffAct(
            name="own-money",
            moves_money=True,
            label=gettext_lazy("Send our own money to our bank"),
            consequence=gettext_lazy(
                "The payment provider sends this amount of its balance to our bank. More than what is ours is refused."
            ),
            done=gettext_lazy("It is on its way to our bank: see the gateway calls."),
            perform=lambda row, actor, answers: books.send_own_money(
                answers["amount_cents"], reference=answers["reference"].strip()
            ),
            applies=lambda row: True,
            form=OwnMoneyForm,
        ),
        StaffAct(
            name="paypal",
            moves_money=True,
            label=gettext_lazy("Note money sent to PayPal"),
            consequence=gettext_lazy(
                "You have sent our own money from our bank to our PayPal account, which experts are paid from. The books "
                "follow; nothing is sent from here."
            ),
            done=gettext_lazy("The books have it."),
            perform=lambda row, actor, answers: books.fund_paypal(
                answers["amount_cents"], reference=answers["reference"].strip()
            ),
            applies=lambda row: settings.PAYPAL_WITHDRAWALS,
            form=FundingForm,
        ),
    )

    @admin.display(description=gettext_lazy("findings"))
    def verdict(self, report: Any) -> Any:
        if report.is_sound:
            return _("All is well")
        return format_html_join(mark_safe("<br>"), "{}", ((finding,) for finding in report.findings))
