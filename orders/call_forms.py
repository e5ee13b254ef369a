"""What is typed to move a call, or to give it up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.forms import SlotField, long_text


class MoveForm(forms.Form):
    """Another time, and a word to go with it when the other party has to agree."""

    slot = SlotField(label=_("New time"))
    message = long_text(
        _("A word to the other party"), required=False, rows=3, help_text=_("Why this time suits you better.")
    )

    def __init__(self, *args: Any, alone: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.alone = alone

    @property
    def chosen(self) -> str:
        return str(self["slot"].value() or "")


class CancelCallForm(forms.Form):
    """Why a call is given up; the expert owes the buyer a reason."""

    reason = long_text(
        _("Reason"),
        required=False,
        rows=3,
        help_text=_("The other party reads it."),
        error_messages={"required": _("Say why you cancel the call: the buyer reads it.")},
    )

    def __init__(self, *args: Any, side: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = side == "expert"
