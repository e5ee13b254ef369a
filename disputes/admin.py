"""Where staff read a dispute from both sides, see what a ruling would do to the cent, and rule."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disputes import actions
from disputes.forms import AppealRulingForm, NoteForm, QuestionForm, RulingForm
from disputes.models import Appeal, Dispute, Evidence, Ruling, StaffNote, StaffQuestion
from disputes.queries.reading import both_sides
from marketplace.kernel.assigning import AssignForm, Whose
from marketplace.kernel.money import format_money
from marketplace.kernel.staff import (
    ReadOnly,
    ReadOnlyRows,
    StaffAct,
    StaffActs,
    cents,
    link,
    moment,
    moment_words,
    pill,
    titled,
    words,
)
from messaging import words as message_words
from orders.staff_lists import UntilArchive


class RulingFilter(admin.SimpleListFilter):
    """Still to be ruled on, or done."""

    title = gettext_lazy("ruling")
    parameter_name = "ruling"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("waiting", _("To be ruled on")),
            ("confirm", _("Decision to confirm")),
            ("appealed", _("Appeal to judge")),
            ("ruled", _("Ruled on")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Dispute]:
        match self.value():
            case "waiting":
                return queryset.waiting()
            case "confirm":
                return queryset.to_confirm()
            case "appealed":
                return queryset.appealed()
            case "ruled":
                return queryset.filter(ruled_at__isnull=False)
        return queryset


def ruling_preview(dispute: Dispute, answers: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Every cent of the order and both mails, before anyone confirms."""
    order = dispute.order
    decision = Dispute.Decision(answers["decision"])
    lines: list[tuple[Any, Any]] = [(_("Order"), str(order)), (_("Decision"), decision.label)]
    if decision == Dispute.Decision.RELAUNCH:
        lines += [
            (_("New date"), moment_words(answers["new_due_at"])),
            (_("Money"), _("It stays held; nothing moves.")),
        ]
    else:
        seen = actions.preview_ruling(order, refund_cents=answers["refund_cents"])
        lines += [
            (_("Total held"), format_money(seen.total_cents, full=True)),
            (
                _("Back to %(buyer)s, who bought") % {"buyer": order.buyer},
                format_money(seen.refund_cents, full=True),
            ),
            (
                _("To %(expert)s, who sold") % {"expert": order.expert},
                format_money(seen.net_cents, full=True),
            ),
            (_("Our commission before VAT"), format_money(seen.commission_ht_cents, full=True)),
            (_("VAT on our commission"), format_money(seen.commission_vat_cents, full=True)),
        ]
        for movement in actions.preview_postings(order, refund_cents=answers["refund_cents"]):
            lines.append(
                (
                    _("In the ledger: %(movement)s") % {"movement": movement.kind},
                    "\n".join(map(_posting_words, movement.lines)),
                )
            )
        kind, params = "order_resolved", {"refund_cents": seen.refund_cents, "net_cents": seen.net_cents}
    if decision == Dispute.Decision.RELAUNCH:
        kind, params = "order_relaunched", {"new_due_at": answers["new_due_at"].isoformat()}
    for person in (order.buyer, order.expert):
        with translation.override(person.language):
            said = message_words.render(kind, {**params, "title": order.title, "reason": answers["reason"]})
        lines.append((_("Mail to %(name)s") % {"name": person}, f"{said.title} – {said.body}"))
    if actions.needs_second(order):
        lines.append((_("Then"), _("Another member of the team confirms it; only then does anything move.")))
    return lines


def _posting_words(line: tuple[str, str, int]) -> str:
    account, number, cents = line
    words = _("%(amount)s in debit of %(account)s") if cents > 0 else _("%(amount)s in credit of %(account)s")
    return words % {"amount": format_money(abs(cents), full=True), "account": f"{number} {account}".strip()}


class EvidenceRows(ReadOnlyRows):
    model = Evidence
    fields = readonly_fields = ("name", "shown_by", "created_at", "size")


class QuestionRows(ReadOnlyRows):
    model = StaffQuestion
    fields = readonly_fields = ("asked_of", "body", "due_at", "answer", "answered_at")


class NoteRows(ReadOnlyRows):
    model = StaffNote
    fields = readonly_fields = ("author", "body", "is_shared", "created_at")


class RulingRows(ReadOnlyRows):
    model = Ruling
    fields = readonly_fields = (
        "decision",
        "refund_cents",
        "reason",
        "written_by",
        "written_at",
        "confirmed_by",
        "carried_out_at",
        "dropped_at",
        "on_appeal",
    )


