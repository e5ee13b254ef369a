"""What one types to open a dispute, and what staff type to rule on it."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from disputes.models import Dispute
from disputes.queries.facts import facts, suggested
from marketplace.kernel import clock, rules
from marketplace.kernel.fields import EurosField
from marketplace.kernel.forms import FilesField
from marketplace.kernel.money import format_money
from marketplace.kernel.staff import ReasonForm
from marketplace.kernel.workdays import PARIS
from orders.models import Order

MIN_STATEMENT = 20
"""Characters: enough for a sentence, so that staff have something to read."""


class StatementForm(forms.Form):
    """What happened, what one wishes, and the files that show it."""

    statement = forms.CharField(
        label=_("What happened?"),
        help_text=_(
            "Give the facts in order, with dates. Our team also reads the brief, the messages and the deliverables."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        min_length=MIN_STATEMENT,
        max_length=rules.MAX_MESSAGE_LENGTH,
        error_messages={
            "required": _("Say what happened, in a few sentences."),
            "min_length": _("Say a little more: at least %(limit_value)s characters."),
        },
    )
    wish = forms.ChoiceField(
        label=_("What outcome do you wish for?"),
        choices=Dispute.Wish.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    files = FilesField(label=_("Files that show it"), required=False)  # type: ignore[assignment]


def without_rework(form: forms.Form) -> None:
    """A completed order is paid out: its work is not begun again, so nobody wishes for it."""
    field: Any = form.fields["wish"]
    field.choices = [choice for choice in Dispute.Wish.choices if choice[0] != Dispute.Wish.REWORK]


class OpenDisputeForm(StatementForm):
    """Why, and what happened. The grounds fit the order and the side from which one complains."""

    field_order = ["ground", "statement", "wish", "files"]
    ground = forms.ChoiceField(
        label=_("Why do you open a dispute?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the ground of the dispute.")},
    )

    def __init__(self, *args: Any, order: Order, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        side = order.party(user)
        if order.state == Order.State.COMPLETED:
            without_rework(self)
            self.fields["ground"].label = gettext("What is wrong?")
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (fact.ground, f"{fact.label} – {fact.words}" if fact.words else fact.label)
            for fact in facts(order, side)
        ]
        self.initial.setdefault("ground", suggested(order, side))


class ShowForm(forms.Form):
    """More files of one party."""

    files = FilesField(  # type: ignore[assignment]
        label=_("Files that show it"), error_messages={"required": _("Choose at least one file.")}
    )


class ReplyForm(forms.Form):
    """The answer to a question of staff."""

    body = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=rules.MAX_MESSAGE_LENGTH,
        error_messages={"required": _("Write your answer.")},
    )


class AppealForm(forms.Form):
    """Why somebody else should look again."""

    statement = forms.CharField(
        label=_("What did the decision overlook?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        min_length=MIN_STATEMENT,
        max_length=rules.MAX_MESSAGE_LENGTH,
        error_messages={
            "required": _("Say what the decision overlooked."),
            "min_length": _("Say a little more: at least %(limit_value)s characters."),
        },
    )


class AbsenceForm(forms.Form):
    """What happened, in a few words: needed to contest, welcome to declare."""

    statement = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=rules.MAX_MESSAGE_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "When you came, how long you waited, how you tried to reach the other party. Both of you read it."
        ),
        error_messages={"required": _("Say what happened: our team reads it to decide.")},
    )

    def __init__(self, *args: Any, contests: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["statement"].required = contests


class RulingForm(ReasonForm):
    """The decision, how much goes back to the buyer, and why. The rest is the expert's, less the commission."""

    field_order = ["decision", "refund_cents", "rights_pass", "new_due_on", "reason"]
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=Dispute.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    new_due_on = forms.DateField(
        label=_("New date"),
        required=False,
        help_text=_("For work that goes on: the day, until midnight in Paris."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, row: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.order = row.order
        if row.is_claim:
            decision: Any = self.fields["decision"]
            decision.choices = [
                each for each in Dispute.Decision.choices if each[0] != Dispute.Decision.RELAUNCH
            ]
            del self.fields["new_due_on"]
        self.total_cents = total_cents = row.order.total_cents
        self.fields["refund_cents"] = EurosField(
            label=_("Back to the buyer"),
            max_cents=total_cents,
            required=False,
            help_text=gettext("For a shared amount: between 0 and %(total)s.")
            % {"total": format_money(total_cents, full=True)},
        )
        self.fields["rights_pass"] = forms.BooleanField(
            label=_("The buyer of a shared amount gets the rights in what was delivered"),
            required=False,
            initial=True,
            help_text=_(
                "Paid in full, the expert passes them on; paid back in full, the buyer gets none, whatever is ticked."
            ),
        )
        self.fields["reason"].help_text = _("Both parties read it, so write for them.")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision, total = cleaned.get("decision"), self.order.total_cents
        if decision == Dispute.Decision.REFUND:
            cleaned["refund_cents"] = total
        elif decision in (Dispute.Decision.PAYMENT, Dispute.Decision.RELAUNCH):
            cleaned["refund_cents"] = 0
        elif (
            decision == Dispute.Decision.SHARE
            and "refund_cents" in cleaned
            and not 0 < (cleaned.get("refund_cents") or 0) < total
        ):
            self.add_error("refund_cents", gettext("Type an amount that leaves something to each side."))
        day = cleaned.pop("new_due_on", None)
        cleaned["new_due_at"] = None
        if decision == Dispute.Decision.RELAUNCH:
            if day is None or day <= clock.now().astimezone(PARIS).date():
                self.add_error("new_due_on", gettext("Choose a day to come."))
            else:
                cleaned["new_due_at"] = datetime.combine(day, time(23, 59), tzinfo=PARIS)
                earliest = self.order.relaunchable_from
                if earliest and cleaned["new_due_at"] < earliest:
                    self.add_error(
                        "new_due_on",
                        gettext("The order gives the expert until %(date)s: choose that day or a later one.")
                        % {"date": clock.in_words(earliest)},
                    )
        return cleaned


class AppealRulingForm(ReasonForm):
    """The second decision: how much goes back to the buyer in all."""

    field_order = ["refund_cents", "reason"]

    def __init__(self, *args: Any, row: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.total_cents = total_cents = row.order.total_cents
        self.fields["refund_cents"] = EurosField(
            label=_("Back to the buyer, in all"),
            max_cents=total_cents,
            help_text=gettext("The decision gave back %(now)s of %(total)s.")
            % {
                "now": format_money(row.refund_cents or 0, full=True),
                "total": format_money(total_cents, full=True),
            },
        )
        self.fields["reason"].help_text = _("Both parties read it, so write for them.")
        self.order_fields(self.field_order)


class QuestionForm(forms.Form):
    """A question from staff to one party."""

    asked_of = forms.ChoiceField(label=_("To"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Question"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        max_length=1_000,
        error_messages={"required": _("Write the question.")},
    )

    def __init__(self, *args: Any, row: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = row.order
        self.fields["asked_of"].choices = [  # type: ignore[attr-defined]
            ("buyer", gettext("%(name)s, who bought") % {"name": order.buyer}),
            ("expert", gettext("%(name)s, who sold") % {"name": order.expert}),
        ]


class NoteForm(ReasonForm):
    """A note: for the team alone, or a word of mediation that both parties read."""

    is_shared = forms.BooleanField(label=_("Both parties read it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Note")
