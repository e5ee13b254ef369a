"""What is typed about a cancellation. Errors say what to do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import rules
from orders.forms import long_text
from orders.models import CancellationRecord


class RecordForm(forms.Form):
    """How the other party saw a cancellation: why, with how many stars, and in their words."""

    cause = forms.ChoiceField(
        label=_("Why did the order end?"),
        choices=CancellationRecord.Cause.choices,
        error_messages={
            "required": _("Choose a cause."),
            "invalid_choice": _("Choose one of the causes."),
        },
    )
    score = forms.TypedChoiceField(
        label=_("How did it go?"),
        coerce=int,
        choices=[
            (5, _("5: without any trouble")),
            (4, _("4: correctly")),
            (3, _("3: neither well nor badly")),
            (2, _("2: with difficulty")),
            (1, _("1: badly")),
        ],
        initial=3,
        error_messages={"required": _("Choose a score."), "invalid_choice": _("Choose a score from 1 to 5.")},
    )
    comment = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=rules.MAX_MESSAGE_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It appears on the profile of the person concerned."),
    )


class RecordAnswerForm(forms.Form):
    """The one answer of the person concerned."""

    text = long_text(
        _("Your answer"),
        rows=4,
        error_messages={"required": _("Write your answer before you publish it.")},
    )