def _ask(dispute: Dispute, actor: Any, answers: dict[str, Any]) -> None:
    order = dispute.order
    asked_of = order.buyer if answers["asked_of"] == "buyer" else order.expert
    actions.ask(dispute, actor=actor, asked_of=asked_of, body=answers["reason"])


def appeal_preview(dispute: Dispute, answers: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What the second decision changes, before anyone confirms."""
    seen = actions.preview_ruling(dispute.order, refund_cents=answers["refund_cents"])
    return [
        (_("Order"), str(dispute.order)),
        (_("Back to the buyer until now"), format_money(dispute.refund_cents or 0, full=True)),
        (_("Back to the buyer from now on"), format_money(seen.refund_cents, full=True)),
        (_("To the expert, net"), format_money(seen.net_cents, full=True)),
        (_("Reason, read by both parties"), answers["reason"]),
    ]


class ArbiterForm(AssignForm):
    """Who of those that may rule carries the dispute on."""

    def clean_to(self) -> Any:
        chosen = self.cleaned_data["to"]
        if not chosen.has_perm("disputes.change_dispute"):
            raise forms.ValidationError(_("This person may not rule on disputes."))
        return chosen


def _appealed(dispute: Dispute) -> bool:
    return Appeal.objects.filter(dispute=dispute, decided_at=None).exists()


def _waits(dispute: Dispute) -> bool:
    return dispute.is_open and dispute.rulings.filter(carried_out_at=None, dropped_at=None).exists()


@admin.register(Dispute)
class DisputeAdmin(UntilArchive, StaffActs, ReadOnly, admin.ModelAdmin):
    """The facts first, read only; the decision last, in two steps."""

    list_display = (
        words("order", gettext_lazy("order"), sort="order__number"),
        words("get_ground_display", gettext_lazy("ground"), sort="ground"),
        link("opened_by", gettext_lazy("opened by"), sort="opened_by__last_name"),
        "standing",
        link("assigned_to", gettext_lazy("assigned to"), sort="assigned_to__last_name"),
        moment("opened_at", gettext_lazy("opened on")),
        moment("ruled_at", gettext_lazy("ruled on")),
        cents("order.total_cents", gettext_lazy("total")),
        cents("refund_cents", gettext_lazy("refund")),
    )
    list_filter = (RulingFilter, Whose, ("ground", titled(ChoicesFieldListFilter, gettext_lazy("ground"))))
    search_fields = ("order__title", "order__buyer__email", "order__expert__email", "statement")
    ordering = ("opened_at", "pk")
    date_hierarchy = "opened_at"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    link("order", gettext_lazy("order")),
                    link("order.buyer", gettext_lazy("buyer")),
                    link("order.expert", gettext_lazy("expert")),
                    link("order.conversation", gettext_lazy("conversation")),
                    "case_file",
                    link("assigned_to", gettext_lazy("assigned to")),
                    cents("order.total_cents", gettext_lazy("total held")),
                )
            },
        ),
        (
            gettext_lazy("What is said"),
            {
                "fields": (
                    link("opened_by", gettext_lazy("opened by")),
                    moment("opened_at", gettext_lazy("opened on")),
                    words("get_ground_display", gettext_lazy("ground")),
                    words("statement", gettext_lazy("statement")),
                    words("get_wish_display", gettext_lazy("wished outcome")),
                    words("answer", gettext_lazy("answer")),
                    words("get_answer_wish_display", gettext_lazy("outcome wished by the other party")),
                    moment("answered_at", gettext_lazy("answered on")),
                    moment("answer_due_at", gettext_lazy("answer due")),
                )
            },
        ),
        (
            gettext_lazy("What was agreed and done"),
            {
                "fields": (
                    words("order.brief", gettext_lazy("brief")),
                    moment("order.started_at", gettext_lazy("started on")),
                    moment("order.due_at", gettext_lazy("first deliverable due")),
                    moment("order.first_delivered_at", gettext_lazy("first delivered on")),
                    words("order.revisions_included", gettext_lazy("revisions included")),
                    words("order.revision_round", gettext_lazy("revisions asked for")),
                )
            },
        ),
        (
            gettext_lazy("The decision"),
            {
                "fields": (
                    "standing",
                    cents("refund_cents", gettext_lazy("back to the buyer")),
                    words("reason", gettext_lazy("reason")),
                    link("ruled_by", gettext_lazy("decided by")),
                    moment("ruled_at", gettext_lazy("ruled on")),
                )
            },
        ),
    )
    inlines = (EvidenceRows, QuestionRows, NoteRows, RulingRows)
    acts = (
        StaffAct(
            name="rule",
            about=both_sides,
            moves_money=True,
            label=gettext_lazy("Rule"),
            consequence=gettext_lazy(
                "The money moves at once, the order is closed, and both parties read your reason."
            ),
            done=gettext_lazy("The decision is written. Below the threshold it is carried out already."),
            perform=lambda dispute, actor, answers: actions.rule(dispute, actor=actor, **answers),
            applies=lambda dispute: dispute.is_open and not _waits(dispute),
            form=RulingForm,
            preview=ruling_preview,
            dangerous=True,
        ),
        StaffAct(
            name="confirm",
            about=both_sides,
            moves_money=True,
            label=gettext_lazy("Confirm the decision"),
            consequence=gettext_lazy("You are the second pair of eyes: the decision is carried out at once."),
            done=gettext_lazy("The decision is confirmed and carried out."),
            perform=lambda dispute, actor, answers: actions.confirm(dispute, actor=actor),
            applies=_waits,
            dangerous=True,
        ),
        StaffAct(
            name="give_up",
            label=gettext_lazy("Give the decision up"),
            consequence=gettext_lazy("The decision that waits is dropped, so that another can be written."),
            done=gettext_lazy("The decision is dropped."),
            perform=lambda dispute, actor, answers: actions.give_up(dispute, actor=actor),
            applies=_waits,
        ),
        StaffAct(
            name="decide_appeal",
            about=both_sides,
            label=gettext_lazy("Decide the appeal"),
            consequence=gettext_lazy(
                "Uphold the decision by typing the same amount, or correct it: the difference moves at once. It is final."
            ),
            done=gettext_lazy("The appeal is decided."),
            perform=lambda dispute, actor, answers: actions.decide_appeal(dispute, actor=actor, **answers),
            applies=_appealed,
            moves_money=True,
            form=AppealRulingForm,
            preview=appeal_preview,
            dangerous=True,
        ),
        StaffAct(
            name="correct",
            about=both_sides,
            label=gettext_lazy("Correct the decision"),
            consequence=gettext_lazy(
                "For a mistake of ours, by somebody who did not rule. The difference moves at once, both parties read your "
                "reason and may appeal."
            ),
            done=gettext_lazy("The decision is corrected."),
            perform=lambda dispute, actor, answers: actions.correct(dispute, actor=actor, **answers),
            applies=actions.may_be_corrected,
            moves_money=True,
            form=AppealRulingForm,
            preview=appeal_preview,
            dangerous=True,
        ),
        StaffAct(
            name="ask",
            label=gettext_lazy("Ask a party"),
            consequence=gettext_lazy(
                "They have three working days to answer. Both parties read question and answer."
            ),
            done=gettext_lazy("The question is sent."),
            perform=_ask,
            applies=lambda dispute: dispute.is_open,
            form=QuestionForm,  # type: ignore[arg-type]
        ),
        StaffAct(
            name="assign",
            label=gettext_lazy("Assign"),
            consequence=gettext_lazy("That person finds it under “Me” in this list."),
            done=gettext_lazy("It is assigned."),
            perform=lambda dispute, actor, answers: actions.assign(dispute, actor=actor, to=answers["to"]),
            applies=lambda dispute: dispute.is_open or _appealed(dispute),
            form=ArbiterForm,
        ),
        StaffAct(
            name="note",
            label=gettext_lazy("Write a note"),
            consequence=gettext_lazy("For the team alone, unless you let both parties read it."),
            done=gettext_lazy("The note is kept."),
            perform=lambda dispute, actor, answers: actions.write_note(
                dispute, actor=actor, body=answers["reason"], is_shared=answers["is_shared"]
            ),
            applies=lambda dispute: True,
            form=NoteForm,
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Dispute | None = None) -> Any:
        return tuple(field for _title, options in self.fieldsets for field in options["fields"])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispute]:
        return (
            super()
            .get_queryset(request)
            .select_related(
                "order__buyer",
                "order__expert",
                "order__payment",
                "order__conversation",
                "opened_by",
                "ruled_by",
                "assigned_to",
            )
        )

    def log_words(self, answers: dict[str, Any]) -> str:
        return str(answers["to"]) if answers.get("to") else super().log_words(answers)

    @admin.display(description=gettext_lazy("ruling"))
    def standing(self, dispute: Dispute) -> SafeString:
        match dispute.stage:
            case "ruled":
                return pill(dispute.outcome, "viol")
            case "withdrawn":
                return pill(_("Withdrawn"), "neutral")
            case "settled":
                return pill(_("Settled by the parties"), "ok")
            case "answering":
                return pill(_("Answer awaited"), "warn")
        return pill(_("To be ruled on"), "bad")

    @admin.display(description=gettext_lazy("case file"))
    def case_file(self, dispute: Dispute) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("dispute_file", args=[dispute.order.public_id]),
            _("The whole case on one page"),
        )
