"""Taking back a consent, with what follows from it: a photo removed, a piece of work hidden, mails stopped."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import actions as accounts
from accounts.actions import portfolio
from accounts.actions.consents import take_back
from accounts.models import Consent, PortfolioPiece
from marketplace.kernel.errors import Refusal
from offers import keeping

Text = Consent.Text


@transaction.atomic
def withdraw(given: Consent) -> None:
    """Stop what a consent allowed, and write its end down. Raises ``Refusal`` for what the contract itself needs."""
    if not given.may_be_withdrawn:
        raise Refusal(_("This cannot be withdrawn alone: it ends when your account is closed."))
    match given.text:
        case Text.PHOTO:
            accounts.change_photo(given.user, None)
        case Text.MAILS:
            keeping.unsubscribe(given.user)
        case Text.PORTFOLIO if (piece := _piece(given)) is not None:
            portfolio.answer(piece, agrees=False)
    take_back(given.user, given.text, about=given.about)


def _piece(given: Consent) -> PortfolioPiece | None:
    try:
        return PortfolioPiece.objects.filter(public_id=given.about).first()
    except (ValidationError, ValueError):
        return None
