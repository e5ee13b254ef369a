"""What is typed when somebody did not come to a call, or is said not to have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import rules


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
