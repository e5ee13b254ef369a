"""What is typed in quotes and missions."""

from missions.forms.quoting import AcceptanceForm, LineFormSet, QuoteForm
from missions.forms.working import (
    AmendmentForm,
    DecliningForm,
    EndingForm,
    EndReviewForm,
    MethodForm,
    NameForm,
    NdaForm,
    NoteForm,
    ReasonForm,
    ReportForm,
    RulingForm,
    ValidationForm,
    verdict_of,
)

__all__ = [
    "AcceptanceForm",
    "AmendmentForm",
    "DecliningForm",
    "EndReviewForm",
    "EndingForm",
    "LineFormSet",
    "MethodForm",
    "NameForm",
    "NdaForm",
    "NoteForm",
    "QuoteForm",
    "ReasonForm",
    "ReportForm",
    "RulingForm",
    "ValidationForm",
    "verdict_of",
]
